import { execFileSync, spawnSync } from 'node:child_process';
import { installDebianPackages } from '../host/debian';
import { toTerminal } from '../host/progress';

/** Programs that are not ours and read what we write: how each is asked whether it is there, and its Debian package. */
const TOOLS = [
	{ command: ['python3', '--version'], debianPackage: 'python3' },
	{ command: ['unzip', '-v'], debianPackage: 'unzip' },
	{ command: ['7z', 'i'], debianPackage: 'p7zip-full' },
] as const;

/**
 * Looks for the independent readers, and installs them where the system is Debian and lets us.
 * @throws Error that says what to install
 */
export async function ensureTools(): Promise<void> {
	const missing = TOOLS.filter(({ command: [program, option] }) => spawnSync(program, [option]).error);
	if (missing.length === 0) return;
	const names = missing.map(({ command: [program] }) => program).join(' and ');
	await installDebianPackages(
		missing.map(({ debianPackage }) => debianPackage),
		toTerminal,
		`This test reads packages with other programs and needs ${names}.`,
	);
}

/** Runs a program and gives its output; fails where the program does. */
export function outputOf(program: string, args: string[]): Buffer {
	return execFileSync(program, args, { maxBuffer: 512 * 1024 ** 2, stdio: ['ignore', 'pipe', 'inherit'] });
}
