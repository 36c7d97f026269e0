import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { purviewHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { thrownBy } from '../helpers/thrownBy';
import { until } from '../helpers/until';
import { tokens, trust } from './emulatorNetwork';
import { readStored, runStep, storedFile, type StepRun } from './executionContext';

const home = mkdtempSync(join(tmpdir(), 'n8n-home-'));
process.env.N8N_USER_FOLDER = home;

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
	rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
	tokens.forget();
	emulator.reset();
	rmSync(join(home, '.n8n', 'storage'), { recursive: true, force: true });
});

const review = (i: number) => ({
	UserPrincipalName: `Quillon${i}@fabrikam.com`,
	EffectiveDate: '2026-03-14T08:30:00Z',
	Remarks: `Zebedee spoke about ${i} zygotes`,
	Rating: 'Outstandingly',
	Salary: '987654',
});
const reviews = (changes: Record<number, IDataObject> = {}): INodeExecutionData[] =>
	Array.from({ length: 5 }, (_, i) => ({ json: { ...review(i), ...changes[i] } }));

interface Run extends Partial<StepRun> {
	options?: IDataObject;
}

async function run({ options = {}, parameters = {}, ...rest }: Run = {}) {
	// What another execution has sent in the same millisecond counts as sent since this one began.
	const before = Date.now();
	await until(() => Date.now() > before);
	const [signals] = await runStep({
		type: new PurviewHrSignal(),
		credentials: { purviewHrApi: purviewHrApi(emulator, {}) },
		items: reviews(),
		parameters: {
			scenario: 'performanceReview',
			jobId: demo.jobs.performanceReview,
			...parameters,
			options: { outputReport: true, ...options },
		},
		...rest,
	});
	return signals;
}

async function reportIn(item: INodeExecutionData): Promise<string> {
	const file = item.binary!.report;
	expect(file).toMatchObject({ fileName: 'report.html', mimeType: 'text/html' });
	return (await readStored(file)).toString('utf8');
}

/** Everything that stood in the rows, whole or in part, is nowhere in a report. */
function expectNoValue(page: string): void {
	for (const value of ['Quillon', 'fabrikam', '2026-03-14', 'Zebedee', 'zygotes', 'Outstandingly', '987654'])
		expect(page).not.toContain(value);
}

const fact = (label: string, value: string) => `<th scope="row" class="muted">${label}</th><td>${value}</td>`;
const wrong = { 2: { UserPrincipalName: 'Quillon2 at fabrikam' }, 3: { Rating: 'Outstandingly '.repeat(9) } };
const validate = { operation: 'validate' };

it('comes with a validation: faults with masked values, columns, and no value of a row', async () => {
	const [item] = await run({ items: reviews(wrong), parameters: validate, credentials: {} });
	expect(item.json).toMatchObject({ valid: false, errors: 2 });
	const page = await reportIn(item);
	expect(page).toContain('<h1>Not ready: 2 errors</h1>');
	expect(page).toContain('<th scope="row">2</th><td><bdi>UserPrincipalName</bdi></td>');
	expect(page).toContain('<code><bdi>Xxxxxxx9␣xx␣xxxxxxxx</bdi></code>');
	expect(page).toContain('<th scope="row">3</th><td><bdi>Rating</bdi></td>');
	expect(page).toContain('<th scope="row"><bdi>Salary</bdi></th>');
	expect(page).toContain(fact('Destination', 'Microsoft Purview (HR connector)'));
	expect(page).toContain(fact('Scenario', 'Performance Review'));
	expect(page).toContain('Made by Purview HR Signal');
	expect(page).not.toMatch(/Refresh|Job ID|organizations|imported/);
	expectNoValue(page);
});

it('says of data without a fault that it is ready to send', async () => {
	const page = await reportIn((await run({ parameters: validate, credentials: {} }))[0]);
	expect(page).toContain(
		'<h1>Ready to send</h1><p>All 5 items keep the rules of Microsoft Purview (HR connector).</p>',
	);
	expectNoValue(page);
});

it('comes with what was sent, and names job, rows and chunks', async () => {
	const [item] = await run({ options: { chunkRows: 2 } });
	const page = await reportIn(item);
	expect(page).toContain('<h1>Sent</h1>');
	expect(page).toContain("'RecordsSaved' in the connector's log".replaceAll("'", '&#39;'));
	expect(page).toContain(fact('Job ID', demo.jobs.performanceReview));
	expect(page).toContain(fact('Sent', '5 rows in 3 chunks'));
	expectNoValue(page);
});

it('goes with the first item where each chunk is one', async () => {
	const items = await run({ options: { chunkRows: 2, output: 'chunks' } });
	expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['report'], [], []]);
});

it('says of a part that was taken, and of rows that may have arrived twice', async () => {
	emulator.set({ signalAnswer: 207 });
	emulator.fault({ service: 'signal', action: { kind: 'cutAfterBody', processed: true } });
	const page = await reportIn((await run())[0]);
	expect(page).toContain('<div class="verdict attention">');
	expect(page).toContain('May have arrived twice: items 0 to 4 (5).');
	expect(page).toContain('Only partly accepted (HTTP 207): items 0 to 4 (5).');
	expectNoValue(page);
});

it('counts the rows of each scenario where a file has several', async () => {
	const at = '2026-03-14T08:30:00Z';
	const items = [
		{
			HRScenario: 'Resignation',
			UserPrincipalName: 'Quillon1@fabrikam.com',
			ResignationDate: at,
			LastWorkingDate: at,
		},
		{ HRScenario: 'Performance review', UserPrincipalName: 'Quillon2@fabrikam.com', EffectiveDate: at },
		{ HRScenario: 'Performance review', UserPrincipalName: 'Quillon3@fabrikam.com', EffectiveDate: at },
	].map((json) => ({ json }));
	const parameters = { ...validate, scenario: 'several', scenarios: ['resignation', 'performanceReview'] };
	const ruleSettings = { rules: [{ code: 'purview-last-day-far', severity: 'off' }] };
	const page = await reportIn(
		(await run({ items, parameters, credentials: {}, options: { ruleSettings } }))[0],
	);
	expect(page).toContain(fact('Employee Resignation', '1 valid item'));
	expect(page).toContain(fact('Performance Review', '2 valid items'));
	expectNoValue(page);
});

it('says that unchanged data was not sent', async () => {
	const options = { skipUnchanged: true };
	await run({ options });
	expect(await reportIn((await run({ options }))[0])).toContain(
		'<h1>Not sent</h1><p>The data is the same as what the last run sent completely.</p>',
	);
});

describe('of data that is not sent', () => {
	const goOn = { onError: 'continueRegularOutput' } as const;

	it('goes with the error where the step continues', async () => {
		const [item] = await run({ items: reviews(wrong), ...goOn });
		expect(item.json.error).toMatch(/nothing was sent/);
		const page = await reportIn(item);
		expect(page).toContain('<h1>Not ready: 2 errors</h1>');
		expectNoValue(page);
		expect(emulator.signals).toEqual([]);
	});

	it('is told of by the error where the step stops', async () => {
		const error = await thrownBy(run({ items: reviews(wrong) }));
		expect(error.description).toContain("set 'On Error' in the settings of this step to continue");
	});

	it('counts what was confirmed where the service refuses the rest', async () => {
		emulator.fault({ service: 'signal', skip: 1, action: { kind: 'status', status: 400 } });
		const [item] = await run({ options: { chunkRows: 2 }, ...goOn });
		const page = await reportIn(item);
		expect(page).toContain('<h1>The sending did not succeed</h1>');
		expect(page).toContain(fact('Confirmed', '2 rows'));
		expect(page).toContain(fact('In doubt', '0 rows'));
		expect(page).toContain(fact('Not sent', '3 rows'));
		expectNoValue(page);
	});
});

it('comes only when it is wanted, and names the file', async () => {
	const csv = 'UserPrincipalName,EffectiveDate\nQuillon@fabrikam.com,2026-03-14\n';
	const items = [{ json: {}, binary: { data: await storedFile(csv, 'reviews.csv', 'text/csv') } }];
	const parameters = { ...validate, input: 'file' };
	const page = await reportIn((await run({ items, parameters, credentials: {} }))[0]);
	expect(page).toContain('<bdi>reviews.csv</bdi>');
	expectNoValue(page);
	const [item] = await run({ items, parameters, credentials: {}, options: { outputReport: false } });
	expect(item.binary).toBeUndefined();
});
