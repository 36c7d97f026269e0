import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { fromBufferPromise, fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import { problem, type Problem } from '../core/problem';
import { descriptorBytes } from './descriptorBytes';
import { megabytes } from '../core/format';

/** Where a zip's bytes are. A file descriptor stays the caller's. */
export type ZipSource = { buffer: Buffer } | { fd: number };

/** One file in a zip. */
export interface ZipEntry {
	name: string;
	/** unpacked size in bytes, as the zip declares it; reading proves it */
	size: number;
	/** packed size in bytes */
	packedSize: number;
	/** CRC-32 of the content, as the zip declares it; reading proves it */
	checksum: number;
	/**
	 * Unpacks the file, as often as asked.
	 * @throws Problem `input` while it is read: damaged data, another size or checksum than declared
	 */
	open(): AsyncIterable<Buffer>;
}

/** Bounds of a zip, so that a hostile one can neither fill the disk nor keep the processor busy. */
export interface ZipLimits {
	entries: number;
	/** unpacked size of all entries together, in bytes */
	unpackedBytes: number;
	/** how many times larger than packed an entry may be; only for those above `ratioFromBytes` */
	ratio: number;
	/** unpacked size in bytes below which any ratio is harmless */
	ratioFromBytes: number;
}

/**
 * Bounds that no package of HR data comes near to: these hold two files, and pack five to thirty times. Deflate itself ends at
 * a ratio of 1,032.
 */
export const ZIP_LIMITS: ZipLimits = {
	entries: 100,
	unpackedBytes: 16 * 1024 ** 3,
	ratio: 250,
	ratioFromBytes: 64 * 1024 ** 2,
};

/** Pieces in which packed data is read and unpacked, in bytes. */
const PIECE = 262_144;

const METHOD_STORED = 0;
const METHOD_DEFLATED = 8;
const MADE_BY_UNIX = [3, 19];
const FILE_TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;
/** Bytes of a local header before the name; .ZIP File Format Specification, 4.3.7. */
const LOCAL_HEADER = 30;

/**
 * Opens a zip that came from elsewhere and lists its files without unpacking them.
 * @param source see {@link ZipSource}
 * @param options bounds; those left out have their defaults, see {@link ZIP_LIMITS}
 * @returns the files in the order of the zip's directory
 * @throws Problem `input` for what is no zip or damaged, and for entries that are encrypted, in folders, links, of the same
 * name, overlapping, packed in a way that Viva Insights does not name, too many or suspiciously large
 */
export async function openZip(source: ZipSource, options: Partial<ZipLimits> = {}): Promise<ZipEntry[]> {
	const limits = { ...ZIP_LIMITS, ...options };
	const entries: Entry[] = [];
	let zip: ZipFile;
	try {
		const settings = { autoClose: false };
		zip = await ('fd' in source
			? fromFdPromise(source.fd, settings)
			: fromBufferPromise(source.buffer, settings));
		for await (const entry of zip.eachEntry()) {
			entries.push(entry);
			if (entries.length > limits.entries) break;
		}
	} catch (error) {
		// The library's own refusals of names such as `/etc/x` and `../x`.
		if (/^(absolute path|invalid relative path): /.test(reasonOf(error))) throw inFolder();
		throw unreadableZip(error);
	}
	checkEntries(entries, limits);
	return entries.map((entry) => ({
		name: entry.fileName,
		size: entry.uncompressedSize,
		packedSize: entry.compressedSize,
		checksum: entry.crc32,
		open: () => unpack(source, zip, entry),
	}));
}

function checkEntries(entries: readonly Entry[], limits: ZipLimits): void {
	if (entries.length > limits.entries) {
		throw refused(
			`The zip holds more than ${limits.entries} files`,
			'Make a zip of the files that are to be sent.',
		);
	}
	const names = new Set<string>();
	let total = 0;
	for (const entry of entries) {
		const name = shown(entry);
		if (entry.isEncrypted()) {
			throw refused(`'${name}' in the zip is encrypted`, 'Make the zip without a password.');
		}
		if (isSymbolicLink(entry)) {
			throw refused(`'${name}' in the zip is a symbolic link`, 'Put the file itself in the zip.');
		}
		if (entry.fileName.includes('/')) {
			throw refused(
				`'${name}' in the zip lies in a folder`,
				'Zip the files themselves, not the folder around them.',
			);
		}
		if (entry.fileName === '' || isControlled(entry.fileName)) {
			throw refused('A file in the zip has an unusable name', 'Give the files plain names.');
		}
		if (names.has(entry.fileName)) {
			throw refused(
				`The zip holds '${name}' more than once`,
				'Make the zip again from one file of each name.',
			);
		}
		if (entry.compressionMethod !== METHOD_STORED && entry.compressionMethod !== METHOD_DEFLATED) {
			throw refused(
				`'${name}' is packed with method ${entry.compressionMethod}`,
				'Make the zip with the usual method, Deflate.',
			);
		}
		names.add(entry.fileName);
		total += entry.uncompressedSize;
		const mostBytes = Math.max(limits.ratioFromBytes, entry.compressedSize * limits.ratio);
		if (entry.uncompressedSize > mostBytes || total > limits.unpackedBytes) {
			throw refused(
				`'${name}' would unpack to ${megabytes(entry.uncompressedSize)}, which is suspiciously large`,
				'Check where the zip comes from; give the unpacked CSV file if it is right.',
			);
		}
	}
	checkOverlap(entries);
}

/** Entries that share bytes let a small zip unpack to any size. */
function checkOverlap(entries: readonly Entry[]): void {
	const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
	let end = 0;
	for (const entry of inOrder) {
		const begin = entry.relativeOffsetOfLocalHeader;
		if (begin < end) throw unreadableZip(new Error('entries overlap'));
		end = begin + LOCAL_HEADER + entry.fileNameRaw.length + entry.compressedSize;
	}
}

async function* unpack(source: ZipSource, zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, void> {
	const packed = packedBytes(source, await dataStart(zip, entry), entry.compressedSize);
	// The error of a pipeline reaches the loop below through its last stream.
	const unpacked =
		entry.compressionMethod === METHOD_STORED
			? Readable.from(packed)
			: pipeline(packed, createInflateRaw({ chunkSize: PIECE }), () => {});
	let size = 0;
	let checksum = 0;
	const pieces: AsyncIterator<Buffer> = unpacked[Symbol.asyncIterator]();
	try {
		for (;;) {
			const { done, value } = await nextOf(pieces, entry);
			if (done) break;
			size += value.length;
			if (size > entry.uncompressedSize) throw damaged(entry, 'it is larger than the zip declares');
			checksum = crc32(value, checksum);
			yield value;
		}
		if (size < entry.uncompressedSize) throw damaged(entry, 'it is smaller than the zip declares');
		if (checksum !== entry.crc32) throw damaged(entry, 'its checksum (CRC-32) differs');
	} finally {
		unpacked.destroy();
	}
}

/** Turns errors of reading and unpacking into a problem; what the loop itself finds is one already. */
async function nextOf(pieces: AsyncIterator<Buffer>, entry: Entry): Promise<IteratorResult<Buffer>> {
	try {
		return await pieces.next();
	} catch (error) {
		throw damaged(entry, reasonOf(error));
	}
}

async function dataStart(zip: ZipFile, entry: Entry): Promise<number> {
	let header;
	try {
		header = await zip.readLocalFileHeaderPromise(entry);
	} catch (error) {
		throw damaged(entry, reasonOf(error));
	}
	// Readers that trust the one name and readers that trust the other must not see different files.
	if (!header.fileName.equals(entry.fileNameRaw)) throw damaged(entry, 'the zip gives it two names');
	return header.fileDataStart;
}

async function* packedBytes(
	source: ZipSource,
	start: number,
	length: number,
): AsyncGenerator<Buffer, void, void> {
	if ('fd' in source) {
		yield* descriptorBytes(source.fd, start, length, PIECE);
		return;
	}
	const end = start + length;
	for (let at = start; at < end; at += PIECE) yield source.buffer.subarray(at, Math.min(at + PIECE, end));
}

function isSymbolicLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
	const mode = externalFileAttributes >>> 16;
	return MADE_BY_UNIX.includes(versionMadeBy >> 8) && (mode & FILE_TYPE_MASK) === SYMBOLIC_LINK;
}

function isControlled(name: string): boolean {
	for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) < 0x20) return true;
	return false;
}

function shown({ fileName }: Entry): string {
	return fileName.slice(0, 80);
}

function reasonOf(error: unknown): string {
	return (error as Partial<Error> | undefined)?.message ?? String(error);
}

function refused(message: string, advice: string): Problem {
	return problem.input(`${message}.`, advice);
}

function inFolder(name?: string): Problem {
	return refused(
		name === undefined ? 'A file in the zip lies in a folder' : `'${name}' in the zip lies in a folder`,
		'Zip the files themselves, not the folder around them. A Mac adds a folder __MACOSX unless it zips with `zip -X`.',
	);
}

function unreadableZip(error: unknown): Problem {
	return problem.input(
		'The zip file cannot be read: it is damaged, incomplete or no zip.',
		'Make the zip again, and check that the step before gives the whole file.',
		{ cause: reasonOf(error).slice(0, 200) },
	);
}

function damaged(entry: Entry, why: string): Problem {
	return problem.input(
		`'${shown(entry)}' in the zip is damaged: ${why}.`,
		'Make the zip again, and check that the step before gives the whole file.',
	);
}
