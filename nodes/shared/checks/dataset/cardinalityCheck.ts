import type { RecordBatch } from '../../records/recordBatch';
import type { PlannedColumn } from '../../columns/columnPlan';
import type { DatasetCheck } from './datasetCheck';

/** Rows whose values are compared; enough to see whether a column groups people. */
const COMPARED_ROWS = 20_000;
/** With fewer rows than this, all the same or all different may be chance. */
const FEWEST_ROWS = 100;
/** Share of different values from which a column groups nobody. */
const NEARLY_ALL = 0.9;

interface Spread {
	column: PlannedColumn;
	/** hashes of different values, of the first rows */
	values: Set<number>;
	filled: number;
}

/**
 * Makes the check for columns of text that tell nothing: one value for everybody, or another for nearly each.
 * @param columns columns to look at; others than text are passed over
 */
export function createCardinalityCheck(columns: readonly PlannedColumn[]): DatasetCheck {
	const spreads: Spread[] = columns
		.filter(({ type, sourceIndex }) => type === 'string' && sourceIndex >= 0)
		.map((column) => ({ column, values: new Set(), filled: 0 }));
	let rows = 0;
	return {
		observe(batch, flags) {
			for (let r = 0; r < batch.records && rows < COMPARED_ROWS; r++) {
				if (flags[r] !== 0) continue;
				rows++;
				for (const spread of spreads) {
					const f = batch.fields[r] + spread.column.sourceIndex;
					if (batch.starts[f] === batch.ends[f]) continue;
					spread.filled++;
					spread.values.add(hashOf(batch, f));
				}
			}
		},
		conclude(findings) {
			for (const { column, values, filled } of spreads) {
				if (filled < FEWEST_ROWS) continue;
				if (values.size === 1) findings.add('values-all-same', { column: column.sourceName });
				if (values.size > filled * NEARLY_ALL) {
					findings.add('values-all-different', { column: column.sourceName });
				}
			}
		},
	};
}

const { imul } = Math;

/** FNV-1a. Two values with one hash only make the column look a little less varied. */
function hashOf({ bytes, starts, ends }: RecordBatch, f: number): number {
	let hash = 0x811c9dc5;
	for (let i = starts[f]; i < ends[f]; i++) hash = imul(hash ^ bytes[i], 0x01000193);
	return hash;
}
