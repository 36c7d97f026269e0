import type { RuleCode } from '../findings/catalogue';

/*
 * Values that a service takes but nobody means: found on their bytes, so that no string is made for a usual value. What is looked
 * for is looked for in assembly/values.ts too (`isUsualText`), which may only let pass what nothing here finds.
 */

/** What stands for "nothing" in exports of programs that must write something, and what spreadsheets write for an error. */
const NO_VALUE =
	/^(?:(?:null|n\/a|n\.a\.|none|nil|nan|undefined)(?:,? (?:null|undefined))?|'null'|not (?:applicable|available|assigned|set)|[(<[](?:null|none|n\/a|empty|blank|leer|vide|vuoto|leeg)[)>\]]|\[object \w+\](?:,\[object \w+\])*|#(?:n\/a|nv|ref|value|null|getting_data)|#[^\s#]{2,16}[!?]|#{3,})$/i;
/** Bytes with which such a word begins, and the marks by which spreadsheets keep text. */
const FIRST_BYTES = new Uint8Array(256);
for (const sign of "nNuU(<[#='") FIRST_BYTES[sign.charCodeAt(0)] = 1;
for (let digit = 0x30; digit <= 0x39; digit++) FIRST_BYTES[digit] = 2;
FIRST_BYTES[0x2d] = 2;

/** Longest text in which they are looked for, in bytes. */
const LONGEST_WORD = 40;
const SPREADSHEET_TEXT = /^(?:="[^"]*"|=[\w$@(+'-].*|'.+)$/s;
const EXPONENT = /^-?\d(?:[.,]\d+)?E\+\d{1,3}$/i;
const PLUS = 0x2b;

/**
 * The rule that a text breaks although the service takes it.
 * @param bytes the text stands at `bytes[start … end - 1]`; it is not blank
 */
export function textFault(bytes: Buffer, start: number, end: number): RuleCode | undefined {
	const first = FIRST_BYTES[bytes[start]];
	if (first === 0) return undefined;
	if (first === 2) {
		// Spreadsheets write at least two digits behind the sign.
		if (end - start < 5 || (bytes[end - 3] !== PLUS && bytes[end - 4] !== PLUS)) return undefined;
		return EXPONENT.test(bytes.toString('latin1', start, end)) ? 'value-shortened' : undefined;
	}
	if (end - start > LONGEST_WORD && bytes[start] !== 0x3d && bytes[start] !== 0x27) return undefined;
	const text = bytes.toString('latin1', start, end);
	if (NO_VALUE.test(text)) return 'value-placeholder';
	return SPREADSHEET_TEXT.test(text.replaceAll('""', '"')) ? 'value-spreadsheet-text' : undefined;
}

/** As {@link textFault} for an address that has the right form. */
export function addressFault(bytes: Buffer, start: number, end: number): RuleCode | undefined {
	if (bytes[start] === 0x27) return 'value-spreadsheet-text';
	const at = bytes.indexOf('#', start);
	if (at < 0 || at >= end) return undefined;
	return /#EXT#/i.test(bytes.toString('latin1', start, end)) ? 'address-guest' : undefined;
}

/**
 * The rule that a text breaks by characters that were lost, encoded twice, or cannot be seen.
 * @param bytes UTF-8; the text stands at `bytes[start … end - 1]`
 */
export function characterFault(bytes: Buffer, start: number, end: number): RuleCode | undefined {
	for (let i = start; i + 1 < end; i++) {
		const byte = bytes[i];
		if (byte < 0xc2) continue;
		const next = bytes[i + 1];
		const third = i + 2 < end ? bytes[i + 2] : 0;
		// Control characters that only another encoding has as letters.
		if (byte === 0xc2 && next < 0xa0) return 'value-garbled';
		// U+FFFD, which stands for what could not be read.
		if (byte === 0xef && next === 0xbf && third === 0xbd) return 'value-garbled';
		// Ã or Â before a sign that is no letter: two bytes of UTF-8 that were taken for two characters.
		if (byte === 0xc3 && (next === 0x83 || next === 0x82) && (third === 0xc2 || third === 0xe2)) {
			return 'value-garbled';
		}
		// â€: the first two of three.
		if (byte === 0xc3 && next === 0xa2 && third === 0xe2 && bytes[i + 3] === 0x82 && bytes[i + 4] === 0xac) {
			return 'value-garbled';
		}
		if (isInvisible(byte, next, third)) return 'value-invisible';
	}
	return undefined;
}

/** Soft hyphen, characters without a width (but for joiners, which emoji and Persian need), marks of direction, byte order mark. */
function isInvisible(first: number, second: number, third: number): boolean {
	if (first === 0xc2) return second === 0xad;
	if (first === 0xef) return second === 0xbb && third === 0xbf;
	if (first !== 0xe2) return false;
	if (second === 0x80)
		return third === 0x8b || third === 0x8e || third === 0x8f || (third >= 0xaa && third <= 0xae);
	return second === 0x81 && third >= 0xa0 && third <= 0xa4;
}
