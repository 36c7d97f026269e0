import fc from 'fast-check';
import { dayNumber } from '../../../nodes/shared/dates/calendar';
import { DateColumn, type DateColumnOptions } from '../../../nodes/shared/dates/dateColumn';
import { createDateColumns, orderInName } from '../../../nodes/shared/dates/dateColumns';
import { DATE_STYLES } from '../../../nodes/shared/dates/dateText';
import { timeZone } from '../../../nodes/shared/dates/timeZone';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { batchOf } from '../../fixtures/batch';
import { NOW } from '../../fixtures/packageSettings';
import { days, four, two } from './dateArbitraries';

const columnOf = (options: Partial<DateColumnOptions> = {}) =>
	new DateColumn({ latestYear: 2049, ...options });

/** Writes a column's values, '' for no date and undefined for what is none. */
const writer = (column: DateColumn) => (text: string) => {
	const meaning = column.read(text);
	if (typeof meaning !== 'string') return DATE_STYLES.yearMonthDay(meaning);
	return meaning === 'blank' ? '' : undefined;
};

function observed(texts: readonly string[], options: Partial<DateColumnOptions> = {}) {
	const column = columnOf(options);
	texts.forEach((text, i) => column.observe(text, i + 2));
	return column;
}
const verdictOf = (texts: readonly string[], options?: Partial<DateColumnOptions>) =>
	observed(texts, options).verdict();

describe('the verdict on a column', () => {
	it.each([
		[['2026-01-02', '2026-03-04']],
		[['20260102']],
		[['2-Jan-26', '', '3-Feb-26']],
		[['03/03/2026', '12/12/2026']],
		[['2026-01-02', '46000', '46001']],
		[['', '00000000', 'soon']],
	])('decides %j without an order', (texts) => {
		expect(verdictOf(texts)).toEqual({ kind: 'decided' });
	});

	it('decides the order by a value that has one', () => {
		expect(verdictOf(['01/02/2026', '02/13/2026'])).toEqual({ kind: 'decided', order: 'monthFirst' });
		expect(verdictOf(['01/02/2026', '13/02/2026'])).toEqual({ kind: 'decided', order: 'dayFirst' });
		expect(verdictOf(['13/02/2026'])).toEqual({ kind: 'decided', order: 'dayFirst' });
	});

	it('reads dots with the day first, unless a value says otherwise', () => {
		expect(verdictOf(['01.02.2026'])).toEqual({ kind: 'decided', order: 'dayFirst' });
		expect(verdictOf(['01.02.2026', '01.13.2026'])).toEqual({ kind: 'decided', order: 'monthFirst' });
		expect(verdictOf(['01.02.2026', '01/02/2026'])).toMatchObject({ kind: 'ambiguous' });
	});

	it('says which rows have two readings, but names only a few', () => {
		expect(verdictOf(['01/02/2026', '03/03/2026', '', '04-05-2026'])).toEqual({
			kind: 'ambiguous',
			rows: { count: 2, rows: [2, 5] },
		});
		expect(verdictOf(Array.from({ length: 50 }, () => '01/02/2026'))).toMatchObject({
			rows: { count: 50, rows: [2, 3, 4, 5, 6] },
		});
	});

	it("is the user's where the user says so", () => {
		expect(verdictOf(['01/02/2026'], { order: 'dayFirst' })).toEqual({ kind: 'decided', order: 'dayFirst' });
		expect(verdictOf(['01/13/2026', '01/02/2026'], { order: 'dayFirst' })).toMatchObject({ kind: 'decided' });
		expect(verdictOf(['2026-01-02'], { order: 'dayFirst' })).not.toHaveProperty('order');
	});

	it('names the rows that contradict each other', () => {
		expect(verdictOf(['13/01/2026', '01/02/2026', '02/14/2026', '15/03/2026'])).toEqual({
			kind: 'conflicting',
			dayFirst: { count: 2, rows: [2, 5] },
			monthFirst: { count: 1, rows: [4] },
		});
	});

	it('does not follow a year of two digits in front, wherever it may be one', () => {
		const latestYear = 2028;
		const texts = ['24/05/31', '19-11-04', '22/01/17'];
		expect(verdictOf(texts, { latestYear })).toEqual({ kind: 'yearInFront', rows: { count: 1, rows: [2] } });
		expect(verdictOf(['22/01/17', '7/4/19'], { latestYear })).toMatchObject({ kind: 'decided' });
		expect(observed(texts, { latestYear }).read('24/05/31')).toBe('notADate');
		expect(verdictOf(texts, { latestYear, order: 'dayFirst' })).toMatchObject({ kind: 'decided' });
	});
});

describe('one pass over the source', () => {
	/** Reads in batches as a step does: observe a batch, then write it. */
	function pass(texts: readonly string[], batch: number, options: Partial<DateColumnOptions> = {}) {
		const column = columnOf(options);
		const write = writer(column);
		const run = () => {
			const out: Array<string | undefined> = [];
			for (let i = 0; i < texts.length; i += batch) {
				const part = texts.slice(i, i + batch);
				part.forEach((text, k) => column.observe(text, i + k));
				out.push(...part.map(write));
			}
			return out;
		};
		const first = run();
		return { column, first, again: () => (column.restart(), run()) };
	}

	it.each([
		['ISO', ['2026-01-02', '2026-03-04', '2026-05-06']],
		['a first value beyond the twelfth', ['13/02/2026', '01/02/2026', '03/04/2026']],
		['a first value beyond the twelfth, month first', ['02/13/2026', '01/02/2026', '03/04/2026']],
		['dots', ['01.02.2026', '03.04.2026', '14.05.2026']],
	])('is enough for %s, even row by row', (_, texts) => {
		expect(pass(texts, 1).column.contradicted()).toBe(false);
	});

	it('is enough where a later row of the first batch decides', () => {
		const { column, first } = pass(['01/02/2026', '13/02/2026'], 100);
		expect([column.contradicted(), first]).toEqual([false, ['2026-02-01', '2026-02-13']]);
	});

	it('has to be repeated where a later batch shows that the guess was wrong, and then is right', () => {
		const { column, first, again } = pass(['01/02/2026', '03/04/2026', 'soon', '13/02/2026'], 1);
		expect(first).toEqual(['2026-01-02', '2026-03-04', undefined, '2026-02-13']);
		expect(column.contradicted()).toBe(true);
		const before = column.verdict();
		expect(again()).toEqual(['2026-02-01', '2026-04-03', undefined, '2026-02-13']);
		expect(column.contradicted()).toBe(false);
		expect(column.verdict()).toEqual(before);
	});

	it('needs no repetition where the guess was right, or no row depended on it', () => {
		expect(pass(['01/02/2026', '02/13/2026'], 1).column.contradicted()).toBe(false);
		expect(pass(['03/03/2026', '13/02/2026'], 1).column.contradicted()).toBe(false);
	});

	it('keeps to the first order that was shown, whatever contradicts it later', () => {
		const { column, first } = pass(['13/02/2026', '01/02/2026', '02/14/2026', '02/15/2026'], 1);
		expect([column.contradicted(), column.verdict().kind]).toEqual([false, 'conflicting']);
		expect(first[1]).toBe('2026-02-01');
	});

	it('leaves no doubt where the user said the order', () => {
		const { column, first } = pass(['01/02/2026', '02/13/2026', '13/02/2026', '03/03/2026'], 1, {
			order: 'dayFirst',
		});
		expect(first).toEqual(['2026-02-01', undefined, '2026-02-13', '2026-03-03']);
		expect(column.contradicted()).toBe(false);
	});

	it('writes every column right, whatever its batches', () => {
		fc.assert(
			fc.property(
				fc.array(days(1950, 2049), { minLength: 1, maxLength: 30 }),
				fc.boolean(),
				fc.constantFrom('/', '-', '.'),
				fc.integer({ min: 1, max: 31 }),
				(dates, dayFirst, by, batch) => {
					const texts = dates.map(({ year, month, day }) =>
						(dayFirst ? [two(day), two(month), year] : [two(month), two(day), year]).join(by),
					);
					const { column, first, again } = pass(texts, batch);
					const verdict = column.verdict();
					const open = dates.every(({ day }) => day <= 12) && dates.some(({ month, day }) => day !== month);
					if (open) {
						expect(verdict).toMatchObject(
							by === '.' ? { kind: 'decided', order: 'dayFirst' } : { kind: 'ambiguous' },
						);
						return;
					}
					expect(verdict.kind).toBe('decided');
					const out = column.contradicted() ? again() : first;
					expect(out).toEqual(dates.map(({ year, month, day }) => `${four(year)}-${two(month)}-${two(day)}`));
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('observing fields', () => {
	it('comes to the same as observing texts', () => {
		const text = fc.oneof(
			days(1950, 2049).chain(({ year, month, day }) =>
				fc.constantFrom(
					`${year}-${two(month)}-${two(day)}`,
					`${two(month)}/${two(day)}/${year}`,
					`${two(day)}/${two(month)}/${year}`,
					`${day}.${month}.${year}`,
				),
			),
			fc.constantFrom(
				'',
				'12/31/9999',
				'9999-12-31',
				'31/12/9999',
				'00000000',
				'soon',
				'2026-02-30',
				'14. März 2026',
			),
		);
		fc.assert(
			fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
				const column = columnOf();
				const batch = batchOf(texts.map((value) => [value]));
				texts.forEach((_, i) => column.observeField(batch, i, i + 2));
				const told = (one: DateColumn) => [one.verdict(), one.placeholders, one.unlikely];
				expect(told(column)).toEqual(told(observed(texts)));
			}),
			{ numRuns: 1000 },
		);
	});
});

const plan = (...columns: Array<[name: string, style?: 'yearMonthDay']>) =>
	columns.map(([sourceName, dateStyle], sourceIndex) => ({
		name: sourceName,
		sourceName,
		sourceIndex,
		type: 'date' as const,
		required: false,
		reason: '',
		dateStyle,
	}));

/** What is found in columns of dates, as code and sentence. */
function findingsOf(names: string[], rows: string[][], zone?: string): string[] {
	const dates = createDateColumns(plan(...names.map((name): [string] => [name])), {
		style: 'monthDayYear',
		isoAsItIs: true,
		now: NOW,
		zone,
	});
	dates.observe(batchOf(rows));
	const findings = createFindings();
	dates.conclude(findings);
	return findings.list.map(({ code, message }) => `${code}: ${message}`);
}

describe('columns of one source', () => {
	it('follow the one that several days make clear, where the clear ones agree', () => {
		const us = ['02/13/2020', '03/14/2020'];
		expect(
			findingsOf(
				['A', 'B'],
				us.map((text) => [text, '01/02/2026']),
			),
		).toEqual([]);
		expect(
			findingsOf(
				['A', 'B', 'C'],
				us.map((text) => [text, '01/02/2026', '2020-01-02']),
			),
		).toEqual([]);
		const rows = us.map((text, i) => [text, '01/02/2026', ['13.02.2020', '14.02.2020'][i]]);
		expect(findingsOf(['A', 'B', 'C'], rows)).toEqual([
			expect.stringContaining("dates-ambiguous: The dates in 'B'"),
		]);
	});

	it('believe their own values first, and notice when they followed wrongly', () => {
		const dates = createDateColumns(plan(['A'], ['B']), { style: 'yearMonthDay', isoAsItIs: true, now: NOW });
		const batches = [
			batchOf([
				['13/02/2020', '01/02/2026'],
				['14/02/2020', ''],
			]),
			batchOf([['15/02/2020', '01/13/2026']], 4),
		];
		dates.observe(batches[0]);
		expect(dates.conversion(1).convert('01/02/2026')).toBe('2026-02-01');
		expect(dates.contradicted()).toBe(false);
		dates.observe(batches[1]);
		expect(dates.contradicted()).toBe(true);
		expect(dates.conversion(1).convert('01/02/2026')).toBe('2026-01-02');
	});

	it('do not follow one day that repeats', () => {
		expect(
			findingsOf(
				['Hired', 'From'],
				[
					['01/02/2020', '31/01/2026'],
					['03/04/2021', '31/01/2026'],
				],
			),
		).toEqual([
			"dates-ambiguous: The dates in 'Hired' can be read with the day or with the month first (rows 2, 3).",
		]);
	});

	it('are written in the form of their own', () => {
		const columns = plan(['From'], ['Hired', 'yearMonthDay']);
		const dates = createDateColumns(columns, { style: 'monthDayYear', isoAsItIs: true, now: NOW });
		dates.observe(batchOf([['31.01.2026', '31.01.2020']]));
		expect([0, 1].map((from) => dates.conversion(from).convert('31.01.2026'))).toEqual([
			'01/31/2026',
			'2026-01-31',
		]);
	});
});

describe('a note in the name of a column', () => {
	it.each([
		['Hire Date (DD/MM/YYYY)', 'dayFirst'],
		['Hire Date [mm/dd/yy]', 'monthFirst'],
		['Eintritt TT.MM.JJJJ', 'dayFirst'],
		["Date d'embauche (JJ/MM/AAAA)", 'dayFirst'],
		['Fecha de ingreso dd-mm-aaaa', 'dayFirst'],
		['Data assunzione (GG/MM/AAAA)', 'dayFirst'],
		['Datum in dienst (DD-MM-JJJJ)', 'dayFirst'],
		['Hire Date (M/D/YYYY)', 'monthFirst'],
		['Hire Date (YYYY-MM-DD)', undefined],
		['Hire Date', undefined],
		['Added MM', undefined],
	])('%s says %s', (name, order) => {
		expect(orderInName(name)).toBe(order);
	});

	it('settles the order of the column, and a value that contradicts it is none', () => {
		const rows = [['01/02/2020'], ['03/04/2021'], ['01/13/2021']];
		expect(findingsOf(['Hire Date (DD/MM/YYYY)'], rows)).toEqual([]);
		const dates = createDateColumns(plan(['Hire Date (DD/MM/YYYY)']), {
			style: 'yearMonthDay',
			isoAsItIs: true,
			now: NOW,
		});
		const batch = batchOf(rows);
		dates.observe(batch);
		expect([0, 1, 2].map((f) => dates.stateOf(0, batch, f))).toEqual(['date', 'date', 'notADate']);
		expect(dates.conversion(0).convert('01/02/2020')).toBe('2020-02-01');
	});
});

describe('midnight elsewhere', () => {
	const zone = (times: string[], where?: string) =>
		findingsOf(
			['From'],
			times.map((time) => [time]),
			where,
		);
	const said = (times: string) => [
		`dates-other-zone: All times in 'From' are ${times} in UTC: midnight in another time zone, so each day may be one too early.`,
	];

	it.each([
		[['2020-03-31T22:00:00.000Z', '2021-01-31T23:00:00.000Z'], '22:00 or 23:00'],
		[['2020-03-31T23:00:00Z', '', '2021-01-31T23:00:00+00:00'], '23:00'],
		[['2020-03-31 22:00:00', '2021-01-31 23:00:00'], '22:00 or 23:00'],
		[['2020-03-31T18:30:00Z'], '18:30'],
		[['2020-03-31T15:00:00Z', '2020-04-30T15:00:00Z'], '15:00'],
		[['2020-03-31T12:00:00Z', '2020-01-31T11:00:00Z'], '11:00 or 12:00'],
		[['1585692000000'], '22:00'],
	])('is told of %j', (times, shown) => {
		expect(zone(times)).toEqual(said(shown));
		expect(zone(times, 'UTC')).toEqual(said(shown));
		expect(zone(times, 'America/New_York')).toEqual(said(shown));
	});

	it.each([
		[['2020-03-31T22:00:00Z', '2021-01-31T23:00:00Z'], 'Europe/Berlin'],
		[['2020-03-31T22:00:00Z', '2020-03-31'], undefined],
		[['2020-03-31T22:00:00Z', '2020-03-31T08:15:00Z'], undefined],
		[['2020-03-31T20:00:00Z', '2020-03-31T21:00:00Z', '2020-03-31T22:00:00Z'], undefined],
		[['2020-03-31T04:00:00Z', '2020-01-31T05:00:00Z'], undefined],
		[['2020-03-31T12:00:00Z'], undefined],
		[['2020-03-31 15:00:00'], undefined],
		[['2020-03-31T22:00:17Z'], undefined],
		[['2020-03-31T00:00:00+02:00'], undefined],
	])('is not told of %j in %s', (times, where) => {
		expect(zone(times, where)).toEqual([]);
	});

	it('is no matter where times are sent too', () => {
		const dates = createDateColumns(plan(['From']), { style: 'instant', isoAsItIs: false, now: NOW });
		dates.observe(batchOf([['2020-03-31T22:00:00Z']]));
		const findings = createFindings();
		dates.conclude(findings);
		expect(findings.list).toEqual([]);
	});
});

describe('placeholders and unlikely years', () => {
	it('are told with their rows, and placeholders are no dates', () => {
		const rows = [
			'2020-01-01',
			'4712-12-31',
			'01/01/1900',
			'2029-01-01',
			'1939-12-31',
			'9998-12-30',
			'2028-12-31',
		];
		expect(
			findingsOf(
				['From'],
				rows.map((text) => [text]),
			),
		).toEqual([
			"dates-placeholder: Placeholders such as 9999-12-31 or 1900-01-01 in 'From': 2 dates (rows 3, 4).",
			"dates-unlikely-year: Dates before 1940 or after 2028 in 'From': 3 dates (rows 5, 6, 7).",
		]);
		expect(rows.map(writer(observed(rows)))).toEqual([
			'2020-01-01',
			'',
			'',
			'2029-01-01',
			'1939-12-31',
			'9998-12-30',
			'2028-12-31',
		]);
	});

	it('are found behind dates of the usual form', () => {
		const rows = [
			...Array.from({ length: 8 }, () => ['2020-01-01']),
			['2031-01-01'],
			['03/04/2031'],
			['13/04/2031'],
		];
		expect(findingsOf(['From'], rows)).toEqual([
			"dates-unlikely-year: Dates before 1940 or after 2028 in 'From': 3 dates (rows 10, 11, 12).",
		]);
	});

	it('take the first day of computers for none only where the column is about now', () => {
		expect(columnOf().read('1970-01-01')).toEqual({ year: 1970, month: 1, day: 1 });
		expect(columnOf({ noDay: dayNumber(1970, 1, 1) }).read('1970-01-01')).toBe('blank');
		expect(columnOf({ noDay: dayNumber(1970, 1, 1) }).read('1970-01-02')).toEqual({
			year: 1970,
			month: 1,
			day: 2,
		});
	});
});

it('midnights of the own zone are none elsewhere', () => {
	const column = columnOf({ zone: timeZone('Asia/Tokyo') });
	column.observe('2020-03-31T15:00:00Z', 2);
	expect(column.midnightsElsewhere()).toBeUndefined();
});

describe('reading a column', () => {
	it('tells dates from no date and from what is none, however often it is asked', () => {
		const texts = ['14.03.2026', '00000000', '', 'soon', '01.02.2026'];
		const write = writer(observed(texts));
		const expected = ['2026-03-14', '', '', undefined, '2026-02-01'];
		expect(texts.map(write)).toEqual(expected);
		expect(texts.map(write)).toEqual(expected);
	});

	it('does not keep to what it read under another order', () => {
		const column = observed(['01/02/2026']);
		expect(column.read('01/02/2026')).toEqual({ year: 2026, month: 1, day: 2 });
		column.observe('13/02/2026', 3);
		expect(column.read('01/02/2026')).toEqual({ year: 2026, month: 2, day: 1 });
	});

	it('stays right beyond what it remembers', () => {
		const write = writer(columnOf());
		const days = Array.from({ length: 21_000 }, (_, i) => write(`${20_000 + i}`));
		expect(days.filter((day) => !/^\d{4}-\d\d-\d\d$/.test(String(day)))).toEqual([]);
		expect(new Set(days).size).toBe(21_000);
		expect(write('20000')).toBe('1954-10-03');
	});
});
