import { problem } from '../core/problem';
import { createEventLoopYield } from '../core/eventLoop';
import { createByteWindow, skipByteOrderMark, type ByteWindow } from '../records/byteWindow';
import { linesToSkip } from './skippedLines';
import { CSV_DELIMITERS, detectDelimiter, type CsvDelimiter } from './csvDelimiter';
import {
	createCsvScanner,
	FIELDS_PER_SCAN,
	tooLongRecord,
	type CsvLimits,
	type CsvScanner,
	type ScannedRecords,
} from './csvScanner';
import { fieldText, type RecordBatch, type Table } from '../records/recordBatch';

/** How to read a CSV file. */
export interface CsvOptions {
	/** what separates fields; recognised from the beginning of the file if missing */
	delimiter?: CsvDelimiter;
	/** rows before the header, such as a report's title, counted as a spreadsheet shows them (blank rows too) */
	skipLinesBefore?: number;
	/** records at the end that are none, such as a line of totals; blank lines after them do not count */
	skipLinesAfter?: number;
	/** names of the columns of a file that has no header: its first line is a record */
	header?: readonly string[];
	/** bounds; those left out have their defaults, see {@link CSV_LIMITS} */
	limits?: Partial<CsvLimits>;
	/** size of the pieces that are worked on, in bytes, 16 at least */
	batchBytes?: number;
}

/** Bounds that no HR file comes near to. The number of columns is that of a spreadsheet. */
export const CSV_LIMITS: CsvLimits = { fieldBytes: 1_048_576, recordBytes: 16_777_216, columns: 16_384 };

/** Fits in the processor's cache together with what is made of it; larger pieces were measured to gain nothing. */
const BATCH_BYTES = 262_144;

/** Room for a byte order mark and a line that names the delimiter. */
const LEAST_BATCH_BYTES = 16;

/**
 * Reads a CSV file in UTF-8 (with or without BOM): RFC 4180, and what exists beside it.
 *
 * Rows are numbered as a spreadsheet shows them: the header of a plain file is row 1, blank lines count and give no
 * record, a record with line breaks in its quotes is one row. A line `sep=;` before everything else names the
 * delimiter and is no row, as in Excel. Records with too few or too many fields are given as they are, and bytes that
 * are no UTF-8 too: rules judge them.
 * @param source the file's bytes, in pieces of any size, each needed only until the next is asked for; closed when the last batch was read or reading is given up
 * @param options see {@link CsvOptions}
 * @returns the header, read; and the records, to be read once
 * @throws Problem `input` for an empty file, a header of blanks, an unbalanced quote, text after a closing quote, a NUL
 * byte, and sizes beyond the limits; from here or from the batches
 */
export async function readCsv(source: AsyncIterable<Uint8Array>, options: CsvOptions = {}): Promise<Table> {
	const limits = { ...CSV_LIMITS, ...options.limits };
	const skipBefore = linesToSkip(options.skipLinesBefore, 'before the header');
	const skipAfter = linesToSkip(options.skipLinesAfter, 'at the end');
	// A scan must find more than the footer, however many fields its records have.
	const scanner = createCsvScanner(limits, Math.max(FIELDS_PER_SCAN, (skipAfter + 1) * limits.columns));
	const batchBytes = Math.max(LEAST_BATCH_BYTES, options.batchBytes ?? BATCH_BYTES);
	const window = createByteWindow(source, batchBytes, scanner.text);
	let table: Table | undefined;
	try {
		await window.fill();
		skipByteOrderMark(window);
		if (window.begin === window.end) throw emptyFile();
		const named = takeNamedDelimiter(window);
		const delimiter = options.delimiter ?? named ?? detectDelimiter(scanner, window, skipBefore);
		const limit = limits.recordBytes;
		const reader = createRecordReader(window, scanner, { delimiter, limit, skipBefore, skipAfter });
		const columns = options.header ? [...options.header] : await readHeader(reader);
		table = { columns, unit: 'row', batches: batchesOf(window, scanner, reader) };
		return table;
	} finally {
		if (!table) {
			scanner.close();
			await window.close();
		}
	}
}

/** Gives out records scan by scan. */
interface RecordReader {
	/** the next records but for the footer, or nothing at the end; valid until the next call */
	next(): Promise<RecordBatch | undefined>;
	/** the next record alone, even if it is the last */
	nextOne(): Promise<RecordBatch | undefined>;
}

function createRecordReader(
	window: ByteWindow,
	scanner: CsvScanner,
	format: { delimiter: CsvDelimiter; limit: number; skipBefore: number; skipAfter: number },
): RecordReader {
	const { delimiter, limit, skipBefore, skipAfter } = format;
	/** row of the last line that needs no more attention */
	let row = 0;

	/**
	 * @param keep last records that are not given out, because nothing is known to follow them
	 * @param most records to give out at most
	 */
	async function take(keep: number, most: number): Promise<RecordBatch | undefined> {
		for (;;) {
			await window.fill();
			if (window.begin === window.end) return undefined;
			const found = scanner.scan({ delimiter, row, begin: window.begin, end: window.end, last: window.last });
			const count = Math.max(0, found.records - keep);
			if (count === 0) {
				if (found.records === 0 && found.next > window.begin) passOver(found, 0);
				else if (window.last) return undefined;
				else makeRoom(found.row + 1);
				continue;
			}
			let first = 0;
			while (first < count && found.rows[first] <= skipBefore) first++;
			const until = Math.min(count, first + most);
			passOver(found, until);
			if (until > first) return batchOf(found, first, until);
		}
	}

	/** Goes on behind the first records of a scan; what is left of it is scanned again. */
	function passOver(found: ScannedRecords, records: number): void {
		if (records < found.records) {
			window.begin = found.offsets[records];
			row = found.rows[records] - 1;
		} else {
			window.begin = found.next;
			row = found.row;
		}
	}

	function makeRoom(incompleteRow: number): void {
		if (window.end - window.begin > limit) throw tooLongRecord(incompleteRow, limit);
		window.grow();
	}

	function batchOf(found: ScannedRecords, first: number, until: number): RecordBatch {
		const { starts, ends, forms: quoting, rows, fields, next } = found;
		return {
			bytes: window.bytes.subarray(0, next),
			records: until - first,
			rows: first > 0 ? rows.subarray(first) : rows,
			fields: first > 0 ? fields.subarray(first) : fields,
			starts,
			ends,
			quoting,
			validation: scanner.validation(first, until - first),
		};
	}

	return { next: async () => await take(skipAfter, Infinity), nextOne: async () => await take(0, 1) };
}

async function readHeader(reader: RecordReader): Promise<string[]> {
	const batch = await reader.nextOne();
	if (!batch) throw emptyFile();
	const columns: string[] = [];
	for (let f = batch.fields[0]; f < batch.fields[1]; f++) columns.push(fieldText(batch, f));
	if (columns.every((name) => name.trim() === '')) {
		throw problem.input(
			`Row ${batch.rows[0]}, which should hold the names of the columns, is blank.`,
			'Export the file with a header line, or say how many lines stand before it.',
			{ row: batch.rows[0] },
		);
	}
	return columns;
}

/** Not a generator: one that was never started would not close its source when it is given up. */
function batchesOf(
	window: ByteWindow,
	scanner: CsvScanner,
	reader: RecordReader,
): AsyncIterableIterator<RecordBatch> {
	const yieldToEventLoop = createEventLoopYield();
	const end = { done: true, value: undefined } as const;
	let ended = false;
	let reading = false;

	async function close() {
		// Whoever gives up while a batch is being read leaves the scanner's memory to that reading.
		if (!ended && !reading) scanner.close();
		ended = true;
		await window.close();
		return end;
	}

	return {
		async next() {
			if (ended) return end;
			await yieldToEventLoop();
			let batch: RecordBatch | undefined;
			reading = true;
			try {
				batch = await reader.next();
			} finally {
				reading = false;
				if (!batch) await close();
			}
			return batch ? { done: false, value: batch } : end;
		},
		return: close,
		[Symbol.asyncIterator]() {
			return this;
		},
	};
}

/** Excel's own way to name the delimiter: a first line `sep=;`. */
function takeNamedDelimiter(window: ByteWindow): CsvDelimiter | undefined {
	const line = /^(?:sep=(.)|"sep=(.)")(?:\r\n|\n|\r)/i.exec(
		window.bytes.toString('latin1', window.begin, Math.min(window.end, window.begin + 10)),
	);
	const delimiter = CSV_DELIMITERS.find((known) => known === (line?.[1] ?? line?.[2]));
	if (line && delimiter) window.begin += line[0].length;
	return delimiter;
}

function emptyFile(): Error {
	return problem.input(
		'The file is empty: it has no header and no rows.',
		'Check the step that makes the file, and how many lines are skipped before the header.',
	);
}
