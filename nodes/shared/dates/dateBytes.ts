import { isCalendarDay } from './calendar';

/*
 * Dates in the destinations' own forms, checked on their bytes: no string is made for a value that can be sent as it is.
 * Years from 9000 on are left to `readDate`, for they may mean "no end".
 */

const HYPHEN = 0x2d;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const LENGTH = 10;
const YEARS_END = 9000;

/**
 * Whether a field is exactly `YYYY-MM-DD` and that day exists.
 * @param start index of the first byte
 * @param end index after the last byte
 */
export function isIsoDateBytes(bytes: Uint8Array, start: number, end: number): boolean {
	if (end - start !== LENGTH || bytes[start + 4] !== HYPHEN || bytes[start + 7] !== HYPHEN) return false;
	return isPlainDay(digits(bytes, start, 4), digits(bytes, start + 5, 2), digits(bytes, start + 8, 2));
}

/**
 * Whether a field is exactly `MM/DD/YYYY` and that day exists. Says nothing about the order that the column means: a column of
 * `DD/MM/YYYY` has values that also pass.
 * @param start index of the first byte
 * @param end index after the last byte
 */
export function isMonthDayYearBytes(bytes: Uint8Array, start: number, end: number): boolean {
	if (end - start !== LENGTH || bytes[start + 2] !== SLASH || bytes[start + 5] !== SLASH) return false;
	return isPlainDay(digits(bytes, start + 6, 4), digits(bytes, start, 2), digits(bytes, start + 3, 2));
}

/**
 * Whether a field is exactly `DD/MM/YYYY` and that day exists. As for {@link isMonthDayYearBytes}, the column decides.
 * @param start index of the first byte
 * @param end index after the last byte
 */
export function isDayMonthYearBytes(bytes: Uint8Array, start: number, end: number): boolean {
	if (end - start !== LENGTH || bytes[start + 2] !== SLASH || bytes[start + 5] !== SLASH) return false;
	return isPlainDay(digits(bytes, start + 6, 4), digits(bytes, start + 3, 2), digits(bytes, start, 2));
}

function isPlainDay(year: number, month: number, day: number): boolean {
	return year < YEARS_END && isCalendarDay(year, month, day);
}

/** The number that some digits make; -1, which is part of no date, where another byte is among them. */
function digits(bytes: Uint8Array, start: number, count: number): number {
	let number = 0;
	for (let i = start; i < start + count; i++) {
		const byte = bytes[i];
		if (byte < ZERO || byte > NINE) return -1;
		number = number * 10 + (byte - ZERO);
	}
	return number;
}
