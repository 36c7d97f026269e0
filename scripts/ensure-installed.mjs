// Installs this checkout's dependencies when they are missing or not those of package-lock.json.
// Needs nothing but Node and npm: it is the first step of `npm run demo`, `npm test` and `npm run test:e2e`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const oldestNode = [20, 19];

/**
 * What is not installed as the lock file says.
 *
 * @param {string} root folder that holds package-lock.json and node_modules
 * @returns {string[]} paths of missing or other packages, e.g. `node_modules/axios`; empty when all is well
 */
export function stalePackages(root) {
	const wanted = packagesOf(path.join(root, 'package-lock.json'));
	// npm's own record of what it put there
	const record = path.join(root, 'node_modules', '.package-lock.json');
	const installed = existsSync(record) ? packagesOf(record) : {};
	return Object.keys(wanted).filter((name) => {
		if (name === '' || wanted[name].link) return false;
		if (!installed[name]) return !wanted[name].optional && !wanted[name].devOptional;
		return (
			installed[name].version !== wanted[name].version || installed[name].integrity !== wanted[name].integrity
		);
	});
}

/**
 * Runs `npm ci` if something is missing or stale, saying so.
 *
 * @throws {Error} when Node is too old or npm fails
 */
export function ensureInstalled(root = checkout) {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
		throw new Error(`This needs Node ${oldestNode.join('.')} or later; it is Node ${process.versions.node}.`);
	}
	const stale = stalePackages(root);
	if (stale.length === 0) return;
	process.stdout.write(
		`Installing the dependencies of this checkout (${stale.length} missing or outdated; usually about a minute) …\n`,
	);
	const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	if (npm.status !== 0) throw new Error('npm ci failed; its output above says why.');
}

function packagesOf(lockFile) {
	return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	try {
		ensureInstalled();
	} catch (error) {
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}
