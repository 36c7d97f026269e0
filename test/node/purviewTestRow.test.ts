import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { SCENARIO_IDS } from '../../nodes/shared/purview/signals/scenarios';
import { purviewHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { forgetWaits, skipWaits } from '../helpers/skipWaits';
import { thrownBy } from '../helpers/thrownBy';
import { tokens, trust } from './emulatorNetwork';
import { newExecution, runStep, type StepRun } from './executionContext';

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
afterEach(() => expect(emulator.failures).toEqual([]));

const USER = 'test.leaver@contoso.com';

async function sendTestRow(parameters: INodeParameters = {}, more: Partial<StepRun> = {}) {
	const outputs = await runStep({
		type: new PurviewHrSignal(),
		credentials: { purviewHrApi: purviewHrApi(emulator) },
		...more,
		parameters: {
			operation: 'sendTestRow',
			jobId: demo.jobs.resignation,
			testUser: USER,
			...parameters,
			options: { outputForm: 'simplified', ...(parameters.options as IDataObject) },
		},
	});
	return outputs[0];
}

/** What arrived, row by row. */
const arrived = () =>
	emulator.signals.flatMap(({ header, rows }) =>
		rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column]]))),
	);
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

it('sends one resignation of the chosen account, however many items come in', async () => {
	const before = daysFromNow(0);
	const items = await sendTestRow({}, { items: [{ json: { a: 1 } }, { json: { a: 2 } }] });
	expect(arrived()).toEqual([
		expect.objectContaining({
			UserPrincipalName: USER,
			ResignationDate: expect.stringMatching(new RegExp(`^(${before}|${daysFromNow(0)})`)) as unknown,
			LastWorkingDate: expect.stringMatching(/^\d{4}-\d\d-\d\d/) as unknown,
		}),
	]);
	expect(items).toHaveLength(1);
	expect(items[0].pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	expect(items[0].json).toMatchObject({
		summary: expect.stringMatching(/^Purview took the test row/) as unknown,
		status: 'Sent',
		rowsSent: 1,
		jobId: demo.jobs.resignation,
	});
});

it('names nobody in its result', async () => {
	expect(JSON.stringify(await sendTestRow({ options: { outputForm: 'full' } }))).not.toContain(USER);
});

it('uses the header names of the connector', async () => {
	const jobId = '20000000-aaaa-4bbb-8ccc-000000000001';
	const columns = { UserPrincipalName: 'EmailAddress' };
	emulator.addTenant({
		tenantId: demo.tenantId,
		apps: [{ clientId: demo.clientId, secrets: [demo.clientSecret] }],
		purview: {
			jobs: [{ jobId, appId: demo.clientId, scenarios: [{ scenario: 'resignation', columns }] }],
		},
	});
	await sendTestRow({
		headerNames: { entries: [{ attribute: 'UserPrincipalName', header: 'EmailAddress' }] },
		jobId,
	});
	expect(arrived()).toEqual([expect.objectContaining({ EmailAddress: USER })]);
});

it('names its scenario in a file for several', async () => {
	await sendTestRow({ scenario: 'several', scenarios: [...SCENARIO_IDS], jobId: demo.jobs.allScenarios });
	expect(arrived()).toEqual([
		expect.objectContaining({ HRScenario: 'Resignation', UserPrincipalName: USER }),
	]);
});

it('is sent once by the attempts of one execution', async () => {
	const kept = newExecution();
	await sendTestRow({}, { kept });
	const [again] = await sendTestRow({}, { kept });
	expect(arrived()).toHaveLength(1);
	expect(again.json).toMatchObject({
		alreadySent: true,
		summary: expect.stringMatching(/nothing was sent now/) as unknown,
	});
});

it.each(['', 'not.a.name', 'Test Leaver <test.leaver@contoso.com>'])(
	'sends nothing for %j, and does not repeat it',
	async (testUser) => {
		const error = await thrownBy(sendTestRow({ testUser }));
		expect(`${error.message} ${error.description}`).toContain('User Principal Name');
		if (testUser !== '') expect(`${error.message} ${error.description}`).not.toContain(testUser);
		expect(emulator.signals).toEqual([]);
	},
);

it('sends nothing for a connector without resignations', async () => {
	const error = await thrownBy(sendTestRow({ scenario: 'jobLevelChange' }));
	expect(error.message).toBe("A test row is a resignation, and the chosen 'Scenario' is another one.");
	expect(emulator.requests.filter(({ service }) => service === 'signals')).toEqual([]);
});

it("gives Microsoft's refusal of a job ID, or hands it on", async () => {
	const jobId = '00000000-0000-4000-8000-000000000000';
	const error = await thrownBy(sendTestRow({ jobId }));
	expect(error.message).toMatch(/job ID/i);
	const [item] = await sendTestRow({ jobId }, { onError: 'continueRegularOutput' });
	expect(item.json.error).toBe(error.message);
});

it('does not call a row taken that Purview took only in part', async () => {
	emulator.set({ signalAnswer: 207 });
	const [{ json }] = await sendTestRow();
	expect(json).toMatchObject({
		status: 'PartlyAccepted',
		summary: expect.stringMatching(/only in part \(HTTP 207\)/) as unknown,
	});
});
