import { checkZip } from '../../fixtures/checkedInput';

const MONTH_FIRST = 'DateTime_MMDDYYYY';
const DAY_FIRST = 'DateTime_DDMMYYYY';

/** The rows of a prebuilt zip in which a date is wrong: `row column`. The header of its table is row 1. */
async function wrongDates(
	rows: Array<[hired: string, left?: string]>,
	types: [string, string],
): Promise<string[]> {
	const lines = rows.map(([hired, left = ''], i) =>
		[`p${i}@contoso.com`, i === 0 ? '' : 'p0@contoso.com', 'HR', `"${hired}"`, `"${left}"`].join(','),
	);
	const csv = ['PersonId,ManagerId,Organization,HireDate,Left', ...lines, ''].join('\r\n');
	const typeOf: Record<string, string> = {
		PersonId: 'EmailType',
		ManagerId: 'EmailType',
		Organization: 'string',
		HireDate: types[0],
		Left: types[1],
	};
	const Mapping = Object.fromEntries(Object.entries(typeOf).map(([name, type]) => [name, { name, type }]));
	const metadata = JSON.stringify({ DatasetType: 'HR', IsBootstrap: 'true', Mapping });
	const { findings, file } = await checkZip({ 'data.csv': csv, 'metadata.json': metadata });
	const wrong = findings.list.filter(({ code }) => code === 'value-not-date');
	expect(file === undefined).toBe(wrong.length > 0);
	return wrong.map(({ row, column }) => `${row} ${column}`);
}

it.each([
	'02/30/2025',
	'2025-02-30',
	'02-30-2025',
	'February 30, 2025',
	'30-Feb-2025',
	'02/29/2025',
	'2025-13-01',
	'46095',
	'31/12/2025',
])('%j is no date of a prebuilt zip', async (value) => {
	expect(await wrongDates([['2025-02-28'], [value]], [MONTH_FIRST, MONTH_FIRST])).toEqual(['3 HireDate']);
	expect(await wrongDates([['2025-02-28', value]], [MONTH_FIRST, MONTH_FIRST])).toEqual(['2 Left']);
});

it('takes what the service reads, each in the order that its column has', async () => {
	expect(
		await wrongDates(
			[
				['02/28/2025', '28/02/2025'],
				['2025-02-28', '2025-28-02'],
				['', ''],
			],
			[MONTH_FIRST, DAY_FIRST],
		),
	).toEqual([]);
	expect(
		await wrongDates(
			[
				['28/02/2025', '02/28/2025'],
				['2025-28-02', '2025-02-28'],
			],
			[MONTH_FIRST, DAY_FIRST],
		),
	).toEqual(['2 HireDate', '2 Left', '3 HireDate', '3 Left']);
});

it('reads a year in front as the column that is alone has it', async () => {
	expect(await wrongDates([['2025-02-28'], ['2025-28-02']], [MONTH_FIRST, 'string'])).toEqual(['3 HireDate']);
	expect(await wrongDates([['2025-02-28'], ['2025-28-02']], [DAY_FIRST, 'string'])).toEqual(['2 HireDate']);
});

it('knows the order by the word of the type, in whatever letters', async () => {
	expect(await wrongDates([['31/12/2025']], ['datetime_ddmmyyyy', 'string'])).toEqual([]);
	expect(await wrongDates([['12/31/2025']], ['DateTimeType', 'string'])).toEqual([]);
});
