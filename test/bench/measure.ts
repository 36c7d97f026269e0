import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a process and all that it started used. */
export interface Usage {
	/** user and system */
	cpuSeconds: number;
	wallSeconds: number;
	/** highest memory of the largest process among them, in MB */
	peakRssMB: number;
}

/** A measured command: its usage and its standard output. */
export interface Measured {
	usage: Usage;
	output: string;
}

/**
 * Tells whether GNU time is there, which measures commands.
 * @throws Error that says what to install
 */
export function assertTools(): void {
	for (const [tool, wanted] of [
		['time', /GNU/],
		['zip', /Info-ZIP/],
		['curl', /curl/],
	] as const) {
		let said = '';
		try {
			said = execFileSync(tool, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
		} catch {
			// told below
		}
		if (!wanted.test(said)) {
			throw new Error(
				`The bench needs GNU time, Info-ZIP and curl; '${tool}' is missing. Debian: apt install time zip curl`,
			);
		}
	}
}

/**
 * Runs a command to its end and measures it with all that it starts.
 *
 * GNU time starts it, not this process: Linux counts the memory of the starting process as the started one's, and GNU time
 * is small.
 * @param command program and arguments
 * @param limitMs it is ended by force after so long
 * @throws Error when it fails, with the end of what it wrote
 */
export async function measureCommand(command: string[], limitMs: number): Promise<Measured> {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-time-'));
	const figures = path.join(folder, 'figures');
	try {
		const child = spawn('time', ['-q', '-f', '%U %S %e %M', '-o', figures, '--', ...command], {
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: true,
		});
		const out: Buffer[] = [];
		const err: Buffer[] = [];
		child.stdout.on('data', (piece: Buffer) => out.push(piece));
		child.stderr.on('data', (piece: Buffer) => err.push(piece));
		const end = () => {
			if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
		};
		const timer = setTimeout(end, limitMs);
		process.once('exit', end);
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		}).finally(() => {
			clearTimeout(timer);
			process.removeListener('exit', end);
		});
		if (code !== 0) {
			const tail = Buffer.concat(err).toString('utf8').trim().split('\n').slice(-12).join('\n');
			throw new Error(`${command.slice(0, 3).join(' ')} ended with ${String(code)}: ${tail}`);
		}
		return { usage: readFigures(readFileSync(figures, 'utf8')), output: Buffer.concat(out).toString('utf8') };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Reads what GNU time wrote in the form `%U %S %e %M`.
 * @param text seconds user, seconds system, seconds elapsed, kilobytes
 */
export function readFigures(text: string): Usage {
	const [user, system, elapsed, kilobytes] = text.trim().split(/\s+/).map(Number);
	if (![user, system, elapsed, kilobytes].every(Number.isFinite)) {
		throw new Error(`GNU time wrote no figures: ${text}`);
	}
	return {
		cpuSeconds: Math.round((user + system) * 100) / 100,
		wallSeconds: elapsed,
		peakRssMB: Math.round(kilobytes / 102.4) / 10,
	};
}
