import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { SECOND_TENANT, secondTenant, tenantsThatGot } from '../fixtures/secondTenant';
import { until } from '../helpers/until';
import { forgetWaits, skipWaits } from '../helpers/skipWaits';
import { trust } from './emulatorNetwork';
import { newExecution, notesOf, runStep, storedFile, type StepRun } from './executionContext';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({
		// Imports end when a test lets time pass.
		settings: { extractionMs: 3_600_000, processingMs: 3_600_000 },
		tenants: [secondTenant()],
	});
	trust(emulator);
	skipWaits(() => emulator);
});
afterAll(async () => await emulator.close());
beforeEach(() => {
	forgetWaits();
	emulator.reset();
});
afterEach(() => expect(emulator.failures).toEqual([]));

const DAY_MS = 86_400_000;
const type = new VivaHrIngest();
const people = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, i) => ({
		json: {
			PersonId: `p${i}@contoso.com`,
			ManagerId: i === 0 ? '' : 'p0@contoso.com',
			Organization: 'HR',
			EffectiveDate: '2026-03-14',
		},
	}));
const csv = (name: string) =>
	`PersonId,ManagerId,Organization,EffectiveDate\n${name}@contoso.com,,HR,2026-03-14\n`;
const file = async (name: string): Promise<INodeExecutionData> => ({
	json: {},
	binary: { data: await storedFile(csv(name), `${name}.csv`) },
});

interface Ended {
	json: IDataObject;
	results: IDataObject[];
	error?: Error & { description?: string; context?: { data?: IDataObject } };
}

/** One attempt of the step. */
async function tryStep(more: Partial<StepRun> = {}): Promise<Ended> {
	return await runStep({
		type,
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		items: people(5),
		...more,
	}).then(
		([results]) => ({ json: results[0]?.json ?? {}, results: results.map(({ json }) => json) }),
		(error: Ended['error']) => ({ json: {}, results: [], error }),
	);
}

const pushes = () => emulator.requests.filter(({ service }) => service === 'push').length;
const ids = () => emulator.ingestions.map(({ id }) => id);
const notes = () => readdirSync(notesOf(type)).filter((name) => !/^(lock|folder)\b/.test(name));
const endImports = () => emulator.advance(3 * 3_600_000);

/** Makes all notes older by the clock of the file system. */
function letNotesAge(ms: number): void {
	for (const name of notes()) {
		const path = join(notesOf(type), name);
		const at = (statSync(path).mtimeMs - ms) / 1000;
		utimesSync(path, at, at);
	}
}

/** n8n's Retry button: another execution that goes on with what was kept of this one. */
const repeated = (kept: IRunExecutionData): Partial<StepRun> => ({
	kept: structuredClone(kept),
	executionId: 'the repeating one',
});

/** Ways in which n8n runs a step again in what counts as the same run. */
const AGAIN: Array<[string, (kept: IRunExecutionData) => Partial<StepRun>]> = [
	['Retry On Fail', (kept) => ({ kept })],
	['the Retry button', repeated],
];

describe.each(AGAIN)('an attempt knows what the one before it did: %s', (_, again) => {
	it.each(['fail', 'wait', 'skip'])(
		'in doubt, and taken, with %s: the same error, nothing is sent',
		async (whenBusy) => {
			const kept = newExecution();
			const parameters = { options: { whenBusy } };
			emulator.fault({ service: 'push', action: { kind: 'cutAfterBody', processed: true } });
			const first = await tryStep({ kept, parameters });
			expect(first.error?.message).toMatch(/may have been accepted/i);
			for (let time = 0; time < 2; time++) {
				const next = await tryStep({ ...again(kept), parameters });
				expect(next.error?.message).toMatch(
					/could not find out whether it was accepted.*nothing was sent now/,
				);
				expect(next.error?.description).toContain('Send Again');
				expect(next.error?.context?.data).toMatchObject({ kind: 'inDoubt', code: 'inDoubt' });
				endImports();
			}
			expect(pushes()).toBe(1);
			expect(ids()).toHaveLength(1);
		},
	);

	it('in doubt stays so with Send Again, however long ago', async () => {
		const kept = newExecution();
		const parameters = { options: { sendAgain: true } };
		emulator.fault({ service: 'push', action: { kind: 'cutAfterBody', processed: true } });
		await tryStep({ kept, parameters });
		letNotesAge(3 * DAY_MS);
		expect((await tryStep({ ...again(kept), parameters })).error?.message).toMatch(/nothing was sent now/);
		expect(pushes()).toBe(1);
	});

	it.each([false, true])(
		'accepted: gives its ingestion, sends nothing (Send Again %s)',
		async (sendAgain) => {
			const kept = newExecution();
			const parameters = { options: { sendAgain } };
			const first = await tryStep({ kept, parameters });
			letNotesAge(3 * DAY_MS);
			endImports();
			const next = await tryStep({ ...again(kept), parameters });
			expect(first.json).toMatchObject({
				ingestionId: ids()[0],
				alreadyAccepted: false,
				possiblyDuplicated: false,
			});
			expect(next.json).toMatchObject({
				ingestionId: ids()[0],
				status: 'Completed',
				alreadyAccepted: true,
				possiblyDuplicated: false,
				acceptedByExecution: 'test-execution',
				rows: 5,
			});
			expect(pushes()).toBe(1);
		},
	);

	it.each([
		['refused', { kind: 'status', status: 403 }],
		['busy four times', { kind: 'status', status: 503 }],
	] as const)('%s: is sent', async (what, action) => {
		const kept = newExecution();
		emulator.fault({ service: 'push', times: what === 'refused' ? 1 : 4, action });
		expect((await tryStep({ kept })).error).toBeDefined();
		expect((await tryStep(again(kept))).json).toMatchObject({
			ingestionId: ids()[0],
			alreadyAccepted: false,
		});
		expect(ids()).toHaveLength(1);
	});

	it('of two files, the accepted one is not sent again', async () => {
		const kept = newExecution();
		const parameters = { destination: 'organizationalData', input: 'file' };
		const items = [await file('ann'), await file('bob')];
		const first = await tryStep({ kept, parameters, items });
		expect(first.error?.message).toMatch(/an earlier import has not ended yet/);
		expect(first.error?.description).toContain(
			`Sent before this error: ann.csv (ingestion ${ids()[0]}). A retry`,
		);
		expect(kept.resultData.metadata).toEqual({ hrIngestionIds: ids()[0], hrRows: '1' });
		endImports();
		const next = await tryStep({ ...again(kept), parameters, items });
		expect(next.results).toMatchObject([
			{ ingestionId: ids()[0], alreadyAccepted: true, fileName: 'ann.csv' },
			{ ingestionId: ids()[1], alreadyAccepted: false, fileName: 'bob.csv' },
		]);
		expect(ids()).toHaveLength(2);
		const { kept: keptNow } = again(kept);
		expect((keptNow ?? kept).resultData.metadata).toMatchObject({
			hrIngestionIds: expect.stringContaining(ids()[0]),
		});
	});
});

describe('the same content in another execution', () => {
	it('while its import runs or within a day is the import that exists', async () => {
		await tryStep();
		expect((await tryStep()).json).toMatchObject({ ingestionId: ids()[0], alreadyAccepted: true });
		endImports();
		expect((await tryStep()).json).toMatchObject({ ingestionId: ids()[0], status: 'Completed' });
		expect(pushes()).toBe(1);
	});

	it('is still that import after a day, as long as the service works on it', async () => {
		await tryStep();
		letNotesAge(2 * DAY_MS);
		expect((await tryStep()).json).toMatchObject({ ingestionId: ids()[0], alreadyAccepted: true });
		expect(pushes()).toBe(1);
	});

	it('is a fresh import a day after one that has ended', async () => {
		await tryStep();
		endImports();
		letNotesAge(DAY_MS);
		expect((await tryStep()).json).toMatchObject({ ingestionId: ids()[1], alreadyAccepted: false });
		expect(ids()).toHaveLength(2);
	});

	it('is a fresh import where the service refused the data of the one before', async () => {
		await tryStep();
		emulator.state.ingestions[0].statuses.push({ afterMs: 0, status: 'ValidationFailed' });
		endImports();
		expect((await tryStep()).json).toMatchObject({ alreadyAccepted: false });
		expect(ids()).toHaveLength(2);
	});

	it('is a fresh import after another one has sent something else: it restores what that replaced', async () => {
		for (const count of [5, 4, 5]) {
			expect((await tryStep({ items: people(count) })).json).toMatchObject({ alreadyAccepted: false });
			endImports();
		}
		expect((await tryStep()).json).toMatchObject({ ingestionId: ids()[2], alreadyAccepted: true });
		expect(emulator.ingestions.map(({ rowCount }) => rowCount)).toEqual([5, 4, 5]);
	});

	it('of several files is the imports that exist, in whatever order', async () => {
		const parameters = { destination: 'organizationalData', input: 'file' };
		const items = [await file('ann'), await file('bob')];
		emulator.set({ extractionMs: 0, processingMs: 0 });
		await tryStep({ parameters, items });
		const { results } = await tryStep({ parameters, items: items.reverse() });
		expect(results.map(({ alreadyAccepted }) => alreadyAccepted)).toEqual([true, true]);
		expect(ids()).toHaveLength(2);
	});

	it('is sent with Send Again', async () => {
		await tryStep();
		endImports();
		const { json } = await tryStep({ parameters: { options: { sendAgain: true } } });
		expect(json).toMatchObject({ ingestionId: ids()[1], alreadyAccepted: false, possiblyDuplicated: false });
	});

	it('in doubt is not sent, but with Send Again, which says that it may be there twice', async () => {
		emulator.fault({ service: 'push', action: { kind: 'cutAfterBody', processed: true } });
		await tryStep();
		endImports();
		expect((await tryStep()).error?.message).toMatch(/^Execution test-execution sent|^An earlier attempt/);
		const again = { parameters: { options: { sendAgain: true } }, executionId: 'third' };
		emulator.fault({ service: 'push', action: { kind: 'status', status: 403 } });
		expect((await tryStep(again)).error?.message).toMatch(/HTTP 403/);
		// The refusal says nothing about the attempt before it.
		expect((await tryStep({ executionId: 'fourth' })).error?.message).toMatch(
			/^Execution test-execution sent/,
		);
		expect((await tryStep(again)).json).toMatchObject({ alreadyAccepted: false, possiblyDuplicated: true });
		expect((await tryStep()).json).toMatchObject({ alreadyAccepted: true, possiblyDuplicated: true });
		expect(ids()).toHaveLength(2);
	});

	it.each([
		['another destination', { parameters: { destination: 'organizationalData' } }],
		['another kind of refresh', { parameters: { refresh: 'incremental' } }],
		['other rows', { items: people(4) }],
	])('to or with %s is another import', async (_, more) => {
		await tryStep();
		endImports();
		expect((await tryStep(more)).json).toMatchObject({ alreadyAccepted: false });
		expect(ids()).toHaveLength(2);
	});

	it('to another tenant is another import', async () => {
		await tryStep();
		const credentials = { vivaHrApi: vivaHrApi(emulator, { tenantId: SECOND_TENANT }) };
		expect((await tryStep({ credentials })).json).toMatchObject({ alreadyAccepted: false });
		expect(tenantsThatGot(emulator)).toEqual([expect.anything(), SECOND_TENANT]);
	});

	it.each(['fail', 'wait', 'skip'])('at the same moment makes one import (%s)', async (whenBusy) => {
		const parameters = { options: { whenBusy } };
		const ended = await Promise.all(
			[1, 2, 3].map(async (number) => await tryStep({ parameters, executionId: `${number}` })),
		);
		expect(ended.map(({ error }) => error?.message)).toEqual([undefined, undefined, undefined]);
		expect(new Set(ended.map(({ json }) => json.ingestionId))).toEqual(new Set(ids()));
		expect(ids()).toHaveLength(1);
		expect(ended.filter(({ json }) => json.alreadyAccepted === false)).toHaveLength(1);
	});
});

it('stopped after the whole file had left: in doubt for whoever comes next', async () => {
	emulator.fault({ service: 'push', action: { kind: 'hang', processed: true } });
	const stop = new AbortController();
	const stopped = tryStep({ signal: stop.signal });
	await until(() => ids().length === 1);
	stop.abort();
	expect((await stopped).error?.message).toMatch(/cancelled.*may have been accepted/);
	endImports();
	expect((await tryStep()).error?.message).toMatch(/nothing was sent now/);
	expect(ids()).toHaveLength(1);
});

it.each(['validate', 'checkConnection', 'createSampleFile'])('%s writes nothing', async (operation) => {
	await tryStep({ parameters: { operation } });
	expect(() => notes()).toThrow(/ENOENT/);
	if (operation === 'validate') await tryStep();
	expect(ids()).toHaveLength(operation === 'validate' ? 1 : 0);
});

it('an import that could not be noted is told as one, and is in doubt for the next attempt', async () => {
	const kept = newExecution();
	const hints = jest.spyOn(ExecuteContext.prototype, 'addExecutionHints');
	emulator.set({ extractionMs: 0, processingMs: 0 });
	// Where the note of the accepted import would go, there is something that cannot be replaced.
	const incremental = { kept, parameters: { refresh: 'incremental' } };
	await tryStep(incremental);
	const [name] = notes().filter((note) => note.startsWith('last-'));
	rmSync(join(notesOf(type), name));
	mkdirSync(join(notesOf(type), name));
	const { json } = await tryStep({ ...incremental, items: people(6) });
	expect(json).toMatchObject({ ingestionId: ids()[1], alreadyAccepted: false });
	expect(hints).toHaveBeenCalledWith(
		expect.objectContaining({
			message: expect.stringMatching(/^The import was accepted.*could not be kept/),
		}),
	);
	expect((await tryStep({ ...incremental, items: people(6) })).error?.message).toMatch(
		/nothing was sent now/,
	);
	expect(ids()).toHaveLength(2);
});

it('a worker whose folder holds no notes yet says so, once', async () => {
	emulator.set({ extractionMs: 0, processingMs: 0 });
	// n8n 2.41 gives workers nothing of what it keeps of the workflow.
	const told = async () => (await tryStep({ staticData: {} })).json.folderNote;
	process.env.EXECUTIONS_MODE = 'queue';
	try {
		expect(await told()).toMatch(
			/^This n8n runs in queue mode, and no execution has kept notes in its folder/,
		);
		expect(await told()).toBeUndefined();
	} finally {
		delete process.env.EXECUTIONS_MODE;
	}
	rmSync(notesOf(type), { recursive: true });
	expect(await told()).toBeUndefined();
});

it('an execution that does not see the notes of the last one says so, once', async () => {
	emulator.set({ extractionMs: 0, processingMs: 0 });
	const staticData: IDataObject = {};
	const told = async () => (await tryStep({ staticData })).json.folderNote;
	expect([await told(), await told()]).toEqual([undefined, undefined]);
	// A worker with a folder of its own.
	rmSync(notesOf(type), { recursive: true });
	expect(await told()).toMatch(/^The last execution kept its notes in another folder/);
	expect(await told()).toBeUndefined();
	expect(ids()).toHaveLength(2);
});
