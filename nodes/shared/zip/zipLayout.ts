import { parseExtraFields, type Entry, type LocalFileHeader, type ZipFile } from 'yauzl';
import { problem, type Problem } from '../core/problem';
import { bytesAt, sizeOf, type ByteLocation, type ByteRange } from './byteLocation';

/* All records and numbers: .ZIP File Format Specification (APPNOTE.TXT) 6.3.10, the sections named. */

/** 4.3.16: the end record without its comment. */
const END_SIGNATURE = Buffer.from('PK\x05\x06');
const END_LENGTH = 22;
/** 4.3.14, 4.3.15: the end record of Zip64 and its locator, which stand before the end record. */
const ZIP64_END_LENGTH = 56;
const ZIP64_LOCATOR_SIGNATURE = Buffer.from('PK\x06\x07');
const ZIP64_LOCATOR_LENGTH = 20;
const ZIP64_LENGTH = ZIP64_END_LENGTH + ZIP64_LOCATOR_LENGTH;
/** 4.3.12: a file's record in the directory without name, extra field and comment. */
const RECORD_LENGTH = 46;
/** 4.4.4: the flags that are understood: how well Deflate packed, sizes behind the data, names in UTF-8. */
const SIZES_FOLLOW = 0x0008;
const KNOWN_FLAGS = 0x0806 | SIZES_FOLLOW;
/** 4.4.3: version 4.5, which knows Zip64; every reader does. */
const NEWEST_VERSION = 45;
/** 4.5.3, 4.6.9: extra fields with large numbers, and with another name. */
const ZIP64_FIELD = 0x0001;
const UNICODE_PATH_FIELD = 0x7075;
/** 4.4.1.4: numbers that say "look in the record of Zip64". */
const IN_ZIP64 = 0xffffffff;
const COUNT_IN_ZIP64 = 0xffff;

/** A number as a record tells it. */
interface Told {
	told: number | bigint;
	right: number;
	/** another number that means the same */
	or?: number;
}

/**
 * Proves that every program reads the same files from a zip: files, directory and end record cover it without a byte before,
 * between or behind them; their counts and sizes are exact; and what stands before a file is what the directory says of it.
 * @param location the zip
 * @param zip the zip as yauzl opened it
 * @param entries all files of the directory, in its order
 * @returns where the data of each file begin
 * @throws Problem `input` that says what can be read in two ways; Error for a file that is not where the directory says
 */
export async function proveLayout(
	location: ByteLocation,
	zip: ZipFile,
	entries: readonly Entry[],
): Promise<Map<Entry, number>> {
	const directory = await proveEnd(location, entries);
	let records = await bytesAt(location, directory);
	for (const entry of entries) {
		proveRecord(entry, records);
		records = records.subarray(recordLength(entry));
	}
	const starts = new Map<Entry, number>();
	const inPlace = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
	const begins = [...inPlace.map((entry) => entry.relativeOffsetOfLocalHeader), directory.start];
	if (begins[0] !== 0) throw unclear('it does not begin with a file');
	for (const [i, entry] of inPlace.entries()) {
		const header = await zip.readLocalFileHeaderPromise(entry);
		proveHeader(entry, header);
		const start = header.fileDataStart + entry.compressedSize;
		await proveDescriptor(location, entry, { start, length: begins[i + 1] - start });
		starts.set(entry, header.fileDataStart);
	}
	return starts;
}

/** @returns where the directory lies, which ends where the end records begin */
async function proveEnd(location: ByteLocation, entries: readonly Entry[]): Promise<ByteRange> {
	const size = await sizeOf(location);
	const tailLength = Math.min(size, ZIP64_LENGTH + END_LENGTH + 0xffff);
	const tail = await bytesAt(location, { start: size - tailLength, length: tailLength });
	const endAt = tail.lastIndexOf(END_SIGNATURE);
	const end = tail.subarray(endAt);
	if (end.length < END_LENGTH || end.readUInt16LE(20) !== end.length - END_LENGTH) {
		throw unclear('its end is not where its end record says');
	}
	const before = tail.subarray(0, endAt);
	const isZip64 = before.subarray(-ZIP64_LOCATOR_LENGTH).indexOf(ZIP64_LOCATOR_SIGNATURE) === 0;
	const large = before.subarray(isZip64 ? -ZIP64_LENGTH : before.length);
	const length = entries.reduce((sum, entry) => sum + recordLength(entry), 0);
	const endsAt = size - end.length - large.length;
	const directory = { start: endsAt - length, length };
	const count = (told: number | bigint): Told => ({ told, right: entries.length, or: COUNT_IN_ZIP64 });
	const numbers: Told[] = [
		{ told: end.readUInt16LE(4), right: 0, or: COUNT_IN_ZIP64 },
		{ told: end.readUInt16LE(6), right: 0, or: COUNT_IN_ZIP64 },
		count(end.readUInt16LE(8)),
		count(end.readUInt16LE(10)),
		{ told: end.readUInt32LE(12), right: length, or: IN_ZIP64 },
		{ told: end.readUInt32LE(16), right: directory.start, or: IN_ZIP64 },
	];
	if (isZip64) {
		if (large.length < ZIP64_LENGTH) throw unclear('its Zip64 record is cut');
		const locator = large.subarray(ZIP64_END_LENGTH);
		numbers.push(
			{ told: large.readUInt32BE(0), right: 0x504b0606 },
			{ told: large.readBigUInt64LE(4), right: ZIP64_END_LENGTH - 12 },
			{ told: large.readUInt32LE(16), right: 0 },
			{ told: large.readUInt32LE(20), right: 0 },
			{ told: large.readBigUInt64LE(24), right: entries.length },
			{ told: large.readBigUInt64LE(32), right: entries.length },
			{ told: large.readBigUInt64LE(40), right: length },
			{ told: large.readBigUInt64LE(48), right: directory.start },
			{ told: locator.readUInt32LE(4), right: 0 },
			{ told: locator.readBigUInt64LE(8), right: endsAt },
			{ told: locator.readUInt32LE(16), right: 1 },
		);
	}
	const wrong = numbers.some(
		({ told, right, or }) => BigInt(told) !== BigInt(right) && !(isZip64 && told === or),
	);
	// A reader would look for a record of Zip64.
	const misleading = !isZip64 && numbers.some(({ told, or }) => told === or);
	if (wrong || misleading) throw unclear('its end record counts or measures other files than there are');
	return directory;
}

function recordLength({ fileNameLength, extraFieldLength, fileCommentLength }: Entry): number {
	return RECORD_LENGTH + fileNameLength + extraFieldLength + fileCommentLength;
}

/** @param record the file's record in the directory, and what follows */
function proveRecord(entry: Entry, record: Buffer): void {
	const { generalPurposeBitFlag: flags, versionNeededToExtract } = entry;
	if (
		(flags & ~KNOWN_FLAGS) !== 0 ||
		versionNeededToExtract > NEWEST_VERSION ||
		record.readUInt16LE(34) !== 0
	) {
		throw unclear(`${shown(entry)} needs what not every program can do`);
	}
	const large = [20, 24, 42].filter((at) => record.readUInt32LE(at) === IN_ZIP64).length;
	const field = zip64FieldOf(entry, entry.extraFieldRaw);
	if ((field?.length ?? 0) !== large * 8) throw unclear(`${shown(entry)} has several sizes`);
}

/** Compares the header before a file with the directory. */
function proveHeader(entry: Entry, header: LocalFileHeader): void {
	const field = zip64FieldOf(entry, header.extraField);
	const same =
		header.generalPurposeBitFlag === entry.generalPurposeBitFlag &&
		header.compressionMethod === entry.compressionMethod &&
		header.lastModFileTime === entry.lastModFileTime &&
		header.lastModFileDate === entry.lastModFileDate &&
		header.versionNeededToExtract <= NEWEST_VERSION &&
		header.fileName.equals(entry.fileNameRaw);
	const or = field && IN_ZIP64;
	const numbers: Told[] = [
		{ told: header.crc32, right: entry.crc32 },
		{ told: header.uncompressedSize, right: entry.uncompressedSize, or },
		{ told: header.compressedSize, right: entry.compressedSize, or },
	];
	if (field && field.length >= 16) {
		numbers.push(
			{ told: field.readBigUInt64LE(0), right: entry.uncompressedSize },
			{ told: field.readBigUInt64LE(8), right: entry.compressedSize },
		);
	}
	const follow = sizesFollow(entry);
	const fits = ({ told, right, or: other }: Told) =>
		BigInt(told) === BigInt(right) || told === other || (follow && Number(told) === 0);
	if (!same || (field && field.length !== 16) || !numbers.every(fits)) {
		throw unclear(`what stands before ${shown(entry)} differs from the directory`);
	}
}

/** Between a file's data and what follows lies the descriptor that its flags promise, or nothing. */
async function proveDescriptor(location: ByteLocation, entry: Entry, between: ByteRange): Promise<void> {
	const allowed = sizesFollow(entry) ? descriptorsOf(entry) : [Buffer.alloc(0)];
	const fitting = allowed.filter(({ length }) => length === between.length);
	const found = fitting.length > 0 && (await bytesAt(location, between));
	if (!found || !fitting.some((descriptor) => descriptor.equals(found))) {
		throw unclear(`bytes behind ${shown(entry)} belong to no file`);
	}
}

/** 4.3.9: checksum and sizes, of four or eight bytes, with or without a signature. */
function descriptorsOf({ crc32, compressedSize, uncompressedSize }: Entry): Buffer[] {
	const large = Buffer.from('PK\x07\x08'.padEnd(24, '\0'), 'latin1');
	large.writeUInt32LE(crc32, 4);
	large.writeBigUInt64LE(BigInt(compressedSize), 8);
	large.writeBigUInt64LE(BigInt(uncompressedSize), 16);
	const small = Buffer.concat([large.subarray(0, 12), large.subarray(16, 20)]);
	const whole = [large];
	if (Math.max(compressedSize, uncompressedSize) < IN_ZIP64) whole.push(small);
	return whole.flatMap((descriptor) => [descriptor, descriptor.subarray(4)]);
}

function sizesFollow({ generalPurposeBitFlag }: Entry): boolean {
	return (generalPurposeBitFlag & SIZES_FOLLOW) !== 0;
}

/** The numbers of the Zip64 field, if there is one; no other field may give the file another name. */
function zip64FieldOf(entry: Entry, extra: Buffer): Buffer | undefined {
	const fields = parseExtraFields(extra);
	const named = fields.find(({ id }) => id === UNICODE_PATH_FIELD);
	if (named && !named.data.subarray(5).equals(entry.fileNameRaw))
		throw unclear(`${shown(entry)} has two names`);
	const large = fields.filter(({ id }) => id === ZIP64_FIELD);
	if (large.length > 1) throw unclear(`${shown(entry)} has several sizes`);
	return large[0]?.data;
}

/** A file's name as messages show it. */
export function shown({ fileName }: Entry): string {
	return `'${fileName.slice(0, 80)}'`;
}

function unclear(why: string): Problem {
	return problem.input(
		`Programs may read the zip in different ways: ${why}.`,
		'Make the zip again with a common program, from the files alone.',
	);
}
