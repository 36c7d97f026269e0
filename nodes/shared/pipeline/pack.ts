import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import type { Findings } from '../findings/findings';
import type { RowCheck } from '../checks/rowCheck';
import type { RecordBatch, Table } from '../records/recordBatch';
import { writeArchive } from '../files/zipWriter';
import { createSpool, type SpooledFile } from '../files/spool';

/** Turns records into the bytes of one file, batch by batch. */
export interface TableWriter {
	/** bytes before the first record */
	begin(): Buffer;
	/** the batch's records but for those whose flag is 1; valid until the next call */
	write(batch: RecordBatch, skip?: Uint8Array): Buffer;
	/** bytes after the last record */
	end(): Buffer;
}

/** What {@link pack} needs. The table's reader gives other work its turn between batches. */
export interface PackRequest {
	table: Table;
	check: RowCheck;
	/** where `check` puts what it finds; any error of a file or header stops the package */
	findings: Findings;
	writer: TableWriter;
	/** the package is a zip of the table and this file; without it, the table's text alone */
	archive?: { tableName: string; metadataName: string; metadata: Buffer; level: number };
	/** `stop`: one invalid record and nothing is packed; `leaveOut`: the others are packed */
	onInvalid: 'stop' | 'leaveOut';
	/** told each batch with a flag for each record, 1 = invalid */
	onBatch?: (batch: RecordBatch, flags: Uint8Array) => void;
	/** chooses among the valid records: one byte per record, 0 = to be packed; without it all are */
	choose?: (batch: RecordBatch, flags: Uint8Array) => Uint8Array;
	/** told when all records were read, before it is decided whether the package stands: for findings about the whole */
	onEnd?: () => void;
	signal?: AbortSignal;
}

/**
 * Reads a table once: checks every record and packs the valid ones into a spooled file.
 * @param request see {@link PackRequest}
 * @returns the package, or nothing where an error stops it (all records are still checked, so that the user
 * learns of everything at once) or where no record is left
 * @throws Problem of the reader or of the temporary folder; the signal's reason
 */
export async function pack(request: PackRequest): Promise<SpooledFile | undefined> {
	const { table, check, findings, writer, signal } = request;
	const spool = createSpool();
	const mustStop = () =>
		findings.errors > 0 && (request.onInvalid === 'stop' || findings.errors > check.errors);

	async function* content(): AsyncGenerator<Buffer> {
		yield writer.begin();
		for await (const batch of table.batches) {
			signal?.throwIfAborted();
			const flags = check.check(batch);
			request.onBatch?.(batch, flags);
			const skip = request.choose?.(batch, flags) ?? flags;
			if (!mustStop()) {
				const bytes = writer.write(batch, skip);
				if (bytes.length > 0) yield bytes;
			}
		}
		yield writer.end();
	}

	let file: SpooledFile | undefined;
	try {
		await packInto(spool.sink, content, request);
		if (check.records === 0) findings.add('no-records');
		request.onEnd?.();
		if (!mustStop() && check.records > check.rejected) file = spool.file();
	} finally {
		if (!file) await spool.discard();
	}
	return file;
}

async function packInto(
	sink: ReturnType<typeof createSpool>['sink'],
	content: () => AsyncGenerator<Buffer>,
	{ archive, signal }: PackRequest,
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
