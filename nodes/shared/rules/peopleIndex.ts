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
/** All bits set: no person's number, for the slots are never all in use. */
const EMPTY = -1;
/** The index is at most this full, or searches become long. */
const FULL = 0.7;

/** Makes an empty index. */
export function createPeopleIndex(): PeopleIndex {
	/** the two halves of each person's hash, side by side: found with one look into memory */
	let hashes = new Uint32Array(FIRST_ROOM * 2);
	// A slot holds a person's number, and above it, in the bits that no number here needs, part of the hash: nearly
	// all slots of others are passed without a look at their hashes, which lie far off.
	let slots = new Int32Array(FIRST_ROOM * 2).fill(EMPTY);
	let size = 0;
	let viewed: Uint8Array = new Uint8Array(0);
	let view: DataView = new DataView(viewed.buffer);

	const people: PeopleIndex = {
		rows: new Uint32Array(FIRST_ROOM),
		managers: new Int32Array(FIRST_ROOM).fill(NO_MANAGER),
		days: new Uint32Array(FIRST_ROOM),
		get size() {
			return size;
		},
		get bytes() {
			return hashes.length * 10 + slots.length * 4;
		},
		idOf(bytes, start, end) {
			if (bytes !== viewed) {
				viewed = bytes;
				view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			}
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
			a = mixed(a ^ (b >>> 7)) >>> 0;
			b = mixed(b) >>> 0;
			const mask = slots.length - 1;
			let slot = a & mask;
			for (let held = slots[slot]; held !== EMPTY; held = slots[slot]) {
				const id = held & mask;
				if (((held ^ b) & ~mask) === 0 && hashes[id * 2] === a && hashes[id * 2 + 1] === b) return id;
				slot = (slot + 1) & mask;
			}
			if (size * 2 === hashes.length) growPeople();
			slots[slot] = (b & ~mask) | size;
			hashes[size * 2] = a;
			hashes[size * 2 + 1] = b;
			size++;
			if (size > slots.length * FULL) growSlots();
			return size - 1;
		},
	};

	function growPeople(): void {
		// By half: doubling would waste more than the people need.
		const room = Math.ceil((hashes.length / 2) * 1.5);
		hashes = grown(hashes, new Uint32Array(room * 2));
		people.rows = grown(people.rows, new Uint32Array(room));
		people.managers = grown(people.managers, new Int32Array(room).fill(NO_MANAGER));
		people.days = grown(people.days, new Uint32Array(room));
	}

	function growSlots(): void {
		slots = new Int32Array(slots.length * 2).fill(EMPTY);
		const mask = slots.length - 1;
		for (let id = 0; id < size; id++) {
			let slot = hashes[id * 2] & mask;
			while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
			slots[slot] = (hashes[id * 2 + 1] & ~mask) | id;
		}
	}

	return people;
}

function grown<T extends Uint32Array | Int32Array>(from: T, into: T): T {
	into.set(from);
	return into;
}

/** Four bytes with ASCII capitals made small, all at once. */
function lowerCase(word: number): number {
	const low = word & 0x7f7f7f7f;
	// The highest bit of a byte: "A" or more, more than "Z".
	const fromA = (low + 0x3f3f3f3f) | 0;
	const behindZ = (low + 0x25252525) | 0;
	return word | (((fromA ^ behindZ) & ~word & 0x80808080) >>> 2);
}

/** Spreads the bits of a number over all of it (the finalizer of MurmurHash3). */
function mixed(hash: number): number {
	let h = hash;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return h ^ (h >>> 16);
}
