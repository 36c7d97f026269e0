import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import type { RecordBatch } from '../records/recordBatch';
import { writeArchive } from '../files/zipWriter';
import { createSpool, type SpooledFile } from '../files/spool';
import type { CheckedReading } from './readChecked';

/** Turns records into the bytes of one file, batch by batch. */
export interface TableWriter {
	/** bytes before the first record */
	begin(): Buffer;
	/** the batch's records but for those whose flag is 1; valid until the next call */
	write(batch: RecordBatch, skip?: Uint8Array): Buffer;
	/** bytes after the last record */
	end(): Buffer;
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
 * @throws Problem of the reader or of the temporary folder; the signal's reason
 */
export async function pack(reading: CheckedReading, packing: Packing): Promise<SpooledFile | undefined> {
	const { findings, check } = reading;
	const { writer, onInvalid } = packing;
	const spool = createSpool();
	const mustStop = () => findings.errors > 0 && (onInvalid !== 'leaveOut' || findings.errors > check.errors);

	async function* content(): AsyncGenerator<Buffer> {
		yield writer.begin();
		for await (const { batch, skip } of reading.batches) {
			if (mustStop()) continue;
			const bytes = writer.write(batch, skip);
			if (bytes.length > 0) yield bytes;
		}
		yield writer.end();
	}

	let file: SpooledFile | undefined;
	try {
		await packInto(spool.sink, content, packing);
		if (!reading.mustRepeat() && !mustStop() && check.records > check.rejected) file = spool.file();
	} finally {
		if (!file) await spool.discard();
	}
	return file;
}

async function packInto(
	sink: ReturnType<typeof createSpool>['sink'],
	content: () => AsyncGenerator<Buffer>,
	{ archive, signal }: Packing,
): Promise<void> {
	if (!archive) {
		await writeText(content(), sink, signal);
		return;
	}
	const { tableName, metadataName, metadata, level } = archive;
	const metadataEntry = async function* () {
		yield metadata;
	};
	const entries = [
		{ name: tableName, content },
		{ name: metadataName, content: metadataEntry },
	];
	await writeArchive(entries, sink, { level, signal });
}

/** Writes pieces one after the other: each is taken before the next one is made in the same memory. */
async function writeText(
	content: AsyncIterable<Buffer>,
	sink: Writable,
	signal: AbortSignal | undefined,
): Promise<void> {
	for await (const piece of content) {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			sink.write(piece, (error) => (error ? reject(error) : resolve()));
		});
	}
	sink.end();
	await finished(sink, { signal });
}
