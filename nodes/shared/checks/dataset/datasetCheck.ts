import type { RecordBatch } from '../../records/recordBatch';
import type { Findings } from '../../findings/findings';

/** A check that looks at more than one value of a record, or at all records together. */
export interface DatasetCheck {
	/** takes notice of the records of a batch whose flag is 0, that is, of the valid ones */
	observe(batch: RecordBatch, flags: Uint8Array): void;
	/** puts what only the whole tells into the findings; called once, after the last batch */
	conclude(findings: Findings): void;
}
