const FIRST_ROOM = 1024;
const FULL = 0.7;

/**
 * A set of pairs of numbers in typed arrays: 8 bytes a pair, in a table that is at most 70 % full. The second number of a pair must
 * not be 0.
 */
export class PairSet {
	private pairs = new Uint32Array(FIRST_ROOM * 2);
	private size = 0;

	/** bytes in use */
	get bytes(): number {
		return this.pairs.byteLength;
	}

	/** whether the pair is there */
	has(a: number, b: number): boolean {
		return this.pairs[placeOf(this.pairs, a, b) + 1] !== 0;
	}

	/** @returns false where the pair was there already */
	add(a: number, b: number): boolean {
		const { pairs } = this;
		const at = placeOf(pairs, a, b);
		if (pairs[at + 1] !== 0) return false;
		pairs[at] = a;
		pairs[at + 1] = b;
		this.size++;
		if (this.size > (pairs.length / 2) * FULL) this.grow();
		return true;
	}

	private grow(): void {
		const { pairs } = this;
		this.pairs = new Uint32Array(pairs.length * 2);
		for (let i = 0; i < pairs.length; i += 2) {
			if (pairs[i + 1] === 0) continue;
			const to = placeOf(this.pairs, pairs[i], pairs[i + 1]);
			this.pairs[to] = pairs[i];
			this.pairs[to + 1] = pairs[i + 1];
		}
	}
}

/** Where a pair is in a table, or would be. */
function placeOf(pairs: Uint32Array, a: number, b: number): number {
	const mask = pairs.length / 2 - 1;
	let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
	slot = (slot ^ (slot >>> 15)) & mask;
	while (pairs[slot * 2 + 1] !== 0 && (pairs[slot * 2] !== a || pairs[slot * 2 + 1] !== b)) {
		slot = (slot + 1) & mask;
	}
	return slot * 2;
}
