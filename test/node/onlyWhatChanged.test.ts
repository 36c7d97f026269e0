import { gzipSync } from 'node:zlib';
import {
	NodeHelpers,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { trust } from './emulatorNetwork';
import { executionContext, readStored, runStep, storedFile, type StepRun } from './executionContext';
import { asCsv, asItems } from './rows';
import { thrownBy } from '../helpers/thrownBy';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ settings: { extractionMs: 0, processingMs: 0 } });
	trust(emulator);
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
});
beforeEach(() => emulator.reset());

const credentials = (): Record<string, IDataObject> => ({
	vivaHrApi: vivaHrApi(emulator),
});

const person = (i: number, changes: IDataObject = {}): IDataObject => ({
	Work_Email: `person${i}@contoso.com`,
	Manager_Work_Email: i === 0 ? '' : 'person0@contoso.com',
	Organization: i % 2 ? 'Vertrieb, "Süd"' : 'HR',
	EffectiveDate: '2026-03-14',
	HireDate: '2019-01-31',
	...changes,
});
const people = (count: number, changes: Record<number, IDataObject> = {}): IDataObject[] =>
	Array.from({ length: count }, (_, i) => person(i, changes[i]));
const csv = (rows: IDataObject[]): string => asCsv(rows, ';');
async function file(
	content: Buffer | string,
	fileName = 'people.csv',
	field = 'data',
): Promise<INodeExecutionData> {
	return { json: {}, binary: { [field]: await storedFile(content, fileName) } };
}

const CHANGES = { send: 'changes' };
async function run(more: Partial<StepRun> = {}) {
	const [ingestion, rejected, missing = []] = await runStep({
		type: new VivaHrIngest(),
		credentials: credentials(),
		parameters: CHANGES,
		items: asItems(people(10)),
		...more,
	});
	return { ingestion, rejected, missing };
}
const failure = async (more: Partial<StepRun>) => await thrownBy(run(more));
/** The service has everybody. */
async function importEverything(count = 10): Promise<void> {
	await run({ parameters: {}, items: asItems(people(count)) });
	expect(emulator.ingestions).toMatchObject([{ valid: true, bootstrap: true, acceptedRows: count }]);
	emulator.advance(1000);
}

describe('only what changed', () => {
	const NOW = people(11, { 3: { Organization: 'IT' } }).filter((_, i) => i !== 7);

	it.each<[string, () => Promise<INodeExecutionData>]>([
		['CSV', async () => await file(csv(people(10)))],
		['gzip', async () => await file(gzipSync(csv(people(10))), 'people.csv.gz')],
		['JSON', async () => await file(JSON.stringify(people(10)), 'people.json', 'last_week')],
		[
			'the package of a validation',
			async () => {
				const { ingestion } = await run({
					parameters: { operation: 'validate', options: { outputPackage: true } },
				});
				return { json: {}, binary: { data: ingestion[0].binary!.package } };
			},
		],
	])('goes to Viva Insights as an incremental refresh; the previous file is %s', async (_what, previous) => {
		await importEverything();
		const secondInput = [await previous()];
		const { ingestion, rejected, missing } = await run({ items: asItems(NOW), secondInput });
		const [, sent] = emulator.ingestions;
		expect(sent).toMatchObject({ valid: true, bootstrap: false, errors: [] });
		const address = sent.header.indexOf('PersonId');
		expect(sent.rows.map((row) => row[address])).toEqual(['person3@contoso.com', 'person10@contoso.com']);
		expect(ingestion[0].json).toMatchObject({
			ingestionId: sent.id,
			status: 'Completed',
			refresh: 'incremental',
			rows: 2,
			changes: {
				previousPeople: 10,
				newPeople: 1,
				changedPeople: 1,
				unchangedPeople: 8,
				missingPeople: 1,
				sentRows: 2,
				unchangedRows: 8,
				columns: [{ column: 'Organization', rows: 1 }],
			},
		});
		expect(ingestion[0].pairedItem).toEqual(NOW.map((_, item) => ({ item })));
		expect(rejected).toEqual([]);
		expect(missing).toEqual([
			{ json: { PersonId: 'person7@contoso.com' }, pairedItem: { item: 0, input: 1 } },
		]);
		expect(ingestion[0].json.findings).toContainEqual(
			expect.objectContaining({ code: 'people-missing', severity: 'warning' }),
		);
	});

	it('goes to Organizational Data, which merges', async () => {
		const parameters = { ...CHANGES, destination: 'organizationalData' };
		const secondInput = [await file(csv(people(10)))];
		const { ingestion, missing } = await run({ parameters, items: asItems(NOW), secondInput });
		expect(emulator.ingestions).toMatchObject([{ valid: true, acceptedRows: 2 }]);
		expect(ingestion[0].json).toMatchObject({ refresh: 'merge', rows: 2 });
		expect(missing.map(({ json }) => json)).toEqual([{ Microsoft_PersonEmail: 'person7@contoso.com' }]);
	});

	it('is skipped where nothing changed', async () => {
		const { ingestion } = await run({ secondInput: [await file(csv(people(10)))] });
		expect(ingestion[0].json).toMatchObject({
			ingestionId: null,
			status: 'Skipped',
			reason: 'Nothing changed since the previous file.',
			rows: 0,
			changes: { unchangedPeople: 10 },
		});
		expect(ingestion[0].json).not.toHaveProperty('sha256');
		expect(emulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
		const validate = { ...CHANGES, operation: 'validate', options: { outputPackage: true } };
		const validated = await run({ parameters: validate, secondInput: [await file(csv(people(10)))] });
		expect(validated.ingestion[0].json).toMatchObject({ valid: true, rows: 0 });
		expect(validated.ingestion[0].binary).toBeUndefined();
	});

	it.each<[string, Partial<StepRun>]>([
		['nothing is connected', {}],
		['nothing has come', { secondInput: [] }],
	])('takes everybody for new where %s', async (_what, more) => {
		await importEverything(5);
		const { ingestion } = await run(more);
		expect(emulator.ingestions[1]).toMatchObject({ valid: true, bootstrap: false, acceptedRows: 10 });
		expect(ingestion[0].json).toMatchObject({ rows: 10, changes: { newPeople: 10, previousPeople: 0 } });
		expect(ingestion[0].json.findings).toContainEqual(
			expect.objectContaining({ code: 'previous-file-missing', severity: 'warning' }),
		);
	});

	it('compares files one by one, and each fault stays with its own', async () => {
		await importEverything();
		const parameters = { ...CHANGES, input: 'file' };
		const items = [await file(csv(NOW)), await file(csv(people(10)), 'b.csv'), await file(csv(NOW), 'c.csv')];
		const secondInput = [await file(csv(people(10))), await file('%PDF-1.4'), await file(csv(NOW))];
		const { ingestion, missing } = await run({
			parameters,
			items,
			secondInput,
			onError: 'continueRegularOutput',
		});
		expect(ingestion.map(({ json }) => json.status ?? json.error)).toEqual([
			'Completed',
			'The previous file cannot be compared with. The file is a PDF, not CSV, JSON or a prebuilt zip.',
			'Skipped',
		]);
		expect(ingestion.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }],
			[{ item: 1 }],
			[{ item: 2 }],
		]);
		expect(missing.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0, input: 1 }]);
	});

	it('leaves invalid rows out, and they are nobody who is missing', async () => {
		await importEverything();
		const items = asItems(people(10, { 3: { Organization: 'IT' }, 4: { HireDate: 'soon' } }));
		const secondInput = [await file(csv(people(10)))];
		const parameters = { ...CHANGES, onInvalidRows: 'leaveOut', options: { maximumInvalidPercent: 20 } };
		const { ingestion, rejected, missing } = await run({ parameters, items, secondInput });
		expect(ingestion[0].json).toMatchObject({ rows: 1, rejectedRows: 1, changes: { rejectedPeople: 1 } });
		expect(rejected).toMatchObject([
			{ json: { Work_Email: 'person4@contoso.com' }, pairedItem: { item: 4 } },
		]);
		expect(missing).toEqual([]);
	});
});

describe('missing people', () => {
	const items = asItems(people(8));
	const previous = async () => [await file(csv(people(10)))];
	const validate = (options: INodeParameters) => ({ ...CHANGES, operation: 'validate', options });

	it('come out as a file, or only as a number', async () => {
		const asFile = await run({
			parameters: validate({ missingPeople: 'file' }),
			items,
			secondInput: await previous(),
		});
		expect(asFile.missing).toEqual([]);
		expect((await readStored(asFile.ingestion[0].binary!.missing)).toString()).toBe(
			'\uFEFFPersonId\r\nperson8@contoso.com\r\nperson9@contoso.com\r\n',
		);
		const formula = { ...person(8), Work_Email: '=1+2@contoso.com' };
		const asFormula = await run({
			parameters: validate({ missingPeople: 'file' }),
			items,
			secondInput: [await file(csv([...people(8), formula]))],
		});
		// A spreadsheet must not run it.
		expect((await readStored(asFormula.ingestion[0].binary!.missing)).toString()).toContain(
			"\r\n'=1+2@contoso.com\r\n",
		);
		const counted = await run({
			parameters: validate({ missingPeople: 'count' }),
			items,
			secondInput: await previous(),
		});
		expect(counted.missing).toEqual([]);
		expect(counted.ingestion[0]).toMatchObject({ json: { changes: { missingPeople: 2 } } });
		expect(counted.ingestion[0].binary).toBeUndefined();
	});

	it('stop the import where they are too many, unless the user says otherwise', async () => {
		const few = { items: asItems(people(7)), secondInput: await previous() };
		const error = await failure(few);
		expect(error.message).toContain('Nothing was sent.');
		expect(error.message).toContain('3 of the 10 people of the previous file are missing');
		expect(emulator.ingestions).toEqual([]);
		const more = await run({ ...few, parameters: validate({ maximumMissingPercent: 30 }) });
		expect(more.ingestion[0].json).toMatchObject({ valid: true, errors: 0 });
		const rules = { ruleSettings: { rules: [{ code: 'people-missing-many', severity: 'warning' }] } };
		const warned = await run({ ...few, parameters: validate(rules) });
		expect(warned.ingestion[0].json).toMatchObject({ valid: true, errors: 0 });
	});
});

describe('is refused', () => {
	it.each<[string, INodeParameters, RegExp]>([
		[
			'as CSV to Viva Insights',
			{ ...CHANGES, options: { bodyForm: 'csv' } },
			/does not say that it is incremental/,
		],
		[
			'without the column of people',
			{ ...CHANGES, columnMapping: { entries: [{ column: 'Work_Email', attribute: 'ManagerId' }] } },
			/./,
		],
	])('%s', async (_what, parameters, message) => {
		expect((await failure({ parameters, secondInput: [await file(csv(people(10)))] })).message).toMatch(
			message,
		);
		expect(emulator.ingestions).toEqual([]);
	});

	it('for a prebuilt zip, which is sent as it is', async () => {
		const { ingestion } = await run({
			parameters: { operation: 'validate', options: { outputPackage: true } },
		});
		const items = [{ json: {}, binary: { data: ingestion[0].binary!.package } }];
		const error = await failure({ parameters: { ...CHANGES, input: 'file' }, items });
		expect(error.message).toContain('prebuilt zip');
	});

	it('where it is not clear which file is meant', async () => {
		const one = await file(csv(people(10)));
		expect((await failure({ secondInput: [one, one] })).message).toBe(
			"There are 2 items at the input 'Previous File', but only one import.",
		);
		expect((await failure({ secondInput: [{ json: {} }] })).message).toContain("no file in the field 'data'");
		const two = { json: {}, binary: { a: one.binary!.data, b: one.binary!.data } };
		expect((await failure({ secondInput: [two] })).description).toContain('a, b');
		const named = { ...CHANGES, options: { previousBinaryPropertyName: 'b' } };
		expect((await run({ parameters: named, secondInput: [two] })).ingestion[0].json.status).toBe('Skipped');
	});
});

describe('the second input', () => {
	const connectionsOf = (parameters: IDataObject) => {
		const type = new VivaHrIngest();
		const context = executionContext({ type, parameters: parameters as StepRun['parameters'] });
		const { workflow } = context as unknown as { workflow: Parameters<typeof NodeHelpers.getNodeInputs>[0] };
		const node = context.getNode() as INode;
		return {
			inputs: NodeHelpers.getNodeInputs(workflow, node, type.description),
			outputs: NodeHelpers.getNodeOutputs(workflow, node, type.description),
		};
	};

	it.each<[string, IDataObject, number, number]>([
		['a saved workflow', {}, 1, 2],
		['everything', { send: 'everything' }, 1, 2],
		['only what changed', CHANGES, 2, 3],
		['a validation of what changed', { ...CHANGES, operation: 'validate' }, 2, 3],
		['a check of the connection', { ...CHANGES, operation: 'checkConnection' }, 1, 2],
		['a survey', { ...CHANGES, destination: 'vivaSurvey' }, 1, 2],
	])('of %s', (_what, parameters, inputs, outputs) => {
		const found = connectionsOf(parameters);
		expect(found.inputs).toHaveLength(inputs);
		expect(found.outputs.map((output) => (output as { displayName: string }).displayName)).toEqual(
			['Ingestion', 'Rejected', 'Missing'].slice(0, outputs),
		);
	});

	it('is not looked at where everything is sent', async () => {
		const { ingestion } = await run({ parameters: {}, secondInput: [{ json: {} }] });
		expect(ingestion[0].json).toMatchObject({ rows: 10, refresh: 'full' });
		expect(ingestion[0].json).not.toHaveProperty('changes');
	});
});
