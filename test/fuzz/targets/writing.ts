import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { createCsvWriter } from '../../../nodes/shared/csv/csvWriter';
import { createJsonWriter, type JsonColumn } from '../../../nodes/shared/json/jsonWriter';
import type { RecordBatch } from '../../../nodes/shared/records/recordBatch';
import { createChunkWriter } from '../../../nodes/shared/purview/signals/chunks';
import { inPieces } from '../../unit/csv/reading';
import { cell } from '../inputs/csvText';
import type { Random } from '../random';
import { refereeCsv } from '../referees/csvReferee';
import { refereeJson } from '../referees/jsonReferee';
import { expectSame, Mismatch, refusedWith, type Ending, type Target } from '../target';

/** What becomes of a column. */
interface Column {
	/** index in the source; -1 for a fixed value */
	sourceIndex: number;
	type: 'string' | 'integer' | 'double';
	fixed?: string;
	/** values are rewritten */
	loud?: boolean;
}

/** Records, and how they are written. */
export interface WriteInput {
	/** one value for each field; `null` is a field with nothing at all */
	rows: Array<Array<string | null>>;
	delimiter: ',' | ';';
	quoteAll: boolean;
	batchBytes: number;
	columns: Column[];
	/** rows that are left out: those whose number leaves no rest */
	skipEvery: number;
}

const NUMBERS = ['1', '-0', '007', '1.50', '12345678901234567890', '.5', '1e5', '-'];

function makeRows(random: Random): WriteInput {
	const width = random.between(1, 5);
	const value = () => {
		if (random.oneIn(6)) return null;
		return random.oneIn(4) ? random.pick(NUMBERS) : cell(random).replaceAll('\0', '');
	};
	return {
		rows: random.many(0, 12, () =>
			Array.from({ length: random.oneIn(12) ? random.between(1, 6) : width }, value),
		),
		delimiter: random.pick([',', ';'] as const),
		quoteAll: random.oneIn(3),
		batchBytes: random.pick([32, 64, 4096]),
		columns: random.many(1, 6, (): Column => {
			const type = random.pick(['string', 'string', 'integer', 'double'] as const);
			if (random.oneIn(6)) return { sourceIndex: -1, type, fixed: cell(random) };
			return { sourceIndex: random.below(width), type, loud: random.oneIn(5) };
		}),
		skipEvery: random.oneIn(3) ? random.between(2, 4) : 0,
	};
}

/** The rows as a file with a header; a row of one blank field would be no record. */
function fileOf({ rows, delimiter, quoteAll }: WriteInput): Buffer {
	const field = (value: string | null) => {
		if (value === null) return '';
		const needed = value === '' || value.includes(delimiter) || /["\r\n]/.test(value);
		return quoteAll || needed ? `"${value.replaceAll('"', '""')}"` : value;
	};
	return Buffer.from(`header\n${rows.map((row) => `${row.map(field).join(delimiter)}\n`).join('')}`);
}

function recordsOf({ rows }: WriteInput): WriteInput['rows'] {
	return rows.filter((row) => row.length > 1 || row[0] !== null);
}

/** Makes a value visibly another one. */
const loudly = (text: string) => `${text}!`;

async function* batchesOf(input: WriteInput): AsyncGenerator<{ batch: RecordBatch; skip: Uint8Array }> {
	const { delimiter, batchBytes, skipEvery } = input;
	const table = await readCsv(inPieces(fileOf(input), [50]), { delimiter, batchBytes });
	let number = 0;
	for await (const batch of table.batches) {
		const skip = Uint8Array.from({ length: batch.records }, () => Number(isSkipped(number++, skipEvery)));
		yield { batch, skip };
	}
}

function isSkipped(number: number, every: number): boolean {
	return every > 1 && number % every === 0;
}

/** What stands in each column of each record that is written; nothing where the source has nothing. */
function expected(input: WriteInput): Array<Array<string | null>> {
	return recordsOf(input)
		.filter((_, number) => !isSkipped(number, input.skipEvery))
		.map((row) =>
			input.columns.map(({ sourceIndex, fixed, loud }) => {
				if (sourceIndex < 0) return fixed ?? '';
				const value = row[sourceIndex] ?? null;
				return value !== null && value !== '' && loud ? loudly(value) : value;
			}),
		);
}

function writtenColumns({ columns }: WriteInput): JsonColumn[] {
	return columns.map(({ sourceIndex, fixed, loud, type }, c) => ({
		name: `A${c}`,
		sourceIndex,
		fixed,
		type,
		conversion: loud && sourceIndex >= 0 ? { convert: loudly } : undefined,
	}));
}

const bytes = (text: string | null) => Buffer.from(text ?? '').toString('latin1');

/** Records written as CSV, in any choice and order of columns, read by the referee. */
export const csvWriting: Target<WriteInput> = {
	name: 'csv-writing',
	weight: 10,
	make: makeRows,
	async check(input): Promise<Ending> {
		const writer = createCsvWriter(writtenColumns(input));
		const pieces = [writer.begin()];
		for await (const { batch, skip } of batchesOf(input)) pieces.push(Buffer.from(writer.write(batch, skip)));
		pieces.push(writer.end());
		const file = Buffer.concat(pieces).toString('latin1');
		if (!file.endsWith('\r\n')) throw new Mismatch('a file does not end with a line end', undefined, file);
		const found = refereeCsv(file, ',')?.map(({ fields }) => fields);
		const header = input.columns.map((_, c) => `A${c}`);
		expectSame('a written record', found, [header, ...expected(input).map((row) => row.map(bytes))]);
		return 'accepted';
	},
};

/** Records written as JSON. */
export const jsonWriting: Target<WriteInput> = {
	name: 'json-writing',
	weight: 10,
	make: makeRows,
	async check(input): Promise<Ending> {
		const writer = createJsonWriter(writtenColumns(input));
		const pieces = [writer.begin()];
		for await (const { batch, skip } of batchesOf(input)) pieces.push(Buffer.from(writer.write(batch, skip)));
		pieces.push(writer.end());
		const text = Buffer.concat(pieces).toString('utf8');
		JSON.parse(text);
		const wanted = expected(input).map((row) => ({
			object: input.columns.map(({ type, sourceIndex }, c) => {
				const value = row[c];
				const isText = type === 'string';
				if (value === null || (value === '' && (!isText || sourceIndex < 0)))
					return [`A${c}`, { word: 'null' }];
				const number = !isText && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value);
				return [`A${c}`, number ? { number: value } : { text: value }];
			}),
		}));
		expectSame('a written record', refereeJson(text), [{ list: wanted }]);
		return 'accepted';
	},
};

const SENT = [',', '\t', '|'] as const;

interface ChunkInput extends WriteInput {
	most: { records: number; bytes: number };
	/** what separates the fields of the chunks */
	sent: (typeof SENT)[number];
}

/** Records written as the chunks of Purview: whole ones, within the limits, none lost and none twice. */
export const chunking: Target<ChunkInput> = {
	name: 'chunking',
	weight: 6,
	make: (random) => ({
		...makeRows(random),
		most: { records: random.between(1, 6), bytes: random.pick([40, 80, 100_000]) },
		sent: random.pick(SENT),
	}),
	async check(input): Promise<Ending> {
		const most = { records: Math.max(1, input.most.records), bytes: Math.max(40, input.most.bytes) };
		const sent = SENT.find((each) => each === input.sent) ?? ',';
		const writer = createChunkWriter(writtenColumns(input), most, sent);
		const wanted = expected(input).map((row) => row.map(bytes));
		const pieces: Buffer[] = [];
		try {
			for await (const { batch, skip } of batchesOf(input))
				pieces.push(Buffer.from(writer.write(batch, skip)));
		} catch (error) {
			const longest = Math.max(...wanted.map((row) => JSON.stringify(row).length * 2));
			if (longest + writer.header.length < most.bytes) throw new Mismatch('a record is called too large');
			return refusedWith(error);
		}
		const file = Buffer.concat(pieces);
		const found: string[][] = [];
		let offset = 0;
		for (const chunk of writer.chunks()) {
			expectSame('where a chunk begins', chunk.offset, offset);
			expectSame('the records before a chunk', chunk.recordsBefore, found.length);
			offset += chunk.length;
			if (chunk.records > most.records || writer.header.length + chunk.length > most.bytes) {
				throw new Mismatch('a chunk is larger than it may be', most, chunk);
			}
			const records = refereeCsv(file.subarray(chunk.offset, offset).toString('latin1'), sent) ?? [];
			expectSame('the records of a chunk', records.length, chunk.records);
			found.push(...records.map(({ fields }) => fields));
		}
		expectSame('the end of the last chunk', offset, file.length);
		expectSame('a record in the chunks', found, wanted);
		return 'accepted';
	},
};
