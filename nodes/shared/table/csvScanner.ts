import { problem, type Problem } from '../problem';
import { FieldForm } from './recordBatch';

/** Bounds of a CSV file, so that a damaged one can neither fill the memory nor stop the event loop. */
export interface CsvLimits {
	/** longest field, in bytes */
	fieldBytes: number;
	/** longest record, in bytes */
	recordBytes: number;
	/** most fields in a record */
	columns: number;
}

/** Where the scanner found the records of one piece of text. All arrays are used again by the next scan. */
export interface ScannedRecords {
	records: number;
	/** row of the file in which each record stands */
	rows: Uint32Array;
	/** first byte of each record, its opening quote included */
	offsets: Uint32Array;
	/** as in `RecordBatch` */
	fields: Uint32Array;
	starts: Uint32Array;
	ends: Uint32Array;
	forms: Uint8Array;
	/** first byte that belongs to no complete record: the next scan begins there */
	next: number;
	/** row of the last line that was passed, blank lines included */
	row: number;
}

/** Finds records and fields in text. */
export interface CsvScanner {
	/**
	 * Scans `bytes[begin … end - 1]`, from the beginning of a line up to the last complete record.
	 * @param bytes text; `bytes[end]` exists and is overwritten
	 * @param row row of the line before `begin`
	 * @param last nothing follows after `end`, so that the last record ends there
	 * @returns the same object each time
	 * @throws Problem `input` that names the row: an unbalanced quote, text after a closing quote, a NUL, a limit
	 */
	scan(bytes: Uint8Array, begin: number, end: number, row: number, last: boolean): ScannedRecords;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** Three times the fields of a usual batch. */
export const FIELDS_PER_SCAN = 65_536;

/**
 * Makes a scanner of CSV as RFC 4180 has it, and as it exists: lines end with LF, CRLF or CR; a quote that does not
 * open its field stands for itself.
 * @param delimiter one ASCII character
 * @param limits see {@link CsvLimits}
 * @param enoughFields a scan ends after the record in which it has met so many fields: that bounds its arrays
 */
export function createCsvScanner(
	delimiter: string,
	limits: CsvLimits,
	enoughFields = FIELDS_PER_SCAN,
): CsvScanner {
	const separator = delimiter.charCodeAt(0);
	// 0 for every byte that the inner loops may run over. Commas end them even where they separate nothing, because
	// only a field without commas, quotes and line breaks may be called plain.
	const stops = new Uint8Array(256);
	for (const byte of [0, LF, CR, QUOTE, COMMA, separator]) stops[byte] = 1;

	const shortestLimit = Math.min(limits.fieldBytes, limits.recordBytes);
	const fieldRoom = enoughFields + limits.columns + 1;
	const found: ScannedRecords = {
		records: 0,
		rows: new Uint32Array(enoughFields),
		offsets: new Uint32Array(enoughFields),
		fields: new Uint32Array(enoughFields + 1),
		starts: new Uint32Array(fieldRoom),
		ends: new Uint32Array(fieldRoom),
		forms: new Uint8Array(fieldRoom),
		next: 0,
		row: 0,
	};

	let usedForms = 0;

	function scan(
		bytes: Uint8Array,
		begin: number,
		end: number,
		rowBefore: number,
		last: boolean,
	): ScannedRecords {
		// Locals, because the inner loop runs for every byte of a file.
		const { rows, offsets, fields, starts, ends, forms } = found;
		const stopAt = stops;
		const delimiterByte = separator;
		// A quote stops every inner loop: behind the text it spares them the test for the end.
		bytes[end] = QUOTE;
		forms.fill(FieldForm.plain, 0, usedForms);
		let row = rowBefore;
		let i = begin;
		let next = begin;
		let first = 0;
		let f = 0;
		let r = 0;

		records: while (i < end && f < enoughFields) {
			first = f;
			for (;;) {
				const start = i;
				while (stopAt[bytes[i]] === 0) i++;
				let stop = bytes[i];
				if (stop === delimiterByte) {
					starts[f] = start;
					ends[f++] = i++;
					continue;
				}
				if (stop === QUOTE && i === start && i < end) {
					let form: number = FieldForm.plain;
					i++;
					for (;;) {
						while (stopAt[bytes[i]] === 0) i++;
						stop = bytes[i];
						if (stop !== QUOTE) {
							if (stop === 0) throw nulByte(row + 1);
							if (stop !== delimiterByte || stop === COMMA) form ||= FieldForm.quoted;
							i++;
							continue;
						}
						if (i >= end) {
							if (last) throw unclosedQuote(row + 1, f - first);
							break records;
						}
						// Whether this quote closes the field is told by the next byte.
						if (i + 1 === end && !last) break records;
						if (i + 1 === end || bytes[i + 1] !== QUOTE) break;
						form = FieldForm.escaped;
						i += 2;
					}
					// A blank in quotes stays distinguishable from nothing at all.
					if (start + 1 === i) form = FieldForm.quoted;
					starts[f] = start + 1;
					ends[f] = i++;
					forms[f++] = form;
					stop = i < end ? bytes[i] : LF;
					if (stop === delimiterByte) {
						i++;
						continue;
					}
					if (stop !== LF && stop !== CR) throw textAfterQuote(row + 1, f - 1 - first);
					break;
				}
				while (stop === COMMA || (stop === QUOTE && i < end)) {
					forms[f] = FieldForm.quoted;
					i++;
					while (stopAt[bytes[i]] === 0) i++;
					stop = bytes[i];
					if (stop === delimiterByte) break;
				}
				if (stop === 0) throw nulByte(row + 1);
				if (i >= end && !last) break records;
				starts[f] = start;
				ends[f++] = i;
				if (i >= end || stop !== delimiterByte) break;
				i++;
			}
			if (f - first > limits.columns) throw tooManyColumns(row + 1, limits.columns);

			const length = i - next;
			if (i < end && bytes[i] === CR) {
				// Whether a line feed belongs to it is told by the next byte.
				if (i + 1 === end && !last) break;
				i += i + 1 < end && bytes[i + 1] === LF ? 2 : 1;
			} else i++;
			row++;
			if (length === 0) f = first;
			else {
				if (length > shortestLimit) checkLengths(first, f, row, length);
				rows[r] = row;
				offsets[r] = next;
				fields[r++] = first;
				first = f;
			}
			next = i < end ? i : end;
		}

		if (f - first > limits.columns) throw tooManyColumns(row + 1, limits.columns);
		usedForms = f + 1;
		fields[r] = first;
		found.records = r;
		found.next = next;
		found.row = row;
		return found;
	}

	function checkLengths(first: number, afterLast: number, row: number, length: number): void {
		const { starts, ends } = found;
		for (let f = first; f < afterLast; f++) {
			if (ends[f] - starts[f] > limits.fieldBytes) throw tooLongField(row, f - first, limits.fieldBytes);
		}
		if (length > limits.recordBytes) throw tooLongRecord(row, limits.recordBytes);
	}

	return { scan };
}

/** The problem of a record for which there is no more room before its end was found. */
export function tooLongRecord(row: number, limit: number): Problem {
	return problem(
		'input',
		`Row ${row} is longer than ${inWords(limit)}.`,
		'Usually a quote that opens a field near this row is never closed. Correct the row or export the file again.',
		{ row },
	);
}

function tooLongField(row: number, field: number, limit: number): Problem {
	return problem(
		'input',
		`Row ${row}, field ${field + 1} is longer than ${inWords(limit)}.`,
		'Usually a quote that opens the field is never closed. Correct the row or export the file again.',
		{ row, field: field + 1 },
	);
}

function unclosedQuote(row: number, field: number): Problem {
	return problem(
		'input',
		`Row ${row}, field ${field + 1}: a quote opens here and is never closed.`,
		'Close the quote, or export the file again: the rows after it cannot be told apart.',
		{ row, field: field + 1 },
	);
}

function textAfterQuote(row: number, field: number): Problem {
	return problem(
		'input',
		`Row ${row}, field ${field + 1}: text follows after the closing quote.`,
		'A quote within a quoted field must be doubled (""), and a closing quote must be followed by the separator or the ' +
			'end of the line. If the file uses another separator, choose it under delimiter. An earlier row may lack its closing quote.',
		{ row, field: field + 1 },
	);
}

function nulByte(row: number): Problem {
	return problem(
		'input',
		`Row ${row} holds a NUL byte, which no text file has.`,
		'The file is damaged, binary, or in another encoding such as UTF-16: save it as CSV UTF-8, or choose its encoding.',
		{ row },
	);
}

function tooManyColumns(row: number, limit: number): Problem {
	return problem(
		'input',
		`Row ${row} has more than ${limit.toLocaleString('en')} fields.`,
		'Check the delimiter, and that the rows of the file end with line breaks.',
		{ row },
	);
}

function inWords(bytes: number): string {
	const mebibytes = bytes / 1_048_576;
	return mebibytes >= 1 ? `${mebibytes} MB` : `${bytes} bytes`;
}
