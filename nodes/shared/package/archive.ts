import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { centralRecord, dataDescriptor, endRecords, localHeader, type ZipEntry } from './zipRecords';

/** A file of the archive; `content` is asked for only when its turn has come. */
export interface ArchiveEntry {
	/** ASCII, without folders */
	name: string;
	/** the file's bytes; a piece has to stay as it is only until the next one is asked for */
	content: () => AsyncIterable<Buffer>;
}

/** Size of the pieces that leave the compressor, in bytes. */
const DEFLATE_PIECE = 64 * 1024;
/** Pieces that are copied at once: one is compressed while the next one is made. */
const SLOTS = 2;

/**
 * Writes a zip file (PKWARE APPNOTE 6.3, Deflate, sizes behind the data, Zip64 where it is needed).
 *
 * Written by ourselves because of what it saves: each piece is copied into one of two buffers that are used again and again, so
 * that a million rows leave no garbage behind, and the checksum is Node's own. With archiver a third of all CPU went to the
 * garbage collector (docs/performance.md); in an n8n with a full heap it would be more.
 * @param entries files in order
 * @param sink takes the bytes; ended when the archive is complete
 * @param options.level deflate level, 0 to 9
 * @param options.signal stops writing
 * @throws whatever an entry's content or the sink throws
 */
export async function writeArchive(
	entries: readonly ArchiveEntry[],
	sink: Writable,
	options: { level: number; signal?: AbortSignal },
): Promise<void> {
	const bytes = Readable.from(archiveBytes(entries, options.level), { objectMode: false });
	await pipeline(bytes, sink, { signal: options.signal });
}

async function* archiveBytes(
	entries: readonly ArchiveEntry[],
	level: number,
): AsyncGenerator<Buffer, void, void> {
	const modified = new Date();
	const written: ZipEntry[] = [];
	let offset = 0;
	for (const { name, content } of entries) {
		const entry: ZipEntry = { name, modified, offset, crc: 0, packed: 0, size: 0 };
		const header = localHeader(entry);
		yield header;
		const deflate = createDeflateRaw({ level, chunkSize: DEFLATE_PIECE, memLevel: constants.Z_MAX_MEMLEVEL });
		const fed = feed(deflate, content(), entry);
		// Told by the compressor, which is destroyed with the same error.
		fed.catch((error: Error) => deflate.destroy(error));
		for await (const piece of deflate as AsyncIterable<Buffer>) {
			entry.packed += piece.length;
			yield piece;
		}
		await fed;
		const descriptor = dataDescriptor(entry);
		yield descriptor;
		offset += header.length + entry.packed + descriptor.length;
		written.push(entry);
	}
	yield* [...written.map(centralRecord), endRecords(written, offset)];
}

/** Compresses a content piece by piece: while one is compressed, the next one is made. */
async function feed(deflate: DeflateRaw, content: AsyncIterable<Buffer>, entry: ZipEntry): Promise<void> {
	const slots: Buffer[] = [];
	let turn = 0;
	let taken: Promise<void> = Promise.resolve();
	for await (const piece of content) {
		turn = (turn + 1) % SLOTS;
		// What was in this slot has been taken: the piece after it was only given when it was.
		let slot = slots[turn];
		if (slot === undefined || slot.length < piece.length) {
			slots[turn] = slot = Buffer.allocUnsafeSlow(Math.ceil(piece.length * 1.25));
		}
		slot.set(piece);
		const copy = slot.subarray(0, piece.length);
		entry.crc = crc32(copy, entry.crc);
		entry.size += copy.length;
		await taken;
		taken = take(deflate, copy);
		// Seen by the next one who waits for it.
		taken.catch(() => undefined);
	}
	await taken;
	deflate.end();
}

function take(deflate: DeflateRaw, piece: Buffer): Promise<void> {
	return new Promise((resolve, reject) => {
		deflate.write(piece, (error) => (error ? reject(error) : resolve()));
	});
}
