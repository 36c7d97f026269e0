/**
 * Measures what one worker spends on a run of each step: processor time of worker, main, PostgreSQL and Redis, and the worker's
 * peak memory. Processor time, because it does not depend on what else the machine does.
 * Run by hand: `npx tsx test/queue/load.ts`; the figures in docs/scaling.md come from it.
 */
import { purviewHrApi, reportLogin, vivaHrApi } from '../demo/emulatorCredentials';
import { exitOnSignals } from '../demo/stage';
import { startSource } from '../e2e/source';
import { demo, demoReport } from '../emulator/emulator';
import { makeWorkers } from '../emulator/workers';
import { toTerminal } from '../host/progress';
import { completed, plant } from '../node/plantedIngestion';
import { startCluster, type Cluster } from './cluster';
import { cpuSeconds, peakMegabytes, resetPeak } from './processCost';
import { builtInNodes, fileFrom, publish, type Published, type WorkflowParts } from './workflows';

const step = (name: string) => `n8n-nodes-microsoft-hr.${name}`;

interface Case {
	name: string;
	/** runs that are measured, after a first one that loads code and fetches tokens */
	runs: number;
	/** runs that are under way at the same time */
	atOnce: number;
	workflow: Published;
	body?: () => unknown;
}

async function measure(cluster: Cluster, { name, runs, atOnce, workflow, body }: Case): Promise<void> {
	const { editor, main, postgres, redis } = cluster;
	const [worker] = cluster.workers;
	const batch = async (count: number) => {
		const ids = await workflow.startAtOnce(Array.from({ length: count }, () => body?.() ?? {}));
		for (const id of ids) {
			const { status, error } = await editor.waitForEnd(id);
			if (status !== 'success') throw new Error(`${name}: ${error?.message ?? status}`);
		}
	};
	await batch(1);
	const processes = { worker: worker.pid, main: main.pid, postgres: postgres.pid, redis: redis.pid };
	const spent = () =>
		Object.fromEntries(Object.entries(processes).map(([who, pid]) => [who, cpuSeconds(pid)]));
	resetPeak(worker.pid);
	const before = spent();
	const begun = Date.now();
	for (let done = 0; done < runs; done += atOnce) await batch(atOnce);
	const after = spent();
	const each = Object.keys(processes).map(
		(who) => `${who} ${((after[who] - before[who]) / runs).toFixed(3)}`,
	);
	toTerminal(
		`${name}: ${runs} runs, ${atOnce} at a time; CPU seconds a run: ${each.join(', ')}; ` +
			`worker's peak ${peakMegabytes(worker.pid)} MB; ${((Date.now() - begun) / 1000 / runs).toFixed(1)} s of wall time a run`,
	);
}

function csvOf(count: number): string {
	const rows = [...makeWorkers(count)].map((worker) =>
		[
			worker.Work_Email,
			worker.Manager_Work_Email,
			worker.Supervisory_Organization,
			worker.Management_Level,
			worker.Hire_Date,
			worker.Country,
		]
			.map((value) => `"${String(value).replaceAll('"', '""')}"`)
			.join(','),
	);
	return `PersonId,ManagerId,Organization,LevelDesignation,HireDate,CountryOrRegion\r\n${rows.join('\r\n')}\r\n`;
}

async function main(): Promise<void> {
	exitOnSignals();
	const cluster = await startCluster({
		log: toTerminal,
		nodesInclude: [...builtInNodes, step('vivaHrIngest'), step('pollIngestion'), step('purviewHrSignal')],
		workers: 1,
		concurrency: 10,
		emulator: {
			settings: { extractionMs: 0, processingMs: 0, keepRows: false, keepBytesUpTo: 0, checkContents: false },
		},
	});
	const source = await startSource();
	try {
		const { editor, emulator } = cluster;
		const viva = await editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(emulator));
		const purview = await editor.createCredential('Purview', 'purviewHrApi', purviewHrApi(emulator));
		const login = await editor.createCredential('Report', 'httpBasicAuth', reportLogin());
		const published = async (...parts: WorkflowParts) => await publish(editor, cluster.main, ...parts);
		const ingest = (input: 'items' | 'file') => ({
			name: 'Ingest',
			type: step('vivaHrIngest'),
			parameters: {
				input,
				options: { sendAgain: true, maximumMissingPercent: 100, mayDisappear: '*' },
			},
			credentials: { vivaHrApi: viva },
		});
		const signal = {
			name: 'Signal',
			type: step('purviewHrSignal'),
			parameters: { jobId: demo.jobs.resignation },
			credentials: { purviewHrApi: purview },
		};
		const poll = {
			name: 'Poll',
			type: step('pollIngestion'),
			parameters: { operation: 'wait', options: { firstSeconds: 70 } },
			credentials: { vivaHrApi: viva },
		};
		const report = (path: string) => ({
			name: 'Report',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${emulator.origin}${path}`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpBasicAuth',
				options: {},
			},
			credentials: { httpBasicAuth: login },
		});
		const split = (field: string) => ({
			name: 'Split',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: field, options: {} },
		});
		const file = (count: number) => fileFrom(source.put(`${count}.csv`, csvOf(count), 'text/csv'));
		const imports = () => ({
			imports: [
				{
					ingestionId: plant(emulator, { ...completed(30_000), destination: 'viva-survey' }),
					destination: 'vivaSurvey',
				},
			],
		});

		const empty = await published([{ name: 'Nothing', type: 'n8n-nodes-base.noOp', parameters: {} }]);
		await measure(cluster, {
			name: 'n8n itself: webhook, no step of ours',
			runs: 40,
			atOnce: 5,
			workflow: empty,
		});
		const items = await published([report(demoReport.workersPath), split('Report_Entry'), ingest('items')]);
		await measure(cluster, { name: 'ingest, 2,400 items of a report', runs: 10, atOnce: 1, workflow: items });
		const small = await published([file(2_400), ingest('file')]);
		await measure(cluster, { name: 'ingest, file of 2,400', runs: 20, atOnce: 1, workflow: small });
		const large = await published([file(100_000), ingest('file')]);
		await measure(cluster, { name: 'ingest, file of 100,000', runs: 3, atOnce: 1, workflow: large });
		const leavers = await published([report(demoReport.leaversPath), split('Report_Entry'), signal]);
		await measure(cluster, { name: 'signal, leavers of a report', runs: 20, atOnce: 1, workflow: leavers });
		const sleeping = await published([split('body.imports'), poll]);
		await measure(cluster, {
			name: 'poll, asleep, two polls',
			runs: 30,
			atOnce: 30,
			workflow: sleeping,
			body: imports,
		});
	} finally {
		await source.close();
		await cluster.close();
	}
}

main().catch((error: unknown) => {
	toTerminal(String(error));
	process.exitCode = 1;
});
