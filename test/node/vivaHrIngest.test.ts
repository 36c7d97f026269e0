import type { IDataObject, INodeParameters, INodeExecutionData } from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { zipOf } from '../emulator/__tests__/zipFile';
import { demo, startEmulator, type Emulator, type Fault } from '../emulator/emulator';
import { until } from '../helpers/until';
import { trust } from './emulatorNetwork';
import { readStored, runStep, storedFile, type StepRun } from './executionContext';
import { thrownBy } from '../helpers/thrownBy';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	// Imports end when the test lets time pass, not by themselves on a slow machine.
	emulator = await startEmulator({ settings: { extractionMs: 3_600_000, processingMs: 3_600_000 } });
	trust(emulator);
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
});
beforeEach(() => emulator.reset());

const credential = (changes: IDataObject = {}): Record<string, IDataObject> => ({
	vivaHrApi: vivaHrApi(emulator, changes),
});

const person = (i: number, changes: IDataObject = {}): IDataObject => ({
	Work_Email: `person${i}@contoso.com`,
	Manager_Work_Email: i === 0 ? '' : 'person0@contoso.com',
	Organization: i % 2 ? 'Vertrieb, "Süd"' : 'HR',
	EffectiveDate: '2026-03-14',
	HireDate: '2019-01-31',
	Cost_Center: `C${i}`,
	...changes,
});
const people = (count: number, changes: Record<number, IDataObject> = {}): INodeExecutionData[] =>
	Array.from({ length: count }, (_, i) => ({ json: person(i, changes[i]) }));

const CSV = [
	'PersonId;ManagerId;Organization;EffectiveDate',
	'ann@contoso.com;;"Ärzte; ""Nord""";2026-03-14',
	'bob@contoso.com;ann@contoso.com;HR;2026-03-14',
].join('\r\n');

async function file(content: Buffer | string, fileName = 'people.csv'): Promise<INodeExecutionData> {
	return { json: {}, binary: { data: await storedFile(content, fileName) } };
}

async function run(more: Partial<StepRun> = {}) {
	const [ingestion, rejected] = await runStep({
		type: new VivaHrIngest(),
		credentials: credential(),
		items: people(5),
		...more,
	});
	return { ingestion, rejected };
}

/** What the step throws. */
const failure = async (more: Partial<StepRun> = {}) => await thrownBy(run(more));

const received = () => emulator.ingestions.map(({ header, rows }) => ({ header, rows }));
const uploads = () => emulator.requests.filter(({ path }) => path.endsWith('/fileIngestion')).length;

describe('items', () => {
	it('become an import with nothing set but the credential', async () => {
		const { ingestion, rejected } = await run();
		expect(rejected).toEqual([]);
		expect(ingestion).toHaveLength(1);
		expect(ingestion[0].json).toMatchObject({
			ingestionId: emulator.ingestions[0].id,
			status: 'NotStarted',
			destination: 'vivaHr',
			refresh: 'full',
			sentAs: 'zip',
			rows: 5,
			rejectedRows: 0,
			scaleUnit: demo.scaleUnit,
			connectorId: demo.hrConnectorId,
			columnsLeftOut: ['Cost_Center'],
		});
		expect(ingestion[0].json.mapping).toContainEqual(
			expect.objectContaining({ column: 'Work_Email', attribute: 'PersonId', by: 'alias' }),
		);
		expect(ingestion[0].pairedItem).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
		expect(emulator.ingestions[0]).toMatchObject({ valid: true, bootstrap: true });
		expect(received()).toEqual([
			{
				header: ['PersonId', 'ManagerId', 'Organization', 'EffectiveDate', 'HireDate'],
				rows: people(5).map(({ json }) => Object.values(json).slice(0, 5)),
			},
		]);
	});

	it.each([
		['Organizational Data as CSV', 'organizationalData', 'auto', 'csv'],
		['Organizational Data as JSON', 'organizationalData', 'json', 'json'],
		['Viva Insights as CSV', 'vivaHr', 'csv', 'csv'],
		['Viva Insights as JSON', 'vivaHr', 'json', 'json'],
		['a survey as zip', 'vivaSurvey', 'auto', 'zip'],
	])('go to %s', async (_what, destination, bodyForm, sentAs) => {
		const { ingestion } = await run({ parameters: { destination, options: { bodyForm } } });
		expect(ingestion[0].json).toMatchObject({ destination, sentAs, rows: 5 });
		expect(emulator.ingestions[0].valid).toBe(true);
		const [{ header, rows }] = received();
		expect(rows).toHaveLength(5);
		expect(
			rows[1][
				header.indexOf(destination === 'organizationalData' ? 'Microsoft_Organization' : 'Organization')
			],
		).toBe('Vertrieb, "Süd"');
	});

	it('are sent by the mapping of the user, other columns as custom attributes', async () => {
		await run({
			parameters: {
				options: { otherColumns: 'custom' },
				columnMapping: {
					entries: [
						{ column: 'Organization', attribute: 'FunctionType' },
						{ column: 'Cost_Center', attribute: 'Organization' },
					],
				},
			},
		});
		const [{ header, rows }] = received();
		expect(rows[3][header.indexOf('Organization')]).toBe('C3');
		expect(rows[3][header.indexOf('FunctionType')]).toBe('Vertrieb, "Süd"');
	});

	it('are mapped by fields that were dragged onto the mapping, also where the first row has no value', async () => {
		const items = people(3).map(({ json: { Manager_Work_Email, ...json } }) => ({
			json: { ...json, 'Their Boss': Manager_Work_Email },
		}));
		const entries = [{ column: "={{ $json['Their Boss'] }}", attribute: 'ManagerId' }];
		await run({ items, parameters: { columnMapping: { entries } } });
		const [{ header, rows }] = received();
		expect(rows.map((row) => row[header.indexOf('ManagerId')])).toEqual([
			'',
			'person0@contoso.com',
			'person0@contoso.com',
		]);
	});

	it('are not mapped by the value that another expression gives, which no error shows', async () => {
		const entries = [{ column: '={{ $json.Work_Email.trim() }}', attribute: 'ManagerId' }];
		const error = await failure({ parameters: { columnMapping: { entries } } });
		expect(error.message).toContain('names an e-mail address for a column, which the data does not have');
		expect(JSON.stringify([error.message, error.description])).not.toContain('@contoso');
	});

	it('in dates of other forms are written as the service takes them', async () => {
		const dated = people(3, {
			0: { HireDate: '31.12.2019' },
			1: { HireDate: '01.02.2020' },
			2: { HireDate: '' },
		});
		await run({ items: dated });
		const [{ header, rows }] = received();
		expect(rows.map((row) => row[header.indexOf('HireDate')])).toEqual(['12/31/2019', '02/01/2020', '']);
	});

	it('whose first dates could be read both ways are read once more when a later one settles it', async () => {
		const count = 3_000;
		const changes: Record<number, IDataObject> = {};
		for (let i = 0; i < count; i++) changes[i] = { HireDate: i < count - 1 ? '01/02/2020' : '31/01/2020' };
		await run({ items: people(count, changes) });
		const [{ header, rows }] = received();
		expect(rows).toHaveLength(count);
		expect(rows[0][header.indexOf('HireDate')]).toBe('02/01/2020');
	});
});

describe('files', () => {
	it('become an import each, paired with their items', async () => {
		const items = [await file(CSV), await file(CSV.replaceAll('ann', 'eve'), 'second.csv')];
		const { ingestion } = await run({
			items,
			parameters: { input: 'file', refresh: 'incremental' },
			onError: 'continueRegularOutput',
		});
		expect(ingestion[0].json).toMatchObject({ rows: 2, fileName: 'people.csv' });
		expect(ingestion[0].pairedItem).toEqual([{ item: 0 }]);
		// The service takes one import at a time: the second is refused, and told of its own item.
		expect(ingestion[1].json.error).toMatch(/an earlier import has not ended yet/);
		expect(ingestion[1].pairedItem).toEqual([{ item: 1 }]);
		expect(received()[0].rows).toEqual([
			['ann@contoso.com', '', 'Ärzte; "Nord"', '2026-03-14'],
			['bob@contoso.com', 'ann@contoso.com', 'HR', '2026-03-14'],
		]);
	});

	it('that are prebuilt zips are sent as they are', async () => {
		const csv = 'Mail,Boss,Organization,EffectiveDate\nann@contoso.com,,HR,2026-03-14\n';
		const Mapping = {
			Mail: { name: 'PersonId', type: 'EmailType' },
			Boss: { name: 'ManagerId', type: 'EmailType' },
			Organization: { name: 'Organization', type: 'string' },
			EffectiveDate: { name: 'EffectiveDate', type: 'DateTime_MMDDYYYY' },
		};
		const metadata = JSON.stringify({ DatasetType: 'HR', IsBootstrap: 'true', Mapping });
		const bytes = await zipOf({ 'data.csv': csv, 'metadata.json': metadata });
		const { ingestion } = await run({ items: [await file(bytes, 'x.zip')], parameters: { input: 'file' } });
		expect(ingestion[0].json).toMatchObject({ rows: 1, bytes: bytes.length, refresh: 'full', sentAs: 'zip' });
		expect(emulator.ingestions[0]).toMatchObject({
			valid: true,
			header: ['Mail', 'Boss', 'Organization', 'EffectiveDate'],
		});
	});

	it.each<[string, Record<string, string>, RegExp]>([
		[
			'with a file too many',
			{ 'data.csv': 'a\n1', 'metadata.json': '{}', 'notes.txt': '' },
			/exactly one .csv and one .json/,
		],
		['with metadata that is no JSON', { 'data.csv': 'a\n1', 'metadata.json': '{' }, /not valid JSON/],
		[
			'with a column that is not mapped',
			{ 'data.csv': 'a\n1', 'metadata.json': '{"DatasetType":"HR","IsBootstrap":"true","Mapping":{}}' },
			/Column 'a' of data.csv has no entry/,
		],
		[
			'for another data set',
			{ 'data.csv': 'a\n1', 'metadata.json': '{"DatasetType":"Survey","IsBootstrap":"true","Mapping":{}}' },
			/"DatasetType": "HR"/,
		],
	])('that are zips %s are refused before anything is sent', async (_what, files, sentence) => {
		const items = [await file(await zipOf(files), 'x.zip')];
		const error = await failure({ items, parameters: { input: 'file' } });
		expect(`${error.message}\n${error.description}`).toMatch(sentence);
		expect(uploads()).toBe(0);
	});

	it('that are missing are told with the fields that are there', async () => {
		const error = await failure({
			items: [await file(CSV)],
			parameters: { input: 'file', binaryPropertyName: 'report' },
		});
		expect(error.message).toContain("no file in the field 'report'");
		expect(error.description).toContain('data');
		expect(error.context?.itemIndex).toBe(0);
	});
});

describe('rows that break a rule', () => {
	const bad = { 2: { Work_Email: 'SECRETVALUE' }, 3: { EffectiveDate: '' } };

	it('stop the upload and are told with item, column and sentence, but never with their values', async () => {
		const error = await failure({ items: people(5, bad) });
		expect(error.message).toMatch(/the rules of Viva Insights \(HR\) in 2 places; nothing was sent/);
		expect(error.description).toContain("Item 2: 'Work_Email' is not an e-mail address");
		expect(error.description).toContain("Item 3: 'EffectiveDate' is blank");
		expect(JSON.stringify([error.message, error.description, error.context])).not.toContain('SECRETVALUE');
		expect(uploads()).toBe(0);
	});

	it('of one kind are one line of the error, with the cause and what to do', async () => {
		const padded = { Work_Email: ' person@contoso.com ' };
		const error = await failure({ items: people(5, { 1: padded, 2: padded, 4: { Work_Email: 'Ann Lee' } }) });
		const lines = error.description!.split(/<br>\n?/);
		expect(lines.filter((line) => line.includes("'Work_Email'"))).toEqual([
			"• 2 items, first item 1: 'Work_Email' is not an e-mail address such as employee@contoso.com (blanks around it).",
			"• Item 4: 'Work_Email' is not an e-mail address such as employee@contoso.com (a name, not an address).",
		]);
		expect(error.description).toContain("Add the option 'Clean Values' and choose 'Blanks Around Values'.");
		expect(error.description).not.toContain('Validate');
		const wrong = { Work_Email: 'Ann Lee' };
		const { description } = await failure({ items: people(5, { 1: wrong, 2: wrong }) });
		expect(description).toContain("Run the operation 'Validate'");
	});

	it('are named one by one where they are no rows, and alone where one explains the others', async () => {
		const { description } = await failure({ items: [{ json: { a: 'x', b: 'y' } }] });
		for (const name of ['PersonId', 'ManagerId', 'Organization'])
			expect(description).toContain(`holds '${name}'`);
		const wrong = await failure({
			items: [{ json: { 'Work Email;Manager Email;Department': 'ann@contoso.com;;HR' } }],
		});
		expect(wrong.message).toContain('The delimiter seems to be ";"');
		expect(wrong.description).not.toContain('PersonId');
		expect(wrong.description).not.toContain('Validate');
	});

	it('do not send to Validate what the error shows already', async () => {
		const error = await failure({ items: people(5, { 2: bad[2] }) });
		expect(error.description).not.toContain('Validate');
	});

	it('name the parameter Input where the item holds a file', async () => {
		const items = people(3, { 1: { Work_Email: 'Ann Lee' } });
		items[0].binary = (await file(CSV)).binary;
		const error = await failure({ items });
		expect(error.message).toContain('a name, not an address');
		expect(error.description).toContain(
			"The item holds a file. Set 'Input' to 'File' to read the rows of the file.",
		);
	});

	it('are left out on request and come out with the reasons', async () => {
		const { ingestion, rejected } = await run({
			items: people(50, bad),
			parameters: { onInvalidRows: 'leaveOut' },
		});
		expect(ingestion[0].json).toMatchObject({ rows: 48, rejectedRows: 2 });
		expect(received()[0].rows).toHaveLength(48);
		expect(rejected.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 2 }, { item: 3 }]);
		expect(rejected[0].json).toMatchObject({
			Work_Email: 'SECRETVALUE',
			rejectedBecause: [expect.stringContaining('not an e-mail address')],
		});
	});

	it('stop the upload when they are too many to be left out', async () => {
		const error = await failure({ items: people(5, bad), parameters: { onInvalidRows: 'leaveOut' } });
		expect(error.message).toContain('2 rows of 5 would be left out, more than the allowed 5 %');
		expect(uploads()).toBe(0);
	});

	it('are a result, not an error, when continuing on errors', async () => {
		const { ingestion, rejected } = await run({ items: people(5, bad), onError: 'continueRegularOutput' });
		expect(ingestion[0].json.error).toMatch(/nothing was sent/);
		expect(ingestion[0].json.details).toMatchObject({ code: 'invalidData' });
		expect(rejected).toHaveLength(2);
	});

	it('are told all by Validate, which sends nothing and needs no credential', async () => {
		const { ingestion, rejected } = await run({
			items: people(5, bad),
			parameters: { operation: 'validate' },
			credentials: {},
		});
		expect(ingestion[0].json).toMatchObject({ valid: false, errors: 2, rejectedRows: 2 });
		expect((ingestion[0].json.findings as IDataObject[]).map(({ code }) => code)).toEqual([
			'value-not-email',
			'value-required',
			'history-short',
			'last-import-unknown',
		]);
		expect(rejected).toHaveLength(2);
		expect(emulator.requests).toEqual([]);
	});
});

it('gives the package out on request', async () => {
	const { ingestion } = await run({
		parameters: { operation: 'validate', options: { outputPackage: true } },
		credentials: {},
	});
	expect(ingestion[0].json).toMatchObject({ valid: true, rows: 5 });
	const data = ingestion[0].binary!.package;
	expect(data).toMatchObject({ fileName: 'package.zip', mimeType: 'application/zip' });
	expect((await readStored(data)).readUInt32LE(0)).toBe(0x04034b50);
});

it('refuses input without a single row', async () => {
	const error = await failure({
		items: [await file('PersonId,ManagerId,Organization\n')],
		parameters: { input: 'file' },
	});
	expect(error.message).toContain('not a single row');
});

describe('Check Connection', () => {
	const check = async (changes: IDataObject = {}, parameters: IDataObject = {}) =>
		(
			await run({
				parameters: { operation: 'checkConnection', ...(parameters as INodeParameters) },
				credentials: credential(changes),
			})
		).ingestion.map(({ json }) => json);
	const ORGANIZATIONAL_DATA = { destination: 'organizationalData' };
	const ORGANIZATIONAL_DATA_PATH = '/modis/connectors/HR';
	const VIVA_PATH = '/ingress/connectors/HR';
	const refuse = (pathContains: string, status: number) =>
		emulator.fault({ service: 'ping', times: 9, pathContains, action: { kind: 'status', status } });

	it('ticks everything', async () => {
		expect(await check()).toMatchObject([
			{ check: 'Sign-in', ok: true },
			{ check: 'Scale unit', ok: true, state: '✓ fine', meaning: expect.stringContaining(demo.scaleUnit) },
			{
				check: 'Connector of Viva Insights (HR)',
				ok: true,
				meaning: expect.stringContaining(demo.hrConnectorId),
				whatToDo: 'Nothing.',
				who: 'Nobody',
			},
			{
				check: 'Other destination: Microsoft Organizational Data Service',
				ok: true,
				state: '✓ set up too',
				meaning: expect.stringContaining(demo.organizationalDataConnectorId),
				whatToDo: expect.stringContaining('message center'),
			},
		]);
	});

	it('asks for the connector of a survey alone', async () => {
		expect(await check({}, { destination: 'vivaSurvey' })).toMatchObject([
			{ ok: true },
			{ ok: true },
			{ check: 'Connector of Viva Insights (Survey)', ok: true },
		]);
	});

	it.each([403, 404, 405])(
		'says of a connection whose check is not documented that only sending tells: %d',
		async (status) => {
			refuse(ORGANIZATIONAL_DATA_PATH, status);
			const lines = await check({}, ORGANIZATIONAL_DATA);
			expect(lines.map(({ ok }) => ok)).toEqual([true, true, null, true]);
			expect(lines[2]).toMatchObject({
				check: 'Connector of Microsoft Organizational Data Service',
				state: '– not known',
				meaning: expect.stringMatching(
					new RegExp(`cannot be told without sending: Microsoft documents no check .*${status}`),
				),
				whatToDo: expect.stringContaining('Migration and imports > Data connections'),
				who: expect.stringMatching(/Organizational Data Source/),
			});
			expect((await check())[3]).toMatchObject({ ok: null, state: '– not known' });
		},
	);

	it.each([
		[401, /token/],
		[503, /503/],
	])('takes HTTP %d for wrong, also of a check that is not documented', async (status, meaning) => {
		refuse(ORGANIZATIONAL_DATA_PATH, status);
		const [, , chosen] = await check({}, ORGANIZATIONAL_DATA);
		expect(chosen).toMatchObject({ ok: false, state: '✗ wrong', meaning: expect.stringMatching(meaning) });
	});

	it('finds a tenant that has moved: Viva Insights is not set up, and that is no fault of the other', async () => {
		refuse(VIVA_PATH, 403);
		expect(await check({}, ORGANIZATIONAL_DATA)).toMatchObject([
			{ ok: true },
			{ ok: true },
			{ check: 'Connector of Microsoft Organizational Data Service', ok: true },
			{
				check: 'Other destination: Viva Insights (HR)',
				ok: null,
				state: '– not set up',
				whatToDo: 'Nothing, unless you want to send to Viva Insights (HR).',
				who: 'Nobody',
			},
		]);
	});

	it('asks for the other destination where the chosen one is wrong', async () => {
		refuse(VIVA_PATH, 403);
		expect(await check()).toMatchObject([
			{ ok: true },
			{ ok: true },
			{ check: 'Connector of Viva Insights (HR)', ok: false },
			{ check: 'Other destination: Microsoft Organizational Data Service', ok: true },
		]);
	});

	it('takes a service that does not answer for wrong, documented or not', async () => {
		emulator.fault({
			service: 'ping',
			times: 99,
			pathContains: ORGANIZATIONAL_DATA_PATH,
			action: { kind: 'cutBeforeBody' },
		});
		const [, , chosen] = await check({}, ORGANIZATIONAL_DATA);
		expect(chosen).toMatchObject({ ok: false, state: '✗ wrong' });
	});

	it('stops at a wrong secret', async () => {
		const checklist = await check({ clientSecret: 'wrong-secret-value' });
		expect(checklist).toMatchObject([
			{
				check: 'Sign-in',
				ok: false,
				state: '✗ wrong',
				meaning: expect.stringMatching(/secret/),
				whatToDo: expect.stringContaining('7000215'),
				who: expect.stringMatching(/Entra/),
			},
			{ check: 'Scale unit', ok: null, state: '– not tried', meaning: expect.stringContaining("'Sign-in'") },
			{
				check: 'Connector of Viva Insights (HR)',
				ok: null,
				state: '– not tried',
				who: expect.stringMatching(/Entra/),
			},
			{ ok: null, state: '– not tried', meaning: expect.stringContaining("'Sign-in'") },
		]);
	});

	it('stops at a connector that does not know the app', async () => {
		const stranger = { clientId: demo.strangerClientId, clientSecret: demo.strangerClientSecret };
		expect(await check(stranger)).toMatchObject([
			{ ok: true },
			{ ok: true },
			{ ok: false, who: 'Insights administrator', whatToDo: expect.stringMatching(/Insights administrator/) },
			{ ok: null, state: '– not known' },
		]);
	});
});

describe('the sample file', () => {
	const sample = async (parameters: Record<string, unknown> = {}) => {
		const [[item]] = await runStep({
			type: new VivaHrIngest(),
			parameters: { operation: 'createSampleFile', ...parameters },
		});
		const { fileName } = item.binary!.data;
		return {
			columns: item.json.columns,
			fileName,
			text: (await readStored(item.binary!.data)).toString('utf8'),
		};
	};
	const ownColumns = {
		columnMapping: {
			entries: [
				{ column: 'Cost Center', attribute: '__own__', ownAttribute: 'Cost_Center', type: 'string' },
				{ column: 'Started', attribute: '__own__', ownAttribute: 'Contract_Start', type: 'date' },
				{ column: 'Employee', attribute: 'PersonId' },
			],
		},
	};

	it('has the chosen attributes, the columns of the mapping and two people, without a credential', async () => {
		const { text, columns, fileName } = await sample({
			attributes: ['Organization', 'ManagerId', 'PersonId'],
			...ownColumns,
		});
		expect(columns).toEqual(['PersonId', 'ManagerId', 'Organization', 'Cost_Center', 'Contract_Start']);
		expect(text).toBe(
			[
				'PersonId,ManagerId,Organization,Cost_Center,Contract_Start',
				'alex.example@contoso.com,,Executive Office,Example A,01/31/2026',
				'kim.example@contoso.com,alex.example@contoso.com,Sales,Example B,02/28/2026',
				'',
			].join('\r\n'),
		);
		expect(fileName).toBe('viva-insights-sample.csv');
	});

	it.each(['vivaHr', 'organizationalData'] as const)(
		'with all attributes of %s, an upload of it breaks no rule and sends its columns',
		async (destination) => {
			const { text, columns } = await sample({ destination, madeUpRows: true });
			const { ingestion } = await run({
				parameters: { operation: 'validate', destination, input: 'file' },
				items: [await file(text)],
			});
			expect(ingestion[0].json).toMatchObject({ valid: true, rows: 2, errors: 0, columnsLeftOut: [] });
			expect(ingestion[0].json.columns).toEqual(columns);
		},
	);

	it('is the header only where the admin center wants that', async () => {
		const { text } = await sample({
			destination: 'organizationalData',
			attributes: ['Microsoft_PersonEmail', 'Microsoft_Organization'],
		});
		expect(text).toBe('Microsoft_PersonEmail,Microsoft_Organization\r\n');
	});

	it('of a survey has the columns of the mapping, and says so where there are none', async () => {
		const survey = { destination: 'vivaSurvey' };
		await expect(sample(survey)).rejects.toThrow('The sample file would have no column.');
		const entries = [{ column: 'Q1', ownAttribute: 'How are you?', type: 'integer' }];
		expect((await sample({ ...survey, columnMapping: { entries } })).text).toBe('How are you?\r\n1\r\n2\r\n');
	});
});

describe('faults', () => {
	const push = (action: Fault['action'], times = 1): void => {
		emulator.fault({ service: 'push', times, action });
	};

	it('cut before the body was read: sent again, imported once', async () => {
		push({ kind: 'cutBeforeBody' });
		// More than the sockets of this machine hold, or the body would have left before the cut is seen.
		// Its validation takes the emulator seconds, and is not what this test is about.
		emulator.set({ checkContents: false });
		const long = 'Organization '.repeat(500);
		const items = people(1_200).map(({ json }) => ({ json: { ...json, Organization: long } }));
		const { ingestion } = await run({ items, parameters: { options: { compressionLevel: 0 } } });
		expect(ingestion[0].json.status).toBe('NotStarted');
		expect(emulator.ingestions).toHaveLength(1);
	});

	it('cut after the body: told as in doubt, never sent again', async () => {
		push({ kind: 'cutAfterBody', processed: true });
		const error = await failure();
		expect(error.description).toMatch(/Import history/i);
		expect(emulator.ingestions).toHaveLength(1);
		expect(uploads()).toBe(1);
	});

	it('a sign-in page is the answer to an expired token: it is sent once more with a fresh one', async () => {
		push({ kind: 'html200' });
		await run();
		expect(emulator.ingestions).toHaveLength(1);
		expect(uploads()).toBe(2);
	});

	it('a sign-in page that comes again is no success', async () => {
		emulator.fault({ service: 'push', times: 2, action: { kind: 'html200' } });
		expect((await failure()).message).toMatch(/page/i);
		expect([uploads(), emulator.ingestions.length]).toEqual([2, 0]);
	});

	it('skips while an earlier import is running, if told so', async () => {
		await run();
		const items = people(6);
		const { ingestion } = await run({ items, parameters: { options: { whenBusy: 'skip' } } });
		expect(ingestion[0].json).toMatchObject({ status: 'Skipped', ingestionId: null });
		expect((await failure({ items })).message).toMatch(/earlier|previous/i);
		expect(emulator.ingestions).toHaveLength(1);
	});

	it('stops an upload when the execution is cancelled', async () => {
		push({ kind: 'hang' });
		const controller = new AbortController();
		const failed = failure({ signal: controller.signal });
		// Its headers arrive before its body does.
		await until(() => emulator.requests.some(({ path, held }) => held && path.endsWith('/fileIngestion')));
		controller.abort();
		const { message, description } = await failed;
		// The whole file had left.
		expect(message).toMatch(/cancelled.*may have been accepted/);
		expect(description).toContain('Import history');
		expect(emulator.ingestions).toEqual([]);
	});
});

describe('options', () => {
	it('mend values and tell it', async () => {
		const { ingestion } = await run({
			items: people(3, { 1: { Work_Email: ' person1@contoso.com ', Organization: 'H\nR' } }),
			parameters: { options: { mendValues: ['blanks', 'lineBreaks'] } },
		});
		expect(received()[0].rows[1].slice(0, 3)).toEqual(['person1@contoso.com', 'person0@contoso.com', 'H R']);
		const codes = (ingestion[0].json.findingTotals as IDataObject[]).map(({ code }) => code);
		expect(codes).toEqual(expect.arrayContaining(['cleaned-blanks', 'cleaned-line-break']));
	});

	it('make a rule count for more', async () => {
		const error = await failure({
			items: people(3, { 2: { Manager_Work_Email: 'nobody@contoso.com' } }),
			parameters: { options: { ruleSettings: { rules: [{ code: 'manager-unknown', severity: 'error' }] } } },
		});
		expect(error.message).toContain("Item 2: The manager in 'Manager_Work_Email' has no row");
	});

	it('give all findings out as a file that spreadsheets do not run', async () => {
		const items = people(50).map(({ json }, i) => ({
			json: { ...json, Work_Email: undefined, '=mail': `${i}` },
		}));
		const { ingestion } = await run({
			items,
			credentials: {},
			parameters: {
				operation: 'validate',
				columnMapping: { entries: [{ column: '=mail', attribute: 'PersonId' }] },
				options: { outputFindings: true },
			},
		});
		const lines = (await readStored(ingestion[0].binary!.findings)).toString('utf8').split('\r\n');
		expect(lines[0]).toBe('\uFEFFRow,Column,Severity,Code,Message');
		expect(lines.filter((line) => line.includes('value-not-email'))).toHaveLength(50);
		expect(lines[1]).toMatch(/^0,'=mail,error,value-not-email/);
	});

	it('send rows unchecked', async () => {
		const { ingestion } = await run({
			items: people(3, { 2: { Work_Email: 'nobody' } }),
			parameters: { onInvalidRows: 'send' },
		});
		expect(ingestion[0].json).toMatchObject({ rows: 3, rejectedRows: 0 });
		expect(emulator.ingestions[0]).toMatchObject({ valid: false, rowCount: 3 });
	});

	it('skip lines before the header and after the last row', async () => {
		const content = `Employees of Contoso\n\n${CSV}\nTotal: 2`;
		await run({
			items: [await file(content)],
			parameters: { input: 'file', options: { skipLinesBefore: 2, skipLinesAfter: 1 } },
		});
		expect(received()[0].rows).toHaveLength(2);
	});
});

describe('a deletion file', () => {
	const attributes = ['Microsoft_ManagerEmail', 'Microsoft_Organization', 'Microsoft_Layer'];
	const gone = [
		{ json: { Microsoft_PersonEmail: 'person1@contoso.com' } },
		{ json: { Microsoft_PersonEmail: 'Person1@contoso.com' } },
	];
	const destination = 'organizationalData';
	const create = async (more: IDataObject = {}, items: INodeExecutionData[] = gone) =>
		await runStep({
			type: new VivaHrIngest(),
			parameters: { operation: 'createDeletionFile', destination, ...more },
			items,
		});

	it('is made without a credential, sends nothing, and says what it does', async () => {
		const [[item, ...more], rejected] = await create({ attributes });
		expect([more, rejected, emulator.requests]).toEqual([[], [], []]);
		expect(item.json).toMatchObject({
			destination,
			people: 1,
			duplicates: 1,
			columns: ['Microsoft_PersonEmail', ...attributes],
			notDeleted: expect.arrayContaining(['Microsoft_HourlyRate', 'Microsoft_JobTitle']),
			summary: expect.stringMatching(/^The file deletes 3 attributes of 1 person .* Nothing was sent\./),
		});
		expect(item.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(item.binary?.data.fileName).toBe('organizational-data-deletion.csv');
		expect(JSON.stringify(item.json)).not.toMatch(/person1/i);
	});

	it('with all that can be deleted it breaks no rule of an upload, and all its columns are sent', async () => {
		const [[made]] = await create();
		const { ingestion } = await run({
			parameters: { operation: 'validate', destination, input: 'file' },
			items: [{ json: {}, binary: made.binary }],
		});
		expect(ingestion[0].json).toMatchObject({ valid: true, rows: 1, errors: 0, columnsLeftOut: [] });
		expect(ingestion[0].json.columns).toEqual(made.json.columns);
	});

	it('uploaded by the next step, it leaves nothing of the person but the address, and the others whole', async () => {
		emulator.set({ extractionMs: 0, processingMs: 0 });
		const row = (n: number) => ({
			json: {
				Microsoft_PersonEmail: `person${n}@contoso.com`,
				Microsoft_ManagerEmail: 'person0@contoso.com',
				Microsoft_Organization: 'HR',
				Microsoft_Layer: 1,
			},
		});
		await run({ parameters: { destination }, items: [row(1), row(2)] });
		const [[made]] = await create({ attributes });
		await run({ parameters: { destination, input: 'file' }, items: [{ json: {}, binary: made.binary }] });
		const people = emulator.state.tenants.get(demo.tenantId)?.organizationalData?.profiles.people;
		expect(people?.get('person1@contoso.com')).toEqual({ Microsoft_PersonEmail: 'person1@contoso.com' });
		expect(people?.get('person2@contoso.com')).toEqual({ ...row(2).json, Microsoft_Layer: '1' });
	});

	it('takes the field that the panel names, and refuses an item without an address by its number', async () => {
		const items = [{ json: { PersonId: 'a@contoso.com' } }, { json: { PersonId: 'nobody' } }];
		const error = await thrownBy(create({ addressField: 'PersonId', attributes }, items));
		expect(error).toMatchObject({ message: expect.stringMatching(/^Item 1 has no e-mail address/) });
		const [[made]] = await create({ addressField: 'PersonId', attributes }, items.slice(0, 1));
		expect(made.json.people).toBe(1);
	});

	it.each(['vivaHr', 'vivaSurvey'])('is refused for %s, which has no rows that delete', async (other) => {
		expect(await thrownBy(create({ destination: other }))).toMatchObject({
			message: expect.stringMatching(/no rows that delete/),
		});
	});

	it("is refused where 'Execute Once' leaves people out", async () => {
		const error = await thrownBy(
			runStep({
				type: new VivaHrIngest(),
				parameters: { operation: 'createDeletionFile', destination, attributes },
				items: gone,
				executeOnce: true,
				itemsBefore: 2,
			}),
		);
		expect(error).toMatchObject({ message: expect.stringMatching(/Execute Once/) });
	});
});
