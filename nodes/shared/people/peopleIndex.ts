import { problem } from '../core/problem';
import { startProgram } from '../core/webAssembly';
import { PEOPLE_PROGRAM } from './peopleProgram';
import { createPersonHash } from './personHash';

/** Everybody in a file, by number, from 0 on. */
export interface PeopleIndex {
	/** number of a person, made when the address is new. Letters count without case. */
	idOf(bytes: Uint8Array, start: number, end: number): number;
	/** people known, whether they have rows or are only named as managers */
	readonly size: number;
	/** the row that counts for a person, counted from 1: the latest; 0 = only named as a manager so far */
	rowOf(id: number): number;
	/** number of the person's manager, as that row has it; {@link NO_MANAGER} where it names none */
	managerOf(id: number): number;
}

/** No manager: the person is at the top. */
export const NO_MANAGER = -1;

/** What a piece of rows says of people; there are `mostRows` places. */
export interface PeopleRows {
	/** two hashes a row, see `createPersonHash` */
	persons: Uint32Array;
	/** two hashes a row; 0 where it names no manager */
	managers: Uint32Array;
	/** numbers of the rows in the source */
	rows: Uint32Array;
	/** days as numbers that grow with time; 0 = none */
	days: Uint32Array;
	/** 1 = the row does not count */
	skipped: Uint8Array;
}

/** The index as it is filled, by pieces of rows. */
export interface PeopleRegister extends PeopleIndex {
	/** most rows of a piece */
	readonly mostRows: number;
	/**
	 * Begins a piece of rows.
	 * @param count number of rows, at most `mostRows`
	 * @returns memory for what they say; it holds what it held before
	 * @throws Problem `input` where there is no memory for so many people
	 */
	begin(count: number): PeopleRows;
	/**
	 * Takes notice of the rows of the piece, up to one of a person who has a row already. The caller decides what that one
	 * means, and goes on behind it.
	 * @param from place of the first row in the piece
	 * @returns the place of that row, whose person is {@link met}; the number of rows where all are done
	 */
	observe(from: number): number;
	/** number of the person at whose row {@link observe} stopped */
	readonly met: number;
	/** from now on the row at a place of the piece is what counts for a person */
	assign(id: number, at: number): void;
	/** day of the row that counts for a person */
	dayOf(id: number): number;
	/** people with a row */
	readonly withRows: number;
	/** how many people with a row name no manager */
	countRoots(): number;
	/** people whose row names themselves as manager, or somebody without a row */
	oddManagers(): Iterable<number>;
	/**
	 * the loops of two or more who manage each other: one of them, and how many they are. Nobody may be added meanwhile.
	 * @throws Problem `input` where there is no memory for the search
	 */
	loops(): Iterable<{ id: number; length: number }>;
	/** bytes in use */
	readonly bytes: number;
}

/** The program assembly/people.ts. Numbers come out signed. */
interface PeopleProgram {
	MOST_ROWS: { value: number };
	PERSONS: { value: number };
	MANAGERS: { value: number };
	ROWS: { value: number };
	DAYS: { value: number };
	SKIPPED: { value: number };
	size: { value: number };
	withRows: { value: number };
	met: { value: number };
	loopLength: { value: number };
	reserve(more: number): number;
	idOf(key: bigint): number;
	fetch(rows: number): void;
	observe(from: number, rows: number): number;
	assign(id: number, at: number): void;
	rowOf(id: number): number;
	managerOf(id: number): number;
	dayOf(id: number): number;
	countRoots(): number;
	nextOddManager(from: number): number;
	beginLoops(): number;
	nextLoop(): number;
}

/**
 * Makes an empty index: a WebAssembly program with its own memory, less than 40 bytes a person in large files. Addresses themselves are not kept,
 * only 63 bits of hash: two of a million people collide once in 18 million files.
 */
export function createPeopleIndex(): PeopleRegister {
	const { program, memory } = startProgram<PeopleProgram>(PEOPLE_PROGRAM, 1);
	const hash = createPersonHash();
	const hashed = new Uint32Array(2);
	const key = new BigUint64Array(hashed.buffer);
	let piece = pieceOf(program, memory.buffer);
	let count = 0;

	function reserve(people: number): void {
		if (program.reserve(people) === 0) throw tooMany(program.size.value);
		// Memory that grew is behind another buffer.
		if (piece.persons.buffer !== memory.buffer) piece = pieceOf(program, memory.buffer);
	}

	return {
		idOf(bytes, start, end) {
			hash(bytes, start, end, hashed, 0);
			reserve(1);
			return program.idOf(key[0]);
		},
		get size() {
			return program.size.value;
		},
		rowOf: (id) => program.rowOf(id) >>> 0,
		managerOf: (id) => program.managerOf(id),
		mostRows: program.MOST_ROWS.value,
		begin(rows) {
			count = rows;
			// Each row may bring a person and a manager.
			reserve(rows * 2);
			return piece;
		},
		observe(from) {
			if (from === 0) program.fetch(count);
			return program.observe(from, count);
		},
		get met() {
			return program.met.value;
		},
		assign: (id, at) => program.assign(id, at),
		dayOf: (id) => program.dayOf(id) >>> 0,
		get withRows() {
			return program.withRows.value;
		},
		countRoots: () => program.countRoots(),
		*oddManagers() {
			const size = program.size.value;
			for (let id = program.nextOddManager(0); id < size; id = program.nextOddManager(id + 1)) yield id;
		},
		*loops() {
			const size = program.size.value;
			if (program.beginLoops() === 0) throw tooMany(size);
			for (let id = program.nextLoop(); id < size; id = program.nextLoop()) {
				yield { id, length: program.loopLength.value };
			}
		},
		get bytes() {
			return memory.buffer.byteLength;
		},
	};
}

function pieceOf(program: PeopleProgram, memory: ArrayBuffer): PeopleRows {
	const rows = program.MOST_ROWS.value;
	return {
		persons: new Uint32Array(memory, program.PERSONS.value, rows * 2),
		managers: new Uint32Array(memory, program.MANAGERS.value, rows * 2),
		rows: new Uint32Array(memory, program.ROWS.value, rows),
		days: new Uint32Array(memory, program.DAYS.value, rows),
		skipped: new Uint8Array(memory, program.SKIPPED.value, rows),
	};
}

function tooMany(people: number) {
	return problem.input(
		`There is no memory left to compare more than ${people.toLocaleString('en')} people with each other.`,
		'Give n8n more memory, or split the file by people.',
	);
}
