import { FieldQuoting, fieldText, type RecordBatch } from '../../records/recordBatch';

/** Numbers the different values of a column, as far as there are not too many. */
export interface NameIndex {
	/** number of the field's value, from 0; {@link NO_NAME} for a value beyond the most that are told apart */
	idOf(batch: RecordBatch, f: number): number;
	/** the values by number, shortened */
	readonly names: readonly string[];
	/** a value was met for which there was no room */
	readonly full: boolean;
}

/** A value that has no number. */
export const NO_NAME = -1;

/** Longest name that is kept, in characters. */
const LONGEST_NAME = 120;

/**
 * Makes an empty index. A value is only made a string when it is new.
 * @param most how many values are told apart
 */
export function createNameIndex(most: number): NameIndex {
	const byHash = new Map<number, number[]>();
	const keys: Buffer[] = [];
	const names: string[] = [];
	let full = false;

	function idOf(batch: RecordBatch, f: number): number {
		const { bytes } = batch;
		const start = batch.starts[f];
		const end = batch.ends[f];
		// FNV-1a.
		let hash = 0x811c9dc5;
		for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
		const known = byHash.get(hash);
		if (known) {
			for (const id of known) if (keys[id].compare(bytes, start, end) === 0) return id;
		}
		if (names.length >= most) {
			full = true;
			return NO_NAME;
		}
		const id = names.length;
		keys.push(Buffer.from(bytes.subarray(start, end)));
		const text = batch.quoting[f] === FieldQuoting.escaped ? fieldText(batch, f) : keys[id].toString('utf8');
		names.push(text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME)}…`);
		if (known) known.push(id);
		else byHash.set(hash, [id]);
		return id;
	}

	return {
		idOf,
		names,
		get full() {
			return full;
		},
	};
}
