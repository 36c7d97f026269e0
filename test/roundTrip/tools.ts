import { execFileSync, spawnSync } from 'node:child_process';

/** Programs that are not ours and read what we write. */
const TOOLS = ['python3', 'unzip'] as const;

/**
 * Looks for the independent readers, and installs them where the system is Debian and lets us.
 * @throws Error that says what to install
 */
export function ensureTools(): void {
	const missing = () =>
		TOOLS.filter((tool) => spawnSync(tool, [tool === 'unzip' ? '-v' : '--version']).error);
	if (missing().length === 0) return;
	spawnSync('apt-get', ['update'], { timeout: 900_000 });
	spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...missing()], { timeout: 900_000 });
	const still = missing();
	if (still.length === 0) return;
	throw new Error(
		`This test reads packages with other programs and needs ${still.join(' and ')}: please install.`,
	);
}

/** Runs a program and gives its output; fails where the program does. */
export function outputOf(program: string, args: string[]): Buffer {
	return execFileSync(program, args, { maxBuffer: 512 * 1024 ** 2, stdio: ['ignore', 'pipe', 'inherit'] });
}
