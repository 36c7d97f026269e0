import { PairSet } from '../core/pairSet';
import type { RecordBatch } from '../records/recordBatch';
import { RecordHash, type HashedColumn } from './recordHash';

/** How the rows of a file compare with those of the previous one. Plain data, for results. */
export interface RowCounts {
	/** different valid rows of the previous file */
	previousRows: number;
	/** valid rows that the previous file does not hold; these are sent */
	newRows: number;
	/** valid rows that the previous file holds */
	unchangedRows: number;
	/** different rows of the previous file that are not there any more */
	missingRows: number;
}

/**
 * The rows of a previous file as hashes of 64 bits: some 12 to 24 bytes a row, and as many again for those that are found again. No
 * value is kept.
 */
export class RowSet {
	private readonly rows = new PairSet();
	private found = new PairSet();
	private foundRows = 0;
	private newRows = 0;
	private unchangedRows = 0;
	private previousRows = 0;

	/** @param seed 32 bits by chance */
	constructor(private readonly seed: number) {}

	/** Takes a previous file: each batch, with a flag for each record, 1 = invalid. */
	addFrom(columns: readonly HashedColumn[]): (batch: RecordBatch, flags: Uint8Array) => void {
		const hash = new RecordHash(columns, this.seed);
		return (batch, flags) => {
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				hash.ofValues(batch, r);
				if (this.rows.add(hash.low, marked(hash.high))) this.previousRows++;
			}
		};
	}

	/**
	 * Begins a reading of the current file, the first or another.
	 * @param columns those of `addFrom`, in the same order
	 * @returns what gives one byte for each record of a batch, 0 = to be sent; valid until the next call
	 */
	compare(columns: readonly HashedColumn[]): (batch: RecordBatch, flags: Uint8Array) => Uint8Array {
		const hash = new RecordHash(columns, this.seed);
		this.found = new PairSet();
		this.foundRows = this.newRows = this.unchangedRows = 0;
		let skip = new Uint8Array(0);
		return (batch, flags) => {
			if (skip.length < batch.records) skip = new Uint8Array(batch.records);
			skip.fill(1);
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				hash.ofValues(batch, r);
				const high = marked(hash.high);
				if (!this.rows.has(hash.low, high)) {
					skip[r] = 0;
					this.newRows++;
					continue;
				}
				this.unchangedRows++;
				if (this.found.add(hash.low, high)) this.foundRows++;
			}
			return skip;
		};
	}

	/** what the last reading came to */
	counts(): RowCounts {
		const { previousRows, newRows, unchangedRows, foundRows } = this;
		return { previousRows, newRows, unchangedRows, missingRows: previousRows - foundRows };
	}

	/** bytes in use */
	get bytes(): number {
		return this.rows.bytes + this.found.bytes;
	}
}

/** Never 0, which marks free places. */
const marked = (high: number) => high || 1;
