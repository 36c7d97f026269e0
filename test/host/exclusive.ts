import { closeSync, mkdirSync, openSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';

const beatMs = 5_000;
/** A lock that nobody has touched for so long belongs to a process that is gone. */
const abandonedMs = 60_000;

/**
 * Runs `work` while no other process does the same: one lock file, kept fresh while the work goes on.
 *
 * @param lockFile path of the lock file
 * @param onWait told once when another process holds the lock
 */
export async function exclusively<T>(
	lockFile: string,
	onWait: () => void,
	work: () => Promise<T>,
	timing: { beatMs: number; abandonedMs: number } = { beatMs, abandonedMs },
): Promise<T> {
	mkdirSync(path.dirname(lockFile), { recursive: true });
	let told = false;
	while (!take(lockFile)) {
		if (!told) onWait();
		told = true;
		if (ageOf(lockFile) > timing.abandonedMs) rmSync(lockFile, { force: true });
		else await new Promise((resolve) => setTimeout(resolve, Math.min(1000, timing.beatMs)));
	}
	const beat = setInterval(() => touch(lockFile), timing.beatMs);
	const release = () => rmSync(lockFile, { force: true });
	process.once('exit', release);
	try {
		return await work();
	} finally {
		clearInterval(beat);
		process.removeListener('exit', release);
		release();
	}
}

function take(lockFile: string): boolean {
	try {
		closeSync(openSync(lockFile, 'wx'));
		touch(lockFile);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Ages are told by the clock of this process, which may differ from that of the file system. */
function touch(file: string): void {
	const now = new Date();
	utimesSync(file, now, now);
}

function ageOf(file: string): number {
	try {
		return Date.now() - statSync(file).mtimeMs;
	} catch {
		return 0;
	}
}
