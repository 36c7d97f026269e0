/*
 * Checks of single values on their bytes: no string is made for a value that is right.
 * All take the text of one field, `bytes[start … end - 1]`, already known not to be blank.
 */

const AT = 0x40;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
/** Longest label of a domain (RFC 1035). */
const LONGEST_LABEL = 63;

/** 1 for each byte that may stand in the local part of an e-mail address: RFC 5322 "atext" and the dot. */
const localPart = tableOf(
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.",
);
/** 1 for each byte that may stand in a label of a domain. */
const domainLabel = tableOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-');

function tableOf(characters: string): Uint8Array {
	const table = new Uint8Array(256);
	for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = 1;
	return table;
}

/**
 * Whether the text has the form of an SMTP address: a local part of RFC 5322 atoms and dots, and a domain of at
 * least two labels, the last of letters (or an internationalized one, `xn--…`). Microsoft 365 issues no quoted local parts and no non-ASCII addresses.
 */
export function isEmail(bytes: Uint8Array, start: number, end: number): boolean {
	let i = start;
	let afterDot = true;
	for (; i < end; i++) {
		const byte = bytes[i];
		if (byte === AT) break;
		if (localPart[byte] === 0) return false;
		const dot = byte === DOT;
		if (dot && afterDot) return false;
		afterDot = dot;
	}
	if (i === start || i === end || afterDot || i - start > 64) return false;

	let labels = 1;
	let labelStart = ++i;
	for (; i < end; i++) {
		const byte = bytes[i];
		if (byte === DOT) {
			if (i === labelStart || i - labelStart > LONGEST_LABEL || bytes[i - 1] === HYPHEN) return false;
			labels++;
			labelStart = i + 1;
		} else if (domainLabel[byte] === 0 || (byte === HYPHEN && i === labelStart)) return false;
	}
	if (labels === 1 || bytes[end - 1] === HYPHEN || end - start > 320) return false;
	return isTopLabel(bytes, labelStart, end);
}

function isTopLabel(bytes: Uint8Array, start: number, end: number): boolean {
	const length = end - start;
	if (length < 2 || length > LONGEST_LABEL) return false;
	if (length > 3 && bytes[start + 2] === HYPHEN && bytes[start + 3] === HYPHEN) return true;
	for (let i = start; i < end; i++) if ((bytes[i] | 0x20) < 0x61 || (bytes[i] | 0x20) > 0x7a) return false;
	return true;
}

const INTEGER_DIGITS = 10;
const LARGEST_INTEGER = 2_147_483_647;

/** Whether the text is a whole number of 32 bits (type `int32`, source A9): digits, with a minus sign at most. */
export function isInteger(bytes: Uint8Array, start: number, end: number): boolean {
	const first = bytes[start] === HYPHEN ? start + 1 : start;
	if (first === end || end - first > INTEGER_DIGITS) return false;
	let number = 0;
	for (let i = first; i < end; i++) {
		if (bytes[i] < ZERO || bytes[i] > NINE) return false;
		number = number * 10 + (bytes[i] - ZERO);
	}
	return number <= LARGEST_INTEGER + (first - start);
}

/** Whether the text is a number such as 23.75: digits, one decimal point at most, no separators, no exponent. */
export function isDouble(bytes: Uint8Array, start: number, end: number): boolean {
	const first = bytes[start] === HYPHEN ? start + 1 : start;
	let digits = 0;
	let dots = 0;
	for (let i = first; i < end; i++) {
		const byte = bytes[i];
		if (byte >= ZERO && byte <= NINE) digits++;
		else if (byte === DOT) dots++;
		else return false;
	}
	return digits > 0 && dots < 2 && bytes[end - 1] !== DOT && bytes[first] !== DOT;
}

/** Whether the text holds nothing but blanks and tabs, no-break spaces and the like (or nothing at all). */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
	for (let i = start; i < end; i++) {
		if (bytes[i] === 0x20 || bytes[i] === 0x09) continue;
		const more = bytes[i] < 0xc2 ? 0 : bytesBehindBlank(bytes, i, end);
		if (more === 0) return false;
		i += more;
	}
	return true;
}

/** How many further bytes a blank outside of ASCII has that begins here; 0 where none does. */
function bytesBehindBlank(bytes: Uint8Array, i: number, end: number): number {
	const first = bytes[i];
	const second = bytes[i + 1];
	if (first === 0xc2) return i + 1 < end && second === 0xa0 ? 1 : 0;
	if (i + 2 >= end) return 0;
	const third = bytes[i + 2];
	if (first === 0xe2 && second === 0x80) return (third >= 0x80 && third <= 0x8b) || third === 0xaf ? 2 : 0;
	if (first === 0xe2) return second === 0x81 && third === 0x9f ? 2 : 0;
	if (first === 0xe3) return second === 0x80 && third === 0x80 ? 2 : 0;
	return first === 0xef && second === 0xbb && third === 0xbf ? 2 : 0;
}

/** Whether the text holds a carriage return or a line feed. */
export function hasLineBreak(bytes: Uint8Array, start: number, end: number): boolean {
	for (let i = start; i < end; i++) if (bytes[i] === 0x0a || bytes[i] === 0x0d) return true;
	return false;
}
