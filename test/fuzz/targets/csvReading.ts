import { parse } from 'csv-parse/sync';
import { readCsv, type CsvOptions } from '../../../nodes/shared/csv/csvReader';
import { FieldQuoting, type RecordBatch, type Table } from '../../../nodes/shared/records/recordBatch';
import { fieldBytes } from '../../fixtures/batch';
import { inPieces } from '../../unit/csv/reading';
import { csvSoup, csvText } from '../inputs/csvText';
import { damaged, pieceSizes, randomBytes } from '../inputs/mutations';
import type { Random } from '../random';
import { refereeCsv, type RefereeRecord } from '../referees/csvReferee';
import { expectSame, Mismatch, refusedWith, type Ending, type Target } from '../target';

/** A CSV file and how it is read. */
export interface CsvInput {
	file: Buffer;
	sizes: number[];
	options: CsvOptions;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A table as bytes, one character each. */
export interface ReadBytes {
	columns: string[];
	rows: string[][];
	numbers: number[];
}

/** Reads a table to its end and looks whether its batches keep what `RecordBatch` promises. */
export async function readBytes(table: Table): Promise<ReadBytes> {
	const rows: string[][] = [];
	const numbers: number[] = [];
	for await (const batch of table.batches) {
		if (batch.records === 0) throw new Mismatch('a batch is empty');
		for (let r = 0; r < batch.records; r++) {
			const fields: string[] = [];
			for (let f = batch.fields[r]; f < batch.fields[r + 1]; f++) fields.push(fieldOf(batch, f));
			rows.push(fields);
			numbers.push(batch.rows[r]);
		}
	}
	return { columns: table.columns, rows, numbers };
}

function fieldOf(batch: RecordBatch, f: number): string {
	const { starts, ends, quoting, bytes } = batch;
	if (starts[f] > ends[f] || ends[f] > bytes.length) throw new Mismatch('a field lies outside of its batch');
	const raw = bytes.toString('latin1', starts[f], ends[f]);
	if (quoting[f] === FieldQuoting.plain && /[",\r\n]/.test(raw)) {
		throw new Mismatch('a field is called plain although it holds a comma, a quote or a line break');
	}
	return fieldBytes(batch, f).toString('latin1');
}

/** What the referee makes of a file, or nothing where it has to be refused. */
function expected(file: Buffer, delimiter: string, options: CsvOptions): ReadBytes | undefined {
	let text = file.toString('latin1');
	if (text.startsWith('\u00ef\u00bb\u00bf')) text = text.slice(3);
	// A byte order mark alone is as empty as nothing.
	const isEmpty = text === '';
	const named = /^(?:sep=(.)|"sep=(.)")(?:\r\n|\n|\r)/i.exec(text);
	if (named && DELIMITERS.includes((named[1] ?? named[2]) as (typeof DELIMITERS)[number])) {
		text = text.slice(named[0].length);
	}
	const records = refereeCsv(text, delimiter);
	if (!records || isEmpty || beyond(records, options)) return undefined;
	const rest = records.filter(({ row }) => row > (options.skipLinesBefore ?? 0));
	let columns = options.header ? [...options.header] : undefined;
	if (!columns) {
		const header = rest.shift();
		if (!header) return undefined;
		columns = header.fields.map((field) => Buffer.from(field, 'latin1').toString('utf8'));
		if (columns.every((name) => name.trim() === '')) return undefined;
	}
	const kept = rest.slice(0, Math.max(0, rest.length - (options.skipLinesAfter ?? 0)));
	return { columns, rows: kept.map(({ fields }) => fields), numbers: kept.map(({ row }) => row) };
}

function beyond(records: readonly RefereeRecord[], { limits = {} }: CsvOptions): boolean {
	const { columns = Infinity, fieldBytes: field = Infinity, recordBytes = Infinity } = limits;
	return records.some(
		(record) => record.fields.length > columns || record.longestField > field || record.length > recordBytes,
	);
}

function makeCsvFile(random: Random): { file: Buffer; delimiter: (typeof DELIMITERS)[number] } {
	const delimiter = random.oneIn(2) ? ',' : random.pick(DELIMITERS);
	if (random.oneIn(12)) return { file: randomBytes(random, random.length(400)), delimiter };
	let file: Buffer = Buffer.from(random.oneIn(3) ? csvSoup(random) : csvText(random, delimiter));
	if (random.oneIn(8)) file = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), file]);
	if (random.oneIn(2)) file = damaged(random, file, 1 + random.below(3));
	return { file, delimiter };
}

/** Tells which record of two tables is the first that differs, for a short message. */
function compare(found: ReadBytes, wanted: ReadBytes): void {
	expectSame('the header', found.columns, wanted.columns);
	expectSame('the number of records', found.rows.length, wanted.rows.length);
	expectSame('a record', found.rows, wanted.rows);
	expectSame('a row number', found.numbers, wanted.numbers);
}

async function outcome({ file, sizes, options }: CsvInput): Promise<ReadBytes | undefined> {
	try {
		return await readBytes(await readCsv(inPieces(file, sizes), options));
	} catch (error) {
		refusedWith(error);
		return undefined;
	}
}

/** CSV files with a known delimiter: taken or refused as the referee does, byte for byte, however they are cut. */
export const csvReading: Target<CsvInput> = {
	name: 'csv-reading',
	weight: 40,
	make(random) {
		const { file, delimiter } = makeCsvFile(random);
		const options: CsvOptions = {
			delimiter: random.oneIn(10) ? random.pick(DELIMITERS) : delimiter,
			batchBytes: random.pick([16, 17, 33, 64, 256, 4096]),
		};
		if (random.oneIn(5)) options.skipLinesBefore = random.below(4);
		if (random.oneIn(5)) options.skipLinesAfter = random.below(4);
		if (random.oneIn(6)) options.header = ['A', 'B'];
		if (random.oneIn(8))
			options.limits = random.pick([{ columns: 3 }, { fieldBytes: 5 }, { recordBytes: 20 }]);
		// Records that are kept back until more are known to follow count together against the limit.
		if (options.limits?.recordBytes !== undefined) delete options.skipLinesAfter;
		return { file, sizes: pieceSizes(random), options };
	},
	async check(input): Promise<Ending> {
		const { file, options } = input;
		const wanted = expected(file, options.delimiter ?? ',', options);
		const found = await outcome(input);
		if (!found && wanted) throw new Mismatch('a file is refused that an independent reader reads', wanted);
		if (found && !wanted) throw new Mismatch('a file is read that has to be refused', undefined, found);
		if (!found || !wanted) return 'refused';
		compare(found, wanted);
		return 'accepted';
	},
};

/** As {@link csvReading}, for files in which the delimiter has to be recognised: one of the four, and the same however cut. */
export const csvDetecting: Target<CsvInput> = {
	name: 'csv-detecting',
	weight: 3,
	make: (random) => ({ file: makeCsvFile(random).file, sizes: pieceSizes(random), options: {} }),
	async check(input): Promise<Ending> {
		const found = await outcome(input);
		expectSame('a file that comes in one piece', await outcome({ ...input, sizes: [] }), found);
		const readings = DELIMITERS.map((delimiter) => expected(input.file, delimiter, {}));
		if (!found) {
			if (readings.every((reading) => reading !== undefined)) {
				throw new Mismatch('a file is refused that can be read with any delimiter');
			}
			return 'refused';
		}
		if (!readings.some((reading) => JSON.stringify(reading) === JSON.stringify(found))) {
			throw new Mismatch('a file is read as with none of the delimiters', readings, found);
		}
		return 'accepted';
	},
};

/** What csv-parse, a public library, reads otherwise than the referee: a check of the referee itself. */
export const csvReferee: Target<{ text: string; delimiter: string }> = {
	name: 'csv-referee',
	weight: 2,
	make: (random) => {
		const { file, delimiter } = makeCsvFile(random);
		return { text: file.toString('latin1'), delimiter };
	},
	check({ text, delimiter }): Ending {
		let records: string[][];
		try {
			records = parse(text, {
				delimiter,
				record_delimiter: ['\r\n', '\n', '\r'],
				relax_column_count: true,
				skip_empty_lines: true,
			});
		} catch {
			return 'refused';
		}
		if (text.includes('\0')) return 'refused';
		expectSame(
			'what csv-parse reads',
			refereeCsv(text, delimiter)?.map(({ fields }) => fields),
			records,
		);
		return 'accepted';
	},
};
