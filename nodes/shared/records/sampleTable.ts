import { fieldText, type RecordBatch, type Table } from './recordBatch';

/** Longest value that a sample keeps, in characters: enough to tell what kind of values a column holds. */
const SAMPLED_CHARACTERS = 200;

/**
 * Reads the first records of a table as text, without losing them: what decides about columns needs to see some values.
 * @param table read from its beginning
 * @param count how many records to sample at most; only the first batch is looked at
 * @returns the same table, still to be read from its beginning, and the samples row by row with the rows' numbers
 * @throws Problem of the reader, for the first batch
 */
export async function sampleTable(
	table: Table,
	count: number,
): Promise<{ table: Table; samples: string[][]; rows: number[] }> {
	const batches = table.batches[Symbol.asyncIterator]();
	const first = await batches.next();
	const samples: string[][] = [];
	const rows: number[] = [];
	if (!first.done) {
		const batch = first.value;
		for (let r = 0; r < Math.min(batch.records, count); r++) {
			const row: string[] = [];
			for (let f = batch.fields[r]; f < batch.fields[r + 1]; f++) {
				row.push(fieldText(batch, f).slice(0, SAMPLED_CHARACTERS));
			}
			samples.push(row);
			rows.push(batch.rows[r]);
		}
	}

	async function* replay(): AsyncGenerator<RecordBatch> {
		try {
			for (let next = first; !next.done; next = await batches.next()) yield next.value;
		} finally {
			await batches.return?.();
		}
	}
	return { table: { ...table, batches: replay() }, samples, rows };
}
