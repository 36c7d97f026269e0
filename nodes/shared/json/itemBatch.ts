import { problem, type Problem } from '../core/problem';
import { valueAt, type Item, type ItemColumn, type ItemPath, type ItemUnit } from './itemColumns';
import { plainNumber } from './plainNumber';
import { OutputBytes } from '../records/outputBytes';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';

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
 * Gathers items in batches. A batch's bytes are the lines of a CSV file: where the destination takes the columns in this order,
 * they only have to be copied.
 *
 * Texts are written as they are, numbers in their shortest form without exponent (whole ones up to 2^53), booleans as true and false, JavaScript
 * and Luxon dates in ISO 8601. Null and missing values are blank and `plain`, an empty text is blank and `quoted`. Half of a
 * surrogate pair becomes bytes that are no UTF-8, so that rules find it instead of it being replaced in silence.
 */
export class ItemBatch {
	private readonly width: number;
	/** names of the columns that lie in the item itself; the others have a path */
	private readonly names: Array<string | undefined>;
	private readonly paths: ItemPath[];
	private readonly output = new OutputBytes();
	private readonly most: number;
	private readonly rows: Uint32Array;
	private readonly fields: Uint32Array;
	private readonly starts: Uint32Array;
	private readonly ends: Uint32Array;
	private readonly quoting: Uint8Array;
	private enough: number;
	/** number of records since the last {@link ItemBatch.take} */
	records = 0;

	/**
	 * @param columns what to take from each item
	 * @param unit see {@link ItemUnit}
	 */
	constructor(
		private readonly columns: readonly ItemColumn[],
		private readonly unit: ItemUnit,
	) {
		const width = columns.length;
		const most = Math.max(1, Math.min(BATCH_RECORDS, Math.floor(65_536 / Math.max(1, width))));
		this.width = width;
		this.names = columns.map(({ path }) => (path.length === 1 ? String(path[0]) : undefined));
		this.paths = columns.map(({ path }) => path);
		this.most = most;
		this.rows = new Uint32Array(most);
		this.fields = new Uint32Array(most + 1);
		this.starts = new Uint32Array(most * width);
		this.ends = new Uint32Array(most * width);
		this.quoting = new Uint8Array(most * width);
		this.enough = Math.min(FIRST_RECORDS, most);
		this.output.begin(BATCH_BYTES);
	}

	/** whether the batch is big enough to be given out */
	get full(): boolean {
		return this.records >= this.enough || this.output.length >= BATCH_BYTES;
	}

	/**
	 * Appends one item.
	 * @param row by which the user knows it
	 * @throws Problem `input` for a value that cannot be written (binary data, a function, an invalid date), and for an item
	 * beyond the limits
	 */
	add(item: Item, row: number): void {
		const { width, names, paths, output } = this;
		output.reserve(width + 2);
		const begin = output.length;
		const first = this.records * width;
		for (let c = 0; c < width; c++) {
			const name = names[c];
			let value: unknown = name === undefined ? undefined : item[name];
			if (name === undefined || typeof value === 'object' || typeof value === 'function') {
				value = valueAt(item, paths[c]);
			}
			if (c > 0) output.bytes[output.length++] = COMMA;
			if (value !== undefined && value !== null) {
				this.addText(first + c, typeof value === 'string' ? value : this.textOf(value, row, c), row);
			} else {
				this.starts[first + c] = this.ends[first + c] = output.length;
				this.quoting[first + c] = FieldQuoting.plain;
			}
		}
		if (output.length - begin > LONGEST_RECORD) {
			throw problem.input(
				`${this.unit} ${row} is longer than 16 MB.`,
				'Give only the fields that are to be sent.',
				{ row },
			);
		}
		output.bytes[output.length++] = CR;
		output.bytes[output.length++] = LF;
		this.rows[this.records] = row;
		this.fields[this.records++] = first;
	}

	private addText(f: number, text: string, row: number): void {
		if (text.length > LONGEST_FIELD) {
			const advice = 'Leave the field out: no HR attribute is that long.';
			throw this.unusable({ row, c: f % this.width }, 'is longer than 1 MB', advice);
		}
		const { output } = this;
		// A character is three bytes of UTF-8 at most; delimiters and quotes follow.
		output.reserve(text.length * 3 + this.width + 8);
		const start = output.length;
		const end = (output.length = writeText(output.bytes, start, text));
		const quotes = writtenForm === FieldQuoting.plain || text === '' ? 0 : 1;
		this.quoting[f] = writtenForm;
		this.starts[f] = start + quotes;
		this.ends[f] = end - quotes;
	}

	/** What was appended since the last call; valid until the next `add`. */
	take(): RecordBatch {
		const { records, rows, fields, starts, ends, quoting } = this;
		fields[records] = records * this.width;
		const bytes = this.output.written();
		this.enough = Math.min(this.enough * 2, this.most);
		this.records = 0;
		this.output.begin(0);
		return { bytes, records, rows, fields, starts, ends, quoting };
	}

	private textOf(value: unknown, row: number, c: number): string {
		if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
		let what = `a ${typeof value}`;
		if (typeof value === 'number') {
			// JavaScript tells whole numbers apart up to 2^53 only: beyond, another one may stand there than in the source.
			if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
				what = 'holds a number of 16 or more digits, whose last ones may be lost already';
				throw this.unusable(
					{ row, c },
					what,
					'Let the source give it as text (in quotes), or leave the field out.',
				);
			}
			if (Number.isFinite(value)) return plainNumber(value);
			what = 'a number that is not finite';
		} else if (typeof value === 'object') {
			const isDate = value instanceof Date;
			const { toISO } = value as { toISO?: unknown };
			if (isDate && !Number.isNaN(value.getTime())) return value.toISOString();
			const text: unknown = typeof toISO === 'function' ? toISO.call(value) : undefined;
			if (typeof text === 'string') return text;
			what =
				isDate || typeof toISO === 'function' ? 'a date that does not exist' : 'binary data or a collection';
		}
		throw this.unusable(
			{ row, c },
			`holds ${what}, which cannot be written as text`,
			'Use a step such as Edit Fields to give it as text, number or date, or leave the field out.',
		);
	}

	private unusable({ row, c }: { row: number; c: number }, what: string, advice: string): Problem {
		const column = this.columns[c].name;
		return problem.input(`${this.unit} ${row}, column '${column}' ${what}.`, advice, { row, column });
	}
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
