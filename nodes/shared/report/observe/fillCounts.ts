import { isBlank } from '../../core/bytes';
import { RecordFlag, type RecordBatch } from '../../records/recordBatch';

/** Counts in how many records each column has a value. */
export interface FillCounts {
	observe(batch: RecordBatch, flags: Uint8Array): void;
	/** records looked at: those with all fields of the header */
	readonly rows: number;
	/** records with a value, by index of the column */
	readonly filled: Uint32Array;
}

/**
 * Makes the counters of a table.
 * @param width number of its columns
 */
export function createFillCounts(width: number): FillCounts {
	const filled = new Uint32Array(width);
	let rows = 0;
	return {
		filled,
		get rows() {
			return rows;
		},
		observe({ bytes, records, fields, starts, ends }, flags) {
			for (let r = 0; r < records; r++) {
				const first = fields[r];
				if (flags[r] > RecordFlag.invalid || fields[r + 1] - first < width) continue;
				rows++;
				for (let c = 0; c < width; c++) {
					const start = starts[first + c];
					const end = ends[first + c];
					if (start < end && !isBlank(bytes, start, end)) filled[c]++;
				}
			}
		},
	};
}
