import { createEventLoopYield } from '../core/eventLoop';
import { ItemBatch } from './itemBatch';
import { ItemColumnFinder, type ItemColumn } from './itemColumns';
import { jsonRecords, type JsonLimits } from './jsonRecords';
import type { RecordBatch, Table } from '../records/recordBatch';

/** Bounds that no HR file comes near to; a record is as long as in a CSV file at most. */
export const JSON_LIMITS: JsonLimits = {
	recordBytes: 16_777_216,
	// Four times the columns that are read.
	recordValues: 65_536,
	batchBytes: 262_144,
	firstLineBytes: 1_048_576,
};

/**
 * Reads a JSON file: a list of objects, JSON lines, or the one list of objects within an object (see `jsonRecords`). Nested
 * objects and lists are taken apart as those of items (see {@link ItemColumnFinder}).
 *
 * The file is read once more before the first table: a name may occur in the last record only, and columns have to be known
 * before the first. Memory is that of one batch.
 * @param open gives the file's bytes in UTF-8 from the beginning, each time it is called
 * @param options bounds; those left out have their defaults, see {@link JSON_LIMITS}
 * @returns gives the table from its beginning, each time it is called; records are numbered in their order, 1 first
 * @throws Problem `input` as `jsonRecords`, and for too many columns or values that cannot be written
 */
export function jsonTable(
	open: () => Promise<AsyncIterable<Uint8Array>>,
	options: Partial<JsonLimits> = {},
): () => Promise<Table> {
	const limits = { ...JSON_LIMITS, ...options };
	let columns: ItemColumn[] | undefined;

	async function findColumns(): Promise<ItemColumn[]> {
		const finder = new ItemColumnFinder('Row');
		const yieldToEventLoop = createEventLoopYield();
		let row = 0;
		for await (const items of jsonRecords(await open(), limits)) {
			for (const item of items) finder.add(item, ++row);
			await yieldToEventLoop();
		}
		return finder.columns();
	}

	async function* batchesOf(known: readonly ItemColumn[]): AsyncGenerator<RecordBatch, void, void> {
		const batch = new ItemBatch(known, 'Row');
		const yieldToEventLoop = createEventLoopYield();
		let row = 0;
		for await (const items of jsonRecords(await open(), limits)) {
			for (const item of items) {
				batch.add(item, ++row);
				if (batch.full) yield batch.take();
			}
			await yieldToEventLoop();
		}
		if (batch.records > 0) yield batch.take();
	}

	return async () => {
		columns ??= await findColumns();
		return { columns: columns.map(({ name }) => name), unit: 'row', batches: batchesOf(columns) };
	};
}
