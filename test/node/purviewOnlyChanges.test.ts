import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
	NodeHelpers,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { purviewHrApi } from '../demo/emulatorCredentials';
import { zipOf } from '../emulator/__tests__/zipFile';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { forgetWaits, skipWaits } from '../helpers/skipWaits';
import { thrownBy } from '../helpers/thrownBy';
import { until } from '../helpers/until';
import { tokens, trust } from './emulatorNetwork';
import { asCsv, asItems } from './rows';
import { executionContext, newExecution, runStep, storedFile, type StepRun } from './executionContext';

// n8n keeps a folder for each step below this one.
const home = mkdtempSync(join(tmpdir(), 'n8n-home-'));
process.env.N8N_USER_FOLDER = home;

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
	skipWaits(
		() => emulator,
		() => undefined,
	);
});
afterAll(async () => {
	await emulator.close();
	rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
	tokens.forget();
	forgetWaits();
	emulator.reset();
	rmSync(join(home, '.n8n', 'storage'), { recursive: true, force: true });
});
afterEach(() => expect(emulator.failures).toEqual([]));

/** Days of these tests stay where they are, whenever they run. */
const OPTIONS = {
	send: 'changes',
	ruleSettings: { rules: [{ code: 'purview-last-day-far', severity: 'off' }] },
};

async function run({ parameters, ...more }: Partial<StepRun>) {
	// What another execution has sent in the same millisecond counts as sent since this one began.
	const before = Date.now();
	await until(() => Date.now() > before);
	const options = { ...OPTIONS, ...(parameters?.options as IDataObject) } as INodeParameters;
	const [signals] = await runStep({
		type: new PurviewHrSignal(),
		credentials: { purviewHrApi: purviewHrApi(emulator) },
		...more,
		parameters: { jobId: demo.jobs.resignation, ...parameters, options },
	});
	return signals[0].json;
}

const leaver = (i: number, changes: IDataObject = {}): IDataObject => ({
	UserPrincipalName: `leaver${i}@contoso.com`,
	ResignationDate: '2026-03-14',
	LastWorkingDate: '2026-04-30T17:00:00+02:00',
	...changes,
});
const leavers = (count: number, changes: Record<number, IDataObject> = {}): IDataObject[] =>
	Array.from({ length: count }, (_, i) => leaver(i, changes[i]));
const file = async (content: Buffer | string, name = 'leavers.csv'): Promise<INodeExecutionData> => ({
	json: {},
	binary: { data: await storedFile(content, name) },
});
const users = () => emulator.signals.flatMap(({ rows }) => rows.map(([user]) => user));
const calls = () => emulator.requests.filter(({ service }) => service === 'signal');

describe('only what changed', () => {
	it.each<[string, () => Promise<INodeExecutionData>]>([
		['CSV', async () => await file(asCsv(leavers(5)))],
		['another order of columns and rows', async () => await file(asCsv(turned(leavers(5)).reverse(), ';'))],
		['gzip', async () => await file(gzipSync(asCsv(leavers(5))), 'leavers.csv.gz')],
		['JSON', async () => await file(JSON.stringify(leavers(5)), 'leavers.json')],
		[
			'other capitals in the name of a user',
			async () => await file(asCsv(leavers(5, { 2: { UserPrincipalName: 'Leaver2@Contoso.com' } }))),
		],
		[
			'the same moment in another zone',
			async () => await file(asCsv(leavers(5, { 1: { LastWorkingDate: '2026-04-30T15:00:00Z' } }))),
		],
	])('is new rows; the previous file is %s', async (what, previous) => {
		const now = [...leavers(6, { 3: { LastWorkingDate: '2026-04-30T18:00:00+02:00' } })];
		const json = await run({ items: asItems(now), secondInput: [await previous()] });
		// A moment keeps the offset that its source gives; the services' rules do not say that they compare moments.
		const moved = what === 'the same moment in another zone' ? ['leaver1@contoso.com'] : [];
		expect(users()).toEqual([...moved, 'leaver3@contoso.com', 'leaver5@contoso.com']);
		expect(json).toMatchObject({
			status: 'Sent',
			rowsSent: 2 + moved.length,
			confirmedRows: 2 + moved.length,
			rows: 2 + moved.length,
			changes: {
				previousRows: 5,
				newRows: 2 + moved.length,
				unchangedRows: 4 - moved.length,
				missingRows: 1 + moved.length,
			},
		});
	});

	it('is found in a file against a file, and rows keep their numbers', async () => {
		const now = asCsv(leavers(4, { 0: { ResignationDate: '2026-03-15' } }));
		const json = await run({
			parameters: { input: 'file' },
			items: [await file(now)],
			secondInput: [await file(asCsv(leavers(3)))],
		});
		expect(users()).toEqual(['leaver0@contoso.com', 'leaver3@contoso.com']);
		expect(json).toMatchObject({ confirmedRows: 2, confirmedRanges: [{ firstRow: 2, lastRow: 5 }] });
	});

	it('is everything in the first run, which says so', async () => {
		const json = await run({ items: asItems(leavers(3)) });
		expect(users()).toHaveLength(3);
		expect(json.findingTotals).toContainEqual(expect.objectContaining({ code: 'purview-previous-missing' }));
		expect(json.changes).toEqual({ previousRows: 0, newRows: 3, unchangedRows: 0, missingRows: 0 });
	});

	it('is told by a validation, which sends nothing', async () => {
		const json = await run({
			parameters: { operation: 'validate' },
			credentials: {},
			items: asItems(leavers(4)),
			secondInput: [await file(asCsv(leavers(3)))],
		});
		expect(json).toMatchObject({ valid: true, changes: { newRows: 1, unchangedRows: 3 } });
		expect(calls()).toEqual([]);
	});

	it('counts an invalid row of the previous file as not sent', async () => {
		const previous = leavers(3, { 1: { LastWorkingDate: 'soon' } });
		await run({ items: asItems(leavers(3)), secondInput: [await file(asCsv(previous))] });
		expect(users()).toEqual(['leaver1@contoso.com']);
	});

	it('knows the words of a dictionary in the previous file too', async () => {
		const rows = (count: number) =>
			Array.from({ length: count }, (_, i) => ({
				UserPrincipalName: `person${i}@contoso.com`,
				EffectiveDate: '2026-03-14',
				Rating: 'High',
			}));
		const values = { pairs: [{ from: 'High', to: '5' }] };
		await run({
			parameters: {
				scenario: 'performanceReview',
				jobId: demo.jobs.performanceReview,
				columnMapping: { entries: [{ column: 'Rating', attribute: 'Rating', values }] },
			},
			items: asItems(rows(3)),
			secondInput: [await file(asCsv(rows(2)))],
		});
		expect(users()).toEqual(['person2@contoso.com']);
	});

	it('arrives once each where the service fails in between, and n8n tries again', async () => {
		const now = leavers(9);
		const secondInput = [await file(asCsv(leavers(3)))];
		const kept = newExecution();
		const again = { parameters: { options: { chunkRows: 2 } }, items: asItems(now), secondInput, kept };
		emulator.fault({ service: 'signal', skip: 1, times: 99, action: { kind: 'status', status: 503 } });
		const error = await thrownBy(run(again));
		expect(error.message).toMatch(/^Chunk 2 of 3/);
		emulator.state.faults.clear();
		const json = await run(again);
		expect(json).toMatchObject({ rowsSent: 4, rowsSentBefore: 2, confirmedRows: 6 });
		expect(users()).toEqual(now.slice(3).map(({ UserPrincipalName }) => UserPrincipalName));
	});
});

describe('nothing new', () => {
	const day = 86_400_000;
	const nothingNew = async (more: Partial<StepRun> = {}) =>
		await run({ items: asItems(leavers(3)), secondInput: [await file(asCsv(leavers(3)))], ...more });
	/** The job got its last file so many days ago. */
	const sentBefore = (days: number) => {
		const folder = executionContext({ type: new PurviewHrSignal() }).helpers.getStoragePath();
		const [name] = readdirSync(folder).filter((each) => each.startsWith('sent-'));
		const path = join(folder, name);
		const written = new Date(statSync(path).mtimeMs - days * day);
		utimesSync(path, written, written);
	};

	it('sends nothing, and says when something went out last', async () => {
		await run({ items: asItems(leavers(3)) });
		const json = await nothingNew();
		expect(calls()).toHaveLength(1);
		expect(json).toMatchObject({
			status: 'Skipped',
			reason: 'No row is new since the previous file.',
			lastSentAt: expect.stringMatching(/^\d{4}-/),
			rowsSent: 0,
			changes: { newRows: 0, unchangedRows: 3 },
		});
	});

	// Policies warn after seven days; a run that begins a few minutes early has to send.
	it.each([
		[6.4, {}, 3],
		[6.99, {}, 6],
		[6.99, { skipDays: 30 }, 3],
	])('after %d days, with %j: %d rows in all', async (days, options, rows) => {
		await run({ items: asItems(leavers(3)) });
		sentBefore(days);
		const json = await nothingNew({ parameters: { options } });
		expect(users()).toHaveLength(rows);
		if (rows > 3) expect(json.sentAgainBecause).toContain('got no data for 6 days');
		else expect(json).not.toHaveProperty('sentAgainBecause');
	});

	it('sends everything where nobody knows when something went out last', async () => {
		const json = await nothingNew();
		expect(users()).toHaveLength(3);
		expect(json).toMatchObject({ status: 'Sent', sentAgainBecause: expect.stringContaining('not known') });
	});

	it('does not hide that the current file is faulty', async () => {
		await run({ items: asItems(leavers(3)) });
		const error = await thrownBy(nothingNew({ items: asItems(leavers(4, { 3: { LastWorkingDate: '' } })) }));
		expect(error.message).toContain("'LastWorkingDate' is blank");
		expect(users()).toHaveLength(3);
	});
});

describe('a previous file that is no use', () => {
	const now = asItems(leavers(3));
	it.each<[string, () => Promise<INodeExecutionData[]>, string]>([
		[
			'a zip',
			async () => [await file(await zipOf({ 'a.csv': asCsv(leavers(3)) }), 'a.zip')],
			'The previous file cannot be compared with. It is a zip',
		],
		[
			'nobody in it',
			async () => [await file('Town,Shoe size\nA,38\n')],
			'The previous file cannot be compared with. None of its columns is UserPrincipalName.',
		],
		[
			'two items',
			async () => [await file(asCsv(leavers(1))), await file(asCsv(leavers(1)))],
			'There are 2 items',
		],
		['no file', async () => [{ json: {} }], "no file in the field 'data'"],
	])('is told: %s', async (_what, previous, message) => {
		const error = await thrownBy(run({ items: now, secondInput: await previous() }));
		expect(error.message).toContain(message);
		expect(calls()).toEqual([]);
	});
});

describe('profiles', () => {
	it('are refused in a file of several scenarios, because Microsoft deletes those that do not come', async () => {
		const parameters = {
			scenario: 'several',
			scenarios: ['resignation', 'employeeProfile'],
		};
		const error = await thrownBy(run({ parameters, items: asItems(leavers(1)) }));
		expect(error.message).toMatch(/^Employee profiles cannot be sent as changes/);
		expect(calls()).toEqual([]);
	});
});

it.each<[string, IDataObject, number]>([
	['a saved workflow', {}, 1],
	['everything', { options: { send: 'everything' } }, 1],
	['only what changed', { options: { send: 'changes' } }, 2],
	['a validation of what changed', { operation: 'validate', options: { send: 'changes' } }, 2],
	['a check of the connection', { operation: 'checkConnection', options: { send: 'changes' } }, 1],
	['profiles', { scenario: 'employeeProfile', options: { send: 'changes' } }, 1],
])('the inputs of %s', (_what, parameters, count) => {
	const type = new PurviewHrSignal();
	const context = executionContext({ type, parameters: parameters as StepRun['parameters'] });
	const { workflow } = context as unknown as { workflow: Parameters<typeof NodeHelpers.getNodeInputs>[0] };
	expect(NodeHelpers.getNodeInputs(workflow, context.getNode() as INode, type.description)).toHaveLength(
		count,
	);
});

/** The same rows, with their columns the other way round. */
const turned = (rows: IDataObject[]): IDataObject[] =>
	rows.map((row) => Object.fromEntries(Object.entries(row).reverse()));
