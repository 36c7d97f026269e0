import { problem, type Problem } from '../core/problem';
import { valueAt, type Item, type ItemColumn, type ItemPath } from './itemColumns';
import { plainNumber } from './plainNumber';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';

/** Gathers items in batches. */
export interface ItemBatch {
	/** whether the batch is big enough to be given out */
	readonly full: boolean;
	/** number of records since the last `take` */
	readonly records: number;
	/**
	 * Appends one item.
	 * @param row by which the user knows it
	 * @throws Problem `input` for a value that cannot be written (binary data, a function, an invalid date), and for an item
	 * beyond the limits
	 */
	add(item: Item, row: number): void;
	/** What was appended since the last call; valid until the next `add`. */
	take(): RecordBatch;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

const BATCH_BYTES = 131_072;
const BATCH_RECORDS = 4096;
/** The first batches are smaller, for V8 has not compiled yet what reads and checks them: that is many times slower. */
const FIRST_RECORDS = 300;
/** As for files, see `CSV_LIMITS`. */
const LONGEST_FIELD = 1_048_576;
const LONGEST_RECORD = 16_777_216;

/** 1 for the ASCII characters because of which a field is not plain. */
const special = new Uint8Array(128);
for (const code of [LF, CR, QUOTE, COMMA]) special[code] = 1;

/**
 * Makes a batch of items. Its bytes are the lines of a CSV file: where the destination takes the columns in this order,
 * they only have to be copied.
 *
 * Texts are written as they are, numbers in their shortest form without exponent (whole ones up to 2^53), booleans as true and false, JavaScript
 * and Luxon dates in ISO 8601. Null and missing values are blank and `plain`, an empty text is blank and `quoted`. Half of a
 * surrogate pair becomes bytes that are no UTF-8, so that rules find it instead of it being replaced in silence.
 * @param columns what to take from each item
 * @param unit what an item is called in a problem: `Item 3`, `Row 3`
 */
export function createItemBatch(columns: readonly ItemColumn[], unit: 'Item' | 'Row'): ItemBatch {
	const width = columns.length;
	/** names of the columns that lie in the item itself; the others have a path */
	const names = columns.map(({ path }) => (path.length === 1 ? String(path[0]) : undefined));
	const paths: ItemPath[] = columns.map(({ path }) => path);
	let bytes = Buffer.allocUnsafeSlow(BATCH_BYTES * 2);
	const most = Math.max(1, Math.min(BATCH_RECORDS, Math.floor(65_536 / Math.max(1, width))));
	const rows = new Uint32Array(most);
	const fields = new Uint32Array(most + 1);
	const starts = new Uint32Array(most * width);
	const ends = new Uint32Array(most * width);
	const quoting = new Uint8Array(most * width);
	let enough = Math.min(FIRST_RECORDS, most);
	let records = 0;
	let length = 0;

	function add(item: Item, row: number): void {
		makeRoom(0);
		const begin = length;
		let f = records * width;
		for (let c = 0; c < width; c++, f++) {
			const name = names[c];
			let value: unknown = name === undefined ? undefined : item[name];
			if (name === undefined || typeof value === 'object' || typeof value === 'function') {
				value = valueAt(item, paths[c]);
			}
			if (c > 0) bytes[length++] = COMMA;
			if (value === undefined || value === null) {
				starts[f] = ends[f] = length;
				quoting[f] = FieldQuoting.plain;
				continue;
			}
			const text = typeof value === 'string' ? value : textOf(value, row, c);
			if (text.length > LONGEST_FIELD) throw tooLongField(row, c);
			makeRoom(text.length);
			const start = length;
			length = writeText(bytes, start, text);
			quoting[f] = writtenForm;
			if (writtenForm === FieldQuoting.plain || text === '') {
				starts[f] = start;
				ends[f] = length;
			} else {
				starts[f] = start + 1;
				ends[f] = length - 1;
			}
		}
		if (length - begin > LONGEST_RECORD) throw tooLongRecord(row);
		bytes[length++] = CR;
		bytes[length++] = LF;
		rows[records] = row;
		fields[records++] = f - width;
	}

	/** Makes room for a text, and in any case for the separators of one record. */
	function makeRoom(characters: number): void {
		// A character is three bytes of UTF-8 at most.
		const room = length + characters * 3 + width + 8;
		if (room <= bytes.length) return;
		const larger = Buffer.allocUnsafeSlow(Math.max(room, bytes.length * 2));
		larger.set(bytes.subarray(0, length));
		bytes = larger;
	}

	function take(): RecordBatch {
		fields[records] = records * width;
		const batch = { bytes: bytes.subarray(0, length), records, rows, fields, starts, ends, quoting };
		enough = Math.min(enough * 2, most);
		records = 0;
		length = 0;
		return batch;
	}

	function textOf(value: unknown, row: number, c: number): string {
		switch (typeof value) {
			case 'number':
				if (!Number.isFinite(value)) throw unwritable(row, c, 'a number that is not finite');
				if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw roundedNumber(row, c);
				return plainNumber(value);
			case 'boolean':
			case 'bigint':
				return String(value);
			case 'object': {
				if (value instanceof Date) {
					if (Number.isNaN(value.getTime())) throw unwritable(row, c, 'a date that does not exist');
					return value.toISOString();
				}
				const { toISO } = value as { toISO?: unknown };
				if (typeof toISO !== 'function') throw unwritable(row, c, 'binary data or a collection');
				const text: unknown = toISO.call(value);
				if (typeof text !== 'string') throw unwritable(row, c, 'a date that does not exist');
				return text;
			}
			default:
				throw unwritable(row, c, `a ${typeof value}`);
		}
	}

	function unwritable(row: number, c: number, what: string): Problem {
		return problem.input(
			`${unit} ${row}, column '${columns[c].name}' holds ${what}, which cannot be written as text.`,
			'Use a step such as Edit Fields to give it as text, number or date, or leave the field out.',
			{ row, column: columns[c].name },
		);
	}

	/** JavaScript tells whole numbers apart up to 2^53 only: beyond, another one may stand there than in the source. */
	function roundedNumber(row: number, c: number): Problem {
		return problem.input(
			`${unit} ${row}, column '${columns[c].name}' holds a number of 16 or more digits, whose last ones may be lost already.`,
			'Let the source give it as text (in quotes), or leave the field out.',
			{ row, column: columns[c].name },
		);
	}

	function tooLongField(row: number, c: number): Problem {
		return problem.input(
			`${unit} ${row}, column '${columns[c].name}' is longer than 1 MB.`,
			'Leave the field out: no HR attribute is that long.',
			{ row, column: columns[c].name },
		);
	}

	function tooLongRecord(row: number): Problem {
		return problem.input(
			`${unit} ${row} is longer than 16 MB.`,
			'Give only the fields that are to be sent.',
			{ row },
		);
	}

	return {
		get full() {
			return records >= enough || length >= BATCH_BYTES;
		},
		get records() {
			return records;
		},
		add,
		take,
	};
}

/** Form of the text that `writeText` wrote last: a second result without an object for each field. */
let writtenForm: number = FieldQuoting.plain;

/**
 * Writes a text in UTF-8 as a CSV file has it. A loop, because the texts of HR data are too short to be worth a call into
 * Node's own encoder.
 * @param bytes has room for it
 * @returns position behind what was written
 */
function writeText(bytes: Uint8Array, start: number, text: string): number {
	const end = text.length;
	let form: number = end === 0 ? FieldQuoting.quoted : FieldQuoting.plain;
	let o = start;
	for (let i = 0; i < end; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x80) {
			if (special[code] !== 0) {
				if (form === FieldQuoting.plain) {
					bytes.copyWithin(start + 1, start, o++);
					bytes[start] = QUOTE;
					form = FieldQuoting.quoted;
				}
				if (code === QUOTE) {
					bytes[o++] = QUOTE;
					form = FieldQuoting.escaped;
				}
			}
			bytes[o++] = code;
		} else if (code < 0x800) {
			bytes[o++] = 0xc0 | (code >> 6);
			bytes[o++] = 0x80 | (code & 0x3f);
		} else {
			const next = code >= 0xd800 && code < 0xdc00 && i + 1 < end ? text.charCodeAt(i + 1) : 0;
			if (next >= 0xdc00 && next < 0xe000) {
				const point = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
				bytes[o++] = 0xf0 | (point >> 18);
				bytes[o++] = 0x80 | ((point >> 12) & 0x3f);
				bytes[o++] = 0x80 | ((point >> 6) & 0x3f);
				bytes[o++] = 0x80 | (point & 0x3f);
				i++;
			} else {
				bytes[o++] = 0xe0 | (code >> 12);
				bytes[o++] = 0x80 | ((code >> 6) & 0x3f);
				bytes[o++] = 0x80 | (code & 0x3f);
			}
		}
	}
	if (form !== FieldQuoting.plain && end > 0) bytes[o++] = QUOTE;
	writtenForm = form;
	return o;
}
