/** What can separate the fields of a file that is written. */
export type WrittenDelimiter = ',' | '\t' | '|';

/** What makes quotes necessary around a value. */
export const NEEDS_QUOTES = /[",\r\n]/;

const QUOTED_BETWEEN: Record<WrittenDelimiter, RegExp> = {
	',': NEEDS_QUOTES,
	'\t': /["\t\r\n]/,
	'|': /["|\r\n]/,
};

/** A value as it stands in a CSV file: in quotes only where it holds the delimiter, a quote or a line break (RFC 4180). */
export function csvField(text: string, delimiter: WrittenDelimiter = ','): string {
	return QUOTED_BETWEEN[delimiter].test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a CSV file with its CRLF. A line of a single blank is quoted, because a blank line is no record. */
export function csvLine(values: readonly string[], delimiter: WrittenDelimiter = ','): string {
	if (values.length === 1 && values[0] === '') return '""\r\n';
	return `${values.map((value) => csvField(value, delimiter)).join(delimiter)}\r\n`;
}

/** By this mark Excel knows UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A value for people: an apostrophe goes before what a spreadsheet would run as a formula. */
export function forSpreadsheet(value: string): string {
	return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
