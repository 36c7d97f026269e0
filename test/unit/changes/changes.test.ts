import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { readItems } from '../../../nodes/shared/json/itemReader';
import { gunzipIfNeeded } from '../../../nodes/shared/files/gzip';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { csvBytes, zipBytes } from '../../fixtures/exportFormats';
import { compare, csvOf, previousCsv, type Row } from './people';

const ROW: Row = {
	PersonId: 'ceo@contoso.com',
	ManagerId: '',
	Organization: 'HR',
	EffectiveDate: '2026-03-14',
	HireDate: '2019-01-31',
	HourlyRate: '23.5',
	Location: 'Rome, "EUR"',
};
const person = (name: string, changes: Row = {}): Row => ({
	...ROW,
	PersonId: `${name}@contoso.com`,
	ManagerId: 'ceo@contoso.com',
	...changes,
});
const TEAM = [ROW, person('ann'), person('bob'), person('cid'), person('eve')];

describe('people', () => {
	it('who are new or changed are sent, the others are not; who is missing is told', async () => {
		const now = [ROW, person('ann'), person('bob', { Organization: 'Sales' }), person('cid'), person('new')];
		const { counts, sent, missing, findings } = await compare(previousCsv(csvOf(TEAM)), csvOf(now));
		expect(sent?.map((line) => line.split(',')[0])).toEqual(['bob@contoso.com', 'new@contoso.com']);
		expect(counts).toEqual({
			previousPeople: 5,
			newPeople: 1,
			changedPeople: 1,
			unchangedPeople: 3,
			missingPeople: 1,
			rejectedPeople: 0,
			sentRows: 2,
			unchangedRows: 3,
			columns: [{ column: 'Organization', rows: 1 }],
		});
		expect(missing).toEqual(['eve@contoso.com']);
		expect(findings.list.map(({ code }) => code)).toEqual(['people-missing']);
	});

	it('all count as new where there is no previous file', async () => {
		const { counts, sent, findings } = await compare(undefined, csvOf(TEAM));
		expect(sent).toHaveLength(5);
		expect(counts).toMatchObject({ previousPeople: 0, newPeople: 5, changedPeople: 0, sentRows: 5 });
		expect(findings.list.map(({ code }) => code)).toContain('previous-file-missing');
	});

	it('the package is empty where nothing changed', async () => {
		const { counts, sent, header } = await compare(previousCsv(csvOf(TEAM)), csvOf(TEAM));
		expect(sent).toEqual([]);
		expect(header?.split(',').sort()).toEqual(Object.keys(ROW).sort());
		expect(counts).toMatchObject({ unchangedPeople: 5, sentRows: 0, unchangedRows: 5, columns: [] });
	});

	it('whose rows are all invalid now are neither missing nor changed', async () => {
		const now = [...TEAM.slice(0, 4), person('eve', { HourlyRate: 'much' })];
		const { counts, sent } = await compare(previousCsv(csvOf(TEAM)), csvOf(now), { onInvalid: 'leaveOut' });
		expect(sent).toEqual([]);
		expect(counts).toMatchObject({ unchangedPeople: 4, missingPeople: 0, rejectedPeople: 1 });
	});

	it('whose row was invalid before were not sent, so they are new now', async () => {
		const before = [...TEAM.slice(0, 4), person('eve', { HourlyRate: 'much' })];
		const { counts } = await compare(previousCsv(csvOf(before)), csvOf(TEAM), { onInvalid: 'leaveOut' });
		expect(counts).toMatchObject({ previousPeople: 4, newPeople: 1, changedPeople: 0 });
	});
});

describe('is no change', () => {
	const shuffled = [
		'Location',
		'HireDate',
		'PersonId',
		'EffectiveDate',
		'HourlyRate',
		'Organization',
		'ManagerId',
	];
	const all = (changes: (row: Row) => Row) => TEAM.map((row) => ({ ...row, ...changes(row) }));
	it.each<[string, string]>([
		['another order of columns', csvOf(TEAM, shuffled)],
		['another order of rows', csvOf([...TEAM].reverse())],
		['another form of dates', csvOf(all(() => ({ HireDate: '01/31/2019', EffectiveDate: '14-Mar-2026' })))],
		[
			'quotes around everything',
			csvBytes(
				Object.keys(ROW),
				TEAM.map((row) => Object.values(row)),
				{ quotes: 'all' },
			).toString(),
		],
		['capitals in addresses', csvOf(all(({ PersonId }) => ({ PersonId: PersonId.toUpperCase() })))],
		['capitals of managers', csvOf(all(({ ManagerId }) => ({ ManagerId: ManagerId.toUpperCase() })))],
		['zeros at the ends of numbers', csvOf(all(() => ({ HourlyRate: '023.500' })))],
		['an additional column that is not sent', csvOf(all(() => ({ Shoe_Size: '42' })))],
		['an empty column that is sent', csvOf(all(() => ({ CountryOrRegion: '' })))],
		['a later date with the same values', csvOf(all(() => ({ EffectiveDate: '2026-04-14' })))],
	])('%s', async (_what, current) => {
		const { counts, sent } = await compare(previousCsv(csvOf(TEAM)), current);
		expect(sent).toEqual([]);
		expect(counts).toMatchObject({ unchangedPeople: 5, newPeople: 0, changedPeople: 0, missingPeople: 0 });
	});

	it('what mending makes of values', async () => {
		const now = csvOf(TEAM.map((row) => ({ ...row, Organization: ' HR ', HourlyRate: '23,5' })));
		const mend = { clean: ['blanks', 'decimalComma'] as const };
		expect((await compare(previousCsv(csvOf(TEAM)), now, mend)).sent).toEqual([]);
		expect((await compare(previousCsv(now), csvOf(TEAM), mend)).sent).toEqual([]);
	});

	it('another name of a column, where it is found again', async () => {
		const before = csvOf(TEAM).replace('PersonId,ManagerId', 'Work_Email,Manager_Work_Email');
		expect((await compare(previousCsv(before), csvOf(TEAM))).sent).toEqual([]);
		expect((await compare(previousCsv(csvOf(TEAM)), before)).sent).toEqual([]);
	});
});

describe('is a change', () => {
	it.each<[string, Row]>([
		['another value', { Organization: 'Sales' }],
		['an emptied value', { Location: '' }],
		['another number', { HourlyRate: '23.05' }],
		['another day', { HireDate: '2019-02-01' }],
		['an earlier date than before', { EffectiveDate: '2026-03-13' }],
		['capitals in a text', { Organization: 'Hr' }],
	])('%s', async (_what, changes) => {
		const now = TEAM.map((row, i) => (i === 2 ? { ...row, ...changes } : row));
		const { sent, counts } = await compare(previousCsv(csvOf(TEAM)), csvOf(now));
		expect(sent).toHaveLength(1);
		expect(counts).toMatchObject({ changedPeople: 1, unchangedPeople: 4 });
	});

	it('two values that change places', async () => {
		const before = TEAM.map((row) => ({ ...row, Organization: 'Rome', Location: 'HR' }));
		const now = TEAM.map((row) => ({ ...row, Organization: 'HR', Location: 'Rome' }));
		expect((await compare(previousCsv(csvOf(before)), csvOf(now))).counts.changedPeople).toBe(5);
	});

	it('a new column with values', async () => {
		const now = TEAM.map((row, i) => ({ ...row, CountryOrRegion: i < 3 ? 'Italy' : '' }));
		const { counts } = await compare(previousCsv(csvOf(TEAM)), csvOf(now));
		expect(counts).toMatchObject({ changedPeople: 3, unchangedPeople: 2 });
		expect(counts.columns).toEqual([{ column: 'CountryOrRegion', rows: 3 }]);
	});

	it('dates with a time that are another day here', async () => {
		const at = (HireDate: string) => csvOf(TEAM.map((row) => ({ ...row, HireDate })));
		const before = previousCsv(at('2019-01-31T23:00:00Z'));
		const zone = { zone: 'Europe/Rome' };
		expect((await compare(before, at('2019-01-31'), zone)).counts.changedPeople).toBe(5);
		expect((await compare(before, at('2019-02-01'), zone)).counts.changedPeople).toBe(0);
	});
});

describe('history', () => {
	const history = (...rows: Array<[date: string, organization: string]>) =>
		csvOf(rows.map(([EffectiveDate, Organization]) => ({ ...ROW, EffectiveDate, Organization })));
	const BEFORE = history(['2026-01-01', 'HR'], ['2026-03-01', 'Sales']);

	it('only rows that are new are sent', async () => {
		const now = history(['2026-01-01', 'HR'], ['2026-03-01', 'Sales'], ['2026-04-01', 'IT']);
		const { sent, counts } = await compare(previousCsv(BEFORE), now);
		expect(sent).toEqual([expect.stringContaining('2026-04-01')]);
		expect(counts).toMatchObject({ changedPeople: 1, sentRows: 1, unchangedRows: 2 });
	});

	it('a row in the midst that was corrected is sent', async () => {
		const now = history(['2026-01-01', 'IT'], ['2026-03-01', 'Sales']);
		expect((await compare(previousCsv(BEFORE), now)).sent).toEqual([expect.stringContaining('2026-01-01')]);
	});

	it('a row that says the same again is sent where another new row comes between', async () => {
		const now = history(['2026-05-01', 'Sales'], ['2026-03-01', 'Sales'], ['2026-04-01', 'IT']);
		const { sent, readings, counts } = await compare(previousCsv(BEFORE), now);
		expect(sent?.map((line) => line.split(',')[3])).toEqual(['2026-05-01', '2026-04-01']);
		expect(readings).toBe(2);
		expect(counts).toMatchObject({ sentRows: 2, unchangedRows: 1, changedPeople: 1 });
	});

	it('one reading is enough otherwise', async () => {
		const now = history(['2026-03-01', 'Sales'], ['2026-05-01', 'Sales']);
		expect(await compare(previousCsv(BEFORE), now)).toMatchObject({ sent: [], readings: 1 });
	});
});

describe('the previous file', () => {
	const none = { sent: [], counts: { unchangedPeople: 5, missingPeople: 0 } };

	it('may be a package', async () => {
		const types: Row = { PersonId: 'EmailType', ManagerId: 'EmailType', HourlyRate: 'double' };
		const Mapping = Object.fromEntries(
			Object.keys(ROW).map((name) => [
				`x_${name}`,
				{ name, type: types[name] ?? (name.endsWith('Date') ? 'DateTime_DDMMYYYY' : 'string') },
			]),
		);
		const metadata = JSON.stringify({ DatasetType: 'HR', IsBootstrap: 'true', Mapping });
		const rows = TEAM.map((row) => ({ ...row, HireDate: '31/01/2019', EffectiveDate: '14/03/2026' }));
		const data = csvOf(rows).replace(/^.*/, (header) => header.replace(/\w+/g, 'x_$&'));
		const bytes = zipBytes([
			{ name: 'data.csv', bytes: Buffer.from(data) },
			{ name: 'metadata.json', bytes: Buffer.from(metadata) },
		]);
		const open = async () => Readable.from([bytes]);
		expect(await compare({ format: 'zip', open }, csvOf(TEAM))).toMatchObject(none);
	});

	it('may be items or packed text', async () => {
		const items = TEAM.map((row) => ({ ...row, HourlyRate: Number(row.HourlyRate) }));
		const open = async () => await readItems(items);
		expect(await compare({ format: 'table', open }, csvOf(TEAM))).toMatchObject(none);
		const packed = async () => await readCsv(await gunzipIfNeeded(Readable.from([gzipSync(csvOf(TEAM))])));
		expect(await compare({ format: 'table', open: packed }, csvOf(TEAM))).toMatchObject(none);
	});

	it('says that it is meant where it cannot be used', async () => {
		await expect(compare(previousCsv('Shoe,Size\r\na,1\r\n'), csvOf(TEAM))).rejects.toMatchObject({
			kind: 'input',
			message: 'The previous file cannot be compared with. None of its columns is PersonId.',
		});
		const unclear = csvOf(TEAM.map((row) => ({ ...row, HireDate: '01/02/2019' })));
		await expect(compare(previousCsv(unclear), csvOf(TEAM))).rejects.toMatchObject({
			kind: 'input',
			message: expect.stringMatching(/^The previous file .*HireDate/),
		});
		expect((await compare(previousCsv(unclear), csvOf(TEAM), { dateOrder: 'monthFirst' })).sent).toHaveLength(
			5,
		);
	});

	it('is translated by the dictionaries of the columns, as the current one', async () => {
		const levels = (rows: Row[]) => csvOf(rows.map((row) => ({ ...row, Grade: 'Mgr' })));
		const values = new Map([['Mgr', 'Manager']]);
		const mapping = [{ column: 'Grade', attribute: 'LevelDesignation', values }];
		expect(await compare(previousCsv(levels(TEAM)), levels(TEAM), { mapping })).toMatchObject(none);
	});

	it('is read again where its dates turn out to be the other way round', async () => {
		// More than the first batch of 256 KB, from which the order of dates is told at first.
		const many = Array.from({ length: 5_000 }, (_, i) => person(`p${i}`, { HireDate: '2019-02-01' }));
		const before = many.map((row, i) => ({ ...row, HireDate: i < 4_999 ? '01/02/2019' : '13/02/2019' }));
		const { counts } = await compare(previousCsv(csvOf(before)), csvOf(many));
		expect(counts).toMatchObject({ unchangedPeople: 4_999, changedPeople: 1 });
	});
});

describe('rules', () => {
	it('judge everybody, not only those who are sent', async () => {
		const before = csvOf([...TEAM, person('lea', { ManagerId: 'gone@contoso.com' })]);
		const now = csvOf([
			...TEAM.slice(0, 4),
			person('eve', { Organization: 'IT' }),
			person('lea', { ManagerId: 'gone@contoso.com' }),
		]);
		const { findings, sent } = await compare(previousCsv(before), now);
		expect(sent).toHaveLength(1);
		expect(findings.list.map(({ code, row }) => [code, row])).toEqual([['manager-unknown', 7]]);
	});

	it('warn of new people without a manager, and of nobody else', async () => {
		const { findings } = await compare(
			previousCsv(csvOf(TEAM)),
			csvOf([...TEAM, person('new', { ManagerId: '' })]),
		);
		expect(findings.list.map(({ code, row }) => [code, row])).toEqual([
			['new-people-manager', 7],
			['manager-roots', undefined],
		]);
	});

	it('stop where too many are missing', async () => {
		const some = csvOf(TEAM.slice(0, 3));
		const changes = { maximumMissingShare: 0.4 };
		expect((await compare(previousCsv(csvOf(TEAM)), some, { changes })).findings.errors).toBe(0);
		const { findings, sent } = await compare(previousCsv(csvOf(TEAM)), some, {
			changes: { maximumMissingShare: 0.39 },
			onInvalid: 'leaveOut',
		});
		expect(findings.list.map(({ code, message }) => [code, message])).toEqual([
			[
				'people-missing-many',
				'2 of the 5 people of the previous file are missing, more than the allowed 39 %.',
			],
		]);
		expect(sent).toBeUndefined();
	});
});
