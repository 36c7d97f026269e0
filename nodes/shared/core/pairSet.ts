/** A set of pairs of numbers in typed arrays: 8 bytes a pair, in a table that is at most 70 % full. */
export interface PairSet {
	/** @returns false where the pair was there already */
	add(a: number, b: number): boolean;
	/** whether the pair is there */
	has(a: number, b: number): boolean;
	/** bytes in use */
	readonly bytes: number;
}

const FIRST_ROOM = 1024;
const FULL = 0.7;

/** Makes an empty set of pairs; the second number of a pair must not be 0. */
export function createPairSet(): PairSet {
	let pairs = new Uint32Array(FIRST_ROOM * 2);
	let size = 0;

	function place(table: Uint32Array, a: number, b: number): number {
		const mask = table.length / 2 - 1;
		let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
		slot = (slot ^ (slot >>> 15)) & mask;
		while (table[slot * 2 + 1] !== 0 && (table[slot * 2] !== a || table[slot * 2 + 1] !== b)) {
			slot = (slot + 1) & mask;
		}
		return slot * 2;
	}

	return {
		get bytes() {
			return pairs.byteLength;
		},
		has: (a, b) => pairs[place(pairs, a, b) + 1] !== 0,
		add(a, b) {
			const at = place(pairs, a, b);
			if (pairs[at + 1] !== 0) return false;
			pairs[at] = a;
			pairs[at + 1] = b;
			size++;
			if (size > (pairs.length / 2) * FULL) {
				const larger = new Uint32Array(pairs.length * 2);
				for (let i = 0; i < pairs.length; i += 2) {
					if (pairs[i + 1] === 0) continue;
					const to = place(larger, pairs[i], pairs[i + 1]);
					larger[to] = pairs[i];
					larger[to + 1] = pairs[i + 1];
				}
				pairs = larger;
			}
			return true;
		},
	};
}
