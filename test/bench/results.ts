import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What one run of one way used. */
export interface Run {
	/** user and system, children included */
	cpuSeconds: number;
	wallSeconds: number;
	/** highest memory */
	peakRssMB: number;
	/** memory before the job, where the process did not begin with it */
	idleRssMB?: number;
	/** how long the event loop was kept busy, in milliseconds */
	loopP99Ms?: number;
	loopMaxMs?: number;
	/** bytes that were sent */
	bytes?: number;
	/** of the upload alone */
	uploadSeconds?: number;
	/** connections that were opened, each with a handshake */
	connections?: number;
	/** of the width of the link, the share that the upload used, from 0 to 1 */
	linkShare?: number;
}

/** Where and with what it was measured. */
export interface Environment {
	/** ISO day */
	day: string;
	machine: string;
	versions: string;
	/** processes that wanted to run when it began, per processor; above 0.2 the figures are noisy */
	load: number;
}

/** All runs of one way at one size. The n-th runs of the ways of a case belong together: they were made one after the other. */
export interface Entry {
	case: string;
	rows: number;
	way: string;
	environment: Environment;
	runs: Run[];
	/** why there are no (more) runs */
	failure?: string;
}

/** Reads what was measured so far; nothing when there is no such file. */
export function readResults(file: string): Entry[] {
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Entry[]) : [];
}

/** Puts newly measured entries in the place of older ones of the same case, size and way. */
export function mergeResults(older: readonly Entry[], newer: readonly Entry[]): Entry[] {
	const key = (entry: Entry) => `${entry.case} ${entry.rows} ${entry.way}`;
	const replaced = new Set(newer.map(key));
	return [...older.filter((entry) => !replaced.has(key(entry))), ...newer];
}

/** Writes all entries, in an order that makes changes readable. */
export function writeResults(file: string, entries: readonly Entry[]): void {
	const sorted = [...entries].sort(
		(a, b) => a.case.localeCompare(b.case) || a.rows - b.rows || a.way.localeCompare(b.way),
	);
	writeFileSync(file, `${JSON.stringify(sorted, null, '\t')}\n`);
}

/** The middle of some figures, with the smallest and the largest. */
export interface Spread {
	median: number;
	min: number;
	max: number;
}

/**
 * @param figures at least one
 */
export function spreadOf(figures: readonly number[]): Spread {
	const sorted = [...figures].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}
