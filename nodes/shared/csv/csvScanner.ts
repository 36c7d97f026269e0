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
	/** what can be tested of records of the last scan, from one of them on */
	validation(first: number, records: number): BatchValidation;
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
		validation: (first, records) => createCsvValidation(memory, first, records),
		close: () => giveBackCsvMemory(memory),
	};
}

function faultOf({ fault, faultRow, faultField }: CsvProgram, limits: CsvLimits): Problem {
	const row = faultRow.value;
	const place = { row, field: faultField.value + 1 };
	const where = `Row ${row}, field ${place.field}`;
	switch (fault.value) {
		case ScanFault.nulByte:
			return problem.input(
				`Row ${row} holds a NUL byte, which no text file has.`,
				'The file is damaged, binary, or in another encoding such as UTF-16: save it as CSV UTF-8, or choose its encoding.',
				{ row },
			);
		case ScanFault.unclosedQuote:
			return problem.input(
				`${where}: a quote opens here and is never closed.`,
				'Close the quote, or export the file again: the rows after it cannot be told apart.',
				place,
			);
		case ScanFault.textAfterQuote:
			return problem.input(
				`${where}: text follows after the closing quote.`,
				'A quote within a quoted field must be doubled (""), and a closing quote must be followed by the delimiter or the ' +
					"end of the line. If the file has another delimiter, choose it in the option 'Delimiter'. An earlier row may lack its closing quote.",
				place,
			);
		case ScanFault.tooManyColumns:
			return problem.input(
				`Row ${row} has more than ${limits.columns.toLocaleString('en')} fields.`,
				"Check the option 'Delimiter', and that the rows of the file end with line breaks.",
				{ row },
			);
		case ScanFault.tooLongField:
			return problem.input(
				`${where} is longer than ${sizeText(limits.fieldBytes)}.`,
				'Usually a quote that opens the field is never closed. Correct the row or export the file again.',
				place,
			);
		default:
			return tooLongRecord(row, limits.recordBytes);
	}
}

/** The problem of a record for which there is no more room before its end was found. */
export function tooLongRecord(row: number, limit: number): Problem {
	return problem.input(
		`Row ${row} is longer than ${sizeText(limit)}.`,
		'Usually a quote that opens a field near this row is never closed. Correct the row or export the file again.',
		{ row },
	);
}

function sizeText(bytes: number): string {
	return bytes >= 1_048_576 ? `${bytes / 1_048_576} MB` : `${bytes} bytes`;
}
