import { MEMORY_PAGE, startProgram } from '../core/webAssembly';
import type { ByteRoom } from '../records/byteRoom';
import { CSV_PROGRAM } from './csvProgram';

/** What is wrong with a text, as assembly/scan.ts numbers it. */
export const ScanFault = {
	none: 0,
	nulByte: 1,
	unclosedQuote: 2,
	textAfterQuote: 3,
	tooManyColumns: 4,
	tooLongField: 5,
	tooLongRecord: 6,
} as const;

/** Most checks of values, and most stretches of columns, that fit into the program's memory. */
export const MOST_CHECKS = 1024;

/** The program in assembly/, whose functions are described there. Numbers come out signed. */
export interface CsvProgram extends Record<keyof CsvArrays | 'text', { value: number }> {
	limit(columns: number, fieldBytes: number, recordBytes: number): void;
	scan(from: number, until: number, row: number, last: number, delimiter: number, enough: number): number;
	judge(
		first: number,
		records: number,
		width: number,
		checks: number,
		mostBytes: number,
		notableBytes: number,
	): number;
	readDays(first: number, records: number, column: number): number;
	hashColumn(first: number, records: number, column: number): void;
	join(first: number, records: number, stretches: number): number;
	fault: { value: number };
	faultRow: { value: number };
	faultField: { value: number };
	nextAt: { value: number };
	lastRow: { value: number };
}

/** The arrays of the program's memory, see assembly/memory.ts. */
export interface CsvArrays {
	rows: Uint32Array;
	offsets: Uint32Array;
	marks: Uint8Array;
	fields: Uint32Array;
	starts: Uint32Array;
	ends: Uint32Array;
	forms: Uint8Array;
	days: Uint32Array;
	hashes: Uint32Array;
	checks: Uint32Array;
	clean: Uint8Array;
	/** room for all records of the text as they are written */
	out: Buffer;
}

/** A program with memory of its own. */
export interface CsvMemory {
	program: CsvProgram;
	/** the text; 64 bytes more than its size can be read */
	text: ByteRoom;
	/** void once the text is given more room */
	arrays: CsvArrays;
}

/** Behind what the compiler put at the beginning of the memory. */
const FIRST_FREE = 2048;
/** The program reads so many bytes at once, and may begin at the text's last. */
const BEHIND_TEXT = 64;

/** Larger ones are not kept, in bytes: more than twice the usual. */
const LARGEST_IDLE = 8 * 1024 * 1024;

/** Instances that nobody uses, to be used again: making one takes about a millisecond, more than reading a small file. */
const idle: CsvMemory[] = [];
const MOST_IDLE = 2;

/**
 * Gives an instance of the program, a new one or one that was given back.
 * @param recordRoom most records that a scan gives
 * @param fieldRoom most fields of a scan
 */
export function takeCsvMemory(recordRoom: number, fieldRoom: number): CsvMemory {
	const fitting = idle.findIndex(
		({ arrays: { rows, starts } }) => rows.length === recordRoom && starts.length === fieldRoom,
	);
	return fitting < 0 ? createCsvMemory(recordRoom, fieldRoom) : idle.splice(fitting, 1)[0];
}

/** Takes an instance back. Nothing of it may be used afterwards, for somebody else will; rows of employees do not stay in it. */
export function giveBackCsvMemory(memory: CsvMemory): void {
	const { buffer } = memory.arrays.rows;
	if (idle.length >= MOST_IDLE || buffer.byteLength > LARGEST_IDLE) return;
	new Uint8Array(buffer, memory.program.text.value).fill(0);
	idle.push(memory);
}

/**
 * Makes an instance of the program.
 * @param recordRoom most records that a scan gives
 * @param fieldRoom most fields of a scan
 */
function createCsvMemory(recordRoom: number, fieldRoom: number): CsvMemory {
	let end = FIRST_FREE;
	const reserve = (bytes: number) => {
		const address = end;
		end = Math.ceil((end + bytes) / BEHIND_TEXT) * BEHIND_TEXT;
		return address;
	};
	const at = {
		rows: reserve(recordRoom * 4),
		offsets: reserve(recordRoom * 4),
		marks: reserve(recordRoom),
		fields: reserve((recordRoom + 1) * 4),
		starts: reserve(fieldRoom * 4),
		ends: reserve(fieldRoom * 4),
		forms: reserve(fieldRoom),
		days: reserve(fieldRoom * 4),
		hashes: reserve(recordRoom * 8),
		checks: reserve(MOST_CHECKS * 8),
		clean: reserve(recordRoom),
	};
	const textAt = end;
	const { program, memory } = startProgram<CsvProgram>(CSV_PROGRAM, textAt + BEHIND_TEXT);
	for (const [name, address] of Object.entries({ ...at, text: textAt })) {
		program[name as keyof typeof at].value = address;
	}
	let outSize = 0;

	function arrays(): CsvArrays {
		const { buffer } = memory;
		return {
			rows: new Uint32Array(buffer, at.rows, recordRoom),
			offsets: new Uint32Array(buffer, at.offsets, recordRoom),
			marks: new Uint8Array(buffer, at.marks, recordRoom),
			fields: new Uint32Array(buffer, at.fields, recordRoom + 1),
			starts: new Uint32Array(buffer, at.starts, fieldRoom),
			ends: new Uint32Array(buffer, at.ends, fieldRoom),
			forms: new Uint8Array(buffer, at.forms, fieldRoom),
			days: new Uint32Array(buffer, at.days, fieldRoom),
			hashes: new Uint32Array(buffer, at.hashes, recordRoom * 2),
			checks: new Uint32Array(buffer, at.checks, MOST_CHECKS * 2),
			clean: new Uint8Array(buffer, at.clean, recordRoom),
			out: Buffer.from(buffer, program.out.value, outSize),
		};
	}

	const made: CsvMemory = {
		program,
		arrays: arrays(),
		text: {
			resize(size) {
				const outAt = textAt + Math.ceil(size / BEHIND_TEXT + 1) * BEHIND_TEXT;
				// A line feed becomes two bytes, and there is at least one other byte to each.
				outSize = size * 2;
				const missing = outAt + outSize + BEHIND_TEXT - memory.buffer.byteLength;
				if (missing > 0) memory.grow(Math.ceil(missing / MEMORY_PAGE));
				program.out.value = outAt;
				made.arrays = arrays();
				return Buffer.from(memory.buffer, textAt, size);
			},
		},
	};
	return made;
}
