import type { ColumnPlan } from '../columns/columnPlan';
import type { Findings } from '../findings/findings';
import { fieldText, type RecordBatch, type Table } from '../records/recordBatch';
import { rewriteBatch } from '../records/rewriteBatch';

/** The words that stand for the values of a column, trimmed, and the value that is sent for each. */
export type ValueDictionary = ReadonlyMap<string, string>;

/**
 * A table whose values are translated as they are read, before any check, by the dictionaries of the columns. A word is
 * compared without the blanks around it, and with its case: a word that only looks alike may mean something else. What no
 * dictionary lists stays as it is and is counted as a warning.
 * @param table read once
 * @param plan names the columns; those without a dictionary cost nothing
 * @param findings takes what no dictionary lists
 */
export function translateTable(table: Table, { columns }: ColumnPlan, findings: Findings): Table {
	const translated = columns.flatMap(({ sourceIndex, sourceName, values }) =>
		sourceIndex >= 0 && values !== undefined
			? [{ sourceIndex, sourceName, values, sent: new Set(values.values()) }]
			: [],
	);
	if (translated.length === 0) return table;
	const places = translated.map(({ sourceIndex }) => sourceIndex);

	function translate(batch: RecordBatch): RecordBatch {
		return rewriteBatch(batch, places, (r, f, index) => {
			const { sourceName, values, sent } = translated[index];
			const word = fieldText(batch, f).trim();
			const value = values.get(word);
			if (value === undefined && word !== '' && !sent.has(word)) {
				findings.add('value-not-listed', { row: batch.rows[r], column: sourceName });
			}
			return value;
		});
	}

	async function* batches(): AsyncGenerator<RecordBatch> {
		for await (const batch of table.batches) yield translate(batch);
	}
	return { ...table, batches: batches() };
}
