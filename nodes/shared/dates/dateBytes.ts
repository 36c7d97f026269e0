import { dayNumber, isCalendarDay } from './calendar';

/*
 * Dates in the destinations' own forms, read from their bytes: no string is made for a value that can be sent as it is.
 * Years that are seldom meant (before 1940, from 2070 on) are left to `readDate`, for they may be placeholders.
 */

const HYPHEN = 0x2d;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const LENGTH = 10;
const FIRST_YEAR = 1940;
const YEARS_END = 2070;

/**
 * The number of the day of a field that is exactly `YYYY-MM-DD`; 0 for every other value.
 * @param start index of the first byte
 * @param end index after the last byte
 */
export function yearFirstDay(bytes: Uint8Array, start: number, end: number): number {
	if (end - start !== LENGTH || bytes[start + 4] !== HYPHEN || bytes[start + 7] !== HYPHEN) return 0;
	return numberOf(digits(bytes, start, 4), digits(bytes, start + 5, 2), digits(bytes, start + 8, 2));
}

/** As {@link yearFirstDay} for `MM/DD/YYYY`. Whether that order is meant, the column decides. */
export function monthFirstDay(bytes: Uint8Array, start: number, end: number): number {
	if (end - start !== LENGTH || bytes[start + 2] !== SLASH || bytes[start + 5] !== SLASH) return 0;
	return numberOf(digits(bytes, start + 6, 4), digits(bytes, start, 2), digits(bytes, start + 3, 2));
}

/** As {@link yearFirstDay} for `DD/MM/YYYY`. Whether that order is meant, the column decides. */
export function dayFirstDay(bytes: Uint8Array, start: number, end: number): number {
	if (end - start !== LENGTH || bytes[start + 2] !== SLASH || bytes[start + 5] !== SLASH) return 0;
	return numberOf(digits(bytes, start + 6, 4), digits(bytes, start + 3, 2), digits(bytes, start, 2));
}

function numberOf(year: number, month: number, day: number): number {
	if (year < FIRST_YEAR || year >= YEARS_END || !isCalendarDay(year, month, day)) return 0;
	return dayNumber(year, month, day);
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
