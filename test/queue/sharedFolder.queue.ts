import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { exitOnSignals } from '../demo/stage';
import { startSource, type Source } from '../e2e/source';
import { startN8n, type RunningN8n } from '../host/n8n';
import { toTerminal } from '../host/progress';
import { outputItems, type Execution } from '../host/rest';
import { startCluster, type Cluster } from './cluster';
import { nameOf, workerLogs, type WorkerLogs } from './workerLog';
import { builtInNodes, fileFrom, publish, rowsOfBody, type Published, type WorkflowParts } from './workflows';

const ingestType = 'n8n-nodes-microsoft-hr.vivaHrIngest';
const nodesInclude = [...builtInNodes, 'n8n-nodes-base.splitInBatches', ingestType];
const HOUR_MS = 3_600_000;

const company = (size: number, more: Record<string, string> = {}) =>
	Array.from({ length: size }, (_, i) => ({
		PersonId: `p${i}@contoso.com`,
		ManagerId: i === 0 ? '' : 'p0@contoso.com',
		Organization: 'HR',
		EffectiveDate: '2026-03-14',
		...more,
	}));
const csv = (rows: Array<Record<string, string>>) =>
	[Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]
		.map((line) => `${line.join(',')}\n`)
		.join('');

// One cluster serves them all, in this order: each full import is compared with the one before.
describe('n8n in queue mode, with files and notes in folders that all share', () => {
	let cluster: Cluster;
	let logs: WorkerLogs;
	let source: Source;
	let viva: { id: string; name: string };
	let shared: string;

	beforeAll(async () => {
		exitOnSignals();
		cluster = await startCluster({
			log: toTerminal,
			nodesInclude,
			workers: 2,
			// Two executions at once are then on two workers.
			concurrency: 1,
			env: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' },
		});
		cluster.emulator.set({ extractionMs: 0, processingMs: 0 });
		logs = workerLogs(cluster.workers);
		source = await startSource();
		viva = await cluster.editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(cluster.emulator));
		shared = path.join(cluster.userFolder, '.n8n', 'storage');
	});
	afterAll(async () => {
		await source?.close();
		await cluster?.close();
	});

	const ingestStep = (parameters: Record<string, unknown>, settings: Record<string, unknown> = {}) => ({
		name: 'Ingest',
		type: ingestType,
		parameters,
		credentials: { vivaHrApi: viva },
		...settings,
	});
	const published = async (...parts: WorkflowParts): Promise<Published> =>
		await publish(cluster.editor, cluster.main, ...parts);
	const endOf = async (id: string): Promise<Execution> => await cluster.editor.waitForEnd(id);
	const sizes = () => cluster.emulator.ingestions.map(({ rowCount }) => rowCount);

	/** Runs a workflow once on each worker, at the same moment. */
	async function onBoth(workflow: Published, body?: unknown): Promise<Execution[]> {
		const ids = await workflow.startAtOnce([body, body]);
		const executions = await Promise.all(ids.map(endOf));
		expect(ids.flatMap((id) => logs.ranOn(id).map(nameOf)).sort()).toEqual(['worker-1', 'worker-2']);
		cluster.emulator.advance(HOUR_MS);
		return executions;
	}
	const messages = (executions: Execution[]) => executions.map(({ error }) => error?.message ?? '');

	describe('a full refresh, on two workers at once', () => {
		let rows: Published;
		beforeAll(async () => {
			rows = await published([rowsOfBody, ingestStep({ input: 'items' })]);
		});

		it('of 500 people is sent once', async () => {
			expect(messages(await onBoth(rows, { rows: company(500) }))).toEqual(['', '']);
			expect(sizes()).toEqual([500]);
		});

		it.each([3, 399])('of %d is refused by both', async (size) => {
			for (const message of messages(await onBoth(rows, { rows: company(size) }))) {
				expect(message).toContain(`There are ${size} people now and 500 in the last accepted import`);
			}
			expect(sizes()).toEqual([500]);
		});

		it('of 401 is sent once', async () => {
			expect(messages(await onBoth(rows, { rows: company(401, { Layer: '1' }) }))).toEqual(['', '']);
			expect(sizes()).toEqual([500, 401]);
		});

		it('without a column that the last one had is refused by both', async () => {
			for (const message of messages(await onBoth(rows, { rows: company(401) }))) {
				expect(message).toMatch(/These are gone: 'Layer'/);
			}
		});

		it('of the item that Execute Once leaves is refused by both', async () => {
			const once = await published([rowsOfBody, ingestStep({ input: 'items' }, { executeOnce: true })]);
			for (const message of messages(await onBoth(once, { rows: company(450) }))) {
				expect(message).toMatch(/^The setting 'Execute Once' of this step leaves one of 450 items/);
			}
		});

		it('in a later round of a loop is refused by both', async () => {
			const loop = {
				name: 'Loop',
				type: 'n8n-nodes-base.splitInBatches',
				typeVersion: 3,
				parameters: { batchSize: 450, options: {} },
			};
			const looped = await published(
				[rowsOfBody, loop],
				[
					{ from: 'Loop', output: 1, to: 'Ingest' },
					{ from: 'Ingest', output: 0, to: 'Loop' },
				],
				[ingestStep({ input: 'items', options: { mayDisappear: '*' } })],
			);
			for (const message of messages(await onBoth(looped, { rows: company(900) }))) {
				expect(message).toMatch(
					/^This (execution|step) has already (sent|tried to send) a full import of 450 rows/,
				);
			}
			expect(sizes()).toEqual([500, 401, 450]);
		});

		it('of two files is refused by both', async () => {
			const urls = [460, 461].map((size) => ({
				url: source.put(`${size}.csv`, csv(company(size)), 'text/csv'),
			}));
			const files = await published([
				rowsOfBody,
				fileFrom('={{ $json.url }}'),
				ingestStep({ input: 'file' }),
			]);
			for (const message of messages(await onBoth(files, { rows: urls }))) {
				expect(message).toMatch(/^2 files would be full imports/);
			}
			expect(sizes()).toEqual([500, 401, 450]);
		});
	});

	it('files go from worker to main through the folder', async () => {
		const file = fileFrom(source.put('people.csv', csv(company(455)), 'text/csv'));
		const settings = { operation: 'validate', input: 'file', options: { outputPackage: true } };
		const execution = await endOf(await (await published([file, ingestStep(settings)])).start());
		expect(execution.error?.message).toBeUndefined();
		const [item] = outputItems(execution, 'Ingest');
		const reference = item.binary?.package;
		expect(reference?.id).toMatch(/^filesystem-v2:/);
		const bytes = await cluster.editor.download(reference!);
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(item.json.sha256);
	});

	it('a worker with a user folder of its own says that it does not see what was sent', async () => {
		const { emulator, host, postgres, redis } = cluster;
		const merge = { input: 'items', destination: 'organizationalData' };
		const workflow = await published([rowsOfBody, ingestStep(merge)]);
		const noteOf = async (size: number) => {
			const execution = await endOf(await workflow.start({ rows: company(size) }));
			expect(execution.error?.message).toBeUndefined();
			return outputItems(execution, 'Ingest')[0].json.folderNote;
		};
		// The very first execution in the folder may have told it; those after it see its notes.
		await noteOf(5);
		expect(await noteOf(7)).toBeUndefined();
		for (const worker of cluster.workers) await worker.stop();
		const own = path.join(cluster.folder, 'own');
		cpSync(cluster.userFolder, own, { recursive: true, filter: (from) => !from.startsWith(shared) });
		let stranger: RunningN8n | undefined;
		try {
			stranger = await startN8n({
				host,
				userFolder: own,
				caPem: emulator.caPem(),
				nodesInclude,
				env: {
					...postgres.env,
					...redis.env,
					EXECUTIONS_MODE: 'queue',
					N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
				},
				worker: { name: 'worker-3', concurrency: 1 },
			});
			expect(await noteOf(6)).toMatch(
				/^This n8n runs in queue mode, and no execution has kept notes in its folder/,
			);
		} finally {
			await stranger?.stop();
		}
	});

	it('files in S3: n8n does not start without a licence, and says so', async () => {
		const { emulator, host, userFolder } = cluster;
		const starting = startN8n({
			host,
			userFolder: path.join(cluster.folder, 's3'),
			caPem: emulator.caPem(),
			nodesInclude,
			env: {
				N8N_DEFAULT_BINARY_DATA_MODE: 's3',
				N8N_EXTERNAL_STORAGE_S3_HOST: 'localhost:1',
				N8N_EXTERNAL_STORAGE_S3_BUCKET_NAME: 'hr',
				N8N_EXTERNAL_STORAGE_S3_BUCKET_REGION: 'eu',
				N8N_EXTERNAL_STORAGE_S3_ACCESS_KEY: 'a',
				N8N_EXTERNAL_STORAGE_S3_ACCESS_SECRET: 'b',
			},
		});
		await expect(starting).rejects.toThrow('S3 binary data storage requires a valid license');
		expect(userFolder).not.toContain('s3');
	});
});
