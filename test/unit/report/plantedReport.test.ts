import type { ReportData } from '../../../nodes/shared/report/observe/reportData';
import { ENGLISH_WORDS } from '../../helpers/englishWords';
import { writeReport } from '../../../nodes/shared/report/page/writeReport';
import { personalValues, PLANTED_FAULTS, PLANTED_ROWS, plantedFile } from '../../fixtures/plantedFile';
import { reportOf } from '../../fixtures/plantedReport';

let data: ReportData;
let page: string;
beforeAll(async () => {
	data = await reportOf(plantedFile(), { clean: ['decimalComma', 'letterCase'] });
	page = writeReport(data, ENGLISH_WORDS);
});

/** Texts of the page by rule: its places as a person reads them. */
function placesOf(code: string): string[] {
	return page
		.split('<details class="rule"')
		.slice(1)
		.filter((block) => block.includes(`<code>${code}</code>`))
		.flatMap((block) => [...block.matchAll(/<tr><th scope="row">(\d+)<\/th><td>(.*?)<\/td>/g)])
		.map(([, row, column]) => `${row} ${column.replace(/<[^<>]+>/g, '')}`);
}

it.each(PLANTED_FAULTS.map((fault) => [`${fault.code} in row ${fault.row} ${fault.column}`, fault] as const))(
	'shows %s',
	(_, { code, row, column }) => {
		expect(placesOf(code)).toContain(`${row} ${column === '' ? 'the whole row' : column}`);
	},
);

it('shows no other places', () => {
	const all = new Set(PLANTED_FAULTS.map(({ code }) => code));
	expect(PLANTED_FAULTS).toHaveLength(40);
	expect([...all].flatMap(placesOf)).toHaveLength(40);
	expect(data.rules.shown.filter(({ code }) => !all.has(code)).map(({ code }) => code)).toEqual([
		'history-short',
	]);
});

it('holds no address, name, pay, number or date of a person', () => {
	const text = page.slice(page.indexOf('<body>'));
	const leaked = personalValues().filter((value) => text.includes(value));
	expect(leaked).toEqual([]);
	const parts = text.replaceAll('employee@contoso.com', '').split('@').slice(0, -1);
	const localParts = parts.map((part) => part.split(/[^\w.-]/).at(-1));
	expect(localParts.filter((name) => /[a-wyz0-8]/i.test(name ?? ''))).toEqual([]);
});

it('tells the totals and the verdict', () => {
	expect(data).toMatchObject({
		// The blank row is none.
		records: PLANTED_ROWS - 1,
		invalid: 33,
		errors: 34,
		warnings: 7,
		people: 4965,
		verdict: { kind: 'bad', title: 'Not ready: 34 errors' },
	});
	for (const text of ['<dd>4,999</dd>', '<dd>4,966</dd>', 'employees.csv', '21 November 2026 at 14:05'])
		expect(page).toContain(text);
});

it('tells how full the columns are', () => {
	expect(data.countedRows).toBe(PLANTED_ROWS - 3);
	const filled = Object.fromEntries(data.columns.map(({ attribute, filled: rows }) => [attribute, rows]));
	// Of 4,999, without the two rows of another length: every second, and what is planted.
	expect(filled.Location).toBe(4442);
	expect(filled.HourlyRate).toBe(3749);
	expect(data.leftOut.map(({ column, filled: rows }) => [column, rows])).toEqual([
		['Employee_ID', 4997],
		['Display_Name', 4997],
		['Country', 4997],
	]);
});

it('adds everybody up', () => {
	const { layers, cutOff } = data.managers!;
	expect(layers.reduce((sum, { people }) => sum + people, cutOff)).toBe(data.people);
	const { shown, others, blank } = data.organizations!;
	expect(shown.reduce((sum, { rows }) => sum + rows, others.rows + blank)).toBe(data.countedRows);
});

it('needs nothing from outside and runs nothing', () => {
	expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|@import|url\(|\son\w+=|https?:/i);
	expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
	expect(page.length).toBeLessThan(100_000);
});

it('is in order for screen readers', () => {
	const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
	expect(levels[0]).toBe(1);
	expect(levels.filter((level) => level === 1)).toHaveLength(1);
	levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 1)).toBeLessThanOrEqual(1));
	expect(page).toMatch(/<html lang="en"/);
	for (const table of page.split('<table').slice(1)) expect(table).toMatch(/<th scope="(col|row)"/);
	expect(page.match(/<svg(?![^>]*aria-hidden)/g)).toBeNull();
});
