import { fieldText, type RecordBatch } from './recordBatch';

/** A value that has no number, for there were too many different ones. */
export const NO_VALUE = -1;

/** Longest text that is kept of a value, in characters. */
const LONGEST_TEXT = 120;

/** Numbers the different values of a column, as far as there are not too many. A value is only made a string when it is new. */
export class ValueIndex {
	/** the values by number, shortened */
	readonly texts: string[] = [];
	/** a value was met for which there was no room */
	full = false;
	private readonly keys: Buffer[] = [];
	private readonly hashes: Int32Array;
	private readonly slots: Int32Array;

	/** @param most how many values are told apart */
	constructor(private readonly most: number) {
		this.hashes = new Int32Array(most);
		this.slots = new Int32Array(1 << Math.ceil(Math.log2(most * 2))).fill(NO_VALUE);
	}

	/** Number of a field's value, from 0; {@link NO_VALUE} for one beyond the most that are told apart. */
	idOf(batch: RecordBatch, f: number): number {
		const { bytes } = batch;
		const start = batch.starts[f];
		const end = batch.ends[f];
		// FNV-1a.
		let hash = 0x811c9dc5;
		for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
		const { slots, hashes } = this;
		const mask = slots.length - 1;
		let slot = (hash ^ (hash >>> 15)) & mask;
		for (let id = slots[slot]; id !== NO_VALUE; id = slots[slot]) {
			if (hashes[id] === hash && this.keys[id].length === end - start && isSame(this.keys[id], bytes, start))
				return id;
			slot = (slot + 1) & mask;
		}
		const id = this.texts.length;
		if (id >= this.most) {
			this.full = true;
			return NO_VALUE;
		}
		slots[slot] = id;
		hashes[id] = hash;
		this.keys.push(Buffer.from(bytes.subarray(start, end)));
		const text = fieldText(batch, f);
		this.texts.push(text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`);
		return id;
	}
}

function isSame(key: Buffer, bytes: Uint8Array, start: number): boolean {
	for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false;
	return true;
}
