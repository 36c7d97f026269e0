import { isCalendarDay, wallClockTime, weekdayOf } from './calendar';
import { utcDateValue, type DateValue } from './dateValue';
import { FILLERS, JAPANESE_ERAS, MONTHS, WEEKDAYS } from './dateWords';
import { normalizeColumnName } from '../columns/normalizeColumnName';

/** Which of the first two numbers of `01/02/2026` is the month. */
export type DateOrder = 'monthFirst' | 'dayFirst';

/** The ways to write a date that sources use, with how we call them to users. */
export const DATE_FORMATS = {
	yearFirst: 'YYYY-MM-DD',
	monthFirst: 'MM/DD/YYYY',
	dayFirst: 'DD/MM/YYYY',
	monthName: '14 March 2026',
	eastAsian: '2026年3月14日',
	compact: 'YYYYMMDD',
	excelSerial: 'Excel serial number',
	epochSeconds: 'seconds since 1970',
	epochMilliseconds: 'milliseconds since 1970',
	dotNet: '/Date(…)/',
} as const;

/** Key of {@link DATE_FORMATS}. */
export type DateFormat = keyof typeof DATE_FORMATS;

/** What a text says as a date. */
export type DateReading =
	/** a date, whatever the order of the column */
	| { kind: 'date'; form: DateFormat; value: DateValue }
	/** a date in either order, but not the same one */
	| { kind: 'eitherOrder'; monthFirst: DateValue; dayFirst: DateValue; separator: string }
	/** how systems write "no date": blanks, `00000000`, 0001-01-01, or 9999-12-31 for "without end" */
	| { kind: 'blank' }
	/** not a date, or one that does not exist */
	| { kind: 'notADate' };

/** Two-digit years below it belong to the 2000s, the others to the 1900s: hires since 1950, plans up to 2049. */
export const TWO_DIGIT_YEAR_PIVOT = 50;

/** Longer texts are not dates; it also bounds the work of the patterns below. */
const LONGEST_DATE = 80;
const BLANK: DateReading = { kind: 'blank' };
const NOT_A_DATE: DateReading = { kind: 'notADate' };

const THREE_NUMBERS = /^(\d{1,4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,4})(?!\d)\.?(.*)$/s;
const EAST_ASIAN =
	/^(?:(\p{Script=Han}{2}) ?(元|\d{1,2})|(\d{4})) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]?(?: ?(?:\p{L}曜日?|\p{L}요일|(?:星期|[周週])\p{L}|\(\p{L}\)))?(.*)$/su;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?$/i;
/** Five digits, and 9999-12-31. */
const EXCEL_SERIAL = /^(\d{5}|2958465)(?:[.,](\d{1,15}))?$/;
const EPOCH_SECONDS = /^(-?\d{9,10})(?:\.(\d{1,9}))?$/;
const EPOCH_MILLISECONDS = /^-?\d{12,13}$/;
const DOT_NET = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\\?\/$/i;
const CLOCK =
	/^[T,]? *(?:(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?: *([ap])\.? ?m\.?| +(?:uhr|h))?)? *(?:(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?|(Z|UTC|GMT))? *(?:\[[\w/+-]{1,40}\]|\([^()]{1,60}\))?$/i;
const CLOCK_BEGINS = /[T\s,]\s*\d{1,2}:\d{2}/;
const WORDS_AND_NUMBERS = /\p{L}+|\d+/gu;
const BETWEEN_WORDS_AND_NUMBERS = /[\p{L}\d\s,./'ºª°-]/gu;

/** Excel counts days from here; from March 1900 on it is one ahead, for it knows a 29 February 1900. */
const EXCEL_DAY_ZERO = wallClockTime(1899, 12, 30);
const SECONDS_PER_DAY = 86_400;
/** Zones lie between UTC-12 and UTC+14. */
const LARGEST_OFFSET_MINUTES = 14 * 60;

/**
 * Reads one text as a date.
 * @param text the value of a field
 * @param pivot two-digit years below it belong to the 2000s
 */
export function readDate(text: string, pivot: number = TWO_DIGIT_YEAR_PIVOT): DateReading {
	const trimmed = plainText(text);
	if (trimmed === '') return BLANK;
	if (trimmed.length > LONGEST_DATE) return NOT_A_DATE;
	const numbers = THREE_NUMBERS.exec(trimmed);
	if (numbers) return readThreeNumbers(numbers, pivot);
	return (
		readDigits(trimmed) ??
		readDotNet(trimmed) ??
		readEastAsian(trimmed) ??
		readMonthName(trimmed, pivot) ??
		NOT_A_DATE
	);
}

/** One kind of digits and blanks, for full-width digits and no-break spaces are common in exports. */
function plainText(text: string): string {
	const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKC').replace(/\s+/gu, ' ');
	return plain.trim();
}

function dated(form: DateFormat, value: DateValue): DateReading {
	const { year, month, day } = value;
	if (year === 9999 && month === 12 && day === 31) return BLANK;
	if (year === 1 && month === 1 && day === 1) return BLANK;
	return isCalendarDay(year, month, day) ? { kind: 'date', form, value } : NOT_A_DATE;
}

function readThreeNumbers(match: RegExpExecArray, pivot: number): DateReading {
	const [, first, separator, middle, last, rest] = match;
	if (![first, middle, last].some((digits) => Number(digits) > 0)) return BLANK;
	const clock = readClock(rest);
	if (!clock) return NOT_A_DATE;
	if (first.length === 4) {
		if (last.length > 2) return NOT_A_DATE;
		return dated('yearFirst', { year: Number(first), month: Number(middle), day: Number(last), ...clock });
	}
	const year = fullYear(last, pivot);
	if (first.length > 2 || year === undefined) return NOT_A_DATE;
	const monthFirst = dated('monthFirst', { year, month: Number(first), day: Number(middle), ...clock });
	const dayFirst = dated('dayFirst', { year, month: Number(middle), day: Number(first), ...clock });
	if (monthFirst.kind !== 'date' || dayFirst.kind !== 'date') {
		return monthFirst.kind === 'notADate' ? dayFirst : monthFirst;
	}
	if (first.padStart(2, '0') === middle.padStart(2, '0')) return monthFirst;
	return { kind: 'eitherOrder', monthFirst: monthFirst.value, dayFirst: dayFirst.value, separator };
}

function fullYear(digits: string, pivot: number): number | undefined {
	if (digits.length === 4) return Number(digits);
	if (digits.length !== 2) return undefined;
	return Number(digits) + (Number(digits) < pivot ? 2000 : 1900);
}

type Clock = Pick<DateValue, 'hour' | 'minute' | 'second' | 'fraction' | 'offsetMinutes'>;

/** What may follow a date: a time, a zone, both or nothing; undefined for anything else. */
function readClock(text: string): Clock | undefined {
	if (text === '') return {};
	const match = CLOCK.exec(text);
	if (!match) return undefined;
	const [, hours, minutes, seconds, fraction, half, sign, offsetHours, offsetMinutes, utc] = match;
	if (hours === undefined && /^[T,]/i.test(text)) return undefined;
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
		const [, year, month, day, hour, minute, second = '00', zone = ''] = compact;
		if (/^0+$/.test(text)) return BLANK;
		// Twelve digits may also be milliseconds; those that begin like a year of ours lie within 1976.
		const mayBeInstant = EPOCH_MILLISECONDS.test(text) && !/^(?:19|20|21)/.test(text);
		if (mayBeInstant) return readInstant('epochMilliseconds', Number(text));
		const clock = readClock(hour === undefined ? zone : `T${hour}:${minute}:${second}${zone}`);
		if (!clock) return NOT_A_DATE;
		return dated('compact', { year: Number(year), month: Number(month), day: Number(day), ...clock });
	}
	const serial = EXCEL_SERIAL.exec(text);
	if (serial) return readExcelSerial(Number(serial[1]), serial[2]);
	const seconds = EPOCH_SECONDS.exec(text);
	if (seconds) {
		const milliseconds = Number((seconds[2] ?? '').padEnd(3, '0').slice(0, 3));
		return readInstant('epochSeconds', Number(seconds[1]) * 1000 + milliseconds);
	}
	if (EPOCH_MILLISECONDS.test(text)) return readInstant('epochMilliseconds', Number(text));
	return undefined;
}

function readInstant(form: DateFormat, milliseconds: number): DateReading {
	return dated(form, utcDateValue(milliseconds));
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
	return dated('excelSerial', { year, month, day, ...(!isMidnight && { hour, minute, second }) });
}

/** OData 2 and older .NET: an instant in milliseconds; the offset behind it does not change which instant it is. */
function readDotNet(text: string): DateReading | undefined {
	const match = DOT_NET.exec(text);
	return match ? readInstant('dotNet', Number(match[1])) : undefined;
}

function readEastAsian(text: string): DateReading | undefined {
	const match = EAST_ASIAN.exec(text);
	if (!match) return undefined;
	const [, era, yearOfEra, fourDigits, month, day, rest] = match;
	const clock = readClock(rest);
	let year = Number(fourDigits);
	if (era !== undefined) {
		const before = JAPANESE_ERAS.get(era);
		if (before === undefined) return NOT_A_DATE;
		year = before + (yearOfEra === '元' ? 1 : Number(yearOfEra));
	}
	if (!clock) return NOT_A_DATE;
	return dated('eastAsian', { year, month: Number(month), day: Number(day), ...clock });
}

/** `14-Mar-2012`, `Wednesday, March 14, 2012`, `14 de marzo de 2026`, and what JavaScript and mail headers write. */
function readMonthName(text: string, pivot: number): DateReading | undefined {
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
	const year = fullYear(yearIsFirst ? first : second, pivot);
	const dayDigits = yearIsFirst ? second : first;
	if (!clock || year === undefined || dayDigits.length > 2) return NOT_A_DATE;
	const reading = dated('monthName', { year, month, day: Number(dayDigits), ...clock });
	if (words.length === 2 && reading.kind === 'date') {
		const weekday = WEEKDAYS.get(words[0]);
		if (weekday !== weekdayOf(year, month, Number(dayDigits))) return NOT_A_DATE;
	}
	return reading;
}
