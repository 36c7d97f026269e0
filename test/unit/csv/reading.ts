import { fieldText, type RecordBatch, type Table } from '../../../nodes/shared/records/recordBatch';

/** A table that was read to its end, as text. */
export interface ReadTable {
	columns: string[];
	rows: string[][];
	numbers: number[];
}

/** Reads all records, copying what would be overwritten. */
export async function readAll(table: Table | Promise<Table>): Promise<ReadTable> {
	const { columns, batches } = await table;
	const rows: string[][] = [];
	const numbers: number[] = [];
	for await (const batch of batches) {
		for (let r = 0; r < batch.records; r++) {
			rows.push(recordTexts(batch, r));
			numbers.push(batch.rows[r]);
		}
	}
	return { columns, rows, numbers };
}

/** The fields of one record as text. */
export function recordTexts(batch: RecordBatch, r: number): string[] {
	const texts: string[] = [];
	for (let f = batch.fields[r]; f < batch.fields[r + 1]; f++) texts.push(fieldText(batch, f));
	return texts;
}

/** A file that arrives in pieces of these sizes, used over and over; whole by default. */
export async function* inPieces(
	file: string | Uint8Array,
	sizes: readonly number[] = [],
): AsyncGenerator<Buffer> {
	const bytes = Buffer.from(file);
	let begin = 0;
	for (let i = 0; begin < bytes.length; i++) {
		const size = sizes.length > 0 ? sizes[i % sizes.length] : bytes.length;
		// A copy, so that no test passes because memory of a piece is still as it was.
		yield Buffer.from(bytes.subarray(begin, begin + size));
		begin += size;
	}
}
