import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, crc32 } from 'node:zlib';
import { problem } from '../core/problem';
import { countChecksumNatively } from './nativeChecksum';

/** The two files of a package; names are ASCII, without folders. */
export interface PackageContent {
	/** each piece of `pieces` has to stay as it is only until the next one is asked for */
	table: { name: string; pieces: AsyncIterable<Buffer> };
	metadata: { name: string; bytes: Buffer };
}

/** What went into the compressor: the zip's directory has to say the same. */
export interface WrittenContent {
	/** bytes */
	size: number;
	/** CRC-32 */
	checksum: number;
}

/** Size of the pieces that are compressed, in bytes: larger than the streams' high-water marks, so that each holds few. */
const PIECE = 1024 * 1024;
/** Size of the pieces that leave the compressor, in bytes: fewer, larger ones spare trips to the thread pool. */
const PACKED_PIECE = 256 * 1024;
/**
 * Pieces that are filled in turns. archiver keeps what it is given: one piece is in its compressor, one in the PassThrough
 * before that, and one waits in our source or is being filled: three. Twice as many, because nothing promises that.
 */
const RING = 6;

/** The same for all zips, so that the same content is the same bytes, whenever it is packed. */
const ENTRY_DATE = new Date('2000-01-01T00:00:00Z');

/**
 * Writes a zip of a table and its metadata with archiver (Deflate at every level, Zip64 above 4 GB).
 * @param content see {@link PackageContent}
 * @param sink takes the bytes; ended when the zip is complete, destroyed when it fails
 * @param options.level deflate level, 0 to 9
 * @param options.signal stops writing
 * @returns what the table was, see {@link WrittenContent}
 * @throws Problem `configuration` for any other level; whatever the table or the sink throws; AbortError
 */
export async function writeZip(
	{ table, metadata }: PackageContent,
	sink: Writable,
	{ level, signal }: { level: number; signal?: AbortSignal },
): Promise<WrittenContent> {
	if (!Number.isInteger(level) || level < 0 || level > 9) {
		// archiver would end the process with it.
		throw problem.configuration(
			"The option 'Compression Level' is not a whole number from 0 to 9.",
			"Set the option 'Compression Level' to 1.",
		);
	}
	const { ZipArchive } = await loadArchiver();
	const archive = new ZipArchive({
		zlib: { level, chunkSize: PACKED_PIECE, memLevel: constants.Z_MAX_MEMLEVEL },
	});
	countChecksumNatively(archive);
	const written: WrittenContent = { size: 0, checksum: 0 };
	const source = Readable.from(gather(table.pieces, written), { objectMode: false, highWaterMark: 1 });
	// archiver does not see that a source fails.
	source.once('error', (error) => archive.destroy(error));
	// Without `store: false` level 0 has no Deflate.
	archive.append(source, { name: table.name, date: ENTRY_DATE, store: false });
	archive.append(metadata.bytes, { name: metadata.name, date: ENTRY_DATE, store: false });
	// Told by the pipeline too.
	archive.finalize().catch(() => undefined);
	try {
		await pipeline(archive, sink, { signal });
	} finally {
		source.destroy();
	}
	return written;
}

/** Where the modules that archiver uses stay known when n8n loads this package anew. */
const KEPT_MODULES = Symbol.for('n8n-nodes-microsoft-hr: modules of archiver');

/** Nothing new was found the last time: n8n knows ten thousand modules, and going through them takes milliseconds. */
let allKept = false;

/**
 * Loads archiver. When n8n updates a package, it forgets its CommonJS modules but cannot forget ES modules: archiver would meet a
 * second copy of readable-stream, which asks for parts of itself again with each stream. So it keeps the copy that it began with.
 */
async function loadArchiver() {
	const store = globalThis as { [KEPT_MODULES]?: Map<string, NodeJS.Module> };
	const kept = (store[KEPT_MODULES] ??= new Map());
	for (const [path, module] of kept) require.cache[path] = module;
	const archiver = await import('archiver');
	if (allKept) return archiver;
	const before = kept.size;
	for (const [path, module] of Object.entries(require.cache)) {
		if (module && /[\\/]readable-stream[\\/]/.test(path) && !kept.has(path)) kept.set(path, module);
	}
	allKept = kept.size === before;
	return archiver;
}

/** Gathers bytes to pieces of one size, and counts what it gives. A piece's memory is filled again {@link RING} pieces later. */
async function* gather(
	pieces: AsyncIterable<Buffer>,
	written: WrittenContent,
): AsyncGenerator<Buffer, void, void> {
	const ring: Buffer[] = [];
	let turn = 0;
	let filled = 0;

	function take(): Buffer {
		const piece = ring[turn].subarray(0, filled);
		written.size += filled;
		written.checksum = crc32(piece, written.checksum);
		turn = (turn + 1) % RING;
		filled = 0;
		return piece;
	}

	for await (const piece of pieces) {
		for (let from = 0; from < piece.length;) {
			ring[turn] ??= Buffer.allocUnsafeSlow(PIECE);
			const copied = piece.copy(ring[turn], filled, from);
			filled += copied;
			from += copied;
			if (filled === PIECE) yield take();
		}
	}
	if (filled > 0) yield take();
}
