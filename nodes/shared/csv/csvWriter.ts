import { createConvertedValues, type Conversion } from '../records/convertedValues';
import { csvField, csvLine, NEEDS_QUOTES } from './csvText';
import { OutputBytes } from '../records/outputBytes';
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
	/** records written so far */
	readonly records: number;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** Columns of the output that stand side by side in the source as well, or one that is made. */
interface Stretch {
	/** index of the first column in the source; -1 for one that the source lacks */
	from: number;
	count: number;
	/** whether a column's value is sure to stand so in the batch, before `make` is asked */
	stays?: (batch: RecordBatch, f: number) => boolean;
	/** the column's text as it has to stand in the output; nothing where it stands so in the batch */
	make?: (batch: RecordBatch, f: number) => Buffer | undefined;
}

/**
 * Makes a writer of CSV as RFC 4180 has it: UTF-8 without BOM, comma, CRLF, quotes only where a value needs them.
 * Every line has all columns: fields that a record lacks are blank, those it has too many are not written.
 *
 * Values that need no change are not looked at: what stands in the batch as it has to stand in the output is copied
 * in one piece, across fields and records.
 * @param columns columns of the output in their order
 */
export function createCsvWriter(columns: readonly WrittenColumn[]): CsvWriter {
	const stretches = stretchesOf(columns);
	const alone = columns.length === 1;
	const straight = alone ? undefined : straightLines(stretches);
	const output = new CsvOutput();
	let written = 0;

	function write(batch: RecordBatch, skip?: Uint8Array): Buffer {
		const { bytes, records } = batch;
		output.begin(bytes, bytes.length + records * (columns.length + 2) + 64);
		for (let r = 0; r < records; r++) {
			if (skip !== undefined && skip[r] !== 0) continue;
			const lines = straight?.(batch, r, skip);
			written += lines ? lines.until - r : 1;
			if (lines === undefined) {
				output.beginRecord();
				for (let s = 0; s < stretches.length; s++) writeStretch(batch, r, stretches[s]);
			} else {
				if (output.isEmpty && lines.until === records) return lines.text;
				output.beginRecord();
				// The line break behind the last of them follows with the next record.
				output.put(lines.text.subarray(0, -2));
				r = lines.until - 1;
			}
		}
		return output.end();
	}

	function writeStretch(batch: RecordBatch, r: number, { from, count, make }: Stretch): void {
		const { fields, starts, ends } = batch;
		const last = fields[r] + from + count;
		for (let f = fields[r] + from; f < last;) {
			const there = from >= 0 && f < fields[r + 1];
			let text: Buffer | undefined;
			if (make !== undefined && (from < 0 || (there && starts[f] < ends[f]))) text = make(batch, f);
			const quotes = there && hasQuotes(batch, f) ? 1 : 0;
			if (text === undefined && there && quotes === 0) text = quotedIfNeeded(batch, f);
			const blank = text === undefined ? !there || starts[f] === ends[f] : text.length === 0;
			if (alone && blank) text = BLANK_RECORD;
			if (text !== undefined) output.put(text);
			else if (!there) output.put(NOTHING);
			else output.copy(starts[f] - quotes, ends[f] + quotes);
			f = output.copyPlain(batch, f + 1, Math.min(last, fields[r + 1]));
		}
	}

	return {
		begin: () => Buffer.from(csvLine(columns.map(({ name }) => name)), 'utf8'),
		write,
		end: () => NOTHING,
		get records() {
			return written;
		},
	};
}

const BLANK_RECORD = Buffer.from('""');
const NOTHING = Buffer.alloc(0);

/** Longest run of bytes for which a loop is faster than a call into Node's own copy. */
const LONGEST_LOOP = 40;

/** No byte of the batch: nothing continues there. */
const NOWHERE = -9;

/** The lines of one batch. What stands together in the batch goes out in one piece. */
class CsvOutput {
	private readonly output = new OutputBytes();
	private bytes: Buffer = NOTHING;
	/** the run of bytes that goes out unchanged and may still become longer */
	private runStart = NOWHERE;
	private runEnd = NOWHERE;
	/** nothing of the current record was written */
	private leads = true;
	isEmpty = true;

	/**
	 * Begins the lines of a batch.
	 * @param bytes those of the batch
	 * @param usual how many bytes will usually be written
	 */
	begin(bytes: Buffer, usual: number): void {
		this.output.begin(usual);
		this.bytes = bytes;
		this.runStart = this.runEnd = NOWHERE;
		this.isEmpty = true;
	}

	beginRecord(): void {
		this.leads = true;
	}

	/** Writes a field whose text stands in the batch as it is to be written, its quotes included. */
	copy(start: number, end: number): void {
		if (this.follows(start)) this.leads = false;
		else {
			this.endRun(0);
			this.runStart = start;
		}
		this.runEnd = end;
	}

	/**
	 * Writes the plain fields that follow without a gap: this loop sees nearly all fields.
	 * @param f number of the first field that may go along
	 * @param until number behind the last one
	 * @returns number of the field that was not written
	 */
	copyPlain({ starts, ends, quoting }: RecordBatch, f: number, until: number): number {
		const { bytes } = this;
		let { runEnd } = this;
		let next = f;
		while (
			next < until &&
			quoting[next] === FieldQuoting.plain &&
			starts[next] === runEnd + 1 &&
			bytes[runEnd] === COMMA
		) {
			runEnd = ends[next++];
		}
		this.runEnd = runEnd;
		return next;
	}

	/** Writes a text that does not stand in the batch. */
	put(text: Buffer): void {
		this.endRun(text.length);
		this.append(text, 0, text.length);
		this.runStart = this.runEnd = NOWHERE;
	}

	/** Ends the last line. */
	end(): Buffer {
		if (this.isEmpty) return NOTHING;
		this.leads = true;
		this.endRun(0);
		return this.output.written();
	}

	/** Whether between the end of the run and a field stands just what has to stand there in the output. */
	private follows(start: number): boolean {
		const { bytes, runEnd } = this;
		if (!this.leads) return start === runEnd + 1 && bytes[runEnd] === COMMA;
		return start === runEnd + 2 && bytes[runEnd] === CR && bytes[runEnd + 1] === LF;
	}

	/**
	 * Writes the run, and what stands before the next field.
	 * @param more bytes that will follow
	 */
	private endRun(more: number): void {
		const { output } = this;
		const size = this.runEnd - this.runStart;
		output.reserve(size + more + 2);
		if (size > 0) this.append(this.bytes, this.runStart, this.runEnd);
		if (!this.leads) output.bytes[output.length++] = COMMA;
		else if (!this.isEmpty) {
			output.bytes[output.length++] = CR;
			output.bytes[output.length++] = LF;
		}
		this.leads = this.isEmpty = false;
	}

	/** All are Buffers: the loop is twice as fast while it meets only one kind of array. */
	private append(bytes: Buffer, start: number, end: number): void {
		const { bytes: out, length } = this.output;
		if (end - start > LONGEST_LOOP) out.set(bytes.subarray(start, end), length);
		else for (let i = start, o = length; i < end; i++, o++) out[o] = bytes[i];
		this.output.length = length + end - start;
	}
}

function stretchesOf(columns: readonly WrittenColumn[]): Stretch[] {
	const stretches: Stretch[] = [];
	for (const { sourceIndex: from, fixed, conversion } of columns) {
		const last = stretches.at(-1);
		if (from < 0) {
			const bytes = Buffer.from(csvField(fixed ?? ''), 'utf8');
			stretches.push({ from, count: 1, make: () => bytes });
		} else if (conversion) {
			const { convert, stays } = conversion;
			const make = createConvertedValues({ convert: (text) => csvField(convert(text)), stays });
			stretches.push({ from, count: 1, stays, make });
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
	const width = Math.max(...sources) + 1;
	const joined: Array<{ from: number; count: number }> = [];
	for (const { from, count } of stretches) {
		const last = joined.at(-1);
		if (last && last.from + last.count === from) last.count += count;
		else joined.push({ from, count });
	}

	function isStraight(batch: RecordBatch, { marks }: BatchValidation, r: number): boolean {
		const { fields, starts, ends, quoting } = batch;
		if ((marks[r] & RecordMark.otherwise) !== 0 || fields[r + 1] - fields[r] < width) return false;
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
		const isNext = (next: number) =>
			(skip === undefined || skip[next] === 0) && isStraight(batch, validation, next);
		let until = r;
		while (until < records && isNext(until)) until++;
		const text = until > r ? validation.joinColumns(joined, r, until - r) : undefined;
		return text && { text, until };
	};
}

/** Whether a field that is not blank stands in the batch within quotes. */
function hasQuotes({ bytes, starts, ends, quoting }: RecordBatch, f: number): boolean {
	if (quoting[f] === FieldQuoting.plain || starts[f] === ends[f]) return false;
	return bytes[starts[f] - 1] === QUOTE && bytes[ends[f]] === QUOTE;
}

/** The text of a field that has no quotes around it in the batch; nothing where it needs none. */
function quotedIfNeeded({ bytes, starts, ends, quoting }: RecordBatch, f: number): Buffer | undefined {
	if (quoting[f] === FieldQuoting.plain) return undefined;
	const text = bytes.toString('latin1', starts[f], ends[f]);
	if (quoting[f] === FieldQuoting.escaped) return Buffer.from(`"${text}"`, 'latin1');
	return NEEDS_QUOTES.test(text) ? Buffer.from(csvField(text), 'latin1') : undefined;
}
