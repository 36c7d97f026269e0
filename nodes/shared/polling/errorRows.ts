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

type Meaning = 'row' | 'column' | 'message';

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
		fromJson(whole) ?? fromJsonLines(whole) ?? fromCsv(whole, limit) ?? fromLines(whole);
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

function fromJson(text: string): Read | undefined {
	if (!/^\s*[[{"]/.test(text)) return undefined;
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	return { format: 'json', rows: listIn(value).map(rowOf) };
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

function fromJsonLines(text: string): Read | undefined {
	if (!/^\s*\{/.test(text)) return undefined;
	const rows: ErrorRow[] = [];
	for (const line of linesOf(text)) {
		try {
			rows.push(rowOf(JSON.parse(line)));
		} catch {
			return undefined;
		}
	}
	return { format: 'jsonLines', rows };
}

function fromCsv(text: string, limit: number): Read | undefined {
	const delimiter = likelyDelimiter(text);
	if (delimiter === undefined) return undefined;
	// One more than asked for tells that there is more; one for the header.
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
	const named: Record<string, unknown> = {};
	for (const [index, value] of fields.entries()) {
		// More fields than names: an unquoted comma in the message, or something unknown. Nothing is thrown away.
		const name = header[index]?.trim() || `field${index + 1}`;
		named[name] = value;
	}
	return rowOf(named);
}

/** Without a header: the first whole number is the row, the longest text is the message. */
function fromUnnamed(fields: readonly string[]): ErrorRow {
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

function fromLines(text: string): Read {
	return { format: 'text', rows: linesOf(text).map(fromSentence) };
}

/** A sentence such as "Row 12, column 'HireDate': not a date". */
function fromSentence(line: string): ErrorRow {
	const row = /\b(?:row|line|record)\s*(?:number|no\.?|#)?\s*[:=]?\s*(\d+)/i.exec(line)?.[1];
	const column = /\b(?:column|field|attribute)\s*(?:name)?\s*[:=]?\s*(?:'([^']+)'|"([^"]+)"|(\w+))/i.exec(
		line,
	);
	const name = column?.[1] ?? column?.[2] ?? column?.[3];
	return {
		...(row === undefined ? {} : { row: Number(row) }),
		...(name === undefined ? {} : { column: name }),
		message: line.trim(),
	};
}

function rowOf(value: unknown): ErrorRow {
	if (typeof value === 'string') return fromSentence(value);
	if (!isObject(value)) return { message: JSON.stringify(value) };
	const found: Partial<Record<Meaning, unknown>> = {};
	const others: Record<string, unknown> = {};
	const names = Object.keys(value);
	for (const name of names) {
		const meaning = meaningOf(name);
		// Of two names with one meaning the better known wins; the other keeps its own name.
		const isBest = meaning !== undefined && bestName(meaning, names) === name;
		if (isBest && isPlain(value[name])) found[meaning] = value[name];
		else others[name] = value[name];
	}
	return {
		...(found.row === undefined ? {} : { row: asNumber(found.row) }),
		...(found.column === undefined ? {} : { column: String(found.column) }),
		...(found.message === undefined ? {} : { message: String(found.message) }),
		...others,
	};
}

function meaningOf(name: string): Meaning | undefined {
	const folded = fold(name);
	return (Object.keys(NAMES) as Meaning[]).find((meaning) => NAMES[meaning].includes(folded));
}

function bestName(meaning: Meaning, names: readonly string[]): string | undefined {
	const rank = (name: string) => {
		const place = NAMES[meaning].indexOf(fold(name));
		return place < 0 ? Infinity : place;
	};
	return [...names].sort((a, b) => rank(a) - rank(b))[0];
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
