import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { HttpBody } from '../../http/message';
import { multipartBody } from '../../http/multipart';
import type { TableWriter } from '../../pipeline/pack';
import type { SpooledFile } from '../../files/spool';
import { problem } from '../../core/problem';
import { createCsvWriter, type WrittenColumn } from '../../csv/csvWriter';
import { createDelimitedWriter } from '../../csv/delimitedWriter';
import { partOf, type RecordBatch } from '../../records/recordBatch';
import { FILE_TYPES, type SentDelimiter } from './fileTypes';

/** Some records that lie one behind the other in a spooled file. */
export interface RecordRange {
	/** first byte */
	offset: number;
	/** bytes */
	length: number;
	/** records before the range */
	recordsBefore: number;
	records: number;
	/** number of the first record as the user knows it; records in between may have been left out */
	firstRow: number;
	/** number of the last record as the user knows it */
	lastRow: number;
}

/** Bounds of a chunk. */
export interface ChunkLimits {
	records: number;
	/** bytes of the chunk with its header line */
	bytes: number;
}

/** Writes records without a header and notes where chunks end. */
export interface ChunkWriter extends TableWriter {
	/** the header line that goes before each chunk */
	readonly header: Buffer;
	/** the chunks so far; the last one may still grow */
	chunks(): RecordRange[];
}

/**
 * Makes a writer that puts its records together into chunks: as many as the limits allow, always whole ones, whatever
 * line breaks their values hold.
 * @param columns columns of the output in their order
 * @param limits see {@link ChunkLimits}
 * @param delimiter what stands between the fields
 * @throws Problem `input`, from `write`, for a record that alone is larger than a chunk may be
 */
export function createChunkWriter(
	columns: readonly WrittenColumn[],
	limits: ChunkLimits,
	delimiter: SentDelimiter,
): ChunkWriter {
	const csv = delimiter === ',' ? createCsvWriter(columns) : createDelimitedWriter(columns, delimiter);
	const header = csv.begin();
	const chunks: RecordRange[] = [];
	let open: RecordRange | undefined;
	let offset = 0;
	let records = 0;

	function write(batch: RecordBatch, skip?: Uint8Array): Buffer {
		const pieces: Buffer[] = [];
		let from = 0;
		while (from < batch.records) {
			const room = limits.records - (open?.records ?? 0);
			const to = Math.min(batch.records, from + room);
			put({ batch, skip, from, to }, pieces);
			from = to;
		}
		return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
	}

	/** Writes records into the open chunk; what does not fit by its bytes goes into the next ones. */
	function put(part: BatchPart, pieces: Buffer[]): void {
		const { batch, skip, from, to } = part;
		const rows = keptRows(part);
		if (rows.count === 0) return;
		const bytes = csv.write(partOf(batch, from, to), skip?.subarray(from, to));
		const length = open?.length ?? 0;
		if (header.length + length + bytes.length <= limits.bytes) {
			// The writer uses its memory again for the next part of the batch.
			pieces.push(from === 0 && to === batch.records ? bytes : Buffer.from(bytes));
			accept(bytes.length, rows);
		} else if (rows.count > 1) {
			const middle = from + Math.ceil((to - from) / 2);
			put({ ...part, to: middle }, pieces);
			put({ ...part, from: middle }, pieces);
		} else if (open) {
			open = undefined;
			put(part, pieces);
		} else {
			throw problem.input(
				`Row ${rows.first} alone is larger than a chunk may be.`,
				"Raise 'Maximum Chunk Size' in the options, or find out what makes the row so large.",
				{ row: rows.first },
			);
		}
	}

	function accept(length: number, rows: KeptRows): void {
		if (!open) {
			open = { offset, length: 0, recordsBefore: records, records: 0, firstRow: rows.first, lastRow: 0 };
			chunks.push(open);
		}
		open.length += length;
		open.records += rows.count;
		open.lastRow = rows.last;
		offset += length;
		records += rows.count;
		if (open.records >= limits.records) open = undefined;
	}

	return {
		header,
		chunks: () => chunks.map((chunk) => ({ ...chunk })),
		begin: () => Buffer.alloc(0),
		write,
		end: () => Buffer.alloc(0),
		get records() {
			return records;
		},
	};
}

/**
 * The chunks that follow after the first records of a file; one that these end in is shortened.
 * @param chunks all chunks of the file, in order
 * @param done how many records, how many bytes they are, and the number of the last of them
 */
export function chunksAfter(
	chunks: readonly RecordRange[],
	done: { records: number; bytes: number; lastRow: number },
): RecordRange[] {
	return chunks.flatMap((chunk) => {
		const past = done.bytes - chunk.offset;
		if (past <= 0) return [chunk];
		if (past >= chunk.length) return [];
		return [
			{
				...chunk,
				offset: done.bytes,
				length: chunk.length - past,
				recordsBefore: done.records,
				records: chunk.records - (done.records - chunk.recordsBefore),
				firstRow: done.lastRow + 1,
			},
		];
	});
}

/** What chunks are cut from. */
export interface SignalText {
	/** the spooled records, without a header */
	file: SpooledFile;
	/** the header line that goes before each chunk */
	header: Buffer;
	/** what stands between the fields of both */
	delimiter: SentDelimiter;
}

/**
 * A chunk as the service takes it: a form with one file in the part `file` (source C3).
 * @param signals see {@link SignalText}
 * @param range the chunk
 * @param number of the chunk, for the file's name
 */
export function chunkBody(
	{ file, header, delimiter }: SignalText,
	range: RecordRange,
	number: number,
): HttpBody {
	return multipartBody({
		name: 'file',
		fileName: `signals-${String(number).padStart(4, '0')}.${FILE_TYPES[delimiter].ending}`,
		source: {
			length: header.length + range.length,
			open: () => Readable.from(content(file, header, range), { objectMode: false }),
		},
	});
}

async function* content(
	file: SpooledFile,
	header: Buffer,
	{ offset, length }: RecordRange,
): AsyncGenerator<Buffer> {
	yield header;
	yield* file.open({ start: offset, length });
}

/** Some records of a batch. */
interface BatchPart {
	batch: RecordBatch;
	/** 1 for every record of the batch that is left out */
	skip?: Uint8Array;
	from: number;
	/** behind the last */
	to: number;
}

interface KeptRows {
	count: number;
	first: number;
	last: number;
}

function keptRows({ batch, skip, from, to }: BatchPart): KeptRows {
	const kept: KeptRows = { count: 0, first: 0, last: 0 };
	for (let r = from; r < to; r++) {
		if (skip?.[r]) continue;
		if (kept.count === 0) kept.first = batch.rows[r];
		kept.last = batch.rows[r];
		kept.count++;
	}
	return kept;
}

/** SHA-256 over the header line and the records, hexadecimal: the same for the same data, however it is cut into chunks. */
export function contentHashOf(header: Buffer, recordsSha256: string): string {
	return createHash('sha256').update(header).update(recordsSha256).digest('hex');
}
