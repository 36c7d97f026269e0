import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { ensureHost, needsWire, testedHost as version } from '../host/install';
import { startN8n, type RunningN8n } from '../host/n8n';
import { toTerminal } from '../host/progress';
import { outputItems, signIn, type Editor, type Execution, type Workflow } from '../host/rest';
import { completed, endless, failed, plant, type Planted } from '../node/plantedIngestion';

const poll = 'n8n-nodes-microsoft-hr.pollIngestion';
const wireNeeded = needsWire(version);

/** As an import of three minutes would go. */
const threeMinutes: Planted = {
	statuses: [
		{ afterMs: 0, status: 'NotStarted' },
		{ afterMs: 60_000, status: 'ExtractionComplete' },
		{ afterMs: 180_000, status: 'Completed' },
	],
};

/** Ends of ten imports, as many as make a batch: some end before the first look, some during the sleep. */
const batch: Array<[string, Planted]> = [
	['failed 0', failed(60_000)],
	['completed 1', completed(60_000)],
	['completed 2', completed()],
	['failed 3', failed()],
	['completed 4', completed(60_000)],
	['failed 5', failed(60_000)],
	['completed 6', completed(30_000)],
	['completed 7', completed(60_000)],
	['failed 8', failed(30_000)],
	['completed 9', completed()],
];

const ending = (...steps: Array<[afterMs: number, status: string]>): Planted => ({
	statuses: steps.map(([afterMs, status]) => ({ afterMs, status })),
});

/** Endings that Organizational Data has (source B2, B6); which words the API uses for them is not documented. */
const ENDINGS: Array<[string, Planted]> = [
	// approved by the test, after the restart
	['approved', ending([0, 'Ready for review'])],
	['cancelled', ending([0, 'Ready for review'], [45_000, 'Cancelled'])],
	['partly', { ...failed(45_000), ...ending([0, 'NotStarted'], [45_000, 'Partial success']) }],
];

interface Run {
	workflowId: string;
	executionId: string;
	ids: string[];
}

/** Runs that all sleep when n8n is killed. */
interface Sleepers {
	alone: Run;
	wired: Run;
	batchAlone: Run;
	batchWired: Run;
	rows: Run;
	stopped: Run;
	/** its sub-execution is deleted */
	lost: Run;
	/** one waits for approval and gets it, one is cancelled, one is taken in part */
	endings: Run;
}

describe(`Poll Ingestion in n8n ${version}`, () => {
	let stage: Stage;
	let n8n: RunningN8n;
	let editor: Editor;
	let credential: { id: string; name: string };
	let runs: Sleepers;
	/** n8n's own time limit comes before that of the step */
	let limited: Run;

	const nodesInclude = [
		'n8n-nodes-base.manualTrigger',
		'n8n-nodes-base.executeWorkflowTrigger',
		'n8n-nodes-base.noOp',
		'n8n-nodes-base.set',
		poll,
	];

	function workflowOf(
		items: Array<{ tag: string; ingestionId: string }>,
		parameters: Record<string, unknown>,
		wired: boolean,
		withPairs: boolean,
	): Workflow {
		const after = (name: string, y: number) => ({
			name,
			type: withPairs ? 'n8n-nodes-base.set' : 'n8n-nodes-base.noOp',
			typeVersion: withPairs ? 3.4 : 1,
			position: [600, y] as [number, number],
			parameters: withPairs
				? {
						includeOtherFields: true,
						options: { stripBinary: false },
						assignments: {
							assignments: [
								{ id: '1', name: 'pairedWith', type: 'string', value: "={{ $('Start').item.json.tag }}" },
							],
						},
					}
				: {},
		});
		const to = (node: string) => ({ node, type: 'main', index: 0 });
		return {
			name: `Poll ${randomUUID()}`,
			nodes: [
				{
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					name: 'Poll Ingestion',
					type: poll,
					typeVersion: 1,
					position: [300, 0],
					parameters: { operation: 'wait', ...parameters },
					credentials: { vivaHrApi: credential },
				},
				after('Still Running', -200),
				after('Completed', 0),
				after('Failed', 200),
			],
			connections: {
				Start: { main: [[to('Poll Ingestion')]] },
				'Poll Ingestion': {
					main: [[to(wired ? 'Poll Ingestion' : 'Still Running')], [to('Completed')], [to('Failed')]],
				},
			},
			pinData: { Start: items.map((json) => ({ json: { ...json, destination: 'vivaHr' } })) },
			settings: { executionOrder: 'v1' },
		};
	}

	async function begin(
		imports: Array<[string, Planted]>,
		{
			wired = wireNeeded,
			pairs = true,
			executionTimeout,
			...parameters
		}: Record<string, unknown> & { wired?: boolean; pairs?: boolean; executionTimeout?: number } = {},
	): Promise<Run> {
		const items = imports.map(([tag, planted]) => ({ tag, ingestionId: plant(stage.emulator, planted) }));
		const workflow = workflowOf(items, parameters, wired, pairs);
		if (executionTimeout !== undefined) workflow.settings = { ...workflow.settings, executionTimeout };
		const { id } = await editor.createWorkflow(workflow);
		return {
			workflowId: id,
			executionId: await editor.run(id, 'Start'),
			ids: items.map(({ ingestionId }) => ingestionId),
		};
	}

	const endOf = async ({ executionId }: Run) => await editor.waitForEnd(executionId);

	const pollsOf = (id: string) =>
		stage.emulator.requests.filter(({ service, path: at }) => service === 'poll' && at.includes(id));

	const fieldsOf = (execution: Execution, node: string, ...names: string[]) =>
		outputItems(execution, node).map(({ json }) => names.map((name) => json[name]));

	beforeAll(async () => {
		exitOnSignals();
		stage = await setStage({ log: toTerminal, version, nodesInclude });
		({ n8n, editor } = stage);
		credential = await editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(stage.emulator));
		runs = {
			// Where a wire is needed, this and the next are alike.
			alone: await begin([['a', threeMinutes]]),
			wired: await begin([['a', threeMinutes]], { wired: true }),
			batchAlone: await begin(batch, { pairs: wireNeeded }),
			batchWired: await begin(batch, { wired: true }),
			// Without a wire n8n pairs only the first of the rows.
			rows: await begin([['rows', failed(30_000)]], { pairs: wireNeeded, options: { errorRows: 'items' } }),
			stopped: await begin([['never', endless]]),
			lost: await begin([['never', endless]], { pairs: false, limitHours: 0.02 }),
			endings: await begin(ENDINGS, { wired: true, options: { longestSeconds: 75 } }),
		};
		for (const { executionId } of Object.values(runs) as Run[]) {
			await editor.waitForStatus(executionId, ['waiting']);
		}
		await editor.stop(runs.stopped.executionId);
		const ids = await editor.executionIds(runs.lost.workflowId);
		const children = ids.filter((id) => id !== runs.lost.executionId);
		if (!wireNeeded) await editor.request('POST', '/rest/executions/delete', { ids: children });
		// While all sleep n8n dies without a chance to do anything about it; the first looks again after 75 seconds.
		await new Promise((resolve) => setTimeout(resolve, 5_000));
		const owner = editor.owner;
		await n8n.kill('SIGKILL');
		n8n = await startN8n({
			host: await ensureHost(version, toTerminal),
			userFolder: path.join(stage.folder, 'n8n'),
			caPem: stage.emulator.caPem(),
			nodesInclude,
		});
		editor = await signIn(n8n, owner);
		const { ingestions } = stage.emulator.state;
		const waiting = ingestions.find(({ id }) => id === runs.endings.ids[0]);
		waiting?.statuses.push({ afterMs: 0, status: 'Completed' });
		limited = await begin([['never', endless]], { executionTimeout: 270 });
	});
	afterAll(async () => {
		await n8n?.stop();
		await stage?.close();
	});

	it.each([
		...(wireNeeded ? [] : [['without a wire', 'alone'] as const]),
		['over its own wire', 'wired'] as const,
	])(
		'sleeping %s, ends Completed, once, with the same ingestion id, although n8n was killed',
		async (_, name) => {
			const run = runs[name];
			const execution = await endOf(run);
			expect(execution.status).toBe('success');
			expect(fieldsOf(execution, 'Completed', 'ingestionId', 'status', 'pairedWith')).toEqual([
				[run.ids[0], 'Completed', 'a'],
			]);
			expect(outputItems(execution, 'Failed')).toEqual([]);
			const { attempts, changes } = outputItems(execution, 'Completed')[0].json.polling as {
				attempts: number;
				changes: Array<{ status: string }>;
			};
			expect(changes.map(({ status }) => status)).toEqual(['NotStarted', 'ExtractionComplete', 'Completed']);
			// Each poll was told to the service once: none was lost and none came twice by the restart.
			expect(pollsOf(run.ids[0])).toHaveLength(attempts);
		},
	);

	it('gives ten imports of one sleep out where they belong, each with its own input', async () => {
		const wired = await endOf(runs.batchWired);
		const alone = await endOf(runs.batchAlone);
		for (const [node, word] of [
			['Completed', 'completed'],
			['Failed', 'failed'],
		]) {
			const expected = batch.map(([tag]) => tag).filter((tag) => tag.startsWith(word));
			expect(fieldsOf(wired, node, 'tag', 'pairedWith')).toEqual(expected.map((tag) => [tag, tag]));
			// Without a wire n8n cannot pair items of a mixed batch; what came in stands in the item itself.
			expect(fieldsOf(alone, node, 'tag').flat()).toEqual(expected);
		}
		for (const execution of [wired, alone]) {
			for (const { json, binary } of outputItems(execution, 'Failed')) {
				expect(json.errors).toMatchObject([{ row: 2, column: 'PersonId' }, { row: 3 }]);
				expect(binary?.errors).toBeDefined();
			}
		}
	});

	it('gives error rows as items, and the file as it came', async () => {
		const execution = await endOf(runs.rows);
		expect(fieldsOf(execution, 'Failed', 'row', 'column', 'message')).toEqual([
			[2, 'PersonId', 'Not an e-mail address'],
			[3, 'HireDate', 'Not a date, such as MM/DD/YYYY'],
		]);
		const [first, second] = outputItems(execution, 'Failed');
		expect(second.binary).toBeUndefined();
		expect(String(await editor.download(first.binary!.errors))).toBe(
			'Row,Column,Message\r\n2,PersonId,Not an e-mail address\r\n3,HireDate,"Not a date, such as MM/DD/YYYY"\r\n',
		);
	});

	it('an approval after a restart, a cancelled import and one taken in part end where they belong', async () => {
		const execution = await endOf(runs.endings);
		expect(fieldsOf(execution, 'Completed', 'tag', 'phase', 'pairedWith')).toEqual([
			['approved', 'completed', 'approved'],
		]);
		expect(fieldsOf(execution, 'Failed', 'tag', 'phase')).toEqual([
			['cancelled', 'cancelled'],
			['partly', 'partlyCompleted'],
		]);
		const [cancelled, partly] = outputItems(execution, 'Failed');
		expect(partly.json.errors).toMatchObject([{ row: 2, column: 'PersonId' }, { row: 3 }]);
		expect(cancelled.json.errors).toBeUndefined();
		const [{ json }] = outputItems(execution, 'Completed');
		expect(json.polling).toMatchObject({ approvalSince: expect.stringMatching(/^2/), unknown: [] });
	});

	it('follows ten imports within the step', async () => {
		const soon = batch.map(([tag, { statuses, ...rest }]): [string, Planted] => [
			tag,
			{ ...rest, statuses: statuses.map((step) => ({ ...step, afterMs: step.afterMs / 10 })) },
		]);
		const execution = await endOf(
			await begin(soon, { wired: false, waiting: 'inStep', options: { firstSeconds: 2 } }),
		);
		for (const [node, word] of [
			['Completed', 'completed'],
			['Failed', 'failed'],
		]) {
			const expected = batch.map(([tag]) => tag).filter((tag) => tag.startsWith(word));
			expect(fieldsOf(execution, node, 'tag', 'pairedWith')).toEqual(expected.map((tag) => [tag, tag]));
		}
	});

	it('ends at once when a wait within the step is stopped', async () => {
		const run = await begin([['never', endless]], { wired: false, waiting: 'inStep' });
		await editor.waitForStatus(run.executionId, ['running']);
		await new Promise((resolve) => setTimeout(resolve, 2000));
		await editor.stop(run.executionId);
		await editor.waitForStatus(run.executionId, ['canceled']);
		const attempts = pollsOf(run.ids[0]).length;
		await new Promise((resolve) => setTimeout(resolve, 15_000));
		expect(pollsOf(run.ids[0])).toHaveLength(attempts);
	});

	it.each([
		[
			'in the step',
			async () => await begin([['never', endless]], { waiting: 'inStep', executionTimeout: 45 }),
		],
		['asleep', async () => limited],
	])("ends before n8n's shorter time limit and says so: %s", async (_, run) => {
		const { error } = await endOf(await run());
		expect(error?.message).toMatch(/n8n's own time limit for the execution comes before that of this step/);
	});

	it('does not start where the only step behind it would never run', async () => {
		const ingestionId = plant(stage.emulator, completed());
		const workflow = workflowOf([{ tag: 'a', ingestionId }], { waiting: 'inStep' }, false, false);
		const [behindTheFirst] = workflow.connections['Poll Ingestion'].main;
		workflow.connections['Poll Ingestion'].main = [behindTheFirst];
		const { id } = await editor.createWorkflow(workflow);
		const { error } = await editor.waitForEnd(await editor.run(id, 'Start'));
		expect(error?.message).toMatch(/^The step 'Still Running' would never run/);
		expect(pollsOf(ingestionId)).toEqual([]);
	});

	it('stops looking when a sleeping execution is stopped', async () => {
		const run = runs.stopped;
		const { status } = await editor.execution(run.executionId);
		expect(status).toBe('canceled');
		// The sub-execution that sleeps for it finds out when it wakes up.
		for (;;) {
			const ids = await editor.executionIds(run.workflowId);
			const states = await Promise.all(ids.map(async (id) => (await editor.execution(id)).status));
			if (states.every((state) => !['waiting', 'running', 'new'].includes(state))) break;
			await new Promise((resolve) => setTimeout(resolve, 1000));
		}
		expect(pollsOf(run.ids[0])).toHaveLength(1);
	});

	if (!wireNeeded) {
		it('wakes up at its own limit when its sub-execution was deleted', async () => {
			const execution = await endOf(runs.lost);
			expect(execution.status).toBe('success');
			expect(outputItems(execution, 'Completed')).toEqual([]);
			const [{ json }] = outputItems(execution, 'Failed');
			expect(json.error).toMatch(/The execution in which the step slept was deleted/);
			expect(pollsOf(runs.lost.ids[0])).toHaveLength(1);
		});
	}

	if (wireNeeded) {
		it('says on an n8n that needs a wire that there is none', async () => {
			const execution = await endOf(await begin([['a', completed()]], { wired: false }));
			expect(execution.status).toBe('error');
			expect(execution.error?.message).toMatch(/'Still Running'.*not connected/);
		});
	}
});
