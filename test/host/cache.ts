import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';

/** What decides whether an installed n8n can be used again. */
export interface HostIdentity {
	/** n8n's version, e.g. `2.41.1`. */
	version: string;
	/** Major version of the Node that runs it; native add-ons are built for it. */
	nodeMajor: number;
	/** `process.platform`. */
	platform: string;
	/** `process.arch`. */
	arch: string;
	/** The text of the lock file that the installation follows. */
	lockFile: string | Buffer;
}

/** Node majors that n8n's native add-ons (isolated-vm, sqlite3) have been built for; even ones only. */
const hostMajors = [20, 22, 24];

/**
 * The folder outside the checkout where host installations live.
 *
 * `N8N_HR_CACHE` wins, then `XDG_CACHE_HOME`, then `~/.cache`.
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
	const base = env.N8N_HR_CACHE || env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
	return path.join(path.resolve(base), 'n8n-nodes-microsoft-hr');
}

/** A folder name that differs whenever an installation could behave differently. */
export function hostKey(identity: HostIdentity): string {
	const lock = createHash('sha256').update(identity.lockFile).digest('hex').slice(0, 12);
	const { version, nodeMajor, platform, arch } = identity;
	return `${version}-node${nodeMajor}-${platform}-${arch}-${lock}`;
}

/**
 * Whether a running Node can run an n8n that asks for `engines` (e.g. `>=24.0.0`, `>=20.19 <= 24.x`).
 *
 * @param nodeVersion `process.versions.node`
 */
export function canRunHost(nodeVersion: string, engines: string): boolean {
	const running = nodeVersion.split('.').map(Number);
	const least = /(\d+)(?:\.(\d+))?/.exec(engines);
	if (!least) return false;
	const [major, minor] = [Number(least[1]), Number(least[2] ?? 0)];
	if (!hostMajors.includes(running[0])) return false;
	return running[0] > major || (running[0] === major && running[1] >= minor);
}
