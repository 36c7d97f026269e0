import { createConvertedValues } from './convertedValues';
import { csvField, csvLine } from './csvText';
import { FieldForm, type RecordBatch } from './recordBatch';

/** What a writer needs to know of a column. */
export interface WrittenColumn {
	/** name in the header */
	name: string;
	/** index of the column in the source; -1 for one that the source lacks and `fixed` fills */
	from: number;
	/** value of every record, for a column that the source lacks */
	fixed?: string;
	/** rewrites a value; only for columns that need it */
	convert?: (text: string) => string;
}

/** Writes records as CSV. */
export interface CsvWriter {
	/** the header line */
	begin(): Buffer;
	/**
	 * Writes records of a batch.
	 * @param batch see {@link RecordBatch}
	 * @param skip one byte per record, 1 = leave it out
	 * @returns the bytes, the caller's own
	 */
	write(batch: RecordBatch, skip?: Uint8Array): Buffer;
	/** nothing: a CSV file has no end of its own */
	end(): Buffer;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** Longest run of bytes for which a loop is faster than a call into Node's own copy. */
const LONGEST_LOOP = 40;

/** No byte of the batch: nothing continues there. */
const NOWHERE = -9;

/**
 * Makes a writer of CSV as RFC 4180 has it: UTF-8 without BOM, comma, CRLF, quotes only where a value needs them.
 * Every line has all columns: fields that a record lacks are blank, those it has too many are left out.
 *
 * Values that need no change are not looked at: what stands in the batch as it has to stand in the output is copied
 * in one piece, across fields and records.
 * @param columns columns of the output in their order
 */
export function createCsvWriter(columns: readonly WrittenColumn[]): CsvWriter {
	const width = columns.length;
	const from = Int32Array.from(columns, (column) => column.from);
	/** bytes of the columns whose value is not copied from the batch */
	const made = columns.map(({ from: source, fixed, convert }) => {
		if (source < 0) {
			const bytes = Buffer.from(csvField(fixed ?? ''), 'utf8');
			return () => bytes;
		}
		return convert && createConvertedValues((text) => csvField(convert(text)));
	});
	const alone = width === 1;
	let out = Buffer.alloc(0);
	let length = 0;

	function write(batch: RecordBatch, skip?: Uint8Array): Buffer {
		const { bytes, fields, starts, ends, forms, records } = batch;
		out = Buffer.allocUnsafeSlow(bytes.length + records * (width + 2) + 64);
		length = 0;
		// The run of bytes that goes out unchanged and may still become longer.
		let runStart = 0;
		let runEnd = NOWHERE;
		let begun = false;

		for (let r = 0; r < records; r++) {
			if (skip !== undefined && skip[r] !== 0) continue;
			const first = fields[r];
			const found = fields[r + 1] - first;
			for (let c = 0; c < width; c++) {
				const f = first + from[c];
				const make = made[c];
				const there = from[c] < found;
				let start = 0;
				let end = 0;
				let text: Uint8Array | undefined;
				if (make !== undefined && (from[c] < 0 || (there && starts[f] < ends[f]))) text = make(batch, f);
				else if (there) {
					start = starts[f];
					end = ends[f];
					if (forms[f] !== FieldForm.plain) {
						const need = quotesNeeded(bytes, start, end, forms[f]);
						if (need === Quotes.around && bytes[start - 1] === QUOTE && bytes[end] === QUOTE) {
							start--;
							end++;
						} else if (need !== Quotes.none) text = quoted(bytes, start, end, need === Quotes.doubled);
					}
				}
				if (alone && (text === undefined ? start === end : text.length === 0)) text = BLANK_RECORD;

				if (text === undefined) {
					if (c > 0) {
						if (runEnd + 1 === start && bytes[runEnd] === COMMA) {
							runEnd = end;
							continue;
						}
					} else if (runEnd + 2 === start && bytes[runEnd] === CR && bytes[runEnd + 1] === LF) {
						runEnd = end;
						continue;
					}
				}
				if (runEnd > runStart) append(bytes, runStart, runEnd);
				if (length + 2 > out.length) makeRoom(2);
				if (c > 0) out[length++] = COMMA;
				else if (begun) {
					out[length++] = CR;
					out[length++] = LF;
				}
				begun = true;
				if (text === undefined) {
					runStart = start;
					runEnd = end;
				} else {
					append(text, 0, text.length);
					runStart = 0;
					runEnd = NOWHERE;
				}
			}
		}
		if (runEnd > runStart) append(bytes, runStart, runEnd);
		if (begun) append(LINE_END, 0, LINE_END.length);
		const result = out.subarray(0, length);
		out = Buffer.alloc(0);
		return result;
	}

	function append(bytes: Uint8Array, start: number, end: number): void {
		const size = end - start;
		if (length + size > out.length) makeRoom(size);
		if (size <= LONGEST_LOOP) for (let i = start, o = length; i < end; i++, o++) out[o] = bytes[i];
		else out.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), length);
		length += size;
	}

	function makeRoom(size: number): void {
		const larger = Buffer.allocUnsafeSlow(Math.max(out.length * 2, length + size));
		larger.set(out.subarray(0, length));
		out = larger;
	}

	return {
		begin: () => Buffer.from(csvLine(columns.map(({ name }) => name)), 'utf8'),
		write,
		end: () => Buffer.alloc(0),
	};
}

const LINE_END = Buffer.from('\r\n');
const BLANK_RECORD = Buffer.from('""');

/** What a field that is not plain needs: nothing, quotes around it, or its own quotes doubled as well. */
const Quotes = { none: 0, around: 1, doubled: 2 } as const;

function quotesNeeded(bytes: Uint8Array, start: number, end: number, form: number): number {
	// Its quotes are doubled already.
	if (form === FieldForm.escaped) return Quotes.around;
	let need: number = Quotes.none;
	for (let i = start; i < end; i++) {
		const byte = bytes[i];
		if (byte === QUOTE) return Quotes.doubled;
		if (byte === COMMA || byte === CR || byte === LF) need = Quotes.around;
	}
	return need;
}

function quoted(bytes: Uint8Array, start: number, end: number, double: boolean): Uint8Array {
	const text = new Uint8Array(2 + (end - start) * (double ? 2 : 1));
	let length = 0;
	text[length++] = QUOTE;
	for (let i = start; i < end; i++) {
		text[length++] = bytes[i];
		if (double && bytes[i] === QUOTE) text[length++] = QUOTE;
	}
	text[length++] = QUOTE;
	return text.subarray(0, length);
}
