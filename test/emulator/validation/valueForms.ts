/** Date forms of the service (A10). */
export type DateOrder = 'monthFirst' | 'dayFirst';

const emailForm =
	/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** An ASCII address with a full domain. That it must be ASCII is the emulator's choice. */
export function isEmail(value: string): boolean {
	return emailForm.test(value) && !value.startsWith('.') && !value.includes('..') && !value.includes('.@');
}

/** A whole number that fits 32 bits. */
export function isInteger(value: string): boolean {
	return /^[+-]?\d{1,10}$/.test(value) && Number(value) >= -2_147_483_648 && Number(value) <= 2_147_483_647;
}

/** A number like 23.75: no thousands separator, no currency sign. */
export function isDouble(value: string): boolean {
	return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(value);
}

const months = [
	'january',
	'february',
	'march',
	'april',
	'may',
	'june',
	'july',
	'august',
	'september',
	'october',
	'november',
	'december',
];
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Reads a date in the forms that the service lists for an order.
 * @returns the day as yyyymmdd, or null when the text is no such date
 */
export function parseDate(value: string, order: DateOrder): number | null {
	let match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(\s.+)?$/.exec(value);
	if (match) return ordered(order, match[1], match[2], match[3]);
	if (order === 'dayFirst') {
		match = /^(\d{1,2})\/(\d{1,2})\/(\d{2})$/.exec(value);
		if (match) return ordered(order, match[1], match[2], match[3]);
	}
	match = /^(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})$/.exec(value);
	if (match) return ordered(order, match[1], match[2], match[3]);
	match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
	if (match) {
		// YYYY-MM-DD with the month-first type, YYYY-DD-MM with the day-first one
		return order === 'monthFirst' ? day(match[1], match[2], match[3]) : day(match[1], match[3], match[2]);
	}
	match = /^(?:([A-Za-z]+), )?([A-Za-z]+) (\d{1,2}), (\d{4})$/.exec(value);
	if (match) {
		const month = months.indexOf((match[2] ?? '').toLowerCase()) + 1;
		const date = day(match[4], String(month), match[3]);
		if (match[1] === undefined || date === null) return date;
		const weekday = new Date(Date.UTC(Number(match[4]), month - 1, Number(match[3]))).getUTCDay();
		return weekdays[weekday] === match[1].toLowerCase() ? date : null;
	}
	match = /^(\d{1,2})-([A-Za-z]{3})-(\d{4}|\d{2})$/.exec(value);
	if (match) {
		const name = (match[2] ?? '').toLowerCase();
		return day(match[3], String(months.findIndex((month) => month.startsWith(name)) + 1), match[1]);
	}
	return null;
}

function ordered(order: DateOrder, one = '', two = '', year = ''): number | null {
	return order === 'monthFirst' ? day(year, one, two) : day(year, two, one);
}

function day(year = '', month = '', dayOfMonth = ''): number | null {
	let y = Number(year);
	if (year.length === 2) y += y < 50 ? 2000 : 1900;
	const m = Number(month);
	const d = Number(dayOfMonth);
	if (y < 1800 || m < 1 || m > 12 || d < 1 || d > new Date(Date.UTC(y, m, 0)).getUTCDate()) return null;
	return y * 10_000 + m * 100 + d;
}

/** ISO 8601 date and time as the Purview page prints it; offset, Z and fraction may be missing (C5, F22). */
export function isIsoDateTime(value: string): boolean {
	const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?$/.exec(
		value,
	);
	if (!match || day(match[1], match[2], match[3]) === null) return false;
	return Number(match[4]) < 24 && Number(match[5]) < 60 && Number(match[6]) < 60;
}
