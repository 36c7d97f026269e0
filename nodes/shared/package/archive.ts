import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';

/** A file of the archive; `content` is asked for only when its turn has come. */
export interface ArchiveEntry {
	name: string;
	content: () => AsyncIterable<Buffer>;
}

/** Size of the pieces that leave the compressor, in bytes. */
const DEFLATE_PIECE = 64 * 1024;

/**
 * Writes a zip file.
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
	const archive = new ZipArchive({ zlib: { level: options.level, chunkSize: DEFLATE_PIECE } });
	for (const { name, content } of entries) {
		const source = Readable.from(content(), { objectMode: false });
		source.once('error', (error) => archive.destroy(error));
		archive.append(source, { name });
	}
	const written = pipeline(archive, sink, { signal: options.signal });
	const finalized = archive.finalize();
	// Once destroyed, archiver may never settle this promise: the pipeline tells the end.
	finalized.catch(() => undefined);
	await written;
}
