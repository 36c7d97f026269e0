import { isBlank } from '../core/bytes';
import { mixedBits } from '../core/hashing';

/**
 * The hash of a person's address: two times 32 bits, the same for capitals and small letters, and two times 0 for what is
 * blank, and only for that. What reads CSV has it too (`hashColumn` in assembly/records.ts), for all records at once.
 */
export class PersonHash {
	/** the result of the last call, as unsigned numbers */
	low = 0;
	high = 0;
	private viewed: Uint8Array = new Uint8Array(0);
	private view = new DataView(this.viewed.buffer);

	/** Hashes the text `bytes[start … end - 1]`. */
	of(bytes: Uint8Array, start: number, end: number): void {
		if (isBlank(bytes, start, end)) {
			this.low = this.high = 0;
			return;
		}
		if (bytes !== this.viewed) {
			this.viewed = bytes;
			this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		}
		const { view } = this;
		// Four bytes at a time; the last four may overlap those before, which the length makes unambiguous.
		let a = 0x811c9dc5 ^ (end - start);
		let b = 0x9747b28c;
		let i = start;
		for (; i + 4 <= end; i += 4) {
			const word = lowerCase(view.getInt32(i, true));
			a = Math.imul(a ^ word, 0x01000193);
			a ^= a >>> 15;
			b = Math.imul(b ^ word, 0x85ebca6b);
			b ^= b >>> 13;
		}
		if (i < end) {
			let word = 0;
			if (end - start >= 4) word = view.getInt32(end - 4, true);
			else for (; i < end; i++) word = (word << 8) | bytes[i];
			word = lowerCase(word);
			a = Math.imul(a ^ word, 0x01000193);
			b = Math.imul(b ^ word, 0x85ebca6b);
		}
		this.low = mixedBits(a ^ (b >>> 7)) >>> 0;
		this.high = (mixedBits(b) | 1) >>> 0;
	}
}

/** Four bytes with ASCII capitals made small, all at once. */
function lowerCase(word: number): number {
	const low = word & 0x7f7f7f7f;
	// The highest bit of a byte: "A" or more, more than "Z".
	const fromA = (low + 0x3f3f3f3f) | 0;
	const behindZ = (low + 0x25252525) | 0;
	return word | (((fromA ^ behindZ) & ~word & 0x80808080) >>> 2);
}
