import { isCalendarDay, wallClockTime, weekdayOf } from './calendar';
import { utcDateValue, type DateValue } from './dateValue';
import { FILLERS, ERAS, MONTHS, WEEKDAYS } from './dateWords';
import { normalizeColumnName } from '../columns/normalizeColumnName';

/** Which of the first two numbers of `01/02/2026` is the month. */
export type DateOrder = 'monthFirst' | 'dayFirst';

/** What a text says as a date. */
export type DateReading =
	/** a date, whatever the order of the column; `order` is the one that alone makes it this date */
	| { kind: 'date'; value: DateValue; order?: DateOrder }
	/** a date in either order, but not the same one */
	| { kind: 'eitherOrder'; monthFirst: DateValue; dayFirst: DateValue; separator: string }
	/** nothing but blanks, or zeros: `00000000` */
	| { kind: 'blank' }
	/** how systems write "no date" where they must write one: 0001-01-01, or 9999-12-31 for "without end" */
	| { kind: 'placeholder' }
	/** a date only if its first two digits are a year: `24/05/31` */
	| { kind: 'yearInFront' }
	/** not a date, or one that does not exist */
	| { kind: 'notADate' };

/** The first year of which HR data has dates; earlier ones are typing errors or placeholders. */
export const EARLIEST_YEAR = 1940;

/** Years that stand for "without end" in whatever day: Oracle's end of time, and what people type. */
const ENDLESS_YEARS = new Set([2999, 4712, 9999]);
/** From here on a first or last day of a year stands for "without end". */
const FAR_YEAR = 2070;
const LAST_YEAR = 9999;
/** First and last days of calendars that are no first or last day of a year: Caché, Julian days, Unix, Excel, SQL Server, pandas. */
const ODD_DAYS = new Set([
	'1582-10-15',
	'1840-12-31',
	'1858-11-17',
	'1899-12-29',
	'1899-12-30',
	'1899-12-31',
	'1901-12-13',
	'2079-6-6',
	'2262-4-11',
]);

/** Days on which calendars of programs begin or end, and what people type for "always". */
function standsForNone({ year, month, day }: DateValue): boolean {
	const isFirst = month === 1 && day === 1;
	const isLast = month === 12 && day === 31;
	if ((isFirst && year < EARLIEST_YEAR) || ((isFirst || isLast) && year >= FAR_YEAR && year <= LAST_YEAR))
		return true;
	return ODD_DAYS.has(`${year}-${month}-${day}`);
}

/** Longer texts are not dates; it also bounds the work of the patterns below. */
const LONGEST_DATE = 80;
const BLANK: DateReading = { kind: 'blank' };
const PLACEHOLDER: DateReading = { kind: 'placeholder' };
const NOT_A_DATE: DateReading = { kind: 'notADate' };

const THREE_NUMBERS = /^(\d{1,4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,4})(?!\d)\.?(.*)$/s;
const EAST_ASIAN =
	/^(?:(\p{Script=Han}{2}) ?(元|\d{1,3})|(\d{4})) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]?(?: ?(?:\p{L}曜日?|\p{L}요일|(?:星期|[周週])\p{L}|\(\p{L}\)))?(.*)$/su;
const COMPACT =
	/^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/i;
/** Five digits, and 9999-12-31. */
const EXCEL_SERIAL = /^(\d{5}|2958465)(?:[.,](\d{1,15}))?$/;
const EPOCH_SECONDS = /^(-?\d{9,10})(?:\.(\d{1,9}))?$/;
const EPOCH_MILLISECONDS = /^-?\d{12,13}$/;
const DOT_NET = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\\?\/$/i;
const CLOCK =
	/^[T,:]? ?(?:(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.? ?m\.?| (?:uhr|uur|h))?)? ?(?:(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?|(Z|UTC|GMT))? ?(?:\[[\w/+-]{1,40}\]|\([^()]{1,60}\))?$/i;
const CLOCK_BEGINS = /(?:[T,:]\s?|\s)\d{1,2}(?::\d{2}|\.\d{2}\.\d{2})/;
/** Db2 has a hyphen between day and time, which is no sign of a zone. */
const DB2_TIME = /^-(?=\d{2}\.\d{2}\.\d{2})/;
const SHORT_ERA = /^([RHS]) ?(\d{1,2})[./-](\d{1,2})[./-](\d{1,2})$/i;
const WORDS_AND_NUMBERS = /\p{L}+|\d+/gu;
const BETWEEN_WORDS_AND_NUMBERS = /[\p{L}\d\s,./'ºª°-]/gu;

/** Excel counts days from here; from March 1900 on it is one ahead, for it knows a 29 February 1900. */
const EXCEL_DAY_ZERO = wallClockTime({ year: 1899, month: 12, day: 30 });
const SECONDS_PER_DAY = 86_400;
/** Zones lie between UTC-12 and UTC+14. */
const LARGEST_OFFSET_MINUTES = 14 * 60;

/**
 * Reads one text as a date.
 * @param text the value of a field
 * @param latestYear the last year that is likely; a year of two digits beyond it belongs to the 1900s
 */
export function readDate(text: string, latestYear: number): DateReading {
	const trimmed = plainText(text);
	if (trimmed === '') return BLANK;
	if (trimmed.length > LONGEST_DATE) return NOT_A_DATE;
	const numbers = THREE_NUMBERS.exec(trimmed);
	if (numbers) return readThreeNumbers(numbers, latestYear);
	return (
		readDigits(trimmed) ??
		readDotNet(trimmed) ??
		readEastAsian(trimmed) ??
		readMonthName(trimmed, latestYear) ??
		NOT_A_DATE
	);
}

/** One kind of digits and blanks, for full-width digits and no-break spaces are common in exports. */
function plainText(text: string): string {
	const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKC').replace(/\s+/gu, ' ');
	return plain.trim();
}

function dated(value: DateValue, order?: DateOrder): DateReading {
	const { year, month, day } = value;
	if (standsForNone(value)) return PLACEHOLDER;
	if (!isCalendarDay(year, month, day)) return NOT_A_DATE;
	if (ENDLESS_YEARS.has(year)) return PLACEHOLDER;
	return order ? { kind: 'date', value, order } : { kind: 'date', value };
}

function readThreeNumbers(match: RegExpExecArray, latestYear: number): DateReading {
	const [, first, separator, middle, last, rest] = match;
	if (![first, middle, last].some((digits) => Number(digits) > 0)) return BLANK;
	const clock = readClock(rest.replace(DB2_TIME, ' '));
	if (!clock) return NOT_A_DATE;
	if (first.length === 4) {
		if (last.length > 2) return NOT_A_DATE;
		return dated({ year: Number(first), month: Number(middle), day: Number(last), ...clock });
	}
	if (first.length > 2 || last.length === 1 || last.length === 3) return NOT_A_DATE;
	const year = fullYear(last, latestYear);
	const monthFirst = dated({ year, month: Number(first), day: Number(middle), ...clock }, 'monthFirst');
	const dayFirst = dated({ year, month: Number(middle), day: Number(first), ...clock }, 'dayFirst');
	if (monthFirst.kind === 'date' && dayFirst.kind === 'date') {
		if (Number(first) === Number(middle)) return { kind: 'date', value: monthFirst.value };
		return { kind: 'eitherOrder', monthFirst: monthFirst.value, dayFirst: dayFirst.value, separator };
	}
	if (monthFirst.kind !== 'notADate') return monthFirst;
	if (dayFirst.kind !== 'notADate' || first.length + last.length < 4) return dayFirst;
	const front = fullYear(first, latestYear);
	return isCalendarDay(front, Number(middle), Number(last)) ? { kind: 'yearInFront' } : NOT_A_DATE;
}

/** A year of two digits that is likely in neither century is none: 0. */
function fullYear(digits: string, latestYear: number): number {
	if (digits.length === 4) return Number(digits);
	const recent = 2000 + Number(digits);
	if (recent <= latestYear) return recent;
	return recent - 100 >= EARLIEST_YEAR ? recent - 100 : 0;
}

type Clock = Pick<DateValue, 'hour' | 'minute' | 'second' | 'fraction' | 'offsetMinutes'>;

/** What may follow a date: a time, a zone, both or nothing; undefined for anything else. */
function readClock(text: string): Clock | undefined {
	if (text === '') return {};
	const match = CLOCK.exec(text.replace(/ {2,}/g, ' '));
	if (!match) return undefined;
	const [, hours, minutes, seconds, fraction, half, sign, offsetHours, offsetMinutes, utc] = match;
	if (hours === undefined && /^[T,:]/i.test(text)) return undefined;
	const clock: Clock = {};
	if (hours !== undefined) {
		let hour = Number(hours);
		if (half !== undefined) {
			if (hour < 1 || hour > 12) return undefined;
			hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
		}
		if (hour > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
		clock.hour = hour;
		clock.minute = Number(minutes);
		clock.second = Number(seconds ?? 0);
		if (fraction !== undefined) clock.fraction = fraction;
	}
	if (utc !== undefined) clock.offsetMinutes = 0;
	if (sign !== undefined) {
		const offset = Number(offsetHours) * 60 + Number(offsetMinutes ?? 0);
		if (offset > LARGEST_OFFSET_MINUTES || Number(offsetMinutes ?? 0) > 59) return undefined;
		clock.offsetMinutes = sign === '-' && offset > 0 ? -offset : offset;
	}
	return clock;
}

function readDigits(text: string): DateReading | undefined {
	const compact = COMPACT.exec(text);
	if (compact) {
		const [, year, month, day, hour, minute, second = '00', fraction, zone = ''] = compact;
		if (/^0+$/.test(text)) return BLANK;
		// Twelve digits may also be milliseconds; those that begin like a year of ours lie within 1976.
		const mayBeInstant = EPOCH_MILLISECONDS.test(text) && !/^(?:19|20|21)/.test(text);
		if (mayBeInstant) return readInstant(Number(text));
		const seconds = fraction === undefined ? second : `${second}.${fraction}`;
		const clock = readClock(hour === undefined ? zone : `T${hour}:${minute}:${seconds}${zone}`);
		if (!clock) return NOT_A_DATE;
		return dated({ year: Number(year), month: Number(month), day: Number(day), ...clock });
	}
	const serial = EXCEL_SERIAL.exec(text);
	if (serial) return readExcelSerial(Number(serial[1]), serial[2]);
	const seconds = EPOCH_SECONDS.exec(text);
	if (seconds) {
		const milliseconds = Number((seconds[2] ?? '').padEnd(3, '0').slice(0, 3));
		return readInstant(Number(seconds[1]) * 1000 + milliseconds);
	}
	if (EPOCH_MILLISECONDS.test(text)) return readInstant(Number(text));
	return undefined;
}

/** Whether a text is the day number of a spreadsheet. */
export function isSerial(text: string): boolean {
	return EXCEL_SERIAL.test(text);
}

function readInstant(milliseconds: number): DateReading {
	return dated(utcDateValue(milliseconds));
}

/**
 * Days since 1899-12-30, parts of a day after the point. Only numbers of five digits (1927 to 2173) are taken for one,
 * so that a year or a short code never becomes a date.
 */
function readExcelSerial(days: number, fraction: string | undefined): DateReading {
	if (days < 10_000) return NOT_A_DATE;
	const seconds = days * SECONDS_PER_DAY + Math.round(Number(`0.${fraction ?? '0'}`) * SECONDS_PER_DAY);
	const value = utcDateValue(EXCEL_DAY_ZERO + seconds * 1000);
	const { year, month, day, hour, minute, second } = value;
	// Excel knows no zones; a whole number is a date without a time.
	const isMidnight = seconds % SECONDS_PER_DAY === 0;
	return dated({ year, month, day, ...(!isMidnight && { hour, minute, second }) });
}

/** OData 2 and older .NET: an instant in milliseconds; the offset behind it does not change which instant it is. */
function readDotNet(text: string): DateReading | undefined {
	const match = DOT_NET.exec(text);
	return match ? readInstant(Number(match[1])) : undefined;
}

function readEastAsian(text: string): DateReading | undefined {
	const short = SHORT_ERA.exec(text);
	if (short) {
		const before = ERAS.get(short[1].toUpperCase()) ?? 0;
		return dated({ year: before + Number(short[2]), month: Number(short[3]), day: Number(short[4]) });
	}
	const match = EAST_ASIAN.exec(text);
	if (!match) return undefined;
	const [, era, yearOfEra, fourDigits, month, day, rest] = match;
	const clock = readClock(rest);
	let year = Number(fourDigits);
	if (era !== undefined) {
		const before = ERAS.get(era);
		if (before === undefined) return NOT_A_DATE;
		year = before + (yearOfEra === '元' ? 1 : Number(yearOfEra));
	}
	if (!clock) return NOT_A_DATE;
	return dated({ year, month: Number(month), day: Number(day), ...clock });
}

/** `14-Mar-2012`, `Wednesday, March 14, 2012`, `14 de marzo de 2026`, and what JavaScript and mail headers write. */
function readMonthName(text: string, latestYear: number): DateReading | undefined {
	const clockAt = text.search(CLOCK_BEGINS);
	const date = clockAt < 0 ? text : text.slice(0, clockAt);
	if (date.replace(BETWEEN_WORDS_AND_NUMBERS, '') !== '') return undefined;
	const parts: string[] = date.match(WORDS_AND_NUMBERS) ?? [];
	const numbers = parts.filter((part) => /^\d/.test(part));
	const words = parts
		.filter((part) => !/^\d/.test(part))
		.map(normalizeColumnName)
		.filter((word) => !FILLERS.has(word));
	// "mar. 14 mars" begins with a Tuesday: of two words the month is the second.
	const month = MONTHS.get(words.at(-1) ?? '');
	if (month === undefined || numbers.length !== 2 || words.length > 2) return undefined;
	const clock = readClock(clockAt < 0 ? '' : text.slice(clockAt));
	const [first, second] = numbers;
	const yearIsFirst = first.length === 4;
	const yearDigits = yearIsFirst ? first : second;
	const dayDigits = yearIsFirst ? second : first;
	if (!clock || dayDigits.length > 2 || (yearDigits.length !== 2 && yearDigits.length !== 4))
		return NOT_A_DATE;
	const year = fullYear(yearDigits, latestYear);
	const reading = dated({ year, month, day: Number(dayDigits), ...clock });
	if (words.length === 2 && reading.kind === 'date') {
		const weekday = WEEKDAYS.get(words[0]);
		if (weekday !== weekdayOf(year, month, Number(dayDigits))) return NOT_A_DATE;
	}
	return reading;
}
