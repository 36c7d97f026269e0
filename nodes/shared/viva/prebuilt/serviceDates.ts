import { isCalendarDay, weekdayOf } from '../../dates/calendar';
import type { DateOrder } from '../../dates/dateFormats';

/** English only: the forms with words are listed in no other language. */
const MONTHS = 'january february march april may june july august september october november december'.split(
	' ',
);
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const NUMBERS = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(\s.+)?$/s;
const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_IN_WORDS = /^(?:([A-Za-z]+), )?([A-Za-z]+) (\d{1,2}), (\d{4})$/;
const SHORT_MONTH = /^(\d{1,2})-([A-Za-z]{3})-(\d{4}|\d{2})$/;

/**
 * Whether the service itself reads a text as a date: the forms that its documents list for the two types of dates (source A10).
 * For files that are sent as they are; everything else is rewritten to one of these forms.
 * @param text the value
 * @param order the type that metadata.json gives the column
 */
export function isServiceDate(text: string, order: DateOrder): boolean {
	const numbers = NUMBERS.exec(text);
	if (numbers) {
		const [, first, separator, second, year, more] = numbers;
		// Slashes with two digits of a year are listed for the day-first type only, more text only behind whole years.
		const short = year.length === 2;
		if (separator === '/' ? short && (order === 'monthFirst' || more) : more) return false;
		return order === 'monthFirst' ? exists(year, first, second) : exists(year, second, first);
	}
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst) {
		const [, year, second, third] = yearFirst;
		return order === 'monthFirst' ? exists(year, second, third) : exists(year, third, second);
	}
	const words = MONTH_IN_WORDS.exec(text);
	if (words) {
		const [, weekday, month, day, year] = words;
		const number = MONTHS.indexOf(month.toLowerCase()) + 1;
		if (!exists(year, String(number), day)) return false;
		return (
			weekday === undefined ||
			WEEKDAYS.indexOf(weekday.toLowerCase()) === weekdayOf(Number(year), number, Number(day))
		);
	}
	const short = SHORT_MONTH.exec(text);
	if (!short) return false;
	const month = MONTHS.findIndex((name) => name.startsWith(short[2].toLowerCase())) + 1;
	return exists(short[3], String(month), short[1]);
}

function exists(year: string, month: string, day: string): boolean {
	const fullYear = Number(year) + (year.length === 2 ? 2000 : 0);
	return isCalendarDay(fullYear, Number(month), Number(day));
}
