import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { forgetWaits, skipWaits } from '../helpers/skipWaits';
import { tokens, trust } from './emulatorNetwork';
import { runStep } from './executionContext';
import { completed, failed, plant } from './plantedIngestion';
import { asItems } from './rows';

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
afterAll(async () => await emulator.close());
beforeEach(() => {
	tokens.forget();
	forgetWaits();
	emulator.reset();
});

/** What depends on the day of the run, or on an earlier import. */
const OFF: INodeParameters = {
	ruleSettings: {
		rules: [
			{ code: 'purview-last-day-far', severity: 'off' },
			{ code: 'last-import-unknown', severity: 'off' },
			{ code: 'history-short', severity: 'off' },
		],
	},
};

interface Wish {
	type: INodeType;
	rows: IDataObject[];
	parameters: INodeParameters;
	form?: 'simplified' | 'full';
	typeVersion?: number;
}

/** The first item that a step gives out, at whichever output. */
async function resultOf({ type, rows, parameters, form, typeVersion }: Wish): Promise<IDataObject> {
	const options = { ...(form && { outputForm: form }), ...OFF, ...(parameters.options as INodeParameters) };
	const outputs = await runStep({
		type,
		typeVersion,
		parameters: { ...parameters, options },
		items: asItems(rows),
		credentials: { vivaHrApi: vivaHrApi(emulator), purviewHrApi: purviewHrApi(emulator) },
	});
	return outputs.flat()[0].json;
}

const people = (number: number): IDataObject[] =>
	Array.from({ length: number }, (_, i) => ({
		Work_Email: `person${i}@contoso.com`,
		Manager_Work_Email: i === 0 ? '' : 'person0@contoso.com',
		Organization: 'HR',
		EffectiveDate: '2026-03-14',
	}));
const invalid = { ...people(1)[0], Work_Email: 'nobody' };
const leavers = (number: number): IDataObject[] =>
	Array.from({ length: number }, (_, i) => ({
		UserPrincipalName: `person${i}@contoso.com`,
		ResignationDate: '2026-03-01',
		LastWorkingDate: '2026-03-31',
	}));
const upload = { type: new VivaHrIngest(), rows: people(3), parameters: { operation: 'upload' } };
const send = {
	type: new PurviewHrSignal(),
	rows: leavers(3),
	parameters: { operation: 'send', jobId: demo.jobs.resignation },
};

describe('the result', () => {
	it.each([upload, send])(
		'begins with its summary and has no details: $parameters.operation',
		async (step) => {
			const json = await resultOf({ ...step, form: 'simplified' });
			expect(Object.keys(json)[0]).toBe('summary');
			expect(json).not.toHaveProperty('details');
			expect(
				Object.values(json).filter((value) => typeof value === 'object' && !Array.isArray(value)),
			).toEqual([]);
		},
	);

	it.each([upload, send])(
		'in full has the same, and all else under one key: $parameters.operation',
		async (step) => {
			const { details, ...rest } = await resultOf({ ...step, form: 'full' });
			emulator.reset();
			const { previouslySentAt, ...simplified } = await resultOf({ ...step, form: 'simplified' });
			expect(previouslySentAt === undefined).toBe(step === upload);
			expect(Object.keys(rest)).toEqual(Object.keys(simplified));
			expect(Object.keys(details as IDataObject)).toEqual(
				expect.arrayContaining(['columns', 'findings', 'findingTotals', 'mapping']),
			);
		},
	);

	it.each([upload, send])(
		'of a step that was saved with the first panel keeps every fact beside the others: $parameters.operation',
		async (step) => {
			const json = await resultOf({ ...step, typeVersion: 1 });
			expect(json).toMatchObject({ rows: 3, columnsLeftOut: [], findings: [] });
			expect(json).not.toHaveProperty('details');
		},
	);

	it('has what Poll Ingestion needs', async () => {
		const json = await resultOf({ ...upload, form: 'simplified' });
		expect(json).toMatchObject({
			ingestionId: emulator.ingestions[0].id,
			status: 'NotStarted',
			destination: 'vivaHr',
			tenantId: demo.tenantId,
			scaleUnit: 'novaprdwus2-01',
		});
	});

	it.each(['resignation', 'several'])(
		'counts by scenario where a file holds several: %s',
		async (scenario) => {
			const rows = leavers(2).map((row) => ({ ...row, HRScenario: 'Resignation' }));
			const json = await resultOf({
				...send,
				rows,
				form: 'simplified',
				parameters: { operation: 'validate', scenario },
			});
			expect(json.perScenario).toEqual(scenario === 'several' ? { resignation: 2 } : undefined);
		},
	);

	it('names what was found in sentences, errors first', async () => {
		const rows = [...people(3), { ...invalid, Organization: '#N/A' }];
		const json = await resultOf({ ...upload, rows, parameters: { operation: 'validate' } });
		expect(json.valid).toBe(false);
		expect(json.findingLines).toEqual([
			"Item 3: 'Work_Email' is not an e-mail address such as employee@contoso.com (no @).",
			expect.stringMatching(/^Item 3: 'Organization' holds a word for nothing/),
		]);
	});
});

describe('the summary', () => {
	const FULL = { refresh: 'full' };

	it.each<[string, Wish]>([
		[
			'3 rows sent to Viva Insights (HR) as a full refresh.',
			{ ...upload, parameters: { operation: 'upload', ...FULL } },
		],
		[
			'1 row sent to Viva Insights (HR) as an incremental update; 1 warning.',
			{ ...upload, rows: people(1), parameters: { operation: 'upload', refresh: 'incremental' } },
		],
		[
			'3 rows sent to Microsoft Organizational Data Service.',
			{ ...upload, parameters: { operation: 'upload', destination: 'organizationalData' } },
		],
		[
			'20 rows sent to Viva Insights (HR) as a full refresh; 1 row left out.',
			{
				...upload,
				rows: [...people(20), invalid],
				parameters: { operation: 'upload', ...FULL, options: { onInvalidRows: 'leaveOut' } },
			},
		],
		[
			'3 rows ready for Viva Insights (HR) as a full refresh.',
			{ ...upload, parameters: { operation: 'validate', ...FULL } },
		],
		[
			"Not ready. Item 3: 'Work_Email' is not an e-mail address such as employee@contoso.com (no @). Nothing was sent.",
			{ ...upload, rows: [...people(3), invalid], parameters: { operation: 'validate' } },
		],
		['3 rows sent to Purview (Employee Resignation) in 1 chunk.', send],
		[
			'Chunk 1 of 2: 2 rows sent.',
			{ ...send, parameters: { ...send.parameters, options: { output: 'chunks', chunkRows: 2 } } },
		],
		['3 rows ready for Purview (Employee Resignation).', { ...send, parameters: { operation: 'validate' } }],
	])('%s', async (summary, wish) => {
		expect(await resultOf(wish)).toMatchObject({ summary });
	});

	it('of an import that Microsoft has already says so once', async () => {
		await resultOf(upload);
		const { summary } = await resultOf(upload);
		expect(summary).toMatch(/^Microsoft accepted the same content before .*; nothing was sent\./);
		expect(String(summary).match(/nothing (was )?sent/gi)).toHaveLength(1);
	});
});

describe('an import that is followed', () => {
	const follow = (operation: string, ingestion = completed()): Wish => ({
		type: new PollIngestion(),
		rows: [
			{
				ingestionId: plant(emulator, ingestion),
				destination: 'vivaHr',
				summary: '3 rows sent.',
				fileName: 'people.csv',
				details: { mapping: [] },
			},
		],
		parameters: operation === 'wait' ? { operation, waiting: 'inStep' } : { operation },
	});

	it('ends with its own summary, beside what came in', async () => {
		const json = await resultOf({ ...follow('wait'), form: 'simplified' });
		expect(Object.keys(json)[0]).toBe('summary');
		expect(json.summary).toMatch(
			/^The import into Viva Insights \(HR\) completed \(followed for \d+ seconds?\)\. The service says 'Completed'\.$/,
		);
		expect(json).toMatchObject({ fileName: 'people.csv', status: 'Completed', phase: 'completed' });
		expect(json).not.toHaveProperty('polling');
		expect(json).not.toHaveProperty('details');
	});

	it('has its details with those of the upload', async () => {
		const { details } = await resultOf({ ...follow('wait'), form: 'full' });
		expect(details).toMatchObject({
			mapping: [],
			polling: { attempts: 1 },
			ingestion: { Status: 'Completed' },
		});
	});

	it('keeps its errors on top where it failed', async () => {
		const json = await resultOf({ ...follow('wait', failed()), form: 'simplified' });
		expect(json.summary).toMatch(/^The import into Viva Insights \(HR\) failed .*'ValidationFailed'\.$/);
		expect(json.errors).toHaveLength(2);
		expect(json).not.toHaveProperty('ingestion');
	});

	it('stays as it was in a step that was saved with the first panel', async () => {
		const json = await resultOf({ ...follow('wait'), typeVersion: 1 });
		expect(json).toMatchObject({ polling: { attempts: 1 }, ingestion: { Status: 'Completed' } });
	});

	it('is asked for once', async () => {
		const json = await resultOf({ ...follow('getStatus'), form: 'simplified' });
		expect(json.summary).toBe("The service says 'Completed'. The import is done.");
		expect(json).not.toHaveProperty('ingestion');
	});

	it('has an error file', async () => {
		const json = await resultOf({ ...follow('downloadErrors', failed()), form: 'simplified' });
		expect(json.summary).toBe('The error file lists 2 errors.');
		expect(json.errors).toHaveLength(2);
	});
});
