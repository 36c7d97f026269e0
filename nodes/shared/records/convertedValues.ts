import { FieldQuoting, fieldText, type RecordBatch } from './recordBatch';

/** Rewrites the values of a column. */
export interface Conversion {
	/** gives the new text for the old one; must depend on nothing else */
	convert: (text: string) => string;
	/** tells of a field, before it is looked up, that its value stays as it is; may miss some that do */
	stays?: (batch: RecordBatch, f: number) => boolean;
}

/** Dates, job levels and the like come from some thousand different values at most, most of them short. */
const SLOTS = 8192;
const LONGEST_KEY = 40;

/**
 * Converts values of one column and remembers the latest results: an HR file has the same values over and over.
 * @param conversion see {@link Conversion}
 * @returns the converted content of field `f` as bytes, not to be changed; nothing where it is what stands in the batch
 */
export function createConvertedValues({
	convert,
	stays,
}: Conversion): (batch: RecordBatch, f: number) => Buffer | undefined {
	// Keys lie side by side in one array: an object for each would be slower to compare than to convert anew.
	const keys = Buffer.alloc(SLOTS * LONGEST_KEY);
	/** length of the key in a slot plus one, and its form; 0 = the slot is empty */
	const kinds = new Uint8Array(SLOTS);
	const values = new Array<Buffer | undefined>(SLOTS).fill(undefined);

	function converted(batch: RecordBatch, f: number): Buffer | undefined {
		const text = fieldText(batch, f);
		const value = convert(text);
		return value === text && batch.quoting[f] === FieldQuoting.plain ? undefined : Buffer.from(value, 'utf8');
	}

	return (batch, f) => {
		const { bytes } = batch;
		const start = batch.starts[f];
		const length = batch.ends[f] - start;
		if (stays?.(batch, f) && batch.quoting[f] === FieldQuoting.plain) return undefined;
		if (length > LONGEST_KEY) return converted(batch, f);
		// FNV-1a; the form counts, because it decides what doubled quotes stand for.
		const kind = (length + 1) * 4 + batch.quoting[f];
		let hash = 0x811c9dc5 ^ kind;
		for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
		const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
		const key = slot * LONGEST_KEY;
		if (kinds[slot] === kind) {
			let i = 0;
			while (i < length && keys[key + i] === bytes[start + i]) i++;
			if (i === length) return values[slot];
		}
		for (let i = 0; i < length; i++) keys[key + i] = bytes[start + i];
		kinds[slot] = kind;
		return (values[slot] = converted(batch, f));
	};
}
