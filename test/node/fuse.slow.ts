import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { SECOND_TENANT, secondTenant, tenantsThatGot } from '../fixtures/secondTenant';
import { thrownBy } from '../helpers/thrownBy';
import { trust } from './emulatorNetwork';
import { newExecution, runStep, storedFile, type StepRun } from './executionContext';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ tenants: [secondTenant()] });
	trust(emulator);
});
afterAll(async () => await emulator.close());
beforeEach(() => {
	emulator.reset();
	emulator.set({ extractionMs: 0, processingMs: 0 });
});
afterEach(() => expect(emulator.failures).toEqual([]));

type Changes = (i: number) => IDataObject;
const person = (i: number, destination = 'vivaHr', more: IDataObject = {}): IDataObject =>
	destination === 'organizationalData'
		? { Microsoft_PersonEmail: `p${i}@contoso.com`, Department: 'HR', ...more }
		: {
				PersonId: `p${i}@contoso.com`,
				ManagerId: i === 0 ? '' : 'p0@contoso.com',
				Organization: 'HR',
				EffectiveDate: '2026-03-14',
				...more,
			};
const people = (count: number, destination?: string, more: Changes = () => ({})): INodeExecutionData[] =>
	Array.from({ length: count }, (_, i) => ({ json: person(i, destination, more(i)) }));

async function upload(
	items: INodeExecutionData[],
	parameters: INodeParameters = {},
	more: Partial<StepRun> = {},
): Promise<IDataObject> {
	const [[item]] = await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		items,
		...more,
		parameters,
	});
	return item.json;
}
const refused = async (...run: Parameters<typeof upload>) => await thrownBy(upload(...run));
const sizes = () => emulator.ingestions.map(({ rows }) => rows.length);
const codes = (json: IDataObject) => (json.findings as IDataObject[]).map(({ code }) => code);
const option = (options: IDataObject): INodeParameters => ({ options: options as INodeParameters });

describe('a full refresh after one of 500 people', () => {
	beforeEach(async () => {
		expect(codes(await upload(people(500)))).toContain('last-import-unknown');
	});

	it.each([3, 399])('with %d is refused, names both numbers and says how to consent', async (count) => {
		const { message, description } = await refused(people(count));
		expect(message).toMatch(
			new RegExp(
				`^There are ${count} people now and 500 in the last accepted import: .* Nothing was sent\\.$`,
			),
		);
		expect(description).toContain("'Largest Drop (Percent)'");
		expect(sizes()).toEqual([500]);
	});

	it.each([400, 401, 700])('with %d is sent', async (count) => {
		expect(codes(await upload(people(count)))).not.toContain('last-import-unknown');
		expect(sizes()).toEqual([500, count]);
	});

	it('with 3 is sent where the user consents, and is what the next one is compared with', async () => {
		await upload(people(3), option({ maximumMissingPercent: 100 }));
		await upload(people(4));
		expect(sizes()).toEqual([500, 3, 4]);
	});

	it('is told of by Validate, which sends nothing and knows no tenant', async () => {
		const validate = async (count: number) =>
			await upload(people(count), { operation: 'validate' }, { credentials: {} });
		const few = await validate(399);
		expect(few).toMatchObject({ valid: false, errors: 1 });
		expect(codes(few)).toContain('people-fewer');
		expect(await validate(401)).toMatchObject({ valid: true });
		expect(sizes()).toEqual([500]);
	});

	it('of another tenant or destination is not compared with it', async () => {
		const other = vivaHrApi(emulator, { tenantId: SECOND_TENANT });
		const json = await upload(people(3), {}, { credentials: { vivaHrApi: other } });
		expect(codes(json)).toContain('last-import-unknown');
		await upload(people(3, 'organizationalData'), { destination: 'organizationalData' });
		expect(sizes()).toEqual([500, 3, 3]);
		// With two tenants a validation cannot tell which is meant.
		const validated = await upload(people(3), { operation: 'validate' }, { credentials: {} });
		expect(codes(validated)).toContain('last-import-unknown');
	});

	it('but an incremental one adds to it, of whatever size', async () => {
		await upload(people(3), { refresh: 'incremental' });
		await upload(people(500, 'vivaHr', () => ({ Layer: '1' })));
		expect(sizes()).toEqual([500, 3, 500]);
	});

	it('counts people, not their rows', async () => {
		const months = [...people(200), ...people(300, 'vivaHr', () => ({ EffectiveDate: '2026-02-14' }))];
		const { message } = await refused(months);
		expect(message).toContain('There are 300 people now and 500');
	});
});

describe('a column that the last full refresh had', () => {
	const layered = (count: number) => people(count, 'vivaHr', () => ({ Layer: '1' }));

	it('is missed', async () => {
		await upload(layered(5));
		const { message, description } = await refused(people(5));
		expect(message).toBe(
			"The last accepted import had 5 columns, this one has 4. These are gone: 'Layer'. Nothing was sent.",
		);
		expect(description).toContain("'Columns That May Disappear'");
		expect(codes(await upload(people(5), { operation: 'validate' }))).toContain('columns-gone');
		await upload(people(5), option({ mayDisappear: 'Location, layer' }));
		expect(sizes()).toEqual([5, 5]);
	});

	it('may go with all others', async () => {
		await upload(layered(5));
		await upload(people(5), option({ mayDisappear: '*' }));
		expect(sizes()).toEqual([5, 5]);
	});
});

it('fewer than the minimum are never sent', async () => {
	const { message } = await refused(people(9), option({ minimumPeople: 10 }));
	expect(message).toBe(
		"There are 9 people, fewer than the 10 of the option 'Minimum People'. Nothing was sent.",
	);
	await upload(people(10), option({ minimumPeople: 10 }));
	expect(sizes()).toEqual([10]);
});

describe('Organizational Data merges', () => {
	const send = async (items: INodeExecutionData[], parameters: INodeParameters = {}) =>
		await upload(items, { destination: 'organizationalData', ...parameters });

	it('so that fewer people and columns are told and sent, unless the user takes them for errors', async () => {
		await send(people(500, 'organizationalData', () => ({ JobTitle: 'Clerk' })));
		const raised = { ruleSettings: { rules: [{ code: 'people-fewer', severity: 'error' }] } };
		const error = await thrownBy(send(people(3, 'organizationalData'), option(raised)));
		expect(error.message).toContain('There are 3 people now and 500');
		const json = await send(people(3, 'organizationalData'));
		expect(codes(json)).toEqual(expect.arrayContaining(['people-fewer', 'columns-gone']));
		expect(json).toMatchObject({ errors: 0 });
		expect(sizes()).toEqual([500, 3]);
	});
});

describe('Execute Once', () => {
	const once = (count: number | undefined): Partial<StepRun> => ({ executeOnce: true, itemsBefore: count });

	it.each([50, undefined])('with %s items is refused, for each is a row', async (count) => {
		const { message, description } = await refused(people(1), {}, once(count));
		expect(message).toMatch(/^The setting 'Execute Once' of this step leaves one of (50|all) items/);
		expect(description).toContain("Switch 'Execute Once' off");
		const purview = await thrownBy(
			runStep({
				type: new PurviewHrSignal(),
				parameters: { operation: 'validate', scenario: 'resignation' },
				items: people(1),
				...once(count),
			}),
		);
		expect(purview.message).toBe(message);
		expect(emulator.requests).toEqual([]);
	});

	it('with one item, or a file, does not matter', async () => {
		await upload(people(1), {}, once(1));
		const csv = 'PersonId,ManagerId,Organization,EffectiveDate\nann@contoso.com,,HR,2026-03-14\n';
		const file = { json: {}, binary: { data: await storedFile(csv, 'a.csv') } };
		await upload([file], { input: 'file' }, once(7));
		expect(sizes()).toEqual([1, 1]);
	});
});

describe('a second full import in one execution', () => {
	const csv = (name: string) =>
		`PersonId,ManagerId,Organization,EffectiveDate\n${name}@contoso.com,,HR,2026-03-14\n`;
	const file = async (name: string, json: IDataObject = {}): Promise<INodeExecutionData> => ({
		json,
		binary: { data: await storedFile(csv(name), `${name}.csv`) },
	});

	it('of two files is refused before the first is sent', async () => {
		const items = [await file('ann'), await file('bob')];
		const { message, description } = await refused(items, { input: 'file' });
		expect(message).toBe(
			'2 files would be full imports to the same destination, and each would replace the one before.',
		);
		expect(description).toContain("set 'Input' to 'Items'");
		const continued = await upload(items, { input: 'file' }, { onError: 'continueRegularOutput' });
		expect(continued.error).toBe(message);
		expect(await upload(items, { input: 'file', operation: 'validate' })).toMatchObject({
			valid: true,
			uploadNote: message,
		});
		expect(emulator.ingestions).toEqual([]);
		await upload(items, { input: 'file', refresh: 'incremental' });
		expect(sizes()).toEqual([1, 1]);
	});

	it('to another tenant is none', async () => {
		const items = [
			await file('ann', { tenant: demo.tenantId }),
			await file('bob', { tenant: SECOND_TENANT }),
		];
		const credentials = { vivaHrApi: vivaHrApi(emulator, { tenantId: '={{ $json.tenant }}' }) };
		await upload(items, { input: 'file' }, { credentials });
		expect(tenantsThatGot(emulator)).toHaveLength(2);
	});

	it('in a later round of a loop is refused', async () => {
		const kept = newExecution();
		await upload(people(10), {}, { kept });
		const { message } = await refused(
			people(10, 'vivaHr', () => ({ Layer: '1' })),
			{},
			{ kept },
		);
		expect(message).toBe(
			'This execution has already sent a full import of 10 rows, which this one of 10 rows would replace; it was not sent.',
		);
		expect(await upload(people(10), {}, { kept })).toMatchObject({ alreadyAccepted: true });
		expect(sizes()).toEqual([10]);
		// The next execution may.
		await upload(people(10, 'vivaHr', () => ({ Layer: '1' })));
		expect(sizes()).toEqual([10, 10]);
	});
});

describe('profiles of Purview, which the service deletes when they are not sent again', () => {
	const profiles = (count: number): INodeExecutionData[] =>
		Array.from({ length: count }, (_, i) => ({
			json: {
				UserPrincipalName: `p${i}@contoso.com`,
				EmployeeFirstName: 'A',
				EmployeeLastName: 'B',
				EmployeeAddressLine1: 'C',
				EmployeeZipCode: 'D',
			},
		}));
	const parameters = { scenario: 'employeeProfile', jobId: demo.jobs.employeeProfile };
	async function send(count: number, more: INodeParameters = {}, run: Partial<StepRun> = {}) {
		const [[item]] = await runStep({
			type: new PurviewHrSignal(),
			credentials: { purviewHrApi: purviewHrApi(emulator) },
			items: profiles(count),
			...run,
			parameters: { ...parameters, ...more },
		});
		return item.json;
	}
	const rowsSent = () => emulator.signals.map(({ rows }) => rows.length);

	it('500 and then 3 or 399 are refused, 401 are sent', async () => {
		expect(codes(await send(500))).toContain('last-import-unknown');
		for (const count of [3, 399]) {
			const { message } = await thrownBy(send(count));
			expect(message).toMatch(new RegExp(`^There are ${count} rows now and 500 in the last accepted import`));
		}
		expect(await send(399, { operation: 'validate' }, { credentials: {} })).toMatchObject({ valid: false });
		await send(401);
		await send(3, option({ maximumMissingPercent: 100 }));
		expect(rowsSent()).toEqual([500, 401, 3]);
	});

	it('several files of one run count together, and none is compared alone', async () => {
		await send(500);
		const kept = newExecution();
		await send(300, option({ maximumMissingPercent: 40 }), { kept });
		await send(200, {}, { kept });
		const { message } = await thrownBy(send(399));
		expect(message).toContain('399 rows now and 500');
	});

	it('events are not compared: those of a day may be few', async () => {
		const leaver = (i: number) => ({
			UserPrincipalName: `p${i}@contoso.com`,
			ResignationDate: '2026-03-14',
			LastWorkingDate: '2026-04-30',
		});
		const events = { scenario: 'resignation', jobId: demo.jobs.resignation };
		const leavers = (count: number) => ({
			items: Array.from({ length: count }, (_, i) => ({ json: leaver(i) })),
		});
		await send(0, events, leavers(50));
		const { findings } = await send(0, events, leavers(1));
		expect(JSON.stringify(findings)).not.toMatch(/people-fewer|last-import-unknown/);
	});
});
