import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { zipOf } from '../emulator/__tests__/zipFile';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { PLANTED_FAULTS, plantedFile } from '../fixtures/plantedFile';
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

const people = (changes: Record<number, IDataObject> = {}): INodeExecutionData[] =>
	Array.from({ length: 30 }, (_, i) => ({
		json: {
			Work_Email: `person${i}@contoso.com`,
			Manager_Work_Email: i === 0 ? '' : 'person0@contoso.com',
			Organization: i % 2 ? 'Vertrieb, "Süd"' : 'HR',
			EffectiveDate: '2026-03-14',
			Cost_Center: `C${i}`,
			...changes[i],
		},
	}));

async function run(more: Partial<StepRun> & { options?: IDataObject } = {}) {
	const { options = {}, parameters = {}, ...rest } = more;
	const [ingestion, rejected] = await runStep({
		type: new VivaHrIngest(),
		credentials: {
			vivaHrApi: vivaHrApi(emulator),
		},
		items: people(),
		parameters: { ...parameters, options: { outputReport: true, ...options } },
		...rest,
	});
	return { ingestion, rejected };
}

async function reportIn(item: INodeExecutionData): Promise<string> {
	const file = item.binary!.report;
	expect(file).toMatchObject({ fileName: 'report.html', mimeType: 'text/html' });
	return (await readStored(file)).toString('utf8');
}

const bad = { 2: { Work_Email: 'SECRETVALUE' } };
const validate = { operation: 'validate' };

it('comes with a validation, from a file of 5,000 rows whose 40 faults it shows', async () => {
	const item = { json: {}, binary: { data: await storedFile(plantedFile(), 'employees.csv') } };
	const { ingestion } = await run({
		items: [item],
		parameters: { ...validate, input: 'file' },
		options: { mendValues: ['decimalComma', 'letterCase'] },
		credentials: {},
	});
	expect(ingestion[0].json).toMatchObject({ valid: false, errors: 34 });
	const page = await reportIn(ingestion[0]);
	for (const { row, column } of PLANTED_FAULTS) {
		const where = column === '' ? 'the whole row' : `<bdi>${column}</bdi>`;
		expect(page).toContain(`<th scope="row">${row}</th><td>${where}</td>`);
	}
	expect(page).toContain('<bdi>employees.csv</bdi>');
});

it('comes with an upload and names the ingestion', async () => {
	const { ingestion } = await run();
	const page = await reportIn(ingestion[0]);
	expect(page).toContain('<h1>Sent, with 2 warnings</h1>');
	expect(page).toContain(emulator.ingestions[0].id);
	expect(page).toContain('Items read');
	expect(page).toContain('<bdi>Vertrieb, &quot;Süd&quot;</bdi>');
});

it('comes only when it is wanted', async () => {
	const { ingestion } = await run({ options: { outputReport: false } });
	expect(ingestion[0].binary).toBeUndefined();
});

it('tells that an earlier import is running', async () => {
	await run();
	const { ingestion } = await run({ items: people().slice(1), options: { whenBusy: 'skip' } });
	expect(await reportIn(ingestion[0])).toContain(
		'<h1>Not sent</h1><p>An earlier import is still running.</p>',
	);
});

it('goes with the error of a refused upload where the step continues', async () => {
	const { ingestion } = await run({ items: people(bad), onError: 'continueRegularOutput' });
	expect(ingestion[0].json.error).toMatch(/Nothing was sent/);
	const page = await reportIn(ingestion[0]);
	expect(page).toContain('<h1>Not ready: 1 error</h1>');
	expect(page).toContain('<th scope="row">2</th><td><bdi>Work_Email</bdi></td>');
	expect(page).not.toContain('SECRETVALUE');
	expect(emulator.ingestions).toEqual([]);
});

it('is told of by the error of a refused upload where the step stops', async () => {
	const error = await thrownBy(run({ items: people(bad) }));
	expect(error.description).toContain("set 'On Error' in the settings of this step to continue");
	expect(error.message).toContain("Item 2: 'Work_Email' is not an e-mail address");
});

it('goes with the error of an upload that the service refuses', async () => {
	await run();
	const { ingestion } = await run({ items: people().slice(1), onError: 'continueRegularOutput' });
	const page = await reportIn(ingestion[0]);
	expect(page).toContain('<h1>The upload did not succeed</h1>');
	expect(page).toContain('an earlier import has not ended yet');
});

it('does not go with the error of another job', async () => {
	const file = async (content: string) => ({
		json: {},
		binary: { data: await storedFile(content, 'people.csv') },
	});
	const { ingestion } = await run({
		items: [await file('PersonId,ManagerId,Organization\nann,,HR\n'), { json: {} }],
		parameters: { input: 'file' },
		onError: 'continueRegularOutput',
	});
	expect(ingestion.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['report'], []]);
});

it('works for a prebuilt zip', async () => {
	const Mapping = Object.fromEntries(
		[
			['Mail', 'PersonId', 'EmailType'],
			['Boss', 'ManagerId', 'EmailType'],
			['Unit', 'Organization', 'string'],
		].map(([column, name, type]) => [column, { name, type }]),
	);
	const bytes = await zipOf({
		'data.csv': 'Mail,Boss,Unit\nann@contoso.com,,HR\nbob@contoso.com,ann@contoso.com,HR\nSECRET,,HR\n',
		'metadata.json': JSON.stringify({ DatasetType: 'HR', IsBootstrap: 'true', Mapping }),
	});
	const { ingestion } = await run({
		items: [{ json: {}, binary: { data: await storedFile(bytes, 'x.zip') } }],
		parameters: { ...validate, input: 'file', onInvalidRows: 'leaveOut' },
		credentials: {},
	});
	const page = await reportIn(ingestion[0]);
	expect(page).toContain('<th scope="row">4</th><td><bdi>Mail</bdi></td><td><code><bdi>XXXXXX</bdi></code>');
	expect(page).toContain('<dt>Invalid</dt><dd>1</dd>');
	expect(page).toContain('<caption>2 people, of whom</caption>');
	expect(page).toContain('metadata.json maps the column');
});

it('says nothing of changes where there is no previous file', async () => {
	const { ingestion } = await run({ parameters: validate, credentials: {} });
	expect(await reportIn(ingestion[0])).not.toContain('Changes since the previous file');
});
