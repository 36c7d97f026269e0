import { PairSet } from '../core/pairSet';

/** Days that have a bit of their own: two years of months, and some more. */
const DAYS_WITH_A_BIT = 32;
const FIRST_ROOM = 1024;

/**
 * Which days each person has rows of, in four bytes a person. A history has the same few days for everybody, its months' ends: each
 * of the first 32 different days is a bit. Only further days are kept as pairs, which take about 19 bytes each.
 */
export class DaysOfPeople {
	private readonly bits = new Map<number, number>();
	private readonly further = new PairSet();
	private masks = new Uint32Array(0);

	/** bytes in use */
	get bytes(): number {
		return this.masks.byteLength + this.further.bytes;
	}

	/**
	 * Notes a day of a person.
	 * @param id number of the person, from 0
	 * @param day any number; 0 stands for no day, and is never noted
	 * @returns false where it was noted already
	 */
	add(id: number, day: number): boolean {
		if (day === 0) return true;
		let bit = this.bits.get(day);
		if (bit === undefined) {
			if (this.bits.size >= DAYS_WITH_A_BIT) return this.further.add(id, day);
			bit = 1 << this.bits.size;
			this.bits.set(day, bit);
		}
		if (id >= this.masks.length) {
			const larger = new Uint32Array(Math.max(FIRST_ROOM, Math.ceil((id + 1) * 1.5)));
			larger.set(this.masks);
			this.masks = larger;
		}
		if ((this.masks[id] & bit) !== 0) return false;
		this.masks[id] |= bit;
		return true;
	}
}
