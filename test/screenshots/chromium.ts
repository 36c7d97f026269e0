import { existsSync } from 'node:fs';
import { installDebianPackages } from '../host/debian';
import type { Log } from '../host/progress';

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
	await installDebianPackages(
		['chromium', 'fonts-dejavu-core'],
		log,
		'There is no Chromium. Install one or give its path in CHROMIUM.',
	);
	const now = installed();
	if (!now) throw new Error('apt-get has installed Chromium, but it is not where it usually is.');
	return now;
}

function installed(): string | undefined {
	const own = process.env.CHROMIUM;
	return own ?? usualPlaces.find((place) => existsSync(place));
}
