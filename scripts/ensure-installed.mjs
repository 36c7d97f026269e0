// Installs this checkout's dependencies when they are missing or not those of package-lock.json.
// Needs nothing but Node and npm: it is the first step of `npm run demo`, `npm test` and `npm run test:e2e`.
import { spawn } from 'node:child_process';
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
 * Runs `npm ci` if something is missing or stale, saying so and how far it is.
 *
 * @throws {Error} when Node is too old or npm fails
 */
export async function ensureInstalled(root = checkout) {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
		throw new Error(`This needs Node ${oldestNode.join('.')} or later; it is Node ${process.versions.node}.`);
	}
	const stale = stalePackages(root);
	if (stale.length === 0) return;
	const say = (line) => process.stdout.write(`${line}\n`);
	say(
		`Installing the dependencies of this checkout (${stale.length} missing or outdated; usually 1 to 2 minutes) …`,
	);
	const begun = Date.now();
	const seconds = () => Math.round((Date.now() - begun) / 1000);
	const ticker = setInterval(() => {
		const there = stale.filter((name) => existsSync(path.join(root, name, 'package.json'))).length;
		say(`  … ${seconds()} s, ${there} of ${stale.length} packages in place`);
	}, 5000);
	// Only errors: the warnings are about engines of test libraries, and say nothing to a person who starts the demo.
	const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
		shell: process.platform === 'win32',
	});
	const code = await new Promise((resolve, reject) => {
		npm.once('error', reject);
		npm.once('close', resolve);
	}).finally(() => clearInterval(ticker));
	if (code !== 0) throw new Error('npm ci failed; its output above says why.');
	say(`  done in ${seconds()} s`);
}

function packagesOf(lockFile) {
	return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	try {
		await ensureInstalled();
	} catch (error) {
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}
