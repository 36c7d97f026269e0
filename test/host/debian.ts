import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exclusively } from './exclusive';
import { withProgress, type Log } from './progress';

/**
 * Installs packages of Debian (or Ubuntu), without starting the services that some of them bring.
 *
 * @param packages names as apt-get knows them
 * @param log told before anything is installed
 * @param orElse what a person can do where this cannot install, as a sentence
 * @throws Error where this is no Debian, this user is not root, or apt-get fails
 */
export async function installDebianPackages(packages: string[], log: Log, orElse: string): Promise<void> {
	const install = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
	if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
		throw new Error(`${orElse} On Debian, as root: ${install}`);
	}
	const title = `Installing ${packages.join(', ')} with apt-get`;
	const run = async () => {
		await withProgress(log, title, async () => await shell(install), { expected: '1 to 3 minutes' });
	};
	// Two apt-get at once: the second one gives up.
	const waiting = () => log('Another run installs Debian packages; waiting for it …');
	await exclusively(path.join(tmpdir(), 'n8n-nodes-microsoft-hr-debian.lock'), waiting, run);
}

async function shell(command: string): Promise<void> {
	const child = spawn('sh', ['-c', command], {
		stdio: ['ignore', 'ignore', 'inherit'],
		// In run level 1 a package does not start the service that it brings.
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
	});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) throw new Error(`"${command}" ended with ${code}; its output above says why.`);
}
