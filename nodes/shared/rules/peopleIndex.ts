import { createPersonHash } from './personHash';

/**
 * Everybody in a file, by e-mail address, in typed arrays: 24 bytes a person and 4 to 8 more for the hash index. Addresses
 * themselves are not kept, only 64 bits of hash: two of a million people collide once in 37 million files.
 */
export interface PeopleIndex {
	/** number of a person, from 0; made when the address is new. Letters count without case. */
	idOf(bytes: Uint8Array, start: number, end: number): number;
	/** as {@link PeopleIndex.idOf}, where the address was hashed already, see `createPersonHash` */
	idOfHash(a: number, b: number): number;
	/**
	 * Fetches what {@link PeopleIndex.idOfHash} will need into the processor's cache: many at once wait for memory together.
	 * @returns nothing of use; without it the reads might be left out
	 */
	expect(hashes: Uint32Array, count: number): number;
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
	const hash = createPersonHash();
	const hashed = new Uint32Array(2);

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
			hash(bytes, start, end, hashed, 0);
			return people.idOfHash(hashed[0], hashed[1]);
		},
		idOfHash(a, b) {
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
		expect,
	};

	function expect(pairs: Uint32Array, count: number): number {
		const mask = slots.length - 1;
		let sum = 0;
		for (let i = 0; i < count; i++) sum ^= slots[pairs[i * 2] & mask];
		for (let i = 0; i < count; i++) {
			const held = slots[pairs[i * 2] & mask];
			if (held !== EMPTY) sum ^= hashes[(held & mask) * 2];
		}
		return sum;
	}

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
