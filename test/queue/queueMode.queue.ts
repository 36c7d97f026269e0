import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { exitOnSignals, type EmptyStage } from '../demo/stage';
import { asCsv, asItems, byColumn, vivaPeople } from '../e2e/people';
import { startSource, type Source } from '../e2e/source';
import { demo, exchangeAudience } from '../emulator/emulator';
import { until } from '../helpers/until';
import type { RunningN8n } from '../host/n8n';
import { toTerminal } from '../host/progress';
import { outputItems, type Execution } from '../host/rest';
import { plant, type Planted } from '../node/plantedIngestion';
import { startCluster, type Cluster } from './cluster';
import { nameOf, workerLogs, type WorkerLogs } from './workerLog';
import {
	builtInNodes,
	fileFrom,
	longSleep,
	pause,
	publish,
	rowsOfBody,
	type Published,
	type WorkflowParts,
} from './workflows';

const ingestType = 'n8n-nodes-microsoft-hr.vivaHrIngest';
const pollType = 'n8n-nodes-microsoft-hr.pollIngestion';
const signalType = 'n8n-nodes-microsoft-hr.purviewHrSignal';

const hourMs = 3_600_000;
/** For so long on the emulator's clock an answer is held back: until a test puts that clock forward. */
const heldMs = 600_000;
/** An import that ends when an hour is put on the emulator's clock, and not by itself. It does not stand in the way of HR data. */
const oneHour: Planted = {
	destination: 'viva-survey',
	statuses: [
		{ afterMs: 0, status: 'NotStarted' },
		{ afterMs: hourMs, status: 'Completed' },
	],
};

/** Where Kubernetes would mount the token of a pod. */
const tokenFileOf = ({ folder }: EmptyStage) => join(folder, 'azure-identity-token');

/** A durable Poll Ingestion that sleeps. */
interface Sleeper {
	executionId: string;
	wired: boolean;
}

// One file, because starting n8n takes longer than most tests: one cluster serves them all, in this order.
describe('n8n in queue mode, with a main and two workers', () => {
	let cluster: Cluster;
	let logs: WorkerLogs;
	let source: Source;
	let viva: { id: string; name: string };
	let purview: { id: string; name: string };
	/** Viva without a secret */
	let federated: { id: string; name: string };
	/** the token of the workers' service account */
	let mounted: string;
	let sleepers: Sleeper[];
	/** sleeps with a file that one worker has stored */
	let carrier: string;
	/** every access token that the emulator has given out, with the address it is for */
	const tokens: Array<{ token: string; audience: string }> = [];

	const people = vivaPeople;
	const leavers = (name: string, count: number) =>
		Array.from({ length: count }, (_, index) => ({
			UserPrincipalName: `${name}${index}@contoso.com`,
			ResignationDate: '2026-03-14',
			LastWorkingDate: '2026-04-30',
		}));

	const ingestStep = (parameters: Record<string, unknown>) => ({
		name: 'Ingest',
		type: ingestType,
		parameters,
		credentials: { vivaHrApi: viva },
	});
	const pollStep = (parameters: Record<string, unknown>, credential = viva) => ({
		name: 'Poll',
		type: pollType,
		parameters: { operation: 'wait', ...parameters },
		credentials: { vivaHrApi: credential },
	});
	const signalStep = (options: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) => ({
		name: 'Signal',
		type: signalType,
		parameters: { scenario: 'resignation', jobId: demo.jobs.resignation, options },
		credentials: { purviewHrApi: purview },
		...settings,
	});

	const published = async (...parts: WorkflowParts): Promise<Published> =>
		await publish(cluster.editor, cluster.main, ...parts);

	const endOf = async (executionId: string): Promise<Execution> =>
		await cluster.editor.waitForEnd(executionId);

	/** The users of the signals that arrived, whose names begin so. */
	const arrived = (name: string): string[] =>
		cluster.emulator.signals
			.flatMap(({ rows }) => rows.map(([user]) => user))
			.filter((user) => user.startsWith(name));

	/** How many answers the emulator holds back. */
	const held = (): number => cluster.emulator.requests.filter((request) => request.held).length;

	const ranOn = (executionId: string) => logs.ranOn(executionId).map(nameOf);
	const aWorker = expect.stringMatching(/^worker-[12]$/);

	/** Splits the list of imports that the webhook received into items. */
	const importsOfBody = {
		name: 'Which',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'body.imports', options: {} },
	};

	/** Puts durable Poll Ingestions to sleep until each worker has begun one. */
	async function putToSleep(): Promise<Sleeper[]> {
		const begun: Sleeper[] = [];
		const waiting = (name: string) => ({ name, type: 'n8n-nodes-base.noOp', parameters: {} });
		const sleeping = { options: { firstSeconds: 70 } };
		const ends = [
			{ from: 'Poll', output: 1, to: 'Completed' },
			{ from: 'Poll', output: 2, to: 'Failed' },
		];
		const lonely = [waiting('Completed'), waiting('Failed')];
		const alone = await published([importsOfBody, pollStep(sleeping, federated)], ends, lonely);
		const wired = await published(
			[importsOfBody, pollStep(sleeping)],
			[...ends, { from: 'Poll', output: 0, to: 'Poll' }],
			lonely,
		);
		const ways: Array<[Published, boolean]> = [
			[alone, false],
			[wired, true],
		];
		for (const [workflow, isWired] of ways) {
			const seen = new Set<string>();
			for (let tries = 0; seen.size < 2; tries++) {
				if (tries > 10) throw new Error('one worker takes everything');
				const ids = [1, 2].map(() => plant(cluster.emulator, oneHour));
				const bodies = ids.map((ingestionId) => ({ imports: [{ ingestionId, destination: 'vivaSurvey' }] }));
				for (const executionId of await workflow.startAtOnce(bodies)) {
					const execution = await cluster.editor.waitForStatus(executionId, ['waiting', 'error']);
					if (execution.status === 'error') throw new Error(execution.error?.message);
					ranOn(executionId).forEach((name) => seen.add(name));
					begun.push({ executionId, wired: isWired });
				}
			}
		}
		return begun;
	}

	beforeAll(async () => {
		exitOnSignals();
		cluster = await startCluster({
			log: toTerminal,
			nodesInclude: [...builtInNodes, ingestType, pollType, signalType],
			workers: 2,
			// Two executions at once are then on two workers.
			concurrency: 1,
			workerEnv: (stage) => ({
				N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true',
				N8N_MICROSOFT_HR_FEDERATED_HOSTS: new URL(stage.emulator.origin).host,
				AZURE_FEDERATED_TOKEN_FILE: tokenFileOf(stage),
			}),
		});
		const { editor, emulator } = cluster;
		const { federatedIssuer: iss, federatedSubject: sub } = demo;
		mounted = await emulator.issuer.issue({ iss, sub, aud: exchangeAudience });
		writeFileSync(tokenFileOf(cluster), mounted);
		const authority = emulator.state.tokens;
		const issue = authority.issue.bind(authority);
		authority.issue = async (holder, lifetimeS) => {
			const token = await issue(holder, lifetimeS);
			tokens.push({ token, audience: holder.audience });
			return token;
		};
		logs = workerLogs(cluster.workers);
		source = await startSource();
		viva = await editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(emulator));
		purview = await editor.createCredential('Purview', 'purviewHrApi', purviewHrApi(emulator));
		federated = await editor.createCredential(
			'Viva without a secret',
			'vivaHrApi',
			vivaHrApi(emulator, { authentication: 'federated', clientSecret: '' }),
		);
		sleepers = await putToSleep();
		const file = fileFrom(source.put('later.csv', asCsv(people), 'text/csv'));
		const carrying = await published([file, longSleep, ingestStep({ input: 'file' })]);
		carrier = await carrying.start();
		await editor.waitForStatus(carrier, ['waiting']);
	});
	afterAll(async () => {
		await source?.close();
		await cluster?.close();
	});

	it('Viva HR Ingest and Poll Ingestion run on a worker, and every cell arrives', async () => {
		const workflow = await published([
			rowsOfBody,
			ingestStep({ input: 'items' }),
			pollStep({ waiting: 'inStep', options: { firstSeconds: 1 } }),
		]);
		const id = await workflow.start({ rows: asItems(people) });
		const execution = await endOf(id);
		expect(execution.error?.message).toBeUndefined();
		expect(ranOn(id)).toEqual([aWorker]);
		const ingestion = cluster.emulator.ingestions.find(({ rowCount }) => rowCount === people.rows.length);
		expect(ingestion && byColumn(ingestion)).toEqual(byColumn(people));
		expect(outputItems(execution, 'Poll', 1)).toMatchObject([
			{ json: { status: 'Completed', ingestionId: ingestion?.id } },
		]);
	});

	it('Purview HR Signal runs on both workers at once with different data, and every row arrives once', async () => {
		cluster.emulator.fault({ service: 'signal', times: 2, action: { kind: 'delay', ms: heldMs } });
		const workflow = await published([rowsOfBody, signalStep()]);
		const bodies = ['left', 'right'].map((name) => ({ rows: leavers(name, 3) }));
		const ids = await workflow.startAtOnce(bodies);
		await until(() => held() === 2);
		cluster.emulator.advance(heldMs);
		for (const id of ids) expect((await endOf(id)).error?.message).toBeUndefined();
		expect(ids.flatMap(ranOn).sort()).toEqual(['worker-1', 'worker-2']);
		for (const name of ['left', 'right']) {
			expect(arrived(name)).toEqual(leavers(name, 3).map(({ UserPrincipalName }) => UserPrincipalName));
		}
	});

	const noRetry = { retryOnFail: false };
	/** On a machine that is not too busy the third try begins when the other execution has ended. */
	const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 5_000 };

	it.each([
		['is told so', noRetry],
		['is told so, however often it tries', threeTries],
	])(
		'of two executions with the same Purview data, on two workers, one sends; the other %s',
		async (_, settings) => {
			const name = settings.retryOnFail ? 'again' : 'twice';
			cluster.emulator.fault({ service: 'signal', times: 1, action: { kind: 'delay', ms: heldMs } });
			const workflow = await published([rowsOfBody, signalStep({}, settings)]);
			const body = { rows: leavers(name, 3) };
			const ids = await workflow.startAtOnce([body, body]);
			// The first is still sending when the other is refused, for the first time or for good.
			if (settings.retryOnFail) {
				await until(() => held() === 1 && ids.flatMap(ranOn).length === 2);
				await pause(7_000);
			} else await Promise.race(ids.map(endOf));
			cluster.emulator.advance(heldMs);
			const executions = await Promise.all(ids.map(async (id) => await endOf(id)));
			expect(ids.flatMap(ranOn).sort()).toEqual(['worker-1', 'worker-2']);
			expect(executions.map(({ status }) => status).sort()).toEqual(['error', 'success']);
			const refused = executions.find(({ status }) => status === 'error');
			expect(refused?.error?.message).toMatch(
				settings.retryOnFail
					? /(is sending|has sent) the same data .* nothing was sent/
					: /is sending the same data .* nothing was sent/,
			);
			expect(arrived(name)).toEqual(body.rows.map(({ UserPrincipalName }) => UserPrincipalName));
		},
	);

	it.each(['fail', 'wait', 'skip'])(
		'of two executions with the same people, on two workers, one sends; both have the one import: %s',
		async (whenBusy) => {
			const { emulator } = cluster;
			emulator.advance(hourMs);
			emulator.fault({ service: 'push', times: 1, action: { kind: 'delay', ms: heldMs } });
			const before = emulator.ingestions.length;
			const workflow = await published([
				rowsOfBody,
				ingestStep({ input: 'items', destination: 'organizationalData', options: { whenBusy } }),
			]);
			const body = { rows: asItems(people).map((row) => ({ ...row, Organization: `HR, ${whenBusy}` })) };
			const ids = await workflow.startAtOnce([body, body]);
			await until(() => held() === 1 && ids.flatMap(ranOn).length === 2);
			// Time for the other one to come to the lock.
			await pause(3_000);
			emulator.advance(heldMs);
			const executions = await Promise.all(ids.map(endOf));
			expect(executions.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
			expect(ids.flatMap(ranOn).sort()).toEqual(['worker-1', 'worker-2']);
			expect(emulator.ingestions).toHaveLength(before + 1);
			const results = executions.map((execution) => outputItems(execution, 'Ingest')[0].json);
			const { id } = emulator.ingestions[before];
			expect(results.map(({ ingestionId }) => ingestionId)).toEqual([id, id]);
			expect(results.map(({ alreadyAccepted }) => alreadyAccepted).sort()).toEqual([false, true]);
		},
	);

	it('a full refresh that would lose people is refused, whichever worker sent the last one', async () => {
		const { emulator } = cluster;
		emulator.advance(hourMs);
		const before = emulator.ingestions.length;
		const workflow = await published([rowsOfBody, ingestStep({ input: 'items' })]);
		const few = { rows: asItems(people).slice(0, 3) };
		for (const id of await workflow.startAtOnce([few, few])) {
			const { error } = await endOf(id);
			expect(error?.message).toMatch(/^There are 3 people now and 5 in the last accepted import/);
		}
		expect(emulator.ingestions).toHaveLength(before);
	});

	it('files go through the database, whoever stored them', async () => {
		const file = fileFrom(source.put('people.csv', asCsv(people), 'text/csv'));
		const workflow = await published([
			file,
			ingestStep({ operation: 'validate', input: 'file', options: { outputPackage: true } }),
		]);
		const execution = await endOf(await workflow.start());
		expect(execution.error?.message).toBeUndefined();
		const [item] = outputItems(execution, 'Ingest');
		const reference = item.binary?.package;
		expect(reference?.id).toMatch(/^database:/);
		// A worker has stored it, the main gives it out.
		const bytes = await cluster.editor.download(reference!);
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(item.json.sha256);
	});

	it('each process allows a sign-in without a secret for itself: both workers sign in, the main refuses', async () => {
		const { emulator, editor } = cluster;
		const ingestionId = plant(emulator, oneHour);
		emulator.fault({
			service: 'poll',
			times: 2,
			pathContains: ingestionId,
			action: { kind: 'delay', ms: heldMs },
		});
		const workflow = await published([importsOfBody, pollStep({ operation: 'getStatus' }, federated)]);
		const body = { imports: [{ ingestionId, destination: 'vivaSurvey' }] };
		const ids = await workflow.startAtOnce([body, body]);
		await until(() => held() === 2);
		emulator.advance(heldMs);
		for (const id of ids) {
			const execution = await endOf(id);
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Poll')).toMatchObject([{ json: { ingestionId } }]);
		}
		expect(ids.flatMap(ranOn).sort()).toEqual(['worker-1', 'worker-2']);
		const { status, message } = await editor.testCredential(federated.id);
		expect(`${status}: ${message}`).toMatch(
			/^Error: This n8n does not allow credentials to sign in as n8n itself/,
		);
	});

	it('each worker has fetched tokens of its own, one for each service and credential, whatever it has run', () => {
		const executions = cluster.workers.map((worker) => logs.startedBy(worker).length);
		expect(Math.min(...executions)).toBeGreaterThanOrEqual(3);
		const audiences = tokens.map(({ audience }) => audience);
		const perAudience = [...new Set(audiences)].map(
			(one) => audiences.filter((other) => other === one).length,
		);
		// Viva has two credentials.
		expect(perAudience.sort()).toEqual([2, 4]);
	});

	it('no token and no secret lies in Redis or PostgreSQL, or was ever sent to Redis', async () => {
		const places = {
			'commands to Redis': cluster.redis.commands(),
			Redis: (await cluster.redis.dump()).toString('latin1'),
			PostgreSQL: await cluster.postgres.dump(),
		};
		// The search finds what is there: queue, executions and the rows that n8n itself keeps.
		expect(places['commands to Redis']).toContain('bull:jobs');
		expect(places.Redis).toContain('bull:jobs');
		expect(places.PostgreSQL).toContain('left0@contoso.com');
		const hidden = [demo.clientSecret, mounted, ...tokens.map(({ token }) => token)];
		// A token ends in a signature that is its own; a stored file is hexadecimal in the dump.
		const pieces = hidden.flatMap((text) => [text, text.slice(-40), Buffer.from(text).toString('hex')]);
		for (const [place, text] of Object.entries(places)) {
			expect([place, pieces.filter((piece) => text.includes(piece)).length]).toEqual([place, 0]);
		}
	});

	describe('when a worker is killed (SIGKILL)', () => {
		let victim: RunningN8n;
		let resend: Published;
		/** what it was running */
		let broken: string;
		const rows = leavers('killed', 30);

		beforeAll(async () => {
			// Its second chunk is on its way, and never answered.
			cluster.emulator.fault({ service: 'signal', skip: 1, action: { kind: 'hang', processed: true } });
			resend = await published([rowsOfBody, signalStep({ chunkRows: 10 })]);
			broken = await resend.start({ rows });
			await until(() => arrived('killed').length === 20);
			[victim] = logs.ranOn(broken);
			await victim.kill('SIGKILL');
			cluster.emulator.advance(hourMs);
		});

		it('the other one goes on after the confirmed rows of a Purview job, and tells what was on its way', async () => {
			const id = await resend.start({ rows });
			const execution = await endOf(id);
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Signal')[0].json).toMatchObject({
				rowsSent: 20,
				rowsSentBefore: 10,
				confirmedRows: 30,
				possiblyDuplicatedRanges: [{ firstRow: 10, lastRow: 19, records: 10 }],
			});
			expect(ranOn(id)).not.toContain(nameOf(victim));
		});

		it.each([
			['without a wire and without a secret', false],
			['over its own wire', true],
		])(
			'a durable Poll Ingestion that it began, sleeping %s, ends on the other, Completed, once',
			async (_, wired) => {
				const begunByVictim = sleepers.filter(
					(sleeper) => sleeper.wired === wired && ranOn(sleeper.executionId)[0] === nameOf(victim),
				);
				expect(begunByVictim.length).toBeGreaterThan(0);
				for (const { executionId } of begunByVictim) {
					const execution = await endOf(executionId);
					expect(execution.error?.message).toBeUndefined();
					expect(outputItems(execution, 'Failed')).toEqual([]);
					const [asked] = outputItems(execution, 'Which');
					const ingestionId = String(asked.json.ingestionId);
					const completed = outputItems(execution, 'Completed').map(({ json }) => json);
					expect(completed).toMatchObject([{ ingestionId, status: 'Completed' }]);
					const [first, ...later] = ranOn(executionId);
					expect(first).toBe(nameOf(victim));
					expect(later.length).toBeGreaterThan(0);
					expect(later).not.toContain(nameOf(victim));
					// Each poll was told to the service once.
					const { attempts } = completed[0].polling as { attempts: number };
					const polls = cluster.emulator.requests.filter(
						({ service, path }) => service === 'poll' && path.includes(ingestionId),
					);
					expect(polls).toHaveLength(attempts);
				}
			},
		);

		it('a file that was stored before is read by the worker that is left', async () => {
			const execution = await endOf(carrier);
			expect(execution.error?.message).toBeUndefined();
			expect(ranOn(carrier).at(-1)).not.toBe(nameOf(victim));
			const { ingestionId } = outputItems(execution, 'Ingest')[0].json;
			const ingestion = cluster.emulator.ingestions.find(({ id }) => id === ingestionId);
			expect(ingestion && byColumn(ingestion)).toEqual(byColumn(people));
		});

		it('n8n tells that what it was running is lost', async () => {
			const { status } = await cluster.editor.waitForStatus(broken, ['crashed', 'error']);
			expect(status).toBe('error');
		});

		it('the other one, told to stop (SIGTERM), lets what it is sending end', async () => {
			const survivor = cluster.workers.find((worker) => worker !== victim)!;
			cluster.emulator.fault({ service: 'signal', times: 1, action: { kind: 'delay', ms: 2_000 } });
			const last = leavers('last', 3);
			const id = await resend.start({ rows: last });
			await until(() => arrived('last').length === 3);
			await survivor.kill('SIGTERM');
			const execution = await endOf(id);
			expect(outputItems(execution, 'Signal')[0].json).toMatchObject({ status: 'Sent', rowsSent: 3 });
		});

		it('and the emulator had no failure of its own', () => {
			expect(cluster.emulator.failures).toEqual([]);
		});
	});
});
