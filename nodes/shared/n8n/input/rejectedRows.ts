import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Observer } from '../../pipeline/observers';
import { fieldText, RecordFlag, type RecordBatch } from '../../records/recordBatch';

/** Gathers invalid rows for the output 'Rejected': what came in, and why it was rejected. */
export interface RejectedRows extends Observer {
	/** the output's items */
	readonly items: INodeExecutionData[];
}

/** More rejected rows than this are counted but not given out, so that a wrong file cannot fill the memory. */
export const MOST_REJECTED_ROWS = 10_000;

/**
 * Makes an empty collection.
 * @param inputItems the step's input
 * @param fileItem the input item whose file is read; missing when each input item is a row
 */
export function collectRejectedRows(
	inputItems: readonly INodeExecutionData[],
	fileItem?: number,
): RejectedRows {
	let items: INodeExecutionData[] = [];
	let reasons = new Map<number, string[]>();
	let columns: readonly string[] = [];

	return {
		get items() {
			return items;
		},
		restart() {
			items = [];
			reasons = new Map();
		},
		begin(_plan, source) {
			columns = source.columns;
		},
		onRowError({ row, message }) {
			if (items.length >= MOST_REJECTED_ROWS) return;
			const known = reasons.get(row);
			if (known) known.push(message);
			else reasons.set(row, [message]);
		},
		batch(batch, flags) {
			for (let r = 0; r < batch.records && items.length < MOST_REJECTED_ROWS; r++) {
				if (flags[r] === 0 || flags[r] === RecordFlag.blank) continue;
				const row = batch.rows[r];
				const values = fileItem === undefined ? inputItems[row].json : rowValues(batch, r, columns);
				items.push({
					json: { ...values, rejectedRow: row, rejectedBecause: reasons.get(row) ?? [] },
					pairedItem: { item: fileItem ?? row },
				});
			}
			reasons = new Map();
		},
	};
}

function rowValues(batch: RecordBatch, r: number, columns: readonly string[]): IDataObject {
	const first = batch.fields[r];
	// Not by assignment: that makes no field of a column named __proto__.
	return Object.fromEntries(
		Array.from({ length: batch.fields[r + 1] - first }, (_, index) => [
			columns[index] ?? `(field ${index + 1})`,
			fieldText(batch, first + index),
		]),
	);
}
