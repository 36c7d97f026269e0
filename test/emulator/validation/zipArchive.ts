import { open, type FileHandle } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import { configure, Reader, ZipReader, type Entry, type FileEntry } from '@zip.js/zip.js';

configure({ useWebWorkers: false });

/** The bytes are no zip, or one that cannot be unpacked. */
export class UnreadableZip extends Error {}

/** A zip on disk. */
export interface ZipArchive {
	/** names of all entries as they stand in the archive, folders with a slash at the end */
	names: string[];
	/** the unpacked bytes of an entry; the stream fails with {@link UnreadableZip} */
	open(name: string): Readable;
	close(): Promise<void>;
}

class DiskReader extends Reader<FileHandle> {
	constructor(
		private readonly handle: FileHandle,
		size: number,
	) {
		super(handle);
		this.size = size;
	}

	override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
		const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.size - index)));
		let read = 0;
		while (read < bytes.length) {
			const { bytesRead } = await this.handle.read(bytes, read, bytes.length - read, index + read);
			if (bytesRead === 0) break;
			read += bytesRead;
		}
		return new Uint8Array(bytes.buffer, bytes.byteOffset, read);
	}
}

/** Opens a zip file. Throws {@link UnreadableZip} when it is none. */
export async function openZip(path: string): Promise<ZipArchive> {
	const handle = await open(path, 'r');
	let entries: Entry[];
	try {
		const reader = new ZipReader(new DiskReader(handle, (await handle.stat()).size));
		entries = await reader.getEntries();
	} catch (error) {
		await handle.close();
		throw new UnreadableZip((error as Error).message);
	}
	return {
		names: entries.map((entry) => entry.filename),
		open(name) {
			const entry = entries.find((candidate) => candidate.filename === name);
			if (!entry || entry.directory) throw new UnreadableZip(`no file ${name}`);
			const stream = new PassThrough();
			const intoStream = new WritableStream<Uint8Array>({
				write: async (bytes) => await writeTo(stream, bytes),
			});
			(entry as FileEntry).getData(intoStream, { checkSignature: true }).then(
				() => stream.end(),
				(error: Error) => stream.destroy(new UnreadableZip(error.message)),
			);
			return stream;
		},
		close: async () => await handle.close(),
	};
}

/** Waits while the stream is full; fails when its reader has gone. */
async function writeTo(stream: PassThrough, bytes: Uint8Array): Promise<void> {
	if (stream.destroyed) throw new UnreadableZip('nobody reads on');
	if (stream.write(bytes)) return;
	await new Promise<void>((resolve) => {
		const go = (): void => {
			stream.off('drain', go).off('close', go);
			resolve();
		};
		stream.on('drain', go).on('close', go);
	});
}
