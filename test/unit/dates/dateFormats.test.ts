import fc from 'fast-check';
import * as formats from '../../../nodes/shared/dates/dateFormats';
import type { DateValue } from '../../../nodes/shared/dates/dateValue';
import { processorMs } from '../../helpers/processorTime';
import { anyText } from '../../helpers/anyText';
import { days, four, offsets, offsetText, times, two } from './dateArbitraries';

/** As it is read in 2026. */
const readDate = (text: string) => formats.readDate(text, 2028);
const value = (text: string): DateValue | string => {
	const reading = readDate(text);
	return reading.kind === 'date' ? reading.value : reading.kind;
};
const day = (year: number, month: number, dayOfMonth: number): DateValue => ({
	year,
	month,
	day: dayOfMonth,
});
const at = (date: DateValue, hour: number, minute: number, second = 0) => ({ ...date, hour, minute, second });
const pi = day(2012, 3, 14);

describe('readDate', () => {
	it.each<[string, DateValue]>([
		// year first
		['2012-03-14', pi],
		['2012/3/14', pi],
		['2012.03.14', pi],
		['2012. 03. 14.', pi],
		['2012-03-14T08:30', at(pi, 8, 30)],
		['2012-03-14 08:30:15', at(pi, 8, 30, 15)],
		['2012-03-14T08:30:15.1234567Z', { ...at(pi, 8, 30, 15), fraction: '1234567', offsetMinutes: 0 }],
		['2012-03-14T08:30:15,5+05:30', { ...at(pi, 8, 30, 15), fraction: '5', offsetMinutes: 330 }],
		['2012-03-14T08:30:15-0730', { ...at(pi, 8, 30, 15), offsetMinutes: -450 }],
		['2012-03-14T08:30:15+01', { ...at(pi, 8, 30, 15), offsetMinutes: 60 }],
		['2012-03-14T08:30:15+01:00[Europe/Berlin]', { ...at(pi, 8, 30, 15), offsetMinutes: 60 }],
		['2012-03-14-07:00', { ...pi, offsetMinutes: -420 }],
		['2012-03-14+02:00', { ...pi, offsetMinutes: 120 }],
		['2012-03-14Z', { ...pi, offsetMinutes: 0 }],
		['2012-03-14 UTC', { ...pi, offsetMinutes: 0 }],
		// month or day first
		['3/14/2012', pi],
		['03-14-2012', pi],
		['03/14/12', pi],
		['14/03/2012', pi],
		['14.3.2012', pi],
		['14. 3. 2012', pi],
		['14-03-12', pi],
		['3/14/2012 12:00:00 AM', at(pi, 0, 0)],
		['3/14/2012 12:30 p.m.', at(pi, 12, 30)],
		['3/14/2012, 8:30 PM', at(pi, 20, 30)],
		['14.03.2012 08:30 Uhr', at(pi, 8, 30)],
		['14/03/2012 8.30.15', at(pi, 8, 30, 15)],
		['03/03/2012', day(2012, 3, 3)],
		['3/03/2012', day(2012, 3, 3)],
		['12/31/28', day(2028, 12, 31)],
		['12/31/49', day(1949, 12, 31)],
		['1/1/57', day(1957, 1, 1)],
		// names of months
		['March 14, 2012', pi],
		['Wednesday, March 14, 2012', pi],
		['Wed 14 Mar 2012', pi],
		['14-Mar-2012', pi],
		['14-MAR-12', pi],
		['14Mar2012', pi],
		['2012-Mar-14', pi],
		['March 14th, 2012', pi],
		['the 14th of March 2012', pi],
		['Mar 14, 2012 3:04 PM', at(pi, 15, 4)],
		['Wed, 14 Mar 2012 15:04:05 GMT', { ...at(pi, 15, 4, 5), offsetMinutes: 0 }],
		[
			'Wed Mar 14 2012 15:04:05 GMT+0100 (Central European Standard Time)',
			{ ...at(pi, 15, 4, 5), offsetMinutes: 60 },
		],
		['14. März 2012', pi],
		['Mittwoch, den 14. März 2012 um 08:30 Uhr', at(pi, 8, 30)],
		['14. Maerz 2012', pi],
		['14 mars 2012', pi],
		['mer. 14 mars 2012', pi],
		['mar. 13 mars 2012', day(2012, 3, 13)],
		['1er août 2012', day(2012, 8, 1)],
		['14 mars 2012 à 08:30', at(pi, 8, 30)],
		['14 de marzo de 2012', pi],
		['miércoles, 14 de marzo de 2012', pi],
		['1º de enero del 2012', day(2012, 1, 1)],
		['14 maart 2012', pi],
		['woensdag 14 mrt. 2012 om 08:30 uur', at(pi, 8, 30)],
		['14-mei-2012', day(2012, 5, 14)],
		['mercoledì 14 marzo 2012', pi],
		['14 gen 2012', day(2012, 1, 14)],
		['14 de março de 2012', pi],
		['quarta-feira, 14 de março de 2012', pi],
		['14/fev/2012', day(2012, 2, 14)],
		['onsdag den 14 mars 2012', pi],
		['14 maj 2012', day(2012, 5, 14)],
		['środa, 14 marca 2012 r.', pi],
		['14 paź 2012', day(2012, 10, 14)],
		// East Asia
		['2012年3月14日', pi],
		['2012年03月14日 08:30', at(pi, 8, 30)],
		['2012年3月14日（水）', pi],
		['2012年3月14日水曜日', pi],
		['平成24年3月14日', pi],
		['令和元年5月1日', day(2019, 5, 1)],
		['昭和63年12月1日', day(1988, 12, 1)],
		['2012년 3월 14일', pi],
		['２０１２／３／１４', pi],
		// digits alone
		['20120314', pi],
		['20120314T083015Z', { ...at(pi, 8, 30, 15), offsetMinutes: 0 }],
		['20120314083015', at(pi, 8, 30, 15)],
		['201203140830', at(pi, 8, 30)],
		['20120314083015.0Z', { ...at(pi, 8, 30, 15), fraction: '0', offsetMinutes: 0 }],
		['40982', pi],
		['40982.0', pi],
		['40982.75', at(pi, 18, 0)],
		['40982,999999999', day(2012, 3, 15)],
		['1331683200', { ...at(pi, 0, 0), offsetMinutes: 0 }],
		['1331713815.5', { ...at(pi, 8, 30, 15), fraction: '500', offsetMinutes: 0 }],
		['1331713815123', { ...at(pi, 8, 30, 15), fraction: '123', offsetMinutes: 0 }],
		['946684800000', { ...at(day(2000, 1, 1), 0, 0), offsetMinutes: 0 }],
		['/Date(1331683200000)/', { ...at(pi, 0, 0), offsetMinutes: 0 }],
		['/Date(1331683200000+0000)/', { ...at(pi, 0, 0), offsetMinutes: 0 }],
		['/Date(-86400000)/', { ...at(day(1969, 12, 31), 0, 0), offsetMinutes: 0 }],
		['\\/Date(1331683200000)\\/', { ...at(pi, 0, 0), offsetMinutes: 0 }],
		// around it
		['  2012-03-14\u00a0', pi],
		['2012-02-29', day(2012, 2, 29)],
		['2000-02-29', day(2000, 2, 29)],
	])('reads %j', (text, expected) => {
		expect(value(text)).toEqual(expected);
	});

	it.each([
		'2012-02-30',
		'2013-02-29',
		'1900-02-29',
		'2012-13-01',
		'2012-00-10',
		'31/02/2012',
		'13/13/2012',
		'31. April 2012',
		'Tuesday, March 14, 2012',
		'2012年2月30日',
		'霧島2年3月14日',
		'20120230',
		'2012-03-14T24:00',
		'2012-03-14T08:60',
		'2012-03-14T',
		'2012-03-14,',
		'2012-03-14 13:00 PM',
		'2012-03-14 0:30 AM',
		'2012-03-14+15:00',
		'2012-03-14T08:30+01:75',
		'2012-03-14 soon',
		'03/14/2012 x',
		'3/14/2',
		'3/14/212',
		'555-12-3456',
		'192.168.0.1',
		'2012-03-141',
		'2012-03-014',
		'012/03/2012',
		'014 March 2012',
		'due by 14 March 2012',
		'~14 March 2012',
		'2012年3月14日 soon',
		`${'the '.repeat(20)}14 March 2012`,
		'/Date(253402300800000)/',
		'March 2012',
		'14 Foo 2012',
		'14 March',
		'March 14 15 2012',
		'14 March 2012 EUR',
		'0999-03-14',
		'2012',
		'7',
		'0',
		'01234',
		'1.5',
		'123456',
		'31122012',
		'12/31/29',
		'14-Mar-39',
		'08:30',
		'yesterday',
		'person@contoso.com',
		'/Date(99999999999999999)/',
		`2012-03-14${' '.repeat(90)}x`,
	])('does not take %j for a date', (text) => {
		expect(readDate(text)).toEqual({ kind: 'notADate' });
	});

	it.each(['', '   ', '00000000', '00.00.0000', '0000-00-00'])('takes %j for a blank', (text) => {
		expect(readDate(text)).toEqual({ kind: 'blank' });
	});

	it.each([
		'99991231',
		'31.12.9999',
		'12/31/9999',
		'9999-01-01',
		'9999-12-31T00:00:00',
		'4712/12/31',
		'2999-12-31',
		'2958465',
		'0001-01-01T00:00:00',
		'1/1/0001 12:00:00 AM',
		'00010101',
		'1601-01-01T00:00:00Z',
		'1753-01-01',
		'01/01/1900',
		'1899-12-30',
	])('takes %j for a placeholder', (text) => {
		expect(readDate(text)).toEqual({ kind: 'placeholder' });
	});

	it.each(['24/05/31', '98-05-12', '26.04.30'])('sees a year in front of %j, and reads nothing', (text) => {
		expect(readDate(text)).toEqual({ kind: 'yearInFront' });
	});

	it.each([
		['01/02/2026', '/'],
		['1.2.26', '.'],
		['01-02-2026', '-'],
	])('sees two dates in %j', (text, separator) => {
		expect(readDate(text)).toEqual({
			kind: 'eitherOrder',
			monthFirst: day(2026, 1, 2),
			dayFirst: day(2026, 2, 1),
			separator,
		});
	});
});

describe('every form', () => {
	const exact = (text: string, expected: DateValue) =>
		expect([text, readDate(text)]).toEqual([text, { kind: 'date', value: expected }]);
	const name = (locale: string, { year, month, day: d }: DateValue, options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(Date.UTC(year, month - 1, d));

	it('reads dates with times and zones back', () => {
		fc.assert(
			fc.property(
				days(1940, 2069),
				times,
				fc.option(fc.stringMatching(/^\d{1,9}$/), { nil: undefined }),
				fc.option(offsets, { nil: undefined }),
				fc.constantFrom('-', '/', '.'),
				fc.constantFrom('T', ' '),
				(date, time, fraction, offset, by, and) => {
					const text =
						`${four(date.year)}${by}${two(date.month)}${by}${two(date.day)}${and}` +
						`${two(time.hour)}:${two(time.minute)}:${two(time.second)}` +
						`${fraction === undefined ? '' : `.${fraction}`}${offset === undefined ? '' : offsetText(offset)}`;
					exact(text, {
						...date,
						...time,
						...(fraction !== undefined && { fraction }),
						...(offset !== undefined && { offsetMinutes: offset }),
					});
				},
			),
		);
	});

	it('reads month first and day first back, and says when it cannot know', () => {
		fc.assert(
			fc.property(days(1940, 2069), fc.constantFrom('-', '/', '.'), fc.boolean(), (date, by, padded) => {
				const [m, d] = [date.month, date.day].map((n) => (padded ? two(n) : String(n)));
				const y = four(date.year);
				const swapped = { ...date, month: date.day, day: date.month };
				for (const [text, form] of [
					[`${m}${by}${d}${by}${y}`, 'monthFirst'],
					[`${d}${by}${m}${by}${y}`, 'dayFirst'],
				] as const) {
					const expected: formats.DateReading =
						date.day > 12
							? { kind: 'date', value: date, order: form }
							: date.day === date.month
								? { kind: 'date', value: date }
								: {
										kind: 'eitherOrder',
										monthFirst: form === 'monthFirst' ? date : swapped,
										dayFirst: form === 'dayFirst' ? date : swapped,
										separator: by,
									};
					expect([text, readDate(text)]).toEqual([text, expected]);
				}
			}),
		);
	});

	it("reads two digits' years within their hundred", () => {
		fc.assert(
			fc.property(days(1940, 2027), (date) => {
				exact(`${date.day}-${name('en-US', date, { month: 'short' })}-${two(date.year % 100)}`, date);
			}),
		);
	});

	it.each([
		'en-US',
		'en-GB',
		'de-DE',
		'de-AT',
		'fr-FR',
		'fr-CA',
		'es-ES',
		'es-MX',
		'ja-JP',
		'ja-JP-u-ca-japanese',
		'ko-KR',
		'zh-CN',
		'it-IT',
		'pt-BR',
		'pt-PT',
		'nl-NL',
		'sv-SE',
		'pl-PL',
	])('reads what %s writes', (locale) => {
		fc.assert(
			fc.property(days(1930, 2100), fc.constantFrom('full', 'long', 'medium'), (date, dateStyle) => {
				const text = name(locale, date, { dateStyle });
				const reading = readDate(text);
				if (reading.kind === 'eitherOrder')
					expect([reading.monthFirst, reading.dayFirst]).toContainEqual(date);
				else expect([text, reading]).toMatchObject([text, { kind: 'date', value: date }]);
			}),
		);
	});

	it('reads serial numbers of Excel back', () => {
		fc.assert(
			fc.property(days(1928, 2172), fc.integer({ min: 0, max: 86_399 }), (date, seconds) => {
				const serial = (Date.UTC(date.year, date.month - 1, date.day) - Date.UTC(1899, 11, 30)) / 86_400_000;
				const time = {
					hour: Math.floor(seconds / 3600),
					minute: Math.floor(seconds / 60) % 60,
					second: seconds % 60,
				};
				exact(String(serial + seconds / 86_400), { ...date, ...(seconds > 0 && time) });
			}),
		);
	});

	it('reads instants back, in seconds, milliseconds and as .NET writes them', () => {
		fc.assert(
			fc.property(days(1974, 2099), times, (date, time) => {
				const ms = Date.UTC(date.year, date.month - 1, date.day, time.hour, time.minute, time.second);
				const expected = { ...date, ...time, offsetMinutes: 0 };
				exact(String(ms / 1000), expected);
				exact(`/Date(${ms})/`, expected);
				// A few hours in 1976 look like twelve digits of a date.
				if (!/^(?:19|20|21)\d{10}$/.test(String(ms))) exact(String(ms), expected);
			}),
		);
	});

	it('reads compact dates back', () => {
		fc.assert(
			fc.property(days(1940, 2069), times, (date, time) => {
				const text = `${four(date.year)}${two(date.month)}${two(date.day)}`;
				exact(text, date);
				const withTime = `${text}${two(time.hour)}${two(time.minute)}${two(time.second)}`;
				exact(withTime, { ...date, ...time });
			}),
		);
	});

	it('takes only days of the calendar', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1940, max: 2069 }),
				fc.integer({ min: 0, max: 14 }),
				fc.integer({ min: 0, max: 33 }),
				(year, month, d) => {
					const date = new Date(Date.UTC(year, month - 1, d));
					const exists =
						date.getUTCMonth() === month - 1 && date.getUTCDate() === d && date.getUTCFullYear() === year;
					expect(readDate(`${year}-${two(month)}-${two(d)}`).kind === 'date').toBe(exists);
					expect(readDate(`${year}${two(month)}${two(d)}`).kind === 'date').toBe(exists);
					expect(readDate(`${year}年${month}月${d}日`).kind === 'date').toBe(exists);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('answers whatever the text', () => {
		const alphabet = fc.constantFrom(...'0123456789-/. :TZ+,年月日()MarAugDate\\');
		fc.assert(
			fc.property(fc.oneof(anyText(), fc.string({ unit: alphabet, maxLength: 30 })), (text) => {
				expect(['date', 'eitherOrder', 'blank', 'placeholder', 'yearInFront', 'notADate']).toContain(
					readDate(text).kind,
				);
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		'1'.repeat(100_000),
		' '.repeat(100_000),
		`2012-03-14${' '.repeat(60)}(`,
		'Mar '.repeat(20),
		'1 '.repeat(40),
	])('is quick about long or nasty texts', (text) => {
		const milliseconds = processorMs(() => {
			for (let i = 0; i < 20; i++) readDate(text);
		});
		expect(milliseconds).toBeLessThan(400);
	});
});
