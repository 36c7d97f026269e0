import type { WrittenColumn } from '../csv/csvWriter';
import { createConvertedValues } from '../records/convertedValues';
import { OutputBytes } from '../records/outputBytes';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';

/** What a JSON writer needs to know of a column. */
export interface JsonColumn extends WrittenColumn {
	/** `integer` and `double` become JSON numbers, everything else text */
	type: string;
}

/** Writes records as one JSON array of flat objects. */
export interface JsonWriter {
	/** the bracket before the first record */
	begin(): Buffer;
	/**
	 * Writes records of a batch.
	 * @param batch see {@link RecordBatch}
	 * @param skip one byte per record, 1 = leave it out
	 * @returns the bytes, valid until the next call
	 */
	write(batch: RecordBatch, skip?: Uint8Array): Buffer;
	/** the bracket after the last record */
	end(): Buffer;
	/** records written so far */
	readonly records: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const CLOSE = 0x7d;

const NULL = Buffer.from('null');

/** For each ASCII byte that may not stand in a JSON string: the letter after its backslash (RFC 8259, section 7). */
const escapes = new Uint8Array(256);
escapes.fill(LETTER_U, 0, 0x20);
for (const [character, letter] of ['\bb', '\tt', '\nn', '\ff', '\rr', '""', '\\\\']) {
	escapes[character.charCodeAt(0)] = letter.charCodeAt(0);
}
const HEX = Buffer.from('0123456789abcdef');

/**
 * Makes a writer of `[{"PersonId":"ann@contoso.com","Layer":3},…]` in UTF-8. Every object has all columns.
 *
 * Values are JSON strings; those of integer and double columns are JSON numbers, digit by digit as they are in the source,
 * as long as they have the form of one (else strings, so that nothing is lost). Where the source has nothing, the value is
 * null; an empty text is an empty string in a column of texts, and null in any other.
 * @param columns columns of the output in their order
 */
export function createJsonWriter(columns: readonly JsonColumn[]): JsonWriter {
	const width = columns.length;
	const from = Int32Array.from(columns, (column) => column.sourceIndex);
	const heads = columns.map(({ name }, c) => Buffer.from(`${c === 0 ? '{' : ','}${JSON.stringify(name)}:`));
	const headRoom = heads.reduce((sum, head) => sum + head.length + NULL.length, 4);
	const numeric = columns.map(({ type }) => type === 'integer' || type === 'double');
	const blankText = columns.map(({ type }) => type === 'string');
	const made = columns.map(({ sourceIndex: source, fixed, conversion }) => {
		if (source >= 0) return conversion && createConvertedValues(conversion);
		const bytes = Buffer.from(fixed ?? '', 'utf8');
		return () => bytes;
	});
	const output = new OutputBytes();
	/** a value that was made, as a batch has it */
	const single: Values = {
		bytes: NULL,
		starts: new Uint32Array(1),
		ends: new Uint32Array(1),
		quoting: new Uint8Array(1),
	};
	let written = 0;

	function write(batch: RecordBatch, skip?: Uint8Array): Buffer {
		const { bytes, fields, starts, ends, records } = batch;
		output.begin(bytes.length + records * headRoom);
		for (let r = 0; r < records; r++) {
			if (skip !== undefined && skip[r] !== 0) continue;
			output.reserve(headRoom);
			if (written++ > 0) output.bytes[output.length++] = COMMA;
			const first = fields[r];
			const found = fields[r + 1] - first;
			for (let c = 0; c < width; c++) {
				put(heads[c]);
				const f = first + from[c];
				const make = made[c];
				if (from[c] >= found) {
					put(NULL);
					continue;
				}
				const text = make !== undefined && (from[c] < 0 || starts[f] < ends[f]) ? make(batch, f) : undefined;
				if (text === undefined) putValue(c, batch, f);
				else {
					single.bytes = text;
					single.ends[0] = text.length;
					putValue(c, single, 0);
				}
			}
			output.bytes[output.length++] = CLOSE;
		}
		return output.written();
	}

	/** All who write make room for the names and brackets of a whole record as well. */
	function putValue(c: number, values: Values, f: number): void {
		const { starts, ends, quoting } = values;
		const size = ends[f] - starts[f];
		if (size === 0 && !(blankText[c] && quoting[f] === FieldQuoting.quoted)) put(NULL);
		else if (numeric[c] && isJsonNumber(values.bytes, starts[f], ends[f])) {
			output.reserve(size + headRoom);
			put(values.bytes.subarray(starts[f], ends[f]));
		} else {
			// Each byte may become six: \u001f.
			output.reserve(size * 6 + 2 + headRoom);
			writeString(output, values, f);
		}
	}

	function put(bytes: Uint8Array): void {
		const { bytes: out } = output;
		let { length } = output;
		for (let i = 0; i < bytes.length; i++) out[length++] = bytes[i];
		output.length = length;
	}

	return {
		begin: () => Buffer.from('['),
		write,
		end: () => Buffer.from(']\n'),
		get records() {
			return written;
		},
	};
}

type Values = Pick<RecordBatch, 'bytes' | 'starts' | 'ends' | 'quoting'>;

function writeString(output: OutputBytes, { bytes, starts, ends, quoting }: Values, f: number): void {
	const { bytes: out } = output;
	const end = ends[f];
	let o = output.length;
	out[o++] = QUOTE;
	for (let i = starts[f]; i < end; i++) {
		const byte = bytes[i];
		const letter = escapes[byte];
		if (letter === 0) {
			out[o++] = byte;
			continue;
		}
		out[o++] = BACKSLASH;
		out[o++] = letter;
		if (letter === LETTER_U) {
			out[o++] = ZERO;
			out[o++] = ZERO;
			out[o++] = HEX[byte >> 4];
			out[o++] = HEX[byte & 15];
		}
		// The second of two quotes that stand for one.
		if (byte === QUOTE && quoting[f] === FieldQuoting.escaped) i++;
	}
	out[o++] = QUOTE;
	output.length = o;
}

/** Whether a text is a number as JSON writes it, without exponent. */
function isJsonNumber(bytes: Uint8Array, start: number, end: number): boolean {
	let i = bytes[start] === MINUS ? start + 1 : start;
	const first = i;
	while (i < end && bytes[i] >= ZERO && bytes[i] <= NINE) i++;
	if (i === first || (bytes[first] === ZERO && i > first + 1)) return false;
	if (i === end) return true;
	if (bytes[i] !== DOT || ++i === end) return false;
	while (i < end && bytes[i] >= ZERO && bytes[i] <= NINE) i++;
	return i === end;
}
