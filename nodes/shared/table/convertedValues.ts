import { fieldText, type RecordBatch } from './recordBatch';

/** Dates, job levels and the like come from few different values, most of them short. */
const SLOTS = 1024;
const LONGEST_KEY = 32;

/**
 * Converts values of one column and remembers the latest results: an HR file has the same few values over and over.
 * @param convert gives the new text for the old one; must depend on nothing else
 * @returns the converted content of field `f` as bytes, not to be changed
 */
export function createConvertedValues(
	convert: (text: string) => string,
): (batch: RecordBatch, f: number) => Buffer {
	const keys: Array<Buffer | undefined> = new Array<Buffer | undefined>(SLOTS).fill(undefined);
	const values: Buffer[] = new Array<Buffer>(SLOTS).fill(Buffer.alloc(0));

	return (batch, f) => {
		const { bytes } = batch;
		const start = batch.starts[f];
		const end = batch.ends[f];
		if (end - start > LONGEST_KEY) return Buffer.from(convert(fieldText(batch, f)), 'utf8');
		// FNV-1a; the form counts, because it decides what doubled quotes stand for.
		let hash = 0x811c9dc5 ^ batch.forms[f];
		for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
		const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
		const key = keys[slot];
		if (key && sameBytes(key, batch.forms[f], bytes, start, end)) return values[slot];
		const fresh = Buffer.allocUnsafe(1 + end - start);
		fresh[0] = batch.forms[f];
		fresh.set(bytes.subarray(start, end), 1);
		const value = Buffer.from(convert(fieldText(batch, f)), 'utf8');
		keys[slot] = fresh;
		values[slot] = value;
		return value;
	};
}

function sameBytes(key: Buffer, form: number, bytes: Buffer, start: number, end: number): boolean {
	if (key.length !== 1 + end - start || key[0] !== form) return false;
	for (let i = start; i < end; i++) if (key[1 + i - start] !== bytes[i]) return false;
	return true;
}
