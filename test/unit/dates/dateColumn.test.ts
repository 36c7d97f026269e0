import fc from 'fast-check';
import {
	createDateColumn,
	shareDateOrder,
	type DateColumn,
	type DateColumnOptions,
} from '../../../nodes/shared/dates/dateColumn';
import { DATE_STYLES } from '../../../nodes/shared/dates/dateText';
import { days, four, two } from './dateArbitraries';

/** Writes a column's values, '' for no date and undefined for what is none. */
const writer = (column: DateColumn) => (text: string) => {
	const meaning = column.read(text);
	if (typeof meaning !== 'string') return DATE_STYLES.yearMonthDay.write(meaning);
	return meaning === 'blank' ? '' : undefined;
};

function observed(texts: readonly string[], options: DateColumnOptions = {}) {
	const column = createDateColumn(options);
	texts.forEach((text, i) => column.observe(text, i + 2));
	return column;
}
const verdictOf = (texts: readonly string[], options?: DateColumnOptions) =>
	observed(texts, options).verdict();
const none = { count: 0, rows: [] };

describe('the verdict on a column', () => {
	it.each([
		[['2026-01-02', '2026-03-04'], ['yearFirst']],
		[['20260102'], ['compact']],
		[['2-Jan-26', '', '3-Feb-26'], ['monthName']],
		[['03/03/2026', '12/12/2026'], ['monthFirst']],
		[
			['2026-01-02', '46000', '46001'],
			['yearFirst', 'excelSerial'],
		],
	])('decides %j without an order', (texts, forms) => {
		expect(verdictOf(texts)).toEqual({ kind: 'decided', forms, unreadable: none });
	});

	it('decides the order by a value that has one', () => {
		expect(verdictOf(['01/02/2026', '02/13/2026'])).toMatchObject({
			kind: 'decided',
			order: 'monthFirst',
			by: 'values',
		});
		expect(verdictOf(['01/02/2026', '13/02/2026'])).toMatchObject({
			kind: 'decided',
			order: 'dayFirst',
			by: 'values',
		});
		expect(verdictOf(['13/02/2026'])).toMatchObject({
			kind: 'decided',
			forms: ['dayFirst'],
			order: 'dayFirst',
		});
	});

	it('reads dots with the day first, unless a value says otherwise', () => {
		expect(verdictOf(['01.02.2026'])).toMatchObject({ kind: 'decided', order: 'dayFirst', by: 'dots' });
		expect(verdictOf(['01.02.2026', '01.13.2026'])).toMatchObject({
			kind: 'decided',
			order: 'monthFirst',
			by: 'values',
		});
		expect(verdictOf(['01.02.2026', '01/02/2026'])).toMatchObject({ kind: 'ambiguous' });
	});

	it('says which rows have two readings, but names only a few', () => {
		expect(verdictOf(['01/02/2026', '03/03/2026', '', '04-05-2026'])).toEqual({
			kind: 'ambiguous',
			forms: ['monthFirst'],
			rows: { count: 2, rows: [2, 5] },
			unreadable: none,
		});
		expect(verdictOf(Array.from({ length: 50 }, () => '01/02/2026'))).toMatchObject({
			rows: { count: 50, rows: [2, 3, 4, 5, 6] },
		});
	});

	it("is the user's where the user says so", () => {
		expect(verdictOf(['01/02/2026'], { order: 'dayFirst' })).toMatchObject({
			kind: 'decided',
			order: 'dayFirst',
			by: 'told',
		});
		expect(verdictOf(['01/13/2026', '01/02/2026'], { order: 'dayFirst' })).toMatchObject({
			kind: 'conflicting',
			by: 'told',
			monthFirst: { count: 1, rows: [2] },
		});
		expect(verdictOf(['2026-01-02'], { order: 'dayFirst' })).not.toHaveProperty('order');
	});

	it('names the rows that contradict each other', () => {
		expect(verdictOf(['13/01/2026', '01/02/2026', '02/14/2026', '15/03/2026'])).toEqual({
			kind: 'conflicting',
			forms: ['dayFirst', 'monthFirst'],
			dayFirst: { count: 2, rows: [2, 5] },
			monthFirst: { count: 1, rows: [4] },
			unreadable: none,
		});
	});

	it('counts what is no date, and says when there is none at all', () => {
		expect(verdictOf(['soon', '2026-02-30', '2026-03-04'])).toEqual({
			kind: 'decided',
			forms: ['yearFirst'],
			unreadable: { count: 2, rows: [2, 3] },
		});
		expect(verdictOf(['soon'])).toEqual({ kind: 'none', forms: [], unreadable: { count: 1, rows: [2] } });
		expect(verdictOf(['', '00000000', '31.12.9999'])).toEqual({ kind: 'none', forms: [], unreadable: none });
	});
});

describe('one pass over the source', () => {
	/** Reads in batches as a step does: observe a batch, then write it. */
	function pass(texts: readonly string[], batch: number, options: DateColumnOptions = {}) {
		const column = createDateColumn(options);
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
		expect(column.assume()).toEqual({ order: 'dayFirst', certain: true });
	});

	it('says how sure it is', () => {
		expect(observed([]).assume()).toEqual({ order: 'monthFirst', certain: false });
		expect(observed(['01.02.2026']).assume()).toEqual({ order: 'dayFirst', certain: false });
		expect(observed(['13.02.2026']).assume()).toEqual({ order: 'dayFirst', certain: true });
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
							by === '.' ? { kind: 'decided', by: 'dots' } : { kind: 'ambiguous' },
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

describe('observing bytes', () => {
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
				const column = createDateColumn();
				texts.forEach((value, i) => {
					const bytes = Buffer.from(`[${value}]`, 'utf8');
					column.observeBytes(bytes, 1, bytes.length - 1, i + 2);
				});
				expect(column.verdict()).toEqual(observed(texts).verdict());
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('columns of one source', () => {
	it('follow the one that is clear', () => {
		const hired = observed(['13/02/2020', '01/02/2020']);
		const effective = observed(['01/02/2026']);
		shareDateOrder([effective, hired]);
		expect(effective.verdict()).toMatchObject({ kind: 'decided', order: 'dayFirst', by: 'otherColumns' });
		expect(effective.read('01/02/2026')).toEqual({ year: 2026, month: 2, day: 1 });
		expect(hired.verdict()).toMatchObject({ by: 'values' });
	});

	it('do not follow where the clear ones differ, or are only a guess', () => {
		const open = observed(['01/02/2026']);
		shareDateOrder([open, observed(['13/02/2020'])]);
		expect(open.verdict().kind).toBe('decided');
		shareDateOrder([open, observed(['13/02/2020']), observed(['02/13/2020'])]);
		expect(open.verdict().kind).toBe('ambiguous');
		shareDateOrder([
			open,
			observed(['01.02.2020']),
			observed(['2026-01-13']),
			observed(['13/02/2026', '02/13/2026']),
		]);
		expect(open.verdict().kind).toBe('ambiguous');
	});

	it('believe their own values first, and notice when they followed wrongly', () => {
		const hired = observed(['13/02/2020']);
		const effective = observed(['01/02/2026']);
		shareDateOrder([effective, hired]);
		effective.read('01/02/2026');
		effective.observe('01/13/2026', 9);
		shareDateOrder([effective, hired]);
		expect(effective.verdict()).toMatchObject({ kind: 'decided', order: 'monthFirst', by: 'values' });
		expect(effective.contradicted()).toBe(true);
	});
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
		const write = writer(createDateColumn());
		for (let i = 0; i < 21_000; i++) expect(write(`${20_000 + i}`)).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(write('20000')).toBe('1954-10-03');
	});
});
