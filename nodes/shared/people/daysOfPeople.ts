import { createPairSet } from '../core/pairSet';

/** Which days each person has rows of. */
export interface DaysOfPeople {
	/**
	 * Notes a day of a person.
	 * @param id number of the person, from 0
	 * @param day any number; 0 stands for no day, and is never noted
	 * @returns false where it was noted already
	 */
	add(id: number, day: number): boolean;
	/** bytes in use */
	readonly bytes: number;
}

/** Days that have a bit of their own: two years of months, and some more. */
const DAYS_WITH_A_BIT = 32;
const FIRST_ROOM = 1024;

/**
 * Makes an empty record of days: four bytes a person. A history has the same few days for everybody, its months' ends: each of
 * the first 32 different days is a bit. Only further days are kept as pairs, which take about 19 bytes each.
 */
export function createDaysOfPeople(): DaysOfPeople {
	const bits = new Map<number, number>();
	const further = createPairSet();
	let masks = new Uint32Array(0);

	return {
		get bytes() {
			return masks.byteLength + further.bytes;
		},
		add(id, day) {
			if (day === 0) return true;
			let bit = bits.get(day);
			if (bit === undefined) {
				if (bits.size >= DAYS_WITH_A_BIT) return further.add(id, day);
				bit = 1 << bits.size;
				bits.set(day, bit);
			}
			if (id >= masks.length) {
				const larger = new Uint32Array(Math.max(FIRST_ROOM, Math.ceil((id + 1) * 1.5)));
				larger.set(masks);
				masks = larger;
			}
			if ((masks[id] & bit) !== 0) return false;
			masks[id] |= bit;
			return true;
		},
	};
}
