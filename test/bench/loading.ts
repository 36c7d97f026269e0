import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureHost, testedHost } from '../host/install';
import { installPackage, packPackage } from '../host/pack';
import { toTerminal } from '../host/progress';

/*
 * What n8n loads of steps at its start: modules, and processor time, each run in a fresh process of n8n's own Node. Everything
 * that n8n itself has loaded by then, n8n-workflow, does not count.
 * Usage: npx tsx test/bench/loading.ts [RUNS]
 */
const runs = Number(process.argv[2] ?? 7);

const LOAD = `
	const [workflow, ...files] = process.argv.slice(1);
	require(workflow);
	const before = new Set(Object.keys(require.cache));
	const begun = process.cpuUsage();
	for (const file of files) {
		for (const Type of Object.values(require(file))) if (/^class /.test(String(Type))) new Type();
	}
	const { user, system } = process.cpuUsage(begun);
	const modules = Object.keys(require.cache).filter((name) => !before.has(name)).length;
	console.log(JSON.stringify({ modules, ms: (user + system) / 1000 }));
`;

async function measure(): Promise<void> {
	const host = await ensureHost(testedHost, toTerminal);
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-loading-'));
	try {
		await installPackage(host, folder, await packPackage(folder));
		const own = path.join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-microsoft-hr');
		const { n8n } = JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		const modules = path.join(host.folder, 'node_modules');
		const base = path.join(modules, 'n8n-nodes-base', 'dist', 'nodes');
		const ways: Record<string, string[]> = {
			'this package, three steps and two credentials': [...n8n.nodes, ...n8n.credentials].map((file) =>
				path.join(own, file),
			),
			'n8n: Microsoft SharePoint': [
				path.join(base, 'Microsoft', 'SharePoint', 'MicrosoftSharePoint.node.js'),
			],
			'n8n: HTTP Request': [path.join(base, 'HttpRequest', 'HttpRequest.node.js')],
		};
		const found = new Map<string, Array<{ modules: number; ms: number }>>();
		for (let run = 0; run < runs; run++) {
			for (const [way, files] of Object.entries(ways)) {
				const env = { ...process.env, NODE_PATH: modules };
				const output = execFileSync(host.node, ['-e', LOAD, path.join(modules, 'n8n-workflow'), ...files], {
					encoding: 'utf8',
					env,
				});
				found.set(way, [...(found.get(way) ?? []), JSON.parse(output) as { modules: number; ms: number }]);
			}
		}
		for (const [way, results] of found) {
			const times = results.map(({ ms }) => Math.round(ms)).sort((a, b) => a - b);
			const median = times[Math.floor(times.length / 2)];
			console.log(`${way}: ${results[0].modules} modules, ${median} ms (${times[0]}–${times.at(-1)})`);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void measure();
