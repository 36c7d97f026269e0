import type { ColumnPlan, PlannedColumn } from '../columns/columnPlan';
import { createEventLoopYield } from '../core/eventLoop';
import type { Findings } from '../findings/findings';
import { fieldText, type RecordBatch, type Table } from '../records/recordBatch';
import { rewriteBatch } from '../records/rewriteBatch';
import { AddressIndex } from './addressIndex';

/** Share of the managers that must be found; where fewer are, the numbers are not those of the other column. */
const MOSTLY_FOUND = 0.5;

/** The column of the manager, where it holds employee numbers. */
type NumberedColumn = PlannedColumn & Required<Pick<PlannedColumn, 'byNumber'>>;

/**
 * Reads all people of an input: their addresses by their numbers.
 * @param table read once
 * @param plan names the columns
 * @returns nothing where the plan needs no numbers
 * @throws Problem of the reader; the signal's reason
 */
export async function readAddresses(
	open: () => Promise<Table>,
	plan: ColumnPlan,
	signal?: AbortSignal,
): Promise<AddressIndex | undefined> {
	const column = numberedColumn(plan);
	if (!column) return undefined;
	const { number, person } = column.byNumber;
	const index = new AddressIndex();
	const yieldToEventLoop = createEventLoopYield();
	const { batches } = await open();
	for await (const batch of batches) {
		signal?.throwIfAborted();
		for (let r = 0; r < batch.records; r++) {
			const address = textAt(batch, r, person).trim();
			if (address !== '') index.add(textAt(batch, r, number), address);
		}
		await yieldToEventLoop();
	}
	return index;
}

/**
 * A table in which the numbers of managers are their addresses. A number that is nobody's, or that of several people, stays, and the
 * checks of addresses refuse it with that reason.
 * @param table read once
 * @param plan names the columns
 * @param index see {@link readAddresses}
 */
export function resolveManagers(
	table: Table,
	plan: ColumnPlan,
	index: AddressIndex | undefined,
): { table: Table; conclude(findings: Findings): void } {
	const column = numberedColumn(plan);
	if (!column || !index) return { table, conclude: () => undefined };
	const { name: numberColumn } = column.byNumber;
	let wanted = 0;
	let found = 0;
	column.causeOf = (text) => {
		if (text.includes('@')) return undefined;
		return index.find(text) === 'several'
			? `a number that several people have in '${numberColumn}'`
			: `a number that nobody has in '${numberColumn}'`;
	};
	const places = [column.sourceIndex];

	function resolve(batch: RecordBatch): RecordBatch {
		return rewriteBatch(batch, places, (_, f) => {
			const text = fieldText(batch, f).trim();
			if (text === '') return undefined;
			wanted++;
			const known = text.includes('@') ? { address: text } : (index as AddressIndex).find(text);
			if (typeof known === 'string') return undefined;
			found++;
			return known.address;
		});
	}

	async function* batches(): AsyncGenerator<RecordBatch> {
		for await (const batch of table.batches) yield resolve(batch);
	}
	return {
		table: { ...table, batches: batches() },
		conclude(findings) {
			if (found >= wanted * MOSTLY_FOUND) return;
			findings.add('manager-numbers-unknown', {
				column: column.sourceName,
				found: numberColumn,
				count: wanted - found,
				total: wanted,
			});
		},
	};
}

function numberedColumn({ columns }: ColumnPlan): NumberedColumn | undefined {
	return columns.find((column): column is NumberedColumn => column.byNumber !== undefined);
}

function textAt(batch: RecordBatch, r: number, column: number): string {
	const f = batch.fields[r] + column;
	return f < batch.fields[r + 1] ? fieldText(batch, f) : '';
}
