import type { ColumnPlan } from '../columns/columnPlan';
import type { Findings } from '../findings/findings';
import type { RecordBatch } from '../records/recordBatch';

/** Chooses among the valid records of an input those that are packed. */
export interface Selection {
	/**
	 * A reading begins, the first or another.
	 * @returns whether there is something to choose by; if not, all valid records are packed
	 */
	begin(plan: ColumnPlan, findings: Findings): Promise<boolean>;
	/**
	 * Chooses among the records of a batch.
	 * @param flags one byte for each record, 1 = invalid
	 * @returns one byte for each record, 0 = packed; valid until the next call
	 */
	choose(batch: RecordBatch, flags: Uint8Array): Uint8Array;
	/** Puts what only the whole tells into the findings. */
	conclude(findings: Findings): void;
	/** Whether some records were passed over that may have to be packed after all; known after the last batch. */
	mustRepeat(): boolean;
}
