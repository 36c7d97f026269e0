import { createConvertedValues, type Conversion } from '../records/convertedValues';
import { csvField, csvLine } from './csvText';
import { FieldQuoting, RecordMark, type BatchValidation, type RecordBatch } from '../records/recordBatch';

/** What a writer needs to know of a column. */
export interface WrittenColumn {
	/** name in the header */
	name: string;
	/** index of the column in the source; -1 for one that the source lacks and `fixed` fills */
	sourceIndex: number;
	/** value of every record, for a column that the source lacks */
	fixed?: string;
	/** rewrites values; only for columns that need it */
	conversion?: Conversion;
}

/** Writes records as CSV. */
export interface CsvWriter {
	/** the header line */
	begin(): Buffer;
	/**
	 * Writes records of a batch.
	 * @param batch see {@link RecordBatch}
	 * @param skip one byte per record, 1 = leave it out
	 * @returns the bytes, valid until the next call
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

/** Columns of the output that stand side by side in the source as well, or one that is made. */
interface Stretch {
	from: number;
	count: number;
	/** whether a column's value is sure to stand so in the batch, before `make` is asked */
	stays?: (batch: RecordBatch, f: number) => boolean;
	/** the column's text as it has to stand in the output; nothing where it stands so in the batch */
	make?: (batch: RecordBatch, f: number) => Buffer | undefined;
}

/**
 * Makes a writer of CSV as RFC 4180 has it: UTF-8 without BOM, comma, CRLF, quotes only where a value needs them.
 * Every line has all columns: fields that a record lacks are blank, those it has too many are left out.
 *
 * Values that need no change are not looked at: what stands in the batch as it has to stand in the output is copied
 * in one piece, across fields and records.
 * @param columns columns of the output in their order
 */
export function createCsvWriter(columns: readonly WrittenColumn[]): CsvWriter {
	const stretches = stretchesOf(columns);
	const alone = columns.length === 1;
	const straight = alone ? undefined : straightLines(stretches);
	// Used again and again: fresh memory for each batch would be the collector's main work.
	let room: Buffer<ArrayBuffer> = Buffer.alloc(0);

	function write(batch: RecordBatch, skip?: Uint8Array): Buffer {
		const { bytes, fields, starts, ends, quoting, records } = batch;
		const usual = bytes.length + records * (columns.length + 2) + 64;
		if (room.length < usual) room = Buffer.allocUnsafeSlow(Math.ceil(usual * 1.25));
		let out = room;
		let length = 0;
		// The run of bytes that goes out unchanged and may still become longer.
		let runStart = 0;
		let runEnd = NOWHERE;
		let begun = false;

		for (let r = 0; r < records; r++) {
			if (skip !== undefined && skip[r] !== 0) continue;
			const lines = straight?.(batch, r, skip);
			if (lines !== undefined) {
				if (!begun && lines.until === records) return lines.text;
				const size = runEnd - runStart;
				if (length + size + lines.text.length + 2 > out.length)
					out = larger(out, length, size + lines.text.length + 2);
				if (size > 0) length = copy(out, length, bytes, runStart, runEnd);
				if (begun) {
					out[length++] = CR;
					out[length++] = LF;
				}
				begun = true;
				// The line break behind the last of them follows with the next record.
				length = copy(out, length, lines.text, 0, lines.text.length - 2);
				runStart = runEnd = NOWHERE;
				r = lines.until - 1;
				continue;
			}
			const found = fields[r + 1] - fields[r];
			for (let s = 0; s < stretches.length; s++) {
				const { from, count, make } = stretches[s];
				const f0 = fields[r] + from;
				const there = Math.min(count, found - from);
				let k = 0;
				while (k < count) {
					const f = f0 + k;
					let start = 0;
					let end = 0;
					let text: Buffer | undefined;
					if (make !== undefined && (from < 0 || (there > 0 && starts[f] < ends[f]))) text = make(batch, f);
					if (text === undefined && k < there) {
						start = starts[f];
						end = ends[f];
						if (quoting[f] !== FieldQuoting.plain) {
							if (start < end && bytes[start - 1] === QUOTE && bytes[end] === QUOTE) {
								start--;
								end++;
							} else text = quotedIfNeeded(bytes, start, end, quoting[f]);
						}
					}
					if (alone && (text === undefined ? start === end : text.length === 0)) text = BLANK_RECORD;

					const leads = k === 0 && s === 0;
					if (text === undefined && follows(bytes, runEnd, start, leads)) runEnd = end;
					else {
						const size = runEnd - runStart;
						if (length + size + (text?.length ?? 0) + 2 > out.length) {
							out = larger(out, length, size + (text?.length ?? 0) + 2);
						}
						if (size > 0) length = copy(out, length, bytes, runStart, runEnd);
						if (!leads) out[length++] = COMMA;
						else if (begun) {
							out[length++] = CR;
							out[length++] = LF;
						}
						begun = true;
						runStart = start;
						runEnd = end;
						if (text !== undefined) {
							length = copy(out, length, text, 0, text.length);
							runStart = runEnd = NOWHERE;
						}
					}
					k++;
					// Plain fields that follow without a gap go along: this loop sees nearly all fields.
					while (
						k < there &&
						quoting[f0 + k] === FieldQuoting.plain &&
						starts[f0 + k] === runEnd + 1 &&
						bytes[runEnd] === COMMA
					) {
						runEnd = ends[f0 + k++];
					}
				}
			}
		}
		room = out;
		if (!begun) return out.subarray(0, 0);
		const size = runEnd - runStart;
		if (length + size + 2 > out.length) room = out = larger(out, length, size + 2);
		if (size > 0) length = copy(out, length, bytes, runStart, runEnd);
		out[length++] = CR;
		out[length++] = LF;
		return out.subarray(0, length);
	}

	return {
		begin: () => Buffer.from(csvLine(columns.map(({ name }) => name)), 'utf8'),
		write,
		end: () => Buffer.alloc(0),
	};
}

function stretchesOf(columns: readonly WrittenColumn[]): Stretch[] {
	const stretches: Stretch[] = [];
	for (const { sourceIndex: from, fixed, conversion } of columns) {
		const last = stretches.at(-1);
		if (from < 0) {
			const bytes = Buffer.from(csvField(fixed ?? ''), 'utf8');
			stretches.push({ from, count: 1, make: () => bytes });
		} else if (conversion) {
			const { stays } = conversion;
			stretches.push({ from, count: 1, stays, make: createConvertedValues(written(conversion)) });
		} else if (last && !last.make && last.from + last.count === from) last.count++;
		else stretches.push({ from, count: 1 });
	}
	return stretches;
}

/**
 * Finds records that stand in the batch as they are to be written, and has the reader write all of them that follow one another.
 * @returns nothing where no record ever does, because a column is made up or goes out twice
 */
function straightLines(stretches: readonly Stretch[]) {
	if (stretches.some(({ from, make, stays }) => from < 0 || (make !== undefined && stays === undefined)))
		return undefined;
	const sources = stretches.flatMap(({ from, count }) => Array.from({ length: count }, (_, k) => from + k));
	if (new Set(sources).size < sources.length) return undefined;
	const converted = stretches.filter(({ make }) => make !== undefined);
	const width = Math.max(...stretches.map(({ from, count }) => from + count));
	const joined: Array<{ from: number; count: number }> = [];
	for (const { from, count } of stretches) {
		const last = joined.at(-1);
		if (last && last.from + last.count === from) last.count += count;
		else joined.push({ from, count });
	}

	function isStraight(batch: RecordBatch, sweep: BatchValidation, r: number): boolean {
		const { fields, starts, ends, quoting } = batch;
		if ((sweep.marks[r] & RecordMark.otherwise) !== 0 || fields[r + 1] - fields[r] < width) return false;
		for (let c = 0; c < converted.length; c++) {
			const f = fields[r] + converted[c].from;
			if (starts[f] === ends[f] && quoting[f] === FieldQuoting.plain) continue;
			if (quoting[f] !== FieldQuoting.plain || !converted[c].stays?.(batch, f)) return false;
		}
		return true;
	}

	return (batch: RecordBatch, r: number, skip?: Uint8Array): { text: Buffer; until: number } | undefined => {
		const { validation, records } = batch;
		if (validation === undefined) return undefined;
		let until = r;
		while (
			until < records &&
			(skip === undefined || skip[until] === 0) &&
			isStraight(batch, validation, until)
		)
			until++;
		const text = until > r ? validation.joinColumns(joined, r, until - r) : undefined;
		return text && { text, until };
	};
}

/** The same conversion, up to the text of the output. */
function written({ convert, stays }: Conversion): Conversion {
	return { convert: (text) => csvField(convert(text)), stays };
}

/** Whether between the end of a run and a field stands just what has to stand there in the output. */
function follows(bytes: Uint8Array, runEnd: number, start: number, newRecord: boolean): boolean {
	if (!newRecord) return start === runEnd + 1 && bytes[runEnd] === COMMA;
	return start === runEnd + 2 && bytes[runEnd] === CR && bytes[runEnd + 1] === LF;
}

/** All are Buffers: the loop is twice as fast while it meets only one kind of array. */
function copy(out: Buffer, at: number, bytes: Buffer, start: number, end: number): number {
	const size = end - start;
	if (size <= LONGEST_LOOP) for (let i = start, o = at; i < end; i++, o++) out[o] = bytes[i];
	else out.set(bytes.subarray(start, end), at);
	return at + size;
}

function larger(out: Buffer, length: number, size: number): Buffer<ArrayBuffer> {
	const more = Buffer.allocUnsafeSlow(Math.max(out.length * 2, length + size));
	more.set(out.subarray(0, length));
	return more;
}

const BLANK_RECORD = Buffer.from('""');

/** The text of a field that has no quotes around it in the batch; nothing where it needs none. */
function quotedIfNeeded(bytes: Uint8Array, start: number, end: number, form: number): Buffer | undefined {
	let need = form === FieldQuoting.escaped;
	let double = false;
	for (let i = start; i < end; i++) {
		const byte = bytes[i];
		if (byte === QUOTE) double = form !== FieldQuoting.escaped;
		if (byte === QUOTE || byte === COMMA || byte === CR || byte === LF) need = true;
	}
	if (!need) return undefined;
	const text = Buffer.allocUnsafe(2 + (end - start) * (double ? 2 : 1));
	let length = 0;
	text[length++] = QUOTE;
	for (let i = start; i < end; i++) {
		text[length++] = bytes[i];
		if (double && bytes[i] === QUOTE) text[length++] = QUOTE;
	}
	text[length++] = QUOTE;
	return text.subarray(0, length);
}
