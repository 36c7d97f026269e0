import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { startEmulator, type Emulator } from '../emulator/emulator';
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

/** Number, name, number of the manager. */
type Person = readonly [number: string, name: string, manager: string];
const PEOPLE: readonly Person[] = [
	['00017', 'ceo', ''],
	['00042', 'ann', '17'],
	['00043', 'ben', '42.0'],
	['00044', 'eve', ' 00042 '],
];
const ADDRESSES = ['', 'ceo@contoso.com', 'ann@contoso.com', 'ann@contoso.com'];
const NAMES = { number: 'Employee ID', manager: 'Manager ID' };

const rowsOf = (people: readonly Person[], names: Partial<typeof NAMES> = {}): IDataObject[] =>
	people.map(([number, name, manager]) => ({
		[{ ...NAMES, ...names }.number]: number,
		'Work Email': `${name}@contoso.com`,
		[{ ...NAMES, ...names }.manager]: manager,
		Organization: 'HR',
		'Effective Date': '2026-03-14',
	}));
const csvOf = (rows: IDataObject[]): string =>
	[Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]
		.map((line) => `${line.join(',')}\n`)
		.join('');
const mapping = (...entries: IDataObject[]): INodeParameters => ({
	columnMapping: { entries } as INodeParameters,
});

async function send(rows: IDataObject[], parameters: INodeParameters = {}) {
	return await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		items: rows.map((json) => ({ json })),
		parameters,
	});
}

async function sendFile(rows: IDataObject[], parameters: INodeParameters = {}) {
	return await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		items: [{ json: {}, binary: { data: await storedFile(csvOf(rows), 'people.csv') } }],
		parameters: { input: 'file', ...parameters },
	});
}

const sent = (attribute: string): string[] => {
	const { header, rows } = emulator.ingestions[emulator.ingestions.length - 1];
	return rows.map((row) => row[header.indexOf(attribute)]);
};
const ORGANIZATIONAL_DATA = { destination: 'organizationalData' };

describe.each([
	['items', send],
	['a file', sendFile],
])('managers by their number, of %s', (_, run) => {
	it('become addresses, whichever way the number is written', async () => {
		const [[{ json }]] = await run(rowsOf(PEOPLE));
		expect(json).toMatchObject({ rows: 4, errors: 0 });
		expect(sent('ManagerId')).toEqual(ADDRESSES);
		expect(emulator.ingestions[0].header).not.toContain('Manager_ID');
	});

	it('also for Organizational Data, which would take a file without them', async () => {
		await run(rowsOf(PEOPLE), ORGANIZATIONAL_DATA);
		expect(sent('Microsoft_ManagerEmail')).toEqual(ADDRESSES);
	});

	it('who are not in the file are told by row, and nothing is sent', async () => {
		const error = await thrownBy(run(rowsOf([...PEOPLE, ['00045', 'kim', '99']])));
		expect(`${error.message} ${error.description}`).toMatch(
			/'Manager ID' is not an e-mail address.*a number that nobody has in 'Employee ID'/s,
		);
		expect(`${error.message} ${error.description}`).not.toMatch(/99|kim/);
		expect(emulator.ingestions).toEqual([]);
	});

	it('of several people are nobody', async () => {
		const error = await thrownBy(run(rowsOf([...PEOPLE, ['42', 'bob', '17']])));
		expect(`${error.message} ${error.description}`).toMatch(
			/a number that several people have in 'Employee ID'/,
		);
		expect(emulator.ingestions).toEqual([]);
	});
});

it.each([
	['Personalnummer', 'Personalnummer Vorgesetzter'],
	['PERNR', 'MANAGER_PERNR'],
	['Employee_Number', 'Manager_group.Employee_Number'],
	['Worker_ID', 'Manager'],
	['userId', 'manager/userId'],
	['Matricule', 'Matricule du responsable'],
	['社員番号', '上司'],
	['Person_ID', 'ManagerId'],
])('%s and %s are known by their names', async (number, manager) => {
	await send(rowsOf(PEOPLE, { number, manager }));
	expect(sent('ManagerId')).toEqual(ADDRESSES);
});

it('an address wins over a number', async () => {
	const rows = rowsOf(PEOPLE).map((row, i) => ({
		...row,
		'Manager Email': i === 0 ? '' : 'ceo@contoso.com',
	}));
	await send(rows);
	expect(sent('ManagerId')).toEqual(['', 'ceo@contoso.com', 'ceo@contoso.com', 'ceo@contoso.com']);
});

it('columns that no name tells are named under Column Mapping', async () => {
	const rows = rowsOf(PEOPLE, { number: 'Badge', manager: 'Chief' });
	await send(
		rows,
		mapping(
			{ column: 'Badge', attribute: '__employeeNumber__' },
			{ column: 'Chief', attribute: '__managerNumber__' },
		),
	);
	expect(sent('ManagerId')).toEqual(ADDRESSES);
	expect(emulator.ingestions[0].header.join()).not.toContain('__');
});

it('a line that maps the number to the manager means the number', async () => {
	await send(rowsOf(PEOPLE, { manager: 'Chief' }), mapping({ column: 'Chief', attribute: 'ManagerId' }));
	expect(sent('ManagerId')).toEqual(ADDRESSES);
});

it.each([{}, ORGANIZATIONAL_DATA])(
	'without a sure column of the own number nothing is sent (%j)',
	async (to) => {
		const error = await thrownBy(send(rowsOf(PEOPLE, { number: 'Badge' }), to));
		expect(`${error.message} ${error.description}`).toMatch(
			/'Manager ID' seems to hold the manager's employee number.*Attribute 'Employee Number'/s,
		);
		expect(emulator.ingestions).toEqual([]);
	},
);

it('of two columns of numbers none is taken', async () => {
	const rows = rowsOf(PEOPLE).map((row) => ({ ...row, 'Worker ID': row['Employee ID'] }));
	const error = await thrownBy(send(rows));
	expect(`${error.message} ${error.description}`).toMatch(/not clear: 'Employee ID' or 'Worker ID'/);
});

it('names of managers are no numbers', async () => {
	const people = PEOPLE.map(([number, name, manager]): Person => [number, name, manager && 'Ann Smith']);
	const error = await thrownBy(send(rowsOf(people, { manager: 'Manager' })));
	expect(`${error.message} ${error.description}`).toMatch(/ManagerId/);
	expect(`${error.message} ${error.description}`).not.toMatch(/employee number/);
});

it('are the same managers in the previous file', async () => {
	await send(rowsOf(PEOPLE));
	emulator.advance(86_400_000);
	const previous = await storedFile(csvOf(rowsOf(PEOPLE)), 'previous.csv');
	const current = PEOPLE.map((person): Person => (person[1] === 'eve' ? ['00044', 'eve', '43'] : person));
	const [[{ json }]] = await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		items: rowsOf(current).map((row) => ({ json: row })),
		secondInput: [{ json: {}, binary: { data: previous } }],
		parameters: { send: 'changes' },
	});
	expect(json).toMatchObject({ rows: 1 });
	expect(sent('ManagerId')).toEqual(['ben@contoso.com']);
});
