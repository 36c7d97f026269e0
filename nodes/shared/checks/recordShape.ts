import type { Findings } from '../findings/findings';
import type { RecordBatch } from '../records/recordBatch';

/** Whether records have as many fields as the header. */
export interface RecordShape {
	/** Notes that a record has as many fields as the header. */
	noteFitting(): void;
	/** Whether a record fits. One more field that is empty does no harm where all records have it. */
	fits(batch: RecordBatch, r: number): boolean;
	/** Adds what only all records together tell. */
	conclude(findings: Findings): void;
}

/**
 * Makes the check of the number of fields.
 * @param expected fields of the header
 * @param exact no record may have one field more
 */
export function createRecordShape(expected: number, exact: boolean): RecordShape {
	let anyFits = exact;
	let surplusRow: number | undefined;
	return {
		noteFitting() {
			anyFits = true;
		},
		fits({ fields, starts, ends, rows }, r) {
			const found = fields[r + 1] - fields[r];
			const last = fields[r + 1] - 1;
			if (found === expected) anyFits = true;
			if (found !== expected + 1) return found === expected;
			if (starts[last] < ends[last] || anyFits) return false;
			surplusRow ??= rows[r];
			return true;
		},
		conclude(findings) {
			if (surplusRow === undefined) return;
			// Where only some records have it, a value may hold a delimiter, and all behind it are in the wrong column.
			if (anyFits) findings.add('row-ragged', { row: surplusRow, found: expected + 1, expected });
			else findings.add('rows-surplus-field');
		},
	};
}
