import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Clock ticks of Linux, a second; the same on every usual machine. See proc(5). */
const TICKS = 100;

/**
 * Processor time that a process and all it has started have used, in seconds. Linux only.
 * @param pid of a process that runs
 */
export function cpuSeconds(pid: number): number {
	const processes = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => statOf(Number(name)));
	const ofTree = (root: number): number =>
		processes
			.filter(({ parent }) => parent === root)
			.reduce((sum, child) => sum + ofTree(child.pid), processes.find((one) => one.pid === root)?.ticks ?? 0);
	return ofTree(pid) / TICKS;
}

/** Starts anew what {@link peakMegabytes} looks for. */
export function resetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory that a process has held (RSS) since {@link resetPeak}, in MB. */
export function peakMegabytes(pid: number): number {
	const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Math.round(Number(kilobytes) / 1024);
}

/** Own time and that of children that have ended. */
function statOf(pid: number): Array<{ pid: number; parent: number; ticks: number }> {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
		return [{ pid, parent: Number(fields[1]), ticks }];
	} catch {
		return [];
	}
}
