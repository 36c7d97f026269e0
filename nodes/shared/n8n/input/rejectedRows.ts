import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Finding } from '../../findings/finding';
import { fieldText, type RecordBatch, type Table } from '../../records/recordBatch';

/** Gathers invalid rows for the output 'Rejected': what came in, and why it was rejected. */
export interface RejectedRows {
	/** for `createFindings`: told every error of a record */
	onRowError(finding: Finding & { row: number }): void;
	/** for `pack`: told each batch with its flags */
	onBatch(batch: RecordBatch, flags: Uint8Array): void;
	/** the output's items */
	readonly items: INodeExecutionData[];
}

/** More rejected rows than this are counted but not given out, so that a wrong file cannot fill the memory. */
export const MOST_REJECTED_ROWS = 10_000;

/**
 * Makes an empty collection.
 * @param table what the rows come from
 * @param inputItems the step's input
 * @param fileItem the input item whose file is read; missing when each input item is a row
 */
export function collectRejectedRows(
	table: Pick<Table, 'columns' | 'unit'>,
	inputItems: readonly INodeExecutionData[],
	fileItem?: number,
): RejectedRows {
	const items: INodeExecutionData[] = [];
	let reasons = new Map<number, string[]>();

	return {
		items,
		onRowError({ row, message }) {
			if (items.length >= MOST_REJECTED_ROWS) return;
			const known = reasons.get(row);
			if (known) known.push(message);
			else reasons.set(row, [message]);
		},
		onBatch(batch, flags) {
			for (let r = 0; r < batch.records && items.length < MOST_REJECTED_ROWS; r++) {
				if (flags[r] === 0) continue;
				const row = batch.rows[r];
				const values = table.unit === 'item' ? inputItems[row].json : rowValues(batch, r, table.columns);
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
	const values: IDataObject = {};
	const first = batch.fields[r];
	for (let f = first; f < batch.fields[r + 1]; f++) {
		values[columns[f - first] ?? `(field ${f - first + 1})`] = fieldText(batch, f);
	}
	return values;
}
