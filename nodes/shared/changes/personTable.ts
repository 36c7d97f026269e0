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

const FIRST_ROOM = 1024;
/** The table is at most this full, or searches become long. */
const FULL = 0.7;
/** Small steps: what is made in advance is waste for most files. */
const GROWTH = 1.25;

/**
 * The people of two files in typed arrays: 21 bytes a person, 2 more for each counted column of a person of the previous file, and
 * 6 to 12 for the table by which they are found. Neither addresses nor values are kept.
 */
export class PersonTable {
	/** hash of the values of the person's latest row in the previous file */
	valuesLow = new Uint32Array(FIRST_ROOM);
	valuesHigh = new Uint32Array(FIRST_ROOM);
	/** the day of that row; 0 = none */
	days = new Uint32Array(FIRST_ROOM);
	/** see {@link PersonState} */
	states = new Uint8Array(FIRST_ROOM);
	/** hashes of that row's columns, one person after the other */
	columns: Uint16Array<ArrayBuffer>;
	size = 0;
	private low = new Uint32Array(FIRST_ROOM);
	private high = new Uint32Array(FIRST_ROOM);
	private slots = new Int32Array(FIRST_ROOM * 2).fill(-1);
	private closed = false;

	/** @param width number of columns that are counted */
	constructor(private readonly width: number) {
		this.columns = new Uint16Array(FIRST_ROOM * width);
	}

	/** bytes in use */
	get bytes(): number {
		return this.low.length * 21 + this.columns.byteLength + this.slots.byteLength;
	}

	/** number of a person, or -1 */
	find(low: number, high: number): number {
		return this.slots[this.slotOf(low, high)];
	}

	/** number of a person, from 0; made when the person is new */
	idOf(low: number, high: number): number {
		const slot = this.slotOf(low, high);
		if (this.slots[slot] >= 0) return this.slots[slot];
		if (this.size === this.low.length) this.growPeople();
		const id = this.size++;
		this.slots[slot] = id;
		this.low[id] = low;
		this.high[id] = high;
		if (this.size > this.slots.length * FULL) this.growSlots();
		return id;
	}

	/** From now on people are added whose columns are not counted: those of the current file. */
	close(): void {
		this.closed = true;
	}

	/** The place of a person in the table, or the free one where the person would be. */
	private slotOf(a: number, b: number): number {
		const { slots, low, high } = this;
		const mask = slots.length - 1;
		let slot = mixedBits(a ^ b) & mask;
		for (let id = slots[slot]; id >= 0; id = slots[slot]) {
			if (low[id] === a && high[id] === b) return slot;
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private growPeople(): void {
		const room = Math.ceil(this.low.length * GROWTH);
		this.low = grown(this.low, new Uint32Array(room));
		this.high = grown(this.high, new Uint32Array(room));
		this.valuesLow = grown(this.valuesLow, new Uint32Array(room));
		this.valuesHigh = grown(this.valuesHigh, new Uint32Array(room));
		this.days = grown(this.days, new Uint32Array(room));
		this.states = grown(this.states, new Uint8Array(room));
		if (!this.closed) this.columns = grown(this.columns, new Uint16Array(room * this.width));
	}

	private growSlots(): void {
		this.slots = new Int32Array(this.slots.length * 2).fill(-1);
		for (let id = 0; id < this.size; id++) this.slots[this.slotOf(this.low[id], this.high[id])] = id;
	}
}

function grown<T extends Uint32Array | Uint16Array | Uint8Array>(from: T, into: T): T {
	into.set(from);
	return into;
}
