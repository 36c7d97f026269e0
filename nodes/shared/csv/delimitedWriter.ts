import { createConvertedValues } from '../records/convertedValues';
import { OutputBytes } from '../records/outputBytes';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';
import { csvField, csvLine, type WrittenDelimiter } from './csvText';
import type { CsvWriter, WrittenColumn } from './csvWriter';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const NOTHING = Buffer.alloc(0);
const BLANK_RECORD = Buffer.from('""');

/** A column of the output. */
interface Written {
	/** index of the column in the source; -1 for one that the source lacks */
	from: number;
	/** the column's text as it has to stand in the output; nothing where the batch has it */
	make?: (batch: RecordBatch, f: number) => Buffer | undefined;
}

/**
 * Makes a writer of the same files as `createCsvWriter`, but with another delimiter. It looks at every byte, because what a
 * reader calls plain may hold this delimiter.
 * @param columns columns of the output in their order
 * @param delimiter what stands between the fields
 */
export function createDelimitedWriter(
	columns: readonly WrittenColumn[],
	delimiter: WrittenDelimiter,
): CsvWriter {
	const delimiterByte = delimiter.charCodeAt(0);
	const output = new OutputBytes();
	const fields = columns.map((column) => writtenAs(column, delimiter));
	const isAlone = columns.length === 1;
	let written = 0;

	function write(batch: RecordBatch, skip?: Uint8Array): Buffer {
		output.begin(batch.bytes.length + batch.records * (columns.length + 2) + 64);
		for (let r = 0; r < batch.records; r++) {
			if (skip !== undefined && skip[r] !== 0) continue;
			writeRecord(batch, r);
			written++;
		}
		return output.written();
	}

	function writeRecord(batch: RecordBatch, r: number): void {
		const begin = output.length;
		for (let c = 0; c < fields.length; c++) {
			if (c > 0) put(delimiterByte);
			writeField(batch, r, fields[c]);
		}
		if (isAlone && output.length === begin) append(BLANK_RECORD);
		put(CR);
		put(LF);
	}

	function writeField(batch: RecordBatch, r: number, { from, make }: Written): void {
		const f = batch.fields[r] + from;
		const isThere = from >= 0 && f < batch.fields[r + 1] && batch.starts[f] < batch.ends[f];
		const made = from < 0 || isThere ? make?.(batch, f) : undefined;
		if (made) append(made);
		else if (isThere) copy(batch, f);
	}

	/** Writes a field of the batch; in quotes as soon as something in it needs them. */
	function copy(batch: RecordBatch, f: number): void {
		const { bytes, starts, ends } = batch;
		output.reserve(ends[f] - starts[f]);
		const out = output.bytes;
		let o = output.length;
		for (let i = starts[f]; i < ends[f]; i++) {
			const byte = bytes[i];
			if (byte === delimiterByte || byte === QUOTE || byte === LF || byte === CR) {
				copyQuoted(batch, f);
				return;
			}
			out[o++] = byte;
		}
		output.length = o;
	}

	function copyQuoted({ bytes, starts, ends, quoting }: RecordBatch, f: number): void {
		const areDoubled = quoting[f] === FieldQuoting.escaped;
		output.reserve(2 * (ends[f] - starts[f]) + 2);
		put(QUOTE);
		for (let i = starts[f]; i < ends[f]; i++) {
			if (bytes[i] === QUOTE && !areDoubled) put(QUOTE);
			put(bytes[i]);
		}
		put(QUOTE);
	}

	function append(text: Buffer): void {
		output.reserve(text.length);
		output.bytes.set(text, output.length);
		output.length += text.length;
	}

	function put(byte: number): void {
		output.reserve(1);
		output.bytes[output.length++] = byte;
	}

	return {
		begin: () =>
			Buffer.from(
				csvLine(
					columns.map(({ name }) => name),
					delimiter,
				),
				'utf8',
			),
		write,
		end: () => NOTHING,
		get records() {
			return written;
		},
	};
}

function writtenAs(
	{ sourceIndex: from, fixed = '', conversion }: WrittenColumn,
	delimiter: WrittenDelimiter,
): Written {
	if (from < 0) {
		const bytes = Buffer.from(csvField(fixed, delimiter), 'utf8');
		return { from, make: () => bytes };
	}
	if (!conversion) return { from };
	const { convert, stays } = conversion;
	return {
		from,
		make: createConvertedValues({ convert: (text) => csvField(convert(text), delimiter), stays }),
	};
}
