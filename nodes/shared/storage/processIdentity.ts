import { readFile, readlink } from 'node:fs/promises';

/** Tells one run of one process from all others, as far as the operating system can. */
export interface ProcessIdentity {
	/** this start of this machine, and within it the container: process ids mean nothing beyond */
	place: string;
	pid: number;
	/** when the process began, in the system's own count; a later process with the same id began later */
	began: string;
}

/**
 * Who this process is.
 * @returns undefined where the operating system does not tell (only Linux does)
 */
export async function ownIdentity(): Promise<ProcessIdentity | undefined> {
	try {
		const [boot, container, began] = await Promise.all([
			readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
			readlink('/proc/self/ns/pid'),
			beginningOf(process.pid),
		]);
		return began === undefined
			? undefined
			: { place: `${boot.trim()} ${container}`, pid: process.pid, began };
	} catch {
		return undefined;
	}
}

/**
 * Whether a process still runs.
 * @returns undefined where that cannot be told from here: it is one of another machine or container, or nobody knows
 */
export async function stillRuns(
	identity: ProcessIdentity | undefined,
	own: ProcessIdentity | undefined,
): Promise<boolean | undefined> {
	if (identity === undefined || own === undefined || identity.place !== own.place) return undefined;
	return (await beginningOf(identity.pid)) === identity.began;
}

/** When a process began; undefined for one that is gone, or dead and only not yet buried. See proc(5), `stat`. */
async function beginningOf(pid: number): Promise<string | undefined> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
	// The second field is the name in parentheses, which may hold anything, spaces and parentheses too.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [state, began] = [fields[0], fields[19]];
	return began === undefined || /^[ZXx]$/.test(state) ? undefined : began;
}
