import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { withProgress, type Log } from '../host/progress';

/** Where browsers of the Chromium family usually are. */
const usualPlaces = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Gives the path of a Chromium, installing Debian's when there is none.
 *
 * @param log told before anything is installed
 * @throws Error when there is none and it cannot be installed
 */
export async function ensureChromium(log: Log): Promise<string> {
	const found = installed();
	if (found) return found;
	const install = 'apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core';
	if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
		throw new Error(
			`There is no Chromium. Install one (on Debian, as root: ${install}) or give its path in CHROMIUM.`,
		);
	}
	await withProgress(log, `Installing Chromium with apt-get (${install})`, async () => await shell(install), {
		expected: '1 to 3 minutes',
	});
	const now = installed();
	if (!now) throw new Error('apt-get has installed Chromium, but it is not where it usually is.');
	return now;
}

function installed(): string | undefined {
	const own = process.env.CHROMIUM;
	return own ?? usualPlaces.find((place) => existsSync(place));
}

async function shell(command: string): Promise<void> {
	const child = spawn('sh', ['-c', command], {
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
	});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) throw new Error(`"${command}" ended with ${code}; its output above says why.`);
}
