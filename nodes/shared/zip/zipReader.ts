import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { fromBufferPromise, fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import { megabytes } from '../core/format';
import { Problem, problem } from '../core/problem';
import { bytesIn, type ByteLocation } from './byteLocation';
import { proveLayout, shown } from './zipLayout';

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

/* Numbers of the .ZIP File Format Specification: 4.4.5, and 4.4.15 as Unix and MS-DOS fill it. */
const METHOD_STORED = 0;
const METHOD_DEFLATED = 8;
const UNIX_FILE_TYPE = 0o170000;
const UNIX_PLAIN_FILE = 0o100000;
const DOS_FOLDER = 0x10;

/**
 * Opens a zip that came from elsewhere and lists its files without unpacking them.
 * @param source see {@link ByteLocation}
 * @param options bounds; those left out have their defaults, see {@link ZIP_LIMITS}
 * @returns the files in the order of the zip's directory
 * @throws Problem `input` for what is no zip or damaged, or can be read in more ways than one, and for entries that are
 * encrypted, in folders, no plain files, of the same name, packed in a way that Viva Insights does not name, too many or
 * suspiciously large
 */
export async function openZip(source: ByteLocation, options: Partial<ZipLimits> = {}): Promise<ZipEntry[]> {
	const limits = { ...ZIP_LIMITS, ...options };
	const entries: Entry[] = [];
	try {
		const zip = await listFiles(source, entries, limits.entries);
		checkEntries(entries, limits);
		const starts = await proveLayout(source, zip, entries);
		return entries.map((entry) => ({
			name: entry.fileName,
			size: entry.uncompressedSize,
			packedSize: entry.compressedSize,
			checksum: entry.crc32,
			open: () => unpack(source, starts.get(entry)!, entry),
		}));
	} catch (error) {
		throw error instanceof Problem ? error : unreadableZip(error);
	}
}

/** Lists the files of the directory, one more than allowed at most. */
async function listFiles(source: ByteLocation, entries: Entry[], most: number): Promise<ZipFile> {
	// Names are decoded here: the library throws those that lie in a folder.
	const settings = { autoClose: false, decodeStrings: false };
	const zip = await ('fd' in source
		? fromFdPromise(source.fd, settings)
		: fromBufferPromise(source.buffer, settings));
	for await (const entry of zip.eachEntry()) {
		entry.fileName = entry.fileNameRaw.toString('latin1');
		entries.push(entry);
		if (entries.length > most) break;
	}
	return zip;
}

function checkEntries(entries: readonly Entry[], limits: ZipLimits): void {
	if (entries.length > limits.entries) {
		throw problem.input(
			`The zip holds more than ${limits.entries} files.`,
			'Make a zip of the files that are to be sent.',
		);
	}
	const names = new Set<string>();
	let total = 0;
	for (const entry of entries) {
		checkEntry(entry);
		const { fileName, compressedSize, uncompressedSize } = entry;
		if (names.has(fileName)) {
			throw problem.input(
				`The zip holds ${shown(entry)} more than once.`,
				'Make the zip again from one file of each name.',
			);
		}
		names.add(fileName);
		total += uncompressedSize;
		const mostBytes = Math.max(limits.ratioFromBytes, compressedSize * limits.ratio);
		if (uncompressedSize > mostBytes || total > limits.unpackedBytes) {
			throw problem.input(
				`${shown(entry)} would unpack to ${megabytes(uncompressedSize)}, which is suspiciously large.`,
				'Check where the zip comes from; give the unpacked CSV file if it is right.',
			);
		}
	}
}

function checkEntry(entry: Entry): void {
	const { fileName, compressionMethod } = entry;
	if (entry.isEncrypted()) {
		throw problem.input(`${shown(entry)} in the zip is encrypted.`, 'Make the zip without a password.');
	}
	if (/[\\/:]/.test(fileName)) {
		throw problem.input(
			`${shown(entry)} in the zip lies in a folder.`,
			'Zip the files themselves, not the folder around them. A Mac adds a folder __MACOSX unless it zips with `zip -X`.',
		);
	}
	if (!isPlainFile(entry)) {
		throw problem.input(
			`${shown(entry)} in the zip is a link, a folder or a device.`,
			'Put the file itself in the zip.',
		);
	}
	// Each program has its own way with other characters.
	if (!/^[\x20-\x7e]+$/.test(fileName)) {
		throw problem.input(
			'A file in the zip has an unusable name.',
			'Call the files data.csv and metadata.json.',
		);
	}
	if (compressionMethod !== METHOD_STORED && compressionMethod !== METHOD_DEFLATED) {
		throw problem.input(
			`${shown(entry)} is packed with method ${compressionMethod}.`,
			'Make the zip with the usual method, Deflate.',
		);
	}
}

async function* unpack(
	source: ByteLocation,
	start: number,
	entry: Entry,
): AsyncGenerator<Buffer, void, void> {
	const packed = bytesIn(source, { start, length: entry.compressedSize }, PIECE);
	const inflate =
		entry.compressionMethod === METHOD_DEFLATED ? createInflateRaw({ chunkSize: PIECE }) : undefined;
	// The error of a pipeline reaches the loop below through its last stream.
	const unpacked = inflate ? pipeline(packed, inflate, () => {}) : Readable.from(packed);
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
		if (inflate && inflate.bytesWritten !== entry.compressedSize) {
			throw damaged(entry, 'bytes follow behind its content');
		}
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

/** Readers differ in which of the two systems they believe, whatever system the zip was made on. */
function isPlainFile({ externalFileAttributes }: Entry): boolean {
	const type = (externalFileAttributes >>> 16) & UNIX_FILE_TYPE;
	return (type === 0 || type === UNIX_PLAIN_FILE) && (externalFileAttributes & DOS_FOLDER) === 0;
}

function reasonOf(error: unknown): string {
	return (error as Partial<Error> | undefined)?.message ?? String(error);
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
		`${shown(entry)} in the zip is damaged: ${why}.`,
		'Make the zip again, and check that the step before gives the whole file.',
	);
}
