import { problem } from '../core/problem';
import { createEventLoopYield } from '../core/eventLoop';
import { ItemBatch } from './itemBatch';
import { ItemColumnFinder, type Item } from './itemColumns';
import type { RecordBatch, Table } from '../records/recordBatch';

/** Items whose columns are learnt between two looks at the clock. */
const ITEMS_PER_LOOK = 1000;

/**
 * Reads n8n items as records. The columns are all names that occur, in order of first appearance, nested ones by their path
 * (`Worker.Name`, `Emails[1].Value`); how values are written see {@link ItemBatch}. Memory is that of one batch.
 * @param items the items' json; gone through twice, so a generator has to be wrapped in an object that makes a new one
 * @returns the records, numbered by n8n's item index (0 first)
 * @throws Problem `input` for an item that is no object, or too many columns; from the batches also for values that cannot
 * be written. All name the item.
 */
export async function readItems(items: Iterable<Item>): Promise<Table> {
	const finder = new ItemColumnFinder('Item');
	const yieldToEventLoop = createEventLoopYield();
	let index = 0;
	for (const item of items) {
		if (typeof item !== 'object' || item === null || Array.isArray(item)) throw notAnObject(index);
		if (index === 0) refuseList(item);
		finder.add(item, index);
		if (++index % ITEMS_PER_LOOK === 0) await yieldToEventLoop();
	}
	const columns = finder.columns();

	async function* batches(): AsyncGenerator<RecordBatch, void, void> {
		const batch = new ItemBatch(columns, 'Item');
		let row = 0;
		for (const item of items) {
			batch.add(item, row++);
			if (batch.full) {
				yield batch.take();
				await yieldToEventLoop();
			}
		}
		if (batch.records > 0) yield batch.take();
	}

	return { columns: columns.map(({ name }) => name), unit: 'item', batches: batches() };
}

/** Names beside a list of records that say something about the list: of OData, of pages, of an answer. */
const ABOUT_A_LIST = /^[@_]|odata|count|total|page|next|offset|limit|success|status|message/i;

/**
 * Refuses an item that holds the records instead of being one, as a report of Workday that was not split: its columns would be those
 * of all records side by side.
 */
function refuseList(item: Item, path = ''): void {
	const entries = Object.entries(item).filter(([name]) => !ABOUT_A_LIST.test(name));
	if (entries.length !== 1) return;
	const [[name, value]] = entries;
	const field = `${path}${name}`;
	if (typeof value !== 'object' || value === null) return;
	if (!Array.isArray(value)) {
		if (path === '') refuseList(value as Item, `${field}.`);
		return;
	}
	const isRecord = (entry: unknown) => typeof entry === 'object' && entry !== null && !Array.isArray(entry);
	if (value.length < 2 || !value.every(isRecord)) return;
	throw problem.input(
		`Item 0 holds a list of ${value.length.toLocaleString('en')} records in '${field}', not one record.`,
		`Add the step 'Split Out' before this one, and enter ${field} into its 'Fields To Split Out'.`,
		{ row: 0 },
	);
}

function notAnObject(index: number) {
	return problem.input(
		`Item ${index} is not a record: its JSON is not an object.`,
		"Use a step such as 'Split Out' or 'Edit Fields' to make each item an object with a field for each column.",
		{ row: index },
	);
}
