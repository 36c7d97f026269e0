import { boundedText, boundedValue, jsonValue } from '../http/outsideText';
import { delimitedRecords, likelyDelimiter } from './delimited';
import { bestNames, fold, MEANINGS, meaningOf, type Meaning } from './errorNames';
import { errorText } from './errorText';

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

const LONGEST_MESSAGE = 1_000;
/** A header is looked for in so many lines: reports have titles above it. */
const MOST_TITLE_LINES = 10;

/**
 * Reads an error file of the service without knowing its format: CSV with comma, semicolon, tab or bar, with or without a
 * header, titles above it or a `sep=` line; JSON with lists of errors anywhere, or errors by row or by column; JSON lines;
 * plain text, gzip or zip of these. Never fails: what cannot be understood comes as a message with the line as it is.
 * @param bytes the file, or its beginning
 * @param limit highest number of rows to give
 * @param about `isCut`: the file is longer than `bytes`, so the last line, which may be broken, is left out; `charset`: as
 * the file's content type says
 */
export function readErrorRows(
	bytes: Buffer,
	limit: number,
	{ isCut = false, charset }: { isCut?: boolean; charset?: string } = {},
): ErrorRows {
	const read = errorText(bytes, { isCut, charset });
	if (read === undefined) return { format: 'binary', rows: [], truncated: isCut };
	const { text } = read;
	const whole = read.isCut
		? text.slice(0, Math.max(0, text.lastIndexOf('\n'), text.lastIndexOf('\r')))
		: text;
	if (whole.trim() === '') return { format: 'empty', rows: [], truncated: read.isCut };
	const { format, rows } =
		fromJson(whole, limit) ?? fromJsonLines(whole, limit) ?? fromCsv(whole, limit) ?? fromLines(whole, limit);
	return { format, rows: rows.slice(0, limit), truncated: read.isCut || rows.length > limit };
}

type Read = Pick<ErrorRows, 'format' | 'rows'>;

/** What the place of an error within the file says of it. */
type Place = Pick<ErrorRow, 'row' | 'column'> & { severity?: 'warning' };

/** Collects errors out of JSON, one more than asked for, which tells that there are more. */
interface Collection {
	rows: ErrorRow[];
	limit: number;
}

/** Deeper lists are one error as they are. */
const DEEPEST_LIST = 8;

function fromJson(text: string, limit: number): Read | undefined {
	if (!/^\s*[[{"]/.test(text)) return undefined;
	const value = jsonValue(text);
	if (value === undefined) return undefined;
	const found: Collection = { rows: [], limit };
	collect(value, {}, { found, depth: 0 });
	return { format: 'json', rows: found.rows };
}

function collect(value: unknown, place: Place, { found, depth }: { found: Collection; depth: number }): void {
	if (found.rows.length > found.limit) return;
	const deeper = { found, depth: depth + 1 };
	const tooDeep = depth > DEEPEST_LIST;
	if (Array.isArray(value) && !tooDeep && value.some((part) => !Array.isArray(part))) {
		for (const part of value) collect(part, place, deeper);
		return;
	}
	const parts = isObject(value) && !tooDeep ? partsOf(value, place) : [];
	if (parts.length === 0) found.rows.push(placed(rowOf(value), place));
	for (const [part, where] of parts) collect(part, where, deeper);
}

/** The parts of an object that hold errors, each with its place; none where the object is an error itself. */
function partsOf(value: Record<string, unknown>, place: Place): Array<[unknown, Place]> {
	const entries = Object.entries(value);
	if (entries.length > 0 && entries.every(([name]) => /^\d{1,15}$/.test(name))) {
		return entries.map(([name, part]) => [part, { ...place, row: Number(name) }]);
	}
	const { row, column, message } = rowOf(value);
	const own = { ...place, ...(row !== undefined && { row }), ...(column !== undefined && { column }) };
	const isError = row !== undefined || column !== undefined;
	return entries.flatMap(([name, part]): Array<[unknown, Place]> => {
		const where = /^warnings?$/.test(fold(name)) ? { ...own, severity: 'warning' as const } : own;
		const listsErrors = meaningOf(name) === 'message' || where.severity !== undefined;
		if (Array.isArray(part) && part.length > 0) {
			// A list within an error is one of errors by its name only; an error with a message is whole.
			return isError && (message !== undefined || !listsErrors) ? [] : [[part, where]];
		}
		if (!isObject(part)) return [];
		if (listsErrors && Object.values(part).every(isMessages)) {
			return Object.entries(part).map(([named, texts]) => [texts, { ...where, column: named }]);
		}
		return hasErrors(part) && !isError ? [[part, where]] : [];
	});
}

/** Texts such as ASP.NET gives for each field. */
const isMessages = (value: unknown): boolean =>
	typeof value === 'string' || (Array.isArray(value) && value.every((part) => typeof part === 'string'));

function hasErrors(value: Record<string, unknown>): boolean {
	const entries = Object.entries(value);
	return entries.some(
		([name, part]) =>
			(Array.isArray(part) && part.length > 0) || (isObject(part) && (/^\d+$/.test(name) || hasErrors(part))),
	);
}

/** What the error says itself comes first. */
const placed = (row: ErrorRow, place: Place): ErrorRow => ({ ...place, ...row });

function fromJsonLines(text: string, limit: number): Read | undefined {
	if (!/^\s*\{/.test(text)) return undefined;
	const found: Collection = { rows: [], limit };
	for (const line of linesOf(text).slice(0, limit + 1)) {
		const value = jsonValue(line);
		if (value === undefined) return undefined;
		collect(value, {}, { found, depth: 0 });
	}
	return { format: 'jsonLines', rows: found.rows };
}

function fromCsv(text: string, limit: number): Read | undefined {
	const sep = /^sep=([,;|\t])[\r\n]+/i.exec(text);
	const table = sep ? text.slice(sep[0].length) : text;
	const titled = withHeader(table, sep?.[1]);
	if (titled) {
		const [header, ...records] = delimitedRecords(titled.text, titled.delimiter, limit + 2);
		return { format: 'csv', rows: records.map((fields) => fromNamed(header, fields)) };
	}
	const delimiter = sep?.[1] ?? likelyDelimiter(table);
	if (delimiter === undefined) return undefined;
	const records = delimitedRecords(table, delimiter, limit + 1);
	// Without a header only numbers of rows tell a table from sentences with commas.
	const numbered = records.filter((fields) => fields.some(isWholeNumber)).length;
	return numbered * 2 > records.length ? { format: 'csv', rows: records.map(fromUnnamed) } : undefined;
}

/** The table from its header on; undefined where no line is one. */
function withHeader(text: string, known?: string): { text: string; delimiter: string } | undefined {
	let rest = text;
	for (let line = 0; line <= MOST_TITLE_LINES && rest !== ''; line++) {
		const delimiter = known ?? likelyDelimiter(rest);
		const [first, second] = delimiter === undefined ? [] : delimitedRecords(rest, delimiter, 2);
		// Below other lines, one name could be a word of a title.
		if (delimiter !== undefined && isHeader(first) && (line === 0 || (second && meaningsIn(first) > 1))) {
			return { text: rest, delimiter };
		}
		const end = /\r\n|\r|\n/.exec(rest);
		rest = end ? rest.slice(end.index + end[0].length) : '';
	}
	return undefined;
}

const isWholeNumber = (field: string): boolean => /^\s*\d+\s*$/.test(field);
const meaningsIn = (names: readonly string[]): number => new Set(names.map(meaningOf).filter(Boolean)).size;

/** A header names at least one of the three facts and holds no number. */
function isHeader(fields: readonly string[]): boolean {
	return meaningsIn(fields) > 0 && !fields.some(isWholeNumber);
}

function fromNamed(header: readonly string[], fields: readonly string[]): ErrorRow {
	// More fields than names: an unquoted comma in the message, or something unknown. Nothing is thrown away.
	const nameOf = (index: number) => header[index]?.trim() || `field${index + 1}`;
	const row = rowOf(Object.fromEntries(fields.map((value, index) => [nameOf(index), value])));
	// A row of the source with its errors: "HireDate: not a date".
	const named = row.column === undefined ? /^([^:]{1,100}):/.exec(row.message ?? '')?.[1].trim() : undefined;
	return named !== undefined && header.some((name) => name.trim() === named)
		? { ...row, column: named }
		: row;
}

/** Without a header: the first whole number is the row, the longest text is the message. */
function fromUnnamed(given: readonly string[]): ErrorRow {
	const fields = boundedValue(given) as string[];
	const row = fields.findIndex(isWholeNumber);
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
