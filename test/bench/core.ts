import { open, readFile, type FileHandle } from 'node:fs/promises';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { createSend } from '../../nodes/shared/http/transport/send';
import type { HttpBody, Send } from '../../nodes/shared/http/message';
import { multipartBody } from '../../nodes/shared/http/multipart';
import type { SpooledFile } from '../../nodes/shared/files/spool';
import type { Table } from '../../nodes/shared/records/recordBatch';
import { DESTINATIONS } from '../../nodes/shared/viva/service/destinations';
import { preparePackage, type PackageSettings } from '../../nodes/shared/viva/package/preparePackage';

/** What the runners of the core share: wishes, upload, and their own figures. They run compiled, one job a process. */

/** Where a runner sends to. */
export interface Target {
	url: string;
	/** file of the authority to trust */
	ca: string;
}

/** Checks, packs and uploads a table; gives what became of it. */
export async function ingestTable(
	openTable: () => Promise<Table>,
	target: Target,
	wishes: { level: number; onInvalid: PackageSettings['onInvalid'] },
): Promise<Record<string, unknown>> {
	const began = performance.now();
	const { file, findings, records, rejected } = await preparePackage(
		{ open: openTable },
		settingsFor(wishes),
	);
	const packed = performance.now();
	if (!file) throw new Error(JSON.stringify(findings.totals()));
	const status = await upload(file, target);
	const uploadSeconds = (performance.now() - packed) / 1000;
	return {
		uploadSeconds,
		records,
		rejected,
		warnings: findings.warnings,
		bytes: file.size,
		status,
		packSeconds: (packed - began) / 1000,
	};
}

/** The wishes of a user who sends every column, and else leaves the form of the step as it is. */
export function settingsFor({
	level,
	onInvalid,
}: Pick<PackageSettings, 'level' | 'onInvalid'>): PackageSettings {
	const types = DESTINATIONS.vivaHr.serviceTypes;
	return {
		destination: 'vivaHr',
		refresh: 'full',
		bodyType: 'zip',
		mapping: [],
		matching: 'sure',
		otherColumns: 'custom',
		onInvalid,
		clean: [],
		severities: {},
		now: new Date('2026-06-30'),
		level,
		serviceTypes: {
			string: types.string.word,
			email: types.email.word,
			date: types.date.word,
			integer: types.integer.word,
			double: types.double.word,
		},
	};
}

/** Uploads a package as a form; gives the HTTP status. */
export async function upload(file: SpooledFile, { url, ca }: Target): Promise<number> {
	const source = { length: file.size, open: file.open };
	const body: HttpBody = multipartBody({ name: 'info', fileName: 'info.zip', source });
	const { status } = await (
		await sender(ca)
	)({
		step: 'The upload',
		method: 'POST',
		url,
		body,
		timeoutMs: 600_000,
	});
	if (status !== 200) throw new Error(`The sink answered with ${status}.`);
	await file.dispose();
	return status;
}

/** A sender that trusts one authority. */
export async function sender(ca: string): Promise<Send> {
	return createSend({ ca: [await readFile(ca, 'utf8')] }).send;
}

/** Size of the pieces in which files are read, in bytes. */
const PIECE = 1024 * 1024;

/** The bytes of a file in pieces of 1 MB. */
export async function* bytesOf(path: string): AsyncGenerator<Buffer> {
	const handle: FileHandle = await open(path);
	try {
		for (;;) {
			const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE));
			if (bytesRead === 0) return;
			yield buffer.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
}

/** The same in one buffer, over and over: all that `readCsv` needs. */
export async function* reusedBytesOf(path: string): AsyncGenerator<Buffer> {
	const handle: FileHandle = await open(path);
	const piece = Buffer.allocUnsafeSlow(PIECE);
	try {
		for (;;) {
			const { bytesRead } = await handle.read(piece, 0, PIECE);
			if (bytesRead === 0) return;
			yield piece.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
}

/**
 * Runs a job and prints one line of JSON: what the job gave, the delay of the event loop while it ran, and the process's own
 * figures.
 * @param job the job; what it does before it calls `start` is not counted
 */
export async function report(job: (start: () => void) => Promise<Record<string, unknown>>): Promise<void> {
	let loop: IntervalHistogram | undefined;
	let began = performance.now();
	let making = 0;
	let rssBefore = 0;
	const loaded = processorSeconds();
	const start = () => {
		loop = monitorEventLoopDelay({ resolution: 2 });
		loop.enable();
		began = performance.now();
		making = processorSeconds() - loaded;
		rssBefore = process.memoryUsage.rss();
	};
	const result = await job(start);
	loop?.disable();
	const inMs = (nanoseconds: number) => Math.round(nanoseconds / 1e4) / 100;
	console.log(
		JSON.stringify({
			...result,
			loopP99Ms: inMs(loop?.percentile(99) ?? 0),
			loopMaxMs: inMs(loop?.max ?? 0),
			// what the job did before it started the clock
			cpuSecondsMaking: making < 0.05 ? 0 : making,
			cpuSeconds: processorSeconds(),
			wallSeconds: (performance.now() - began) / 1000,
			rssBeforeMB: rssBefore / 1024 / 1024,
			peakRssMB: process.resourceUsage().maxRSS / 1024,
		}),
	);
}

function processorSeconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

/** Runs a runner's main function; a failure is told and ends the process with 1. */
export function run(main: () => Promise<void>): void {
	main().catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	});
}
