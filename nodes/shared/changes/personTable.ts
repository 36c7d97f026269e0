import { mixedBits } from '../core/hashing';

/** What is known of a person, as bits. */
export const PersonState = {
	/** has a row in the current file, valid or not */
	here: 1,
	/** has a valid row in the current file */
	valid: 2,
	/** a row of the person is sent */
	sent: 4,
	/** a row was passed over that only repeats the person's latest values */
	repeated: 8,
	/** all rows of the person have to be sent but for those that the previous file holds as well; outlives a reading */
	whole: 16,
	/** was listed as missing */
	listed: 32,
} as const;

/**
 * The people of two files in typed arrays: 21 bytes a person, 2 more for each counted column of a person of the previous file, and
 * 6 to 12 for the table by which they are found. Neither addresses nor values are kept.
 */
export interface PersonTable {
	/** number of a person, from 0; made when the person is new */
	idOf(low: number, high: number): number;
	/** number of a person, or -1 */
	find(low: number, high: number): number;
	readonly size: number;
	/** hash of the values of the person's latest row in the previous file */
	valuesLow: Uint32Array;
	valuesHigh: Uint32Array;
	/** the day of that row; 0 = none */
	days: Uint32Array;
	/** see {@link PersonState} */
	states: Uint8Array;
	/** hashes of that row's columns, one person after the other */
	columns: Uint16Array;
	/** From now on people are added whose columns are not counted: those of the current file. */
	close(): void;
	/** bytes in use */
	readonly bytes: number;
}

const FIRST_ROOM = 1024;
/** The table is at most this full, or searches become long. */
const FULL = 0.7;
/** Small steps: what is made in advance is waste for most files. */
const GROWTH = 1.25;

/**
 * Makes an empty collection.
 * @param width number of columns that are counted
 */
export function createPersonTable(width: number): PersonTable {
	let low = new Uint32Array(FIRST_ROOM);
	let high = new Uint32Array(FIRST_ROOM);
	let slots = new Int32Array(FIRST_ROOM * 2).fill(-1);
	let size = 0;
	let closed = false;

	/** The place of a person in the table, or the free one where the person would be. */
	function slotOf(a: number, b: number): number {
		const mask = slots.length - 1;
		let slot = mixedBits(a ^ b) & mask;
		for (let id = slots[slot]; id >= 0; id = slots[slot]) {
			if (low[id] === a && high[id] === b) return slot;
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	const people: PersonTable = {
		valuesLow: new Uint32Array(FIRST_ROOM),
		valuesHigh: new Uint32Array(FIRST_ROOM),
		days: new Uint32Array(FIRST_ROOM),
		states: new Uint8Array(FIRST_ROOM),
		columns: new Uint16Array(FIRST_ROOM * width),
		get size() {
			return size;
		},
		get bytes() {
			return low.length * 21 + people.columns.byteLength + slots.byteLength;
		},
		find: (a, b) => slots[slotOf(a, b)],
		idOf(a, b) {
			const slot = slotOf(a, b);
			if (slots[slot] >= 0) return slots[slot];
			if (size === low.length) growPeople();
			slots[slot] = size;
			low[size] = a;
			high[size] = b;
			size++;
			if (size > slots.length * FULL) growSlots();
			return size - 1;
		},
		close() {
			closed = true;
		},
	};

	function growPeople(): void {
		const room = Math.ceil(low.length * GROWTH);
		low = grown(low, new Uint32Array(room));
		high = grown(high, new Uint32Array(room));
		people.valuesLow = grown(people.valuesLow, new Uint32Array(room));
		people.valuesHigh = grown(people.valuesHigh, new Uint32Array(room));
		people.days = grown(people.days, new Uint32Array(room));
		people.states = grown(people.states, new Uint8Array(room));
		if (!closed) people.columns = grown(people.columns, new Uint16Array(room * width));
	}

	function growSlots(): void {
		slots = new Int32Array(slots.length * 2).fill(-1);
		for (let id = 0; id < size; id++) slots[slotOf(low[id], high[id])] = id;
	}

	return people;
}

function grown<T extends Uint32Array | Uint16Array | Uint8Array>(from: T, into: T): T {
	into.set(from);
	return into;
}
