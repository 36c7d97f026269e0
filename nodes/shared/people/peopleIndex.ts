import { problem } from '../core/problem';
import { startProgram, type ProgramMemory } from '../core/webAssembly';
import { PEOPLE_PROGRAM } from './peopleProgram';
import { PersonHash } from './personHash';

/** Everybody in a file, by number, from 0 on. */
export interface PeopleIndex {
	/** number of a person, made when the address is new. Letters count without case. */
	idOf(bytes: Uint8Array, start: number, end: number): number;
	/** people known, whether they have rows or are only named as managers */
	readonly size: number;
	/** people with a row */
	readonly withRows: number;
	/** the row that counts for a person, counted from 1: the latest; 0 = only named as a manager so far */
	rowOf(id: number): number;
	/** number of the person's manager, as that row has it; {@link NO_MANAGER} where it names none */
	managerOf(id: number): number;
}

/** No manager: the person is at the top. */
export const NO_MANAGER = -1;

/** What a piece of rows says of people; there are `mostRows` places. */
export interface PeopleRows {
	/** two hashes a row, see {@link PersonHash} */
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
 * The index as it is filled, by pieces of rows: a WebAssembly program with its own memory, less than 40 bytes a person in large
 * files. Addresses themselves are not kept, only 63 bits of hash: two of a million people collide once in 18 million files.
 */
export class PeopleRegister implements PeopleIndex {
	/** most rows of a piece */
	readonly mostRows: number;
	private readonly program: PeopleProgram;
	private readonly memory: ProgramMemory;
	private readonly hash = new PersonHash();
	private readonly hashed = new Uint32Array(2);
	private readonly key = new BigUint64Array(this.hashed.buffer);
	private piece: PeopleRows;
	private count = 0;

	/** @throws Problem `configuration` where the system gives no memory */
	constructor() {
		const { program, memory } = startProgram<PeopleProgram>(PEOPLE_PROGRAM, 1);
		this.program = program;
		this.memory = memory;
		this.mostRows = program.MOST_ROWS.value;
		this.piece = pieceOf(program, memory.buffer);
	}

	get size(): number {
		return this.program.size.value;
	}

	get withRows(): number {
		return this.program.withRows.value;
	}

	/** bytes in use */
	get bytes(): number {
		return this.memory.buffer.byteLength;
	}

	idOf(bytes: Uint8Array, start: number, end: number): number {
		this.hash.of(bytes, start, end);
		this.hashed[0] = this.hash.low;
		this.hashed[1] = this.hash.high;
		this.reserve(1);
		return this.program.idOf(this.key[0]);
	}

	rowOf(id: number): number {
		return this.program.rowOf(id) >>> 0;
	}

	managerOf(id: number): number {
		return this.program.managerOf(id);
	}

	/** day of the row that counts for a person */
	dayOf(id: number): number {
		return this.program.dayOf(id) >>> 0;
	}

	/**
	 * Begins a piece of rows.
	 * @param count number of rows, at most `mostRows`
	 * @returns memory for what they say; it holds what it held before
	 * @throws Problem `input` where there is no memory for so many people
	 */
	begin(count: number): PeopleRows {
		this.count = count;
		// Each row may bring a person and a manager.
		this.reserve(count * 2);
		return this.piece;
	}

	/**
	 * Takes notice of the rows of the piece, up to one of a person who has a row already. The caller decides what that one
	 * means, and goes on behind it.
	 * @param from place of the first row in the piece
	 * @returns the place of that row, whose person is {@link met}; the number of rows where all are done
	 */
	observe(from: number): number {
		if (from === 0) this.program.fetch(this.count);
		return this.program.observe(from, this.count);
	}

	/** number of the person at whose row {@link observe} stopped */
	get met(): number {
		return this.program.met.value;
	}

	/** from now on the row at a place of the piece is what counts for a person */
	assign(id: number, at: number): void {
		this.program.assign(id, at);
	}

	/** how many people with a row name no manager */
	countRoots(): number {
		return this.program.countRoots();
	}

	/** people whose row names themselves as manager, or somebody without a row */
	*oddManagers(): Iterable<number> {
		const { program, size } = this;
		for (let id = program.nextOddManager(0); id < size; id = program.nextOddManager(id + 1)) yield id;
	}

	/**
	 * the loops of two or more who manage each other: one of them, and how many they are. Nobody may be added meanwhile.
	 * @throws Problem `input` where there is no memory for the search
	 */
	*loops(): Iterable<{ id: number; length: number }> {
		const { program, size } = this;
		if (program.beginLoops() === 0) throw tooMany(size);
		for (let id = program.nextLoop(); id < size; id = program.nextLoop()) {
			yield { id, length: program.loopLength.value };
		}
	}

	private reserve(people: number): void {
		const { program, memory } = this;
		if (program.reserve(people) === 0) throw tooMany(program.size.value);
		// Memory that grew is behind another buffer.
		if (this.piece.persons.buffer !== memory.buffer) this.piece = pieceOf(program, memory.buffer);
	}
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
