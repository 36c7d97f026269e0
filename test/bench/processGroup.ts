import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/*
 * What a process group uses, as Linux tells it below /proc: n8n and its task runners are one group.
 */

/** Clock ticks a second in /proc; the same on every Linux that Node runs on. */
const TICKS = 100;

/** What /proc/<pid>/stat tells of a process. */
export interface ProcessStat {
	pid: number;
	group: number;
	/** user and system, of the process and of its children that ended */
	cpuSeconds: number;
}

/**
 * Reads the line of /proc/<pid>/stat.
 * @param line its fields; the second, the program's name in brackets, may hold anything
 */
export function readStat(line: string): ProcessStat {
	const pid = Number(line.slice(0, line.indexOf(' ')));
	const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
	// After the name come state, parent and group; utime, stime, cutime and cstime are fields 14 to 17 of the line.
	const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
	return { pid, group: Number(fields[2]), cpuSeconds: ticks / TICKS };
}

/** The processes of a group that are alive. */
export function processesOf(group: number): ProcessStat[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				return [readStat(readFileSync(`/proc/${name}/stat`, 'utf8'))];
			} catch {
				return [];
			}
		})
		.filter((process) => process.group === group);
}

/** Seconds of processor that a group has used. */
export function cpuSecondsOf(group: number): number {
	return processesOf(group).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** Lets the peak of memory begin anew at what is used now. */
export function resetPeak(group: number): void {
	for (const { pid } of processesOf(group)) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Memory of a group in MB: what its processes use now, and the sum of their peaks. */
export function memoryOf(group: number): { rssMB: number; peakRssMB: number } {
	let rssMB = 0;
	let peakRssMB = 0;
	for (const { pid } of processesOf(group)) {
		try {
			const status = readFileSync(`/proc/${pid}/status`, 'utf8');
			rssMB += megabytes(status, 'VmRSS');
			peakRssMB += megabytes(status, 'VmHWM');
		} catch {
			// ended meanwhile
		}
	}
	return { rssMB: Math.round(rssMB), peakRssMB: Math.round(peakRssMB) };
}

function megabytes(status: string, name: string): number {
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
}
