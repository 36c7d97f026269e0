import fc from 'fast-check';
import { dayFirstDay, monthFirstDay, yearFirstDay } from '../../../nodes/shared/dates/dateBytes';
import { days, four, two } from './dateArbitraries';

const FORMS = {
	iso: { check: yearFirstDay, write: (y: string, m: string, d: string) => `${y}-${m}-${d}` },
	monthDayYear: { check: monthFirstDay, write: (y: string, m: string, d: string) => `${m}/${d}/${y}` },
	dayMonthYear: { check: dayFirstDay, write: (y: string, m: string, d: string) => `${d}/${m}/${y}` },
};

describe.each(Object.entries(FORMS))('%s on bytes', (_, { check, write }) => {
	const test = (text: string) => {
		const bytes = Buffer.from(`xx${text}yy`, 'utf8');
		return check(bytes, 2, bytes.length - 2) > 0;
	};

	it('takes every day of the calendar', () => {
		fc.assert(
			fc.property(days(1940, 2069), ({ year, month, day }) => {
				expect(test(write(four(year), two(month), two(day)))).toBe(true);
			}),
		);
	});

	it('takes nothing else', () => {
		const good = write('2012', '03', '14');
		for (let i = 0; i < good.length; i++) {
			for (const other of [...'-/.: x\u00ff']) {
				if (other !== good[i])
					expect([i, other, test(good.slice(0, i) + other + good.slice(i + 1))]).toEqual([i, other, false]);
			}
			expect(test(good.slice(0, i) + good.slice(i + 1))).toBe(false);
			expect(test(good.slice(0, i) + '0' + good.slice(i))).toBe(false);
		}
		expect(test('')).toBe(false);
	});

	it.each([
		['2013', '02', '29'],
		['1900', '02', '29'],
		['2012', '02', '30'],
		['2012', '04', '31'],
		['2012', '00', '14'],
		['2012', '13', '14'],
		['2012', '12', '00'],
		['2012', '12', '32'],
		['0999', '12', '14'],
		['1939', '12', '31'],
		['2100', '01', '01'],
		['9999', '12', '31'],
	])('does not take %s-%s-%s', (y, m, d) => {
		expect(test(write(y, m, d))).toBe(false);
	});
});
