import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
	NodeConnectionTypes,
	type ExecuteWorkflowData,
	type IDataObject,
	type IExecuteFunctions,
	type IExecuteWorkflowInfo,
	type INodeExecutionData,
	type INodeParameters,
	type ISourceData,
} from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { forgetWaits, skipWaits } from '../helpers/skipWaits';
import { systemClock } from '../../nodes/shared/http/retry';
import { endProblemOf, type PollState } from '../../nodes/shared/polling/state';
import { trust } from './emulatorNetwork';
import { executionContext, readStored, wireBack, wireTo, type StepRun } from './executionContext';
import { completed, endless, failed, plant, twoErrors, type Planted } from './plantedIngestion';
import { thrownBy } from '../helpers/thrownBy';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
let duringWait: () => void;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
	skipWaits(
		() => emulator,
		() => duringWait(),
	);
});
afterAll(async () => await emulator.close());
beforeEach(() => {
	forgetWaits();
	duringWait = () => undefined;
	emulator.reset();
});
afterEach(() => expect(emulator.failures).toEqual([]));

const NOBODY = '11111111-2222-4333-8444-555555555555';
const type = new PollIngestion();

/** A file that came in with an item, as the report of an upload does. */
const report = { report: { data: '', mimeType: 'text/html', fileName: 'report.html' } };

type Context = ReturnType<typeof executionContext>;

function contextOf(
	ids: Array<Planted | string>,
	parameters: INodeParameters,
	more: Partial<StepRun> = {},
	credential: IDataObject = {},
): { context: Context; ids: string[] } {
	const planted = ids.map((entry) => (typeof entry === 'string' ? entry : plant(emulator, entry)));
	const context = executionContext({
		type,
		credentials: {
			vivaHrApi: vivaHrApi(emulator, credential),
		},
		items: planted.map((ingestionId, index) => ({
			json: { ingestionId, destination: 'vivaHr', tag: `item ${index}` },
		})),
		...more,
		parameters,
	});
	return { context, ids: planted };
}

const execute = async (context: Context) =>
	(await type.execute.call(context as unknown as IExecuteFunctions)) as INodeExecutionData[][];

const tags = (outputs: INodeExecutionData[][]) => outputs.map((items) => items.map(({ json }) => json.tag));
const paired = (outputs: INodeExecutionData[][]) =>
	outputs.map((items) => items.map(({ pairedItem }) => (pairedItem as { item: number }).item));
const polls = (id: string) =>
	emulator.requests.filter(({ service, path: at }) => service === 'poll' && at.includes(id)).length;

const inStep = (options: IDataObject = {}, more: INodeParameters = {}): INodeParameters => ({
	operation: 'wait',
	waiting: 'inStep',
	options: { firstSeconds: 1, ...options } as INodeParameters,
	...more,
});

describe("steps behind the output 'Still Running'", () => {
	const begin = async (outputs: number[], parameters: INodeParameters = {}) => {
		const { context } = contextOf([completed()], inStep({}, parameters));
		for (const output of outputs) wireTo(context, output, `Mail ${output}`);
		return await execute(context);
	};

	it('alone would never run: the step says so before it asks anything', async () => {
		const { message, description } = await thrownBy(begin([0]));
		expect(message).toMatch(/^The step 'Mail 0' would never run: .*'Still Running'/);
		expect(description).toContain("'Completed'");
		expect(emulator.requests).toEqual([]);
	});

	it('are right beside others, or where imports leave there at the time limit', async () => {
		expect(tags(await begin([0, 1]))).toEqual([[], ['item 0'], []]);
		expect(tags(await begin([0, 2]))).toEqual([[], ['item 0'], []]);
		expect(tags(await begin([0], { atLimit: 'output' }))).toEqual([[], ['item 0'], []]);
		expect(tags(await begin([1]))).toEqual([[], ['item 0'], []]);
	});
});

describe('Wait Until Done, in this step', () => {
	it('follows all imports together, and gives each out where it belongs, paired with its input', async () => {
		const { context, ids } = contextOf(
			[failed(600_000), completed(), completed(900_000), failed(), completed(300_000)],
			inStep(),
		);
		const outputs = await execute(context);
		const asked = emulator.requests.filter(({ service }) => service === 'poll').map(({ path: at }) => at);
		// All are asked for the first time before one is asked again.
		expect(ids.filter((id) => asked.slice(0, ids.length).some((at) => at.includes(id)))).toEqual(ids);
		expect(asked.length).toBeGreaterThan(ids.length);
		expect(tags(outputs)).toEqual([[], ['item 1', 'item 2', 'item 4'], ['item 0', 'item 3']]);
		expect(paired(outputs)).toEqual([[], [1, 2, 4], [0, 3]]);
		expect(outputs[1][0].json).toMatchObject({
			ingestionId: ids[1],
			status: 'Completed',
			phase: 'completed',
			scaleUnit: 'novaprdwus2-01',
			details: {
				ingestion: { Id: ids[1], Type: 'FileIngestion' },
				polling: { attempts: 1, outcome: 'completed', changes: [{ status: 'Completed' }] },
			},
		});
		expect((outputs[1][0].json.details as IDataObject).polling).not.toHaveProperty('sleepsIn');
		expect(polls(ids[1])).toBe(1);
	});

	it('gives a failed import with its detail, its error rows and the file as it came', async () => {
		const { context } = contextOf([failed()], inStep());
		const [, , [item]] = await execute(context);
		expect(item.json).toMatchObject({
			status: 'ValidationFailed',
			errorDetail: 'Validation found 2 error(s).',
			errors: [
				{ row: 2, column: 'PersonId', message: 'Not an e-mail address' },
				{ row: 3, column: 'HireDate', message: 'Not a date, such as MM/DD/YYYY' },
			],
			errorFile: { format: 'csv', rows: 2, truncated: false },
		});
		const file = await readStored(item.binary!.errors);
		expect(file.toString()).toBe(
			'Row,Column,Message\r\n2,PersonId,Not an e-mail address\r\n3,HireDate,"Not a date, such as MM/DD/YYYY"\r\n',
		);
	});

	it('gives error rows as items, the file with the first', async () => {
		const { context, ids } = contextOf(
			[completed(), failed()],
			inStep({ errorRows: 'items', errorFileField: 'file' }),
		);
		const [, done, rows] = await execute(context);
		expect(done).toHaveLength(1);
		expect(
			rows.map(({ json, pairedItem, binary }) => [
				json.row,
				json.ingestionId,
				pairedItem,
				Object.keys(binary ?? {}),
			]),
		).toEqual([
			[2, ids[1], { item: 1 }, ['file']],
			[3, ids[1], { item: 1 }, []],
		]);
	});

	it('keeps the files that came in, beside the error file', async () => {
		const filesAfter = async (errorRows: string) => {
			const items = [completed(), failed()].map((planted) => ({
				json: { ingestionId: plant(emulator, planted), destination: 'vivaHr' },
				binary: report,
			}));
			const outputs = await execute(contextOf([], inStep({ errorRows }), { items }).context);
			return outputs.map((found) => found.map(({ binary }) => Object.keys(binary ?? {})));
		};
		expect(await filesAfter('list')).toEqual([[], [['report']], [['report', 'errors']]]);
		expect(await filesAfter('items')).toEqual([[], [['report']], [['report', 'errors'], []]]);
	});

	it('says so where there is no error file, and does not fetch one where that is not wanted', async () => {
		emulator.set({ errorPaths: [] });
		const { context } = contextOf([failed()], inStep());
		const [, , [item]] = await execute(context);
		expect(item.json).toMatchObject({
			errors: [],
			errorFile: null,
			errorFileNote: /no error file/ as unknown,
		});
		expect(item.binary).toBeUndefined();
		emulator.reset();
		const [, , [plain]] = await execute(contextOf([failed()], inStep({ downloadErrors: false })).context);
		expect(plain.json).not.toHaveProperty('errors');
		expect(emulator.requests.filter(({ service }) => service === 'errors')).toEqual([]);
	});

	it('stays Failed, with a note, when the error file cannot be had', async () => {
		emulator.fault({ service: 'errors', times: 99, action: { kind: 'status', status: 403 } });
		const [, , [item]] = await execute(contextOf([failed()], inStep()).context);
		expect(item.json.status).toBe('ValidationFailed');
		expect(item.json.errorFileNote).toMatch(/403/);
	});

	it('stops with an error at the time limit', async () => {
		const { context, ids } = contextOf([completed(), endless], inStep({}, { limitMinutes: 5 }));
		const error = await thrownBy(execute(context));
		expect(error.message).toContain(`The import ${ids[1]} had not ended`);
		expect(error.message).toContain("'NotStarted'");
		expect(error.context.itemIndex).toBe(1);
	});

	it('uses the output Still Running at the time limit where that is wanted', async () => {
		const { context } = contextOf([completed(), endless], inStep({}, { limitMinutes: 5, atLimit: 'output' }));
		const outputs = await execute(context);
		expect(tags(outputs)).toEqual([['item 1'], ['item 0'], []]);
		expect(outputs[0][0].json).toMatchObject({ phase: 'running', polling: { outcome: 'timeLimit' } });
	});

	it.each([
		['html200', { kind: 'html200' }],
		['broken JSON', { kind: 'brokenJson200' }],
		['an object without Id', { kind: 'withoutId200' }],
		['a cut connection', { kind: 'cutBeforeBody' }],
		['503', { kind: 'status', status: 503 }],
	] as const)('never takes %s for an outcome', async (_, action) => {
		const { context, ids } = contextOf([completed()], inStep());
		emulator.fault({ service: 'poll', action });
		const outputs = await execute(context);
		expect(tags(outputs)).toEqual([[], ['item 0'], []]);
		expect(polls(ids[0])).toBe(2);
	});

	it('waits as long as Retry-After says', async () => {
		const { context } = contextOf([completed()], inStep());
		emulator.fault({
			service: 'poll',
			action: { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
		});
		const begun = systemClock.now();
		await execute(context);
		expect(systemClock.now() - begun).toBeGreaterThanOrEqual(3000);
	});

	it('ends at once when the execution is cancelled', async () => {
		const stop = new AbortController();
		const { context, ids } = contextOf([endless], inStep({ firstSeconds: 60 }), { signal: stop.signal });
		duringWait = () => stop.abort();
		expect((await thrownBy(execute(context))).message).toMatch(/cancelled/);
		expect(polls(ids[0])).toBe(1);
	});

	const ends = (status: string, more: Partial<Planted> = {}): Planted => ({
		statuses: [{ afterMs: 0, status }],
		...more,
	});

	it('gives out what is taken in part with its error rows, and what is cancelled without', async () => {
		const imports = [ends('Partial success – Review details', { errors: twoErrors }), ends('Cancelled')];
		const outputs = await execute(contextOf(imports, inStep()).context);
		expect(tags(outputs)).toEqual([[], [], ['item 0', 'item 1']]);
		const [partly, cancelled] = outputs[2].map(({ json }) => json);
		expect(partly).toMatchObject({ phase: 'partlyCompleted', errors: [{ row: 2 }, { row: 3 }] });
		expect(cancelled).toMatchObject({ phase: 'cancelled' });
		expect(cancelled.errors).toBeUndefined();
	});

	it("reads words as 'Status Words' says, in Get Status too", async () => {
		const options = { statusWords: { words: [{ word: 'all good', means: 'completed' }] } };
		const waited = await execute(contextOf([ends('AllGood')], inStep(options)).context);
		expect(tags(waited)).toEqual([[], ['item 0'], []]);
		const asked = contextOf([ends('AllGood'), ends('Pondering')], { operation: 'getStatus', options });
		const [items] = await execute(asked.context);
		expect(items.map(({ json }) => json)).toMatchObject([
			{ phase: 'completed' },
			{
				phase: 'running',
				unknownStatus: true,
				statusNote: expect.stringMatching(/Pondering.*report the word/),
			},
		]);
	});

	it.each([
		['', "A line of the option 'Status Words' has no word."],
		['all GOOD', "The option 'Status Words' has two lines for 'all GOOD'."],
	])('refuses a second line %j in Status Words', async (word, message) => {
		const words = [
			{ word: 'All good', means: 'completed' },
			{ word, means: 'failed' },
		];
		const { context } = contextOf([completed()], inStep({ statusWords: { words } }));
		expect((await thrownBy(execute(context))).message).toBe(message);
	});

	it('tells once of a status that nobody has documented', async () => {
		const statuses = [
			{ afterMs: 0, status: 'Pondering' },
			{ afterMs: 600_000, status: 'Completed' },
		];
		const { context } = contextOf([{ statuses }], inStep());
		const [, [item]] = await execute(context);
		expect(item.json.details).toMatchObject({ polling: { unknown: ['Pondering'], outcome: 'completed' } });
		expect(context.hints.filter(({ message }) => message.includes('Pondering'))).toHaveLength(1);
	});

	it.each([
		['an unknown id', NOBODY, /404.*11111111-2222/],
		['no id', '', /no ingestion id/],
	])('fails on %s, naming the item', async (_, id, words) => {
		const { context } = contextOf([completed(), id], inStep());
		const error = await thrownBy(execute(context));
		expect(error.message).toMatch(words);
		expect(error.context.itemIndex).toBe(1);
	});

	it('keeps the others when it continues on errors', async () => {
		const { context } = contextOf([completed(), ''], inStep(), { onError: 'continueRegularOutput' });
		const outputs = await execute(context);
		expect(tags(outputs)).toEqual([[], ['item 0'], [undefined]]);
		expect(Object.keys(outputs[2][0].json)).toEqual(['error', 'details']);
		expect(outputs[2][0].pairedItem).toEqual({ item: 1 });
	});

	it('says what a skipped upload means', async () => {
		const { context } = contextOf([], inStep(), {
			items: [{ json: { ingestionId: null, status: 'Skipped' } }],
		});
		expect((await thrownBy(execute(context))).message).toMatch(/skipped/);
	});

	it('refuses a destination that nobody knows', async () => {
		const { context } = contextOf([], inStep(), {
			items: [{ json: { ingestionId: NOBODY, destination: 'mars' } }],
		});
		expect((await thrownBy(execute(context))).message).toMatch(/destination/);
	});

	it('asks at once for a right credential', async () => {
		const { context, ids } = contextOf([completed()], inStep(), {}, { clientSecret: 'planted-wrong-secret' });
		const error = await thrownBy(execute(context));
		expect(error.message).toMatch(/secret/i);
		expect(JSON.stringify([error.message, error.description])).not.toContain('planted');
		expect(polls(ids[0])).toBe(0);
	});
});

const waitTillOf = (context: Context) =>
	(context as unknown as { runExecutionData: { waitTill?: Date } }).runExecutionData.waitTill;

const durable = (options: IDataObject = {}, more: INodeParameters = {}): INodeParameters => ({
	operation: 'wait',
	waiting: 'durable',
	options: options as INodeParameters,
	...more,
});

/** What n8n would put before the step when it wakes up. */
const forwarded = (context: Context) => context.getExecuteData().data.main[0] as INodeExecutionData[];

function wokenUp(
	items: INodeExecutionData[],
	parameters = durable(),
	more: Partial<StepRun> = {},
	output = 0,
) {
	const { context } = contextOf([], parameters, { ...more, items });
	wireBack(context, 0);
	const source: ISourceData = { previousNode: 'Poll Ingestion', previousNodeOutput: output };
	context.getExecuteData().source = { main: [source] };
	return context;
}

describe("n8n's own time limit", () => {
	async function deadlineWith(hours: number | undefined, limitHours = 48) {
		const warn = jest.fn();
		const logger = { error: jest.fn(), warn, info: jest.fn(), debug: jest.fn() };
		const { context } = contextOf([endless], durable({}, { limitHours }), { logger });
		wireBack(context, 0);
		const end = hours === undefined ? undefined : Date.now() + hours * 3_600_000;
		const { additionalData } = context as unknown as { additionalData: IDataObject };
		additionalData.executionTimeoutTimestamp = end;
		await execute(context);
		const polling = forwarded(context)[0].json.polling as IDataObject;
		return { end, warn, polling, deadline: Date.parse(String(polling.deadline)) };
	}

	it('that comes first is told at the start, and the wait ends before it', async () => {
		const { end, warn, deadline, polling } = await deadlineWith(1);
		expect(deadline).toBe(Number(end) - 180_000);
		expect(warn).toHaveBeenCalledWith(expect.stringMatching(/n8n's time limit ends this execution before/));
		expect(polling.cutByHost).toBe(true);
		const asleep = { ingestionId: 'x', status: 'NotStarted', changes: [], attempts: 1, outcome: 'timeLimit' };
		const ended = { ...polling, ...asleep, endedAt: polling.deadline } as unknown as PollState;
		const found = endProblemOf(ended, deadline);
		expect(found?.message).toContain(
			"n8n's own time limit for the execution comes before that of this step.",
		);
		expect(found?.advice).toContain('EXECUTIONS_TIMEOUT');
	});

	it('that comes later, or is none, changes nothing', async () => {
		for (const hours of [undefined, 50]) {
			const { warn, polling } = await deadlineWith(hours);
			expect(warn).not.toHaveBeenCalled();
			expect(polling.cutByHost).toBeUndefined();
		}
	});
});

describe('Wait Until Done, asleep over its own wire', () => {
	it('sleeps with what it knows in its items, wakes up and ends', async () => {
		const { context, ids } = contextOf([endless, completed()], durable());
		wireBack(context, 0);
		const before = Date.now();
		await execute(context);
		const now = Date.now();
		expect(Number(waitTillOf(context))).toBeGreaterThanOrEqual(before + 75_000);
		expect(Number(waitTillOf(context))).toBeLessThanOrEqual(now + 75_000);

		const asleep = structuredClone(forwarded(context));
		expect(asleep.map(({ json }) => [json.tag, json.phase])).toEqual([
			['item 0', 'running'],
			['item 1', 'completed'],
		]);
		emulator.state.ingestions[0].statuses.push({ afterMs: 0, status: 'Completed' });
		for (const { json } of asleep) {
			(json.polling as IDataObject).nextPollAt = new Date(now - 1000).toISOString();
		}
		const outputs = await execute(wokenUp(asleep));
		expect(tags(outputs)).toEqual([[], ['item 0', 'item 1'], []]);
		expect((outputs[1][0].json.details as IDataObject).polling).toMatchObject({
			attempts: 2,
			changes: [{ status: 'NotStarted' }, { status: 'Completed' }],
		});
		// What had ended was not asked for again.
		expect(polls(ids[1])).toBe(1);
	});

	it('tells when the import begins to wait for a person', async () => {
		const waits: Planted = { statuses: [{ afterMs: 0, status: 'Ready for review' }] };
		const { context } = contextOf([waits], { operation: 'wait' });
		wireBack(context, 0);
		const hints = jest.spyOn(context, 'addExecutionHints');
		await execute(context);
		expect(hints).toHaveBeenCalledWith(
			expect.objectContaining({
				message: expect.stringMatching(/waits for a person's approval.*After 48 hours/),
			}),
		);
	});

	it('takes the files that came in along', async () => {
		const items = [
			{ json: { ingestionId: plant(emulator, endless), destination: 'vivaHr' }, binary: report },
		];
		const { context } = contextOf([], durable(), { items });
		wireBack(context, 0);
		await execute(context);
		expect(forwarded(context)[0].binary).toEqual(report);
	});

	it('sleeps on without a look where it was woken too early', async () => {
		const { context, ids } = contextOf([endless], durable());
		wireBack(context, 0);
		await execute(context);
		const early = wokenUp(structuredClone(forwarded(context)));
		await execute(early);
		expect(waitTillOf(early)).toBeDefined();
		expect(polls(ids[0])).toBe(1);
	});

	it('keeps its deadline however often it sleeps', async () => {
		const { context } = contextOf([endless], durable({}, { limitHours: 1 }));
		wireBack(context, 0);
		await execute(context);
		const asleep = structuredClone(forwarded(context));
		const polling = asleep[0].json.polling as IDataObject;
		polling.deadline = polling.nextPollAt = new Date(Date.now() - 1000).toISOString();
		const error = await thrownBy(execute(wokenUp(asleep, durable({}, { limitHours: 1 }))));
		expect(error.message).toMatch(/time limit/);

		const output = durable({}, { limitHours: 1, atLimit: 'output' });
		const given = await execute(wokenUp(structuredClone(asleep), output));
		expect(tags(given)).toEqual([['item 0'], [], []]);
		// n8n brings these items back over the wire: they are neither followed anew nor given out again.
		const again = wokenUp(structuredClone(given[0]), output);
		expect(await execute(again)).toEqual([[], [], []]);
		expect(waitTillOf(again)).toBeUndefined();
	});

	it('begins anew with items that another step or execution has followed', async () => {
		const { context } = contextOf([completed()], durable());
		wireBack(context, 0);
		const [item] = context.getInputData();
		item.json.polling = { sleepsIn: 'other-execution/step', attempts: 9, deadline: '2020-01-01T00:00:00Z' };
		const [, [done]] = await execute(context);
		expect(done.json.details).toMatchObject({ polling: { attempts: 1, outcome: 'completed' } });
	});

	it('does not lose its items where the step has an error output', async () => {
		const { context } = contextOf([endless], durable(), { onError: 'continueErrorOutput' });
		wireBack(context, 0);
		const [shown] = await execute(context);
		shown.splice(0);
		expect(forwarded(context)).toHaveLength(1);
	});

	it.each([
		['no wire', []],
		['a wire from another output', [1]],
	])('says what is missing with %s on an n8n that needs one', async (_, outputs) => {
		const { context, ids } = contextOf([completed()], durable());
		wireBack(context, ...outputs);
		const error = await thrownBy(execute(context));
		expect(error.message).toMatch(/'Still Running'.*not connected/);
		expect(error.description).toMatch(/2\.41/);
		expect(polls(ids[0])).toBe(0);
	});

	it('refuses items that come back over another output', async () => {
		const context = wokenUp([{ json: { ingestionId: NOBODY } }], durable(), {}, 1);
		expect((await thrownBy(execute(context))).message).toMatch(/other than 'Still Running'/);
	});

	it('does not sleep for an AI agent', async () => {
		const { context } = contextOf([endless], durable());
		wireBack(context, 0);
		(context as unknown as { isToolExecution: () => boolean }).isToolExecution = () => true;
		expect((await thrownBy(execute(context))).message).toMatch(/agent/);
	});
});

describe('Wait Until Done, asleep in a sub-execution', () => {
	interface Call {
		code: NonNullable<IExecuteWorkflowInfo['code']>;
		items: INodeExecutionData[];
		options: IDataObject;
	}

	/** An n8n that knows the trigger and runs sub-executions, as far as the step can see. */
	function host(context: Context, answer: Partial<ExecuteWorkflowData>, parent?: object): Call[] {
		const calls: Call[] = [];
		const inner = context as unknown as {
			workflow: { nodeTypes: { getKnownTypes: () => object } };
			additionalData: object;
		};
		inner.workflow.nodeTypes.getKnownTypes = () => ({ 'n8n-nodes-base.executeWorkflowTrigger': {} });
		Object.assign(inner.additionalData, {
			executeWorkflow: async ({ code }: IExecuteWorkflowInfo, _: unknown, options: IDataObject) => {
				calls.push({ code: code!, items: options.inputData as unknown as INodeExecutionData[], options });
				return { executionId: '77', data: [[]], ...answer };
			},
			getRunExecutionData: async () => parent,
		});
		return calls;
	}

	const asleep = { waitTill: new Date('2999-01-01') };
	const source: ISourceData = { previousNode: 'Ingest' };

	async function started(context: Context): Promise<Call[]> {
		const calls = host(context, asleep);
		await execute(context);
		return calls;
	}

	it('needs no wire: a copy of it sleeps, and all outputs of the copy become its own', async () => {
		const { context } = contextOf([endless, completed()], durable({ firstSeconds: 90 }));
		context.getExecuteData().source = { main: [source] };
		const calls = host(context, asleep);
		await execute(context);
		expect(calls).toHaveLength(1);
		const [{ code, items, options }] = calls;
		expect(options.parentExecution).toMatchObject({ executionId: 'test-execution', shouldResume: true });
		expect(items.map(({ json }) => json.phase)).toEqual(['running', 'completed']);
		const copy = code.nodes.find(({ name }) => name === 'Poll Ingestion')!;
		expect(copy.credentials).toEqual({ vivaHrApi: { id: 'vivaHrApi', name: 'vivaHrApi' } });
		expect(copy.parameters).toMatchObject({ role: 'sleeper', options: { firstSeconds: 90 } });
		expect(JSON.stringify(copy.parameters)).not.toContain('={{');
		expect(code.connections['Poll Ingestion'].main).toEqual([
			[],
			[],
			[],
			[{ node: 'Poll Ingestion', type: NodeConnectionTypes.Main, index: 0 }],
		]);
		expect(context.getExecuteData().metadata).toMatchObject({ forwardAllOutputs: true });
		expect(Number(waitTillOf(context))).toBeGreaterThan(Date.now());
	});

	it('wakes up at its own limit, with what is known, where the sub-execution is lost', async () => {
		const { context } = contextOf([endless, completed()], durable({}, { limitHours: 1 }));
		const before = Date.now();
		await started(context);
		const limit = Number(waitTillOf(context)) - 3_600_000 - 180_000;
		expect(limit).toBeGreaterThanOrEqual(before);
		expect(limit).toBeLessThanOrEqual(Date.now());
		const [running, done, lost] = context.getExecuteData().data.main as INodeExecutionData[][];
		expect(running).toEqual([]);
		expect(done.map(({ json }) => json.tag)).toEqual(['item 1']);
		expect(lost).toMatchObject([{ json: { details: { outcome: 'timeLimit' } } }]);
		expect(lost[0].json.error).toMatch(
			/had not ended when the time limit was reached, after 63 min .*: The execution in which the step slept was deleted/,
		);

		const output = contextOf([endless], durable({}, { atLimit: 'output' })).context;
		await started(output);
		expect(tags(output.getExecuteData().data.main as INodeExecutionData[][])).toEqual([['item 0'], [], []]);
	});

	it.each(["={{ $('Upload').item.json.tenantId }}", "={{ $node['Upload'].json.tenantId }}"])(
		'refuses a credential that its copy cannot resolve: %s',
		async (tenantId) => {
			const { context, ids } = contextOf([endless], durable(), {}, { tenantId });
			const calls = host(context, asleep);
			const error = await thrownBy(execute(context));
			expect(error.message).toMatch(/expression that names another step/);
			expect(error.description).toContain('$json');
			expect([calls.length, polls(ids[0])]).toEqual([0, 0]);
		},
	);

	it('starts none where everything has ended', async () => {
		const { context } = contextOf([completed(), failed()], durable());
		const calls = host(context, asleep);
		expect(tags(await execute(context))).toEqual([[], ['item 0'], ['item 1']]);
		expect(calls).toEqual([]);
	});

	it('fails clearly on an n8n that would give the items out wrongly', async () => {
		const { context, ids } = contextOf([endless], durable());
		const calls = host(context, asleep);
		const older = async (): Promise<ExecuteWorkflowData> => ({ executionId: '77', data: [[]], ...asleep });
		(context as unknown as { executeWorkflow: unknown }).executeWorkflow = older;
		expect((await thrownBy(execute(context))).message).toMatch(/not connected/);
		expect([calls.length, polls(ids[0])]).toEqual([0, 0]);
	});

	it('is paired where n8n can: one item everywhere, of several those at their own place', async () => {
		const one = contextOf([endless], durable()).context;
		one.getExecuteData().source = { main: [source] };
		host(one, asleep);
		await execute(one);
		expect(one.getExecuteData().source).toEqual({ main: [source, source, source] });

		const two = contextOf([endless, endless], durable()).context;
		two.getExecuteData().source = { main: [source] };
		const [{ code, items }] = await started(two);
		expect(two.getExecuteData().source).toEqual({ main: [source, null, null] });

		emulator.state.ingestions[1].statuses.push({ afterMs: 0, status: 'ValidationFailed' });
		emulator.state.ingestions[2].statuses.push({ afterMs: 0, status: 'Completed' });
		const due = structuredClone(items);
		for (const { json } of due) (json.polling as IDataObject).nextPollAt = '2026-01-01T00:00:00Z';
		const { parameters } = code.nodes.find(({ name }) => name === 'Poll Ingestion')!;
		const sleeper = wokenUp(due, parameters);
		host(sleeper, asleep, { waitTill: asleep.waitTill, resultData: {} });
		const outputs = await execute(sleeper);
		expect(outputs.map((list) => list.map(({ pairedItem }) => pairedItem))).toEqual([
			[],
			[{ item: 1 }],
			[{ item: 0, sourceOverwrite: source }],
		]);
	});

	it('gives out what exceeds the time limit, once', async () => {
		const parameters = durable({}, { atLimit: 'output' });
		const { context } = contextOf([endless], parameters);
		const [{ code, items }] = await started(context);
		const copy = code.nodes.find(({ name }) => name === 'Poll Ingestion')!;
		const sleeper = wokenUp(structuredClone(items), copy.parameters, {}, 3);
		host(sleeper, asleep, { waitTill: asleep.waitTill, resultData: {} });
		await execute(sleeper);
		// It sleeps behind the step's own outputs, so that none of them leads back.
		const { main } = sleeper.getExecuteData().data;
		expect(main.map((list) => list?.length)).toEqual([0, 0, 0, 1]);
		const due = structuredClone(main[3]!);
		const polling = due[0].json.polling as IDataObject;
		polling.deadline = polling.nextPollAt = '2026-01-01T00:00:00Z';
		const last = wokenUp(due, copy.parameters, {}, 3);
		host(last, asleep, { waitTill: asleep.waitTill, resultData: {} });
		expect(tags(await execute(last))).toEqual([['item 0'], [], []]);
		expect(last.getNodeOutputs()).toHaveLength(4);
	});

	it.each([
		['was stopped', { waitTill: asleep.waitTill, resultData: { error: {} } }],
		['is gone', undefined],
		['has ended', { resultData: {} }],
	])('ends quietly when the execution that waits for it %s', async (_, parent) => {
		const { context, ids } = contextOf([endless], durable());
		const [{ code, items }] = await started(context);
		const { parameters } = code.nodes.find(({ name }) => name === 'Poll Ingestion')!;
		const sleeper = wokenUp(structuredClone(items), parameters);
		host(sleeper, asleep, parent);
		expect(await execute(sleeper)).toEqual([[], [], []]);
		expect(waitTillOf(sleeper)).toBeUndefined();
		expect(polls(ids[0])).toBe(1);
	});
});

describe('Get Status', () => {
	it('asks once for each item', async () => {
		const { context, ids } = contextOf([completed(), endless, failed()], { operation: 'getStatus' });
		const outputs = await execute(context);
		expect(outputs).toHaveLength(1);
		expect(outputs[0].map(({ json, pairedItem }) => [json.tag, json.status, json.phase, pairedItem])).toEqual(
			[
				['item 0', 'Completed', 'completed', { item: 0 }],
				['item 1', 'NotStarted', 'running', { item: 1 }],
				['item 2', 'ValidationFailed', 'failed', { item: 2 }],
			],
		);
		expect(ids.map(polls)).toEqual([1, 1, 1]);
		expect(outputs[0][0].json).toMatchObject({ endDate: expect.any(String), meaning: 'The import is done.' });
	});

	it.each(['getStatus', 'downloadErrors'])('%s keeps the files that came in', async (operation) => {
		const items = [
			{ json: { ingestionId: plant(emulator, failed()), destination: 'vivaHr' }, binary: report },
		];
		const [[item]] = await execute(contextOf([], { operation }, { items }).context);
		expect(item.binary).toMatchObject(report);
	});

	it.each([
		['organizationalData', 'organizational-data'],
		['vivaSurvey', 'viva-survey'],
	] as const)('finds an import of %s', async (destination, inEmulator) => {
		const { context } = contextOf([{ ...completed(), destination: inEmulator }], {
			operation: 'getStatus',
			destination,
		});
		if (destination === 'organizationalData') {
			// Its scale unit is its own, and the credential's lookup gives Viva's.
			const { organizationalData, viva } = [...emulator.state.tenants.values()][0];
			organizationalData!.scaleUnit = viva!.scaleUnit;
		}
		expect((await execute(context))[0][0].json.status).toBe('Completed');
	});

	it('fails on an unknown id, or gives an error item where it continues', async () => {
		const error = await thrownBy(
			execute(contextOf([completed(), NOBODY], { operation: 'getStatus' }).context),
		);
		expect([error.httpCode, error.context.itemIndex]).toEqual(['404', 1]);
		const { context } = contextOf(
			[NOBODY, completed()],
			{ operation: 'getStatus' },
			{ onError: 'continueRegularOutput' },
		);
		const [[first, second]] = await execute(context);
		expect(first.json.error).toMatch(/404/);
		expect(second.json.status).toBe('Completed');
	});
});

describe('Download Errors', () => {
	it('gives rows and the file', async () => {
		const { context } = contextOf([failed()], { operation: 'downloadErrors' });
		const [[item]] = await execute(context);
		expect(item.json).toMatchObject({ tag: 'item 0', errors: [{ row: 2 }, { row: 3 }] });
		expect((await readStored(item.binary!.errors)).toString()).toMatch(/^Row,Column,Message/);
	});

	it('reads no more rows than asked for, and keeps the whole file', async () => {
		const errors = Array.from({ length: 500 }, (_, index) => ({
			row: index + 2,
			column: 'PersonId',
			rule: 'email',
			message: 'Not an e-mail address',
		}));
		const { context } = contextOf([failed(0, errors)], {
			operation: 'downloadErrors',
			options: { errorRows: 'items', maximumErrorRows: 10 },
		});
		const [rows] = await execute(context);
		expect(rows).toHaveLength(10);
		expect((await readStored(rows[0].binary!.errors)).toString().split('\r\n')).toHaveLength(502);
	});

	it.each(['list', 'items'])(
		'keeps no more of a large file than allowed, and says so: %s',
		async (errorRows) => {
			const message = 'Not an e-mail address'.padEnd(1_000);
			const errors = Array.from({ length: 1_500 }, (_, row) => ({ row, column: 'a', rule: 'b', message }));
			const { context } = contextOf([failed(0, errors)], {
				operation: 'downloadErrors',
				options: { errorRows, maximumErrorFileMegabytes: 1, maximumErrorRows: 5 },
			});
			const [[item]] = await execute(context);
			expect(item.json.errorFileNote).toBe(
				'The error file is larger than 1 MB; only its beginning was kept.',
			);
			expect((await readStored(item.binary!.errors)).length).toBe(1024 * 1024);
		},
	);

	it('says so where there are none', async () => {
		emulator.set({ errorPaths: [] });
		const { context } = contextOf([completed()], { operation: 'downloadErrors' });
		expect((await execute(context))[0][0].json.errorFileNote).toMatch(/no error file/);
	});
});

describe('the step', () => {
	it('has three outputs where it waits, else one', () => {
		const outputs = (operation: string): unknown => {
			const { context } = contextOf([], { operation });
			return context.getNodeOutputs().map((output) => (output as { displayName?: string }).displayName);
		};
		expect(outputs('wait')).toEqual(['Still Running', 'Completed', 'Failed']);
		expect(outputs('getStatus')).toEqual([undefined]);
		expect(outputs('downloadErrors')).toEqual([undefined]);
	});

	it('has its codex file and icons where n8n looks for them', () => {
		const folder = path.resolve(__dirname, '../../nodes/PollIngestion');
		const codex = JSON.parse(
			readFileSync(path.join(folder, 'PollIngestion.node.json'), 'utf8'),
		) as IDataObject;
		expect(codex.node).toBe(`n8n-nodes-microsoft-hr.${type.description.name}`);
		const icon = type.description.icon as { light: string; dark: string };
		for (const file of [icon.light, icon.dark]) {
			expect(existsSync(path.join(folder, file.replace('file:', '')))).toBe(true);
		}
	});
});
