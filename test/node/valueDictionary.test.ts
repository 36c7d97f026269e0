import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { thrownBy } from '../helpers/thrownBy';
import { trust } from './emulatorNetwork';
import { runStep, storedFile } from './executionContext';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => await emulator.close());
beforeEach(() => emulator.reset());
afterEach(() => expect(emulator.failures).toEqual([]));

const PAIRS = [
	{ from: 'Manager', to: 'Mngr' },
	{ from: 'Employee', to: 'IC' },
];
const ROLES = ['Manager', 'Employee ', 'Chief', 'employee'];
const rows: IDataObject[] = ROLES.map((Role, i) => ({
	PersonId: `p${i}@contoso.com`,
	ManagerId: i === 0 ? '' : 'p0@contoso.com',
	Organization: 'HR',
	EffectiveDate: '2026-03-14',
	Role,
}));
const mapping = (pairs: IDataObject[], attribute: string): INodeParameters => ({
	columnMapping: { entries: [{ column: 'Role', attribute, values: { pairs } }] } as INodeParameters,
});
const viva = async (parameters: INodeParameters, items = rows.map((json) => ({ json }))) =>
	await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		items,
		parameters,
	});

const sentRoles = () => {
	const [{ header, rows: arrived }] = emulator.ingestions;
	return arrived.map((row) => row[header.indexOf('Layer')]);
};
const layer = (pairs: IDataObject[]) => mapping(pairs, 'Layer');
const LEVELS = [
	{ from: 'Manager', to: '1' },
	{ from: 'Employee', to: '2' },
	{ from: 'Chief', to: '0' },
	{ from: 'employee', to: '2' },
];

describe('Viva HR Ingest', () => {
	it('sends and checks the values of the dictionary, of items', async () => {
		const [[{ json }]] = await viva(layer(LEVELS));
		expect(json).toMatchObject({ rows: 4, errors: 0 });
		expect(sentRoles()).toEqual(['1', '2', '0', '2']);
	});

	it('and of a file', async () => {
		const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
		const file = await storedFile(lines.map((line) => `${line.join(',')}\n`).join(''), 'people.csv');
		await viva({ input: 'file', ...layer(LEVELS) }, [{ json: {}, binary: { data: file } } as never]);
		expect(sentRoles()).toEqual(['1', '2', '0', '2']);
	});

	it('tells what no line lists, and the checks see it as it is', async () => {
		const validate = { operation: 'validate', ...layer(LEVELS.slice(0, 2)) };
		const [[{ json }]] = await viva(validate);
		const totals = (json.findingTotals as IDataObject[]).map(({ code, count }) => [code, count]);
		expect(totals).toContainEqual(['value-not-listed', 2]);
		expect(json).toMatchObject({ valid: false });
	});

	it.each([
		[
			[PAIRS[0], { from: 'Manager ', to: 'IC' }],
			/^The 'Values' of the column 'Role' have two lines for 'Manager'/,
		],
		[
			[{ from: ' ', to: 'IC' }],
			/^A line of 'Values' for the column 'Role' says nothing under 'In the Column'/,
		],
	])('refuses a dictionary that is not clear', async (pairs, message) => {
		expect((await thrownBy(viva(layer(pairs)))).message).toMatch(message);
		expect(emulator.requests).toEqual([]);
	});
});

it('Purview HR Signal sends the values of the dictionary', async () => {
	const items = ['High', 'Low'].map((Rating, i) => ({
		json: {
			UserPrincipalName: `p${i}@contoso.com`,
			EffectiveDate: '2026-03-14',
			Remarks: 'none',
			Rating,
		},
	}));
	const entries = [
		{ column: 'Rating', attribute: 'Rating', values: { pairs: [{ from: 'High', to: '5' }] } },
	] as unknown as INodeParameters[];
	const [[{ json }]] = await runStep({
		type: new PurviewHrSignal(),
		credentials: { purviewHrApi: purviewHrApi(emulator) },
		items,
		parameters: {
			scenario: 'performanceReview',
			jobId: demo.jobs.performanceReview,
			columnMapping: { entries } as INodeParameters,
		},
	});
	expect(json).toMatchObject({ rowsSent: 2 });
	const [{ header, rows: arrived }] = emulator.signals;
	expect(arrived.map((row) => row[header.indexOf('Rating')])).toEqual(['5', 'Low']);
	expect((json.findingTotals as IDataObject[]).map(({ code }) => code)).toContain('value-not-listed');
});
