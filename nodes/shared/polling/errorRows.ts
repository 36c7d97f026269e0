import { boundedText, boundedValue, jsonValue } from '../http/outsideText';
import { delimitedRecords, likelyDelimiter } from './delimited';

/** One error that the service reports, with whatever the file says of it. */
export interface ErrorRow {
	/** number of the row in the uploaded file, where the file says one */
	row?: number | string;
	/** the column or attribute concerned */
	column?: string;
	message?: string;
	/** everything else, under the names that the file has */
	[field: string]: unknown;
}

/** What was found in an error file. */
export interface ErrorRows {
	/** what the file looks like: its format is documented nowhere (source A8) */
	format: 'csv' | 'json' | 'jsonLines' | 'text' | 'empty' | 'binary';
	rows: ErrorRow[];
	/** true where the file has more than what was read or asked for */
	truncated: boolean;
}

const MEANINGS = ['row', 'column', 'message'] as const;
type Meaning = (typeof MEANINGS)[number];

const LONGEST_MESSAGE = 1_000;

/** Names under which the three facts are looked for, folded: letters and digits only, lower case. */
const NAMES: Readonly<Record<Meaning, readonly string[]>> = {
	row: [
		'row',
		'rownumber',
		'rowno',
		'rownum',
		'rowindex',
		'rowid',
		'line',
		'linenumber',
		'lineno',
		'record',
		'recordnumber',
	],
	column: [
		'column',
		'columnname',
		'field',
		'fieldname',
		'attribute',
		'attributename',
		'header',
		'headername',
		'property',
	],
	message: [
		'message',
		'errormessage',
		'error',
		'errordescription',
		'errordetail',
		'errordetails',
		'description',
		'detail',
		'details',
		'reason',
		'validationerror',
		'issue',
	],
};

/**
 * Reads an error file of the service without knowing its format: CSV with comma, semicolon, tab or bar, with or without a
 * header; JSON as a list, or as an object that holds one; JSON lines; plain text. Never fails: what cannot be understood comes
 * as a message with the line as it is.
 * @param bytes the file, or its beginning
 * @param limit highest number of rows to give
 * @param isCut whether the file is longer than `bytes`; then the last line, which may be broken, is left out
 */
export function readErrorRows(bytes: Buffer, limit: number, isCut = false): ErrorRows {
	const text = decoded(bytes);
	if (text === undefined) return { format: 'binary', rows: [], truncated: isCut };
	const whole = isCut ? text.slice(0, Math.max(0, text.lastIndexOf('\n'))) : text;
	if (whole.trim() === '') return { format: 'empty', rows: [], truncated: isCut };
	const { format, rows } =
		fromJson(whole, limit) ?? fromJsonLines(whole, limit) ?? fromCsv(whole, limit) ?? fromLines(whole, limit);
	return { format, rows: rows.slice(0, limit), truncated: isCut || rows.length > limit };
}

type Read = Pick<ErrorRows, 'format' | 'rows'>;

/** UTF-8 or UTF-16 by its mark; undefined for what is no text. */
function decoded(bytes: Buffer): string | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
	if (bytes[0] === 0xfe && bytes[1] === 0xff) {
		const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
		return Buffer.from(even).swap16().toString('utf16le');
	}
	if (bytes.subarray(0, 4096).includes(0)) return undefined;
	const text = bytes.toString('utf8');
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** One more than asked for tells that there is more. */
function fromJson(text: string, limit: number): Read | undefined {
	if (!/^\s*[[{"]/.test(text)) return undefined;
	const value = jsonValue(text);
	if (value === undefined) return undefined;
	return {
		format: 'json',
		rows: listIn(value)
			.slice(0, limit + 1)
			.map(rowOf),
	};
}

/** The list itself, the first list within an object, or the value as the only entry. */
function listIn(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (isObject(value)) {
		const lists = Object.values(value).filter((part) => Array.isArray(part) && part.length > 0);
		if (lists.length > 0) return lists[0] as unknown[];
		const inner = Object.values(value).find((part) => isObject(part) && hasList(part));
		if (inner !== undefined) return listIn(inner);
	}
	return [value];
}

function hasList(value: unknown): boolean {
	return isObject(value) && Object.values(value).some((part) => Array.isArray(part) && part.length > 0);
}

function fromJsonLines(text: string, limit: number): Read | undefined {
	if (!/^\s*\{/.test(text)) return undefined;
	const rows: ErrorRow[] = [];
	for (const line of linesOf(text).slice(0, limit + 1)) {
		const value = jsonValue(line);
		if (value === undefined) return undefined;
		rows.push(rowOf(value));
	}
	return { format: 'jsonLines', rows };
}

function fromCsv(text: string, limit: number): Read | undefined {
	const delimiter = likelyDelimiter(text);
	if (delimiter === undefined) return undefined;
	// One more for the header.
	const [first, ...others] = delimitedRecords(text, delimiter, limit + 2);
	const header = isHeader(first) ? first : undefined;
	const rows = (header === undefined ? [first, ...others] : others).map((fields) =>
		header === undefined ? fromUnnamed(fields) : fromNamed(header, fields),
	);
	return { format: 'csv', rows };
}

/** A header names at least one of the three facts and holds no number. */
function isHeader(fields: readonly string[]): boolean {
	return (
		fields.some((name) => meaningOf(name) !== undefined) && !fields.some((name) => /^\s*\d+\s*$/.test(name))
	);
}

function fromNamed(header: readonly string[], fields: readonly string[]): ErrorRow {
	// More fields than names: an unquoted comma in the message, or something unknown. Nothing is thrown away.
	const nameOf = (index: number) => header[index]?.trim() || `field${index + 1}`;
	return rowOf(Object.fromEntries(fields.map((value, index) => [nameOf(index), value])));
}

/** Without a header: the first whole number is the row, the longest text is the message. */
function fromUnnamed(given: readonly string[]): ErrorRow {
	const fields = boundedValue(given) as string[];
	const row = fields.findIndex((field) => /^\s*\d+\s*$/.test(field));
	const longest = Math.max(...fields.map((field) => field.length));
	const message = fields.findIndex((field, index) => index !== row && field.length === longest);
	const others = fields.map((field, index) => [index, field] as const).filter(([index]) => index !== row);
	return {
		...(row < 0 ? {} : { row: Number(fields[row]) }),
		...(message < 0 ? {} : { message: fields[message] }),
		...Object.fromEntries(
			others.filter(([index]) => index !== message).map(([index, field]) => [`field${index + 1}`, field]),
		),
	};
}

function fromLines(text: string, limit: number): Read {
	return {
		format: 'text',
		rows: linesOf(text)
			.slice(0, limit + 1)
			.map(fromSentence),
	};
}

/** A sentence such as "Row 12, column 'HireDate': not a date". */
function fromSentence(line: string): ErrorRow {
	const message = boundedText(line, LONGEST_MESSAGE);
	const row = /\b(?:row|line|record) ?(?:number|no\.?|#)? ?[:=]? ?(\d{1,15})/i.exec(message)?.[1];
	const column = /\b(?:column|field|attribute) ?(?:name)? ?[:=]? ?(?:'([^']+)'|"([^"]+)"|(\w+))/i.exec(
		message,
	);
	const name = column?.[1] ?? column?.[2] ?? column?.[3];
	return {
		...(row === undefined ? {} : { row: Number(row) }),
		...(name === undefined ? {} : { column: name }),
		message,
	};
}

function rowOf(value: unknown): ErrorRow {
	if (typeof value === 'string') return fromSentence(value);
	const bounded = boundedValue(value);
	if (!isObject(bounded)) return { message: boundedText(JSON.stringify(bounded), LONGEST_MESSAGE) };
	const names = bestNames(Object.keys(bounded));
	const found = (meaning: Meaning): unknown => {
		const content = bounded[names[meaning] ?? ''];
		return isPlain(content) ? content : undefined;
	};
	const [row, column, message] = [found('row'), found('column'), found('message')];
	const told = new Set(
		MEANINGS.filter((meaning) => found(meaning) !== undefined).map((meaning) => names[meaning]),
	);
	return {
		...(row === undefined ? {} : { row: asNumber(row) }),
		...(column === undefined ? {} : { column: String(column) }),
		...(message === undefined ? {} : { message: String(message) }),
		...Object.fromEntries(Object.entries(bounded).filter(([name]) => !told.has(name))),
	};
}

function meaningOf(name: string): Meaning | undefined {
	const folded = fold(name);
	return MEANINGS.find((meaning) => NAMES[meaning].includes(folded));
}

/** For each meaning the best known of the names that have it; the others keep their own names. */
function bestNames(names: readonly string[]): Partial<Record<Meaning, string>> {
	const best: Partial<Record<Meaning, string>> = {};
	const rank = (meaning: Meaning, name: string) => NAMES[meaning].indexOf(fold(name));
	for (const name of names) {
		const meaning = meaningOf(name);
		if (meaning === undefined) continue;
		const known = best[meaning];
		if (known === undefined || rank(meaning, name) < rank(meaning, known)) best[meaning] = name;
	}
	return best;
}

const fold = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function asNumber(value: unknown): number | string {
	const text = String(value).trim();
	return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function linesOf(text: string): string[] {
	return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
}
