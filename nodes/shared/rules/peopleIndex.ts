/**
 * Everybody in a file, by e-mail address, in typed arrays: 24 bytes a person and 4 to 8 more for the hash index. Addresses
 * themselves are not kept, only 64 bits of hash: two of a million people collide once in 37 million files.
 */
export interface PeopleIndex {
	/** number of a person, from 0; made when the address is new. Letters count without case. */
	idOf(bytes: Uint8Array, start: number, end: number): number;
	/** people known, whether they have rows or are only named as managers */
	readonly size: number;
	/** row in which the person was last seen; 0 = only named as a manager so far */
	rows: Uint32Array;
	/** the person's manager by number; {@link NO_MANAGER} where the row names none */
	managers: Int32Array;
	/** day of the row that `managers` is taken from, as any number that grows with time; 0 = none */
	days: Uint32Array;
	/** bytes in use */
	readonly bytes: number;
}

/** No manager: the person is at the top. */
export const NO_MANAGER = -1;

const FIRST_ROOM = 1024;
/** The index is at most this full, or searches become long. */
const FULL = 0.7;

/** Makes an empty index. */
export function createPeopleIndex(): PeopleIndex {
	let low = new Uint32Array(FIRST_ROOM);
	let high = new Uint32Array(FIRST_ROOM);
	let slots = new Int32Array(FIRST_ROOM * 2).fill(-1);
	let size = 0;

	const people: PeopleIndex = {
		rows: new Uint32Array(FIRST_ROOM),
		managers: new Int32Array(FIRST_ROOM).fill(NO_MANAGER),
		days: new Uint32Array(FIRST_ROOM),
		get size() {
			return size;
		},
		get bytes() {
			return low.length * 20 + slots.length * 4;
		},
		idOf(bytes, start, end) {
			let a = 0x811c9dc5;
			let b = 0x9747b28c;
			for (let i = start; i < end; i++) {
				let byte = bytes[i];
				if (byte >= 0x41 && byte <= 0x5a) byte |= 0x20;
				a = Math.imul(a ^ byte, 0x01000193);
				b = Math.imul(b ^ byte, 0x85ebca6b);
				b ^= b >>> 13;
			}
			a = mixed(a ^ (b >>> 7)) >>> 0;
			b = mixed(b) >>> 0;
			const mask = slots.length - 1;
			let slot = a & mask;
			for (let id = slots[slot]; id >= 0; id = slots[slot]) {
				if (low[id] === a && high[id] === b) return id;
				slot = (slot + 1) & mask;
			}
			if (size === low.length) growPeople();
			slots[slot] = size;
			low[size] = a;
			high[size] = b;
			size++;
			if (size > slots.length * FULL) growSlots();
			return size - 1;
		},
	};

	function growPeople(): void {
		// By half: doubling would waste more than the people need.
		const room = Math.ceil(low.length * 1.5);
		low = grown(low, new Uint32Array(room));
		high = grown(high, new Uint32Array(room));
		people.rows = grown(people.rows, new Uint32Array(room));
		people.managers = grown(people.managers, new Int32Array(room).fill(NO_MANAGER));
		people.days = grown(people.days, new Uint32Array(room));
	}

	function growSlots(): void {
		slots = new Int32Array(slots.length * 2).fill(-1);
		const mask = slots.length - 1;
		for (let id = 0; id < size; id++) {
			let slot = low[id] & mask;
			while (slots[slot] >= 0) slot = (slot + 1) & mask;
			slots[slot] = id;
		}
	}

	return people;
}

function grown<T extends Uint32Array | Int32Array>(from: T, into: T): T {
	into.set(from);
	return into;
}

/** Spreads the bits of a number over all of it (the finalizer of MurmurHash3). */
function mixed(hash: number): number {
	let h = hash;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return h ^ (h >>> 16);
}
