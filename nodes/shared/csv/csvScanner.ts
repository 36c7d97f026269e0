import { problem, type Problem } from '../core/problem';
import type { ByteRoom } from '../records/byteRoom';
import { giveBackCsvMemory, ScanFault, takeCsvMemory, type CsvProgram } from './csvMemory';
import { createCsvValidation } from './csvValidation';
import type { BatchValidation } from '../records/recordBatch';

/** Bounds of a CSV file, so that a damaged one can neither fill the memory nor stop the event loop. */
export interface CsvLimits {
	/** longest field, in bytes */
	fieldBytes: number;
	/** longest record, in bytes */
	recordBytes: number;
	/** most fields in a record */
	columns: number;
}

/** Where the scanner found the records of one piece of text. All arrays are used again by the next scan, and void when the text is given more room. */
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
	/** where the text is to be put before it is scanned */
	readonly text: ByteRoom;
	/**
	 * Scans the text from `begin` to `end - 1`, from the beginning of a line up to the last complete record. Lines end with LF,
	 * CRLF or CR; a quote that does not open its field stands for itself.
	 * @param piece.delimiter one ASCII character
	 * @param piece.end behind the last byte; one byte more exists there and is overwritten
	 * @param piece.row row of the line before `begin`
	 * @param piece.last nothing follows after `end`, so that the last record ends there
	 * @param piece.enoughFields ends after the record in which so many fields were met; at most what the scanner was made for
	 * @returns see {@link ScannedRecords}
	 * @throws Problem `input` that names the row: an unbalanced quote, text after a closing quote, a NUL, a limit
	 */
	scan(piece: {
		delimiter: string;
		begin: number;
		end: number;
		row: number;
		last: boolean;
		enoughFields?: number;
	}): ScannedRecords;
	/** what can be told of records of the last scan, from one of them on */
	sweep(first: number, records: number): BatchValidation;
	/** Ends its use: nothing that it gave may be looked at afterwards, nor may anything be put into its text. */
	close(): void;
}

/** Three times the fields of a usual batch. */
export const FIELDS_PER_SCAN = 65_536;

/**
 * Makes a scanner of CSV as RFC 4180 has it, and as it exists. The work is done by the program in assembly/, because it sees
 * every byte of a file (docs/performance.md).
 * @param limits see {@link CsvLimits}
 * @param enoughFields most fields after which a scan ends: that bounds its arrays
 */
export function createCsvScanner(limits: CsvLimits, enoughFields = FIELDS_PER_SCAN): CsvScanner {
	const memory = takeCsvMemory(enoughFields, enoughFields + limits.columns + 1);
	const { program, text } = memory;
	program.limit(limits.columns, limits.fieldBytes, limits.recordBytes);

	return {
		text,
		scan({ delimiter, begin, end, row, last, enoughFields: enough = enoughFields }) {
			const records = program.scan(begin, end, row, Number(last), delimiter.charCodeAt(0), enough);
			if (program.fault.value !== ScanFault.none) throw faultOf(program, limits);
			const next = program.nextAt.value >>> 0;
			return { ...memory.arrays, records, next, row: program.lastRow.value >>> 0 };
		},
		sweep: (first, records) => createCsvValidation(memory, first, records),
		close: () => giveBackCsvMemory(memory),
	};
}

function faultOf({ fault, faultRow, faultField }: CsvProgram, limits: CsvLimits): Problem {
	const row = faultRow.value;
	const field = faultField.value;
	if (fault.value === ScanFault.nulByte) return nulByte(row);
	if (fault.value === ScanFault.unclosedQuote) return unclosedQuote(row, field);
	if (fault.value === ScanFault.textAfterQuote) return textAfterQuote(row, field);
	if (fault.value === ScanFault.tooManyColumns) return tooManyColumns(row, limits.columns);
	if (fault.value === ScanFault.tooLongField) return tooLongField(row, field, limits.fieldBytes);
	return tooLongRecord(row, limits.recordBytes);
}

/** The problem of a record for which there is no more room before its end was found. */
export function tooLongRecord(row: number, limit: number): Problem {
	return problem.input(
		`Row ${row} is longer than ${inWords(limit)}.`,
		'Usually a quote that opens a field near this row is never closed. Correct the row or export the file again.',
		{ row },
	);
}

function tooLongField(row: number, field: number, limit: number): Problem {
	return problem.input(
		`Row ${row}, field ${field + 1} is longer than ${inWords(limit)}.`,
		'Usually a quote that opens the field is never closed. Correct the row or export the file again.',
		{ row, field: field + 1 },
	);
}

function unclosedQuote(row: number, field: number): Problem {
	return problem.input(
		`Row ${row}, field ${field + 1}: a quote opens here and is never closed.`,
		'Close the quote, or export the file again: the rows after it cannot be told apart.',
		{ row, field: field + 1 },
	);
}

function textAfterQuote(row: number, field: number): Problem {
	return problem.input(
		`Row ${row}, field ${field + 1}: text follows after the closing quote.`,
		'A quote within a quoted field must be doubled (""), and a closing quote must be followed by the separator or the ' +
			'end of the line. If the file uses another separator, choose it under delimiter. An earlier row may lack its closing quote.',
		{ row, field: field + 1 },
	);
}

function nulByte(row: number): Problem {
	return problem.input(
		`Row ${row} holds a NUL byte, which no text file has.`,
		'The file is damaged, binary, or in another encoding such as UTF-16: save it as CSV UTF-8, or choose its encoding.',
		{ row },
	);
}

function tooManyColumns(row: number, limit: number): Problem {
	return problem.input(
		`Row ${row} has more than ${limit.toLocaleString('en')} fields.`,
		'Check the delimiter, and that the rows of the file end with line breaks.',
		{ row },
	);
}

function inWords(bytes: number): string {
	const mebibytes = bytes / 1_048_576;
	return mebibytes >= 1 ? `${mebibytes} MB` : `${bytes} bytes`;
}
