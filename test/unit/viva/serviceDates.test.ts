import { isServiceDate } from '../../../nodes/shared/viva/prebuilt/serviceDates';

// Of each pair of lists one value differs from a date in one thing only, so that no check can go unnoticed.

const taken = (order: 'monthFirst' | 'dayFirst', values: string[]) =>
	values.filter((value) => isServiceDate(value, order));

describe('a column with the month first', () => {
	const right = [
		'12/31/2025',
		'1/2/2025',
		'02/29/2024',
		'12-31-2025',
		'12-31-25',
		'02-29-24',
		'12/31/2025 12:00:00 AM',
		'12/31/2025 12:00\nAM',
		'2025-12-31',
		'2024-02-29',
		'January 31, 2025',
		'DECEMBER 1, 2025',
		'Wednesday, December 31, 2025',
		'wednesday, december 31, 2025',
		'31-Dec-2025',
		'1-jan-25',
		'29-Feb-2024',
	];
	it.each(right)('takes %j', (value) => expect(isServiceDate(value, 'monthFirst')).toBe(true));

	const wrong = [
		'',
		'31/12/2025',
		'02/30/2025',
		'02/29/2025',
		'04/31/2025',
		'0/1/2025',
		'13/1/2025',
		'1/0/2025',
		'1/32/2025',
		'1/2/0999',
		'12/31/25',
		'12/31-2025',
		'12-31/2025',
		'12/31/225',
		'12/31/20255',
		'012/31/2025',
		'12.31.2025',
		' 12/31/2025',
		'12/31/2025x',
		'12/31/2025 ',
		'12-31-2025 12:00',
		'02-30-2025',
		'13-31-2025',
		'02-29-25',
		'2025-31-12',
		'2025-02-30',
		'2025-1-2',
		'2025/12/31',
		'2025-12-31 12:00',
		'x2025-12-31',
		'Janvier 31, 2025',
		'February 30, 2025',
		'January 0, 2025',
		'January 31 2025',
		'January 31, 25',
		'Jan 31, 2025',
		'1 January 31, 2025',
		'January 31, 2025x',
		'131-Dec-2025',
		'Tuesday, December 31, 2025',
		'Mittwoch, December 31, 2025',
		'Wednesday, February 30, 2025',
		'x, December 31, 2025',
		'30-Feb-2025',
		'31-Dez-2025',
		'31-December-2025',
		'32-Dec-2025',
		'31-Dec-225',
		'29-Feb-25',
		'31 Dec 2025',
	];
	it.each(wrong)('does not take %j', (value) => expect(isServiceDate(value, 'monthFirst')).toBe(false));
});

describe('a column with the day first', () => {
	const right = [
		'31/12/2025',
		'29/02/2024',
		'31/12/25',
		'31-12-2025',
		'31-12-25',
		'31/12/2025 12:00',
		'2025-31-12',
		'Wednesday, December 31, 2025',
		'31-Dec-2025',
	];
	it('takes its own forms', () => expect(taken('dayFirst', right)).toEqual(right));

	const wrong = [
		'12/31/2025',
		'30/02/2025',
		'29/02/2025',
		'12/31/25',
		'31/12/25 12:00',
		'31-12-2025 12:00',
		'31-12-25 12:00',
		'2025-12-31',
		'2025-30-02',
		'30-Feb-2025',
	];
	it('takes no others', () => expect(taken('dayFirst', wrong)).toEqual([]));
});
