import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import type { RecordBatch } from '../records/recordBatch';
import { openZip } from '../zip/zipReader';
import { writeZip, type WrittenContent } from '../zip/zipWriter';
import { createSpool, type SpooledFile } from '../files/spool';
import { accountProblem } from './accounts';
import type { CheckedReading } from './readChecked';

/** Turns records into the bytes of one file, batch by batch. */
export interface TableWriter {
	/** bytes before the first record */
	begin(): Buffer;
	/** the batch's records but for those whose flag is 1; valid until the next call */
	write(batch: RecordBatch, skip?: Uint8Array): Buffer;
	/** bytes after the last record */
	end(): Buffer;
	/** records written so far */
	readonly records: number;
}

/** How the records of a reading are packed. */
export interface Packing {
	writer: TableWriter;
	/** the package is a zip of the table and this file; without it, the table's text alone */
	archive?: { tableName: string; metadataName: string; metadata: Buffer; level: number };
	/** `leaveOut`: invalid records are left out and the others packed; else one of them keeps all from being packed */
	onInvalid: 'stop' | 'leaveOut' | 'send';
	signal?: AbortSignal;
}

/**
 * Packs the valid records of a reading into a spooled file.
 * @param reading see `readChecked`
 * @param packing see {@link Packing}
 * @returns the package, or nothing where an error stops it (all records are still checked, so that the user learns of everything
 * at once), where no record is left, or where the input must be read once more
 * @throws Problem of the reader or of the temporary folder, `input` where the packed rows and the others are not all of them; the
 * signal's reason
 */
export async function pack(reading: CheckedReading, packing: Packing): Promise<SpooledFile | undefined> {
	const { findings, check } = reading;
	const { writer, onInvalid } = packing;
	const spool = createSpool();
	let leftOut = 0;
	const mustStop = () => findings.errors > 0 && (onInvalid !== 'leaveOut' || findings.errors > check.errors);

	async function* content(): AsyncGenerator<Buffer> {
		yield writer.begin();
		for await (const { batch, skip, flags } of reading.batches) {
			for (let r = 0; r < batch.records; r++) if (skip[r] !== 0 && flags[r] === 0) leftOut++;
			if (mustStop()) continue;
			const bytes = writer.write(batch, skip);
			if (bytes.length > 0) yield bytes;
		}
		yield writer.end();
	}

	let file: SpooledFile | undefined;
	try {
		const written = await packInto(spool.sink, content(), packing);
		if (!reading.mustRepeat() && !mustStop() && check.records > check.rejected) {
			const packed = spool.file();
			const parts = { packed: writer.records, rejected: check.rejected, 'left out by choice': leftOut };
			const lost = accountProblem(check.records, parts, 'input');
			if (lost) throw lost;
			if (written) await assertHolds(packed, written);
			file = packed;
		}
	} finally {
		if (!file) await spool.discard();
	}
	return file;
}

/** @returns what went into a zip; nothing where the package is none */
async function packInto(
	sink: Writable,
	pieces: AsyncIterable<Buffer>,
	{ archive, signal }: Packing,
): Promise<WrittenContent | undefined> {
	if (!archive) {
		await writeText(pieces, sink, signal);
		return undefined;
	}
	const { tableName, metadataName, metadata, level } = archive;
	const content = {
		table: { name: tableName, pieces },
		metadata: { name: metadataName, bytes: metadata },
	};
	return await writeZip(content, sink, { level, signal });
}

/** The writer uses its memory again while archiver still may keep it; the zip's directory tells what archiver saw. */
async function assertHolds({ location }: SpooledFile, { size, checksum }: WrittenContent): Promise<void> {
	const [table] = await openZip(location, { unpackedBytes: Infinity, ratio: Infinity });
	if (table.size !== size || table.checksum !== checksum) throw new Error('The zip holds another table.');
}

/** Writes pieces one after the other: each is taken before the next one is made in the same memory. */
async function writeText(
	pieces: AsyncIterable<Buffer>,
	sink: Writable,
	signal: AbortSignal | undefined,
): Promise<void> {
	for await (const piece of pieces) {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			sink.write(piece, (error) => (error ? reject(error) : resolve()));
		});
	}
	sink.end();
	await finished(sink, { signal });
}
