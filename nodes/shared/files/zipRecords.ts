/** What is known of one file of a zip when all of it was written. */
export interface ZipEntry {
	/** ASCII */
	name: string;
	modified: Date;
	/** position of its local header in the zip */
	offset: number;
	/** CRC-32 of the content */
	crc: number;
	/** bytes as they are in the zip */
	packed: number;
	/** bytes of the content */
	size: number;
}

/* All records and numbers: PKWARE APPNOTE.TXT 6.3.10, the sections named. */

/** 4.4.3: Deflate; Zip64. */
const VERSION_DEFLATE = 20;
const VERSION_ZIP64 = 45;
/** 4.4.2: made on Unix, so that the attributes are those of a Unix file. */
const MADE_ON_UNIX = 3 << 8;
/** 4.4.4, bit 3: checksum and sizes stand behind the data. */
const SIZES_FOLLOW = 0x0008;
/** 4.4.5 */
const METHOD_DEFLATE = 8;
/** A plain file that its owner may write and everybody may read. */
const PLAIN_FILE = 0o100644;
/** 4.4.1.4: a number of four bytes that says "look in the Zip64 record". */
const IN_ZIP64 = 0xffffffff;
const COUNT_IN_ZIP64 = 0xffff;

/** The record before a file's data (4.3.7). */
export function localHeader({ name, modified }: ZipEntry): Buffer {
	const record = Buffer.alloc(30);
	record.writeUInt32LE(0x04034b50, 0);
	record.writeUInt16LE(VERSION_DEFLATE, 4);
	writeMethodAndTime(record, 6, modified);
	record.writeUInt16LE(name.length, 26);
	return Buffer.concat([record, Buffer.from(name, 'latin1')]);
}

/** The record behind a file's data: checksum and sizes (4.3.9), of eight bytes where four are too few. */
export function dataDescriptor({ crc, packed, size }: ZipEntry): Buffer {
	const large = packed >= IN_ZIP64 || size >= IN_ZIP64;
	const record = Buffer.alloc(large ? 24 : 16);
	record.writeUInt32LE(0x08074b50, 0);
	record.writeUInt32LE(crc, 4);
	if (large) {
		record.writeBigUInt64LE(BigInt(packed), 8);
		record.writeBigUInt64LE(BigInt(size), 16);
	} else {
		record.writeUInt32LE(packed, 8);
		record.writeUInt32LE(size, 12);
	}
	return record;
}

/** A file's record in the directory at the end of the zip (4.3.12), with its Zip64 field (4.5.3) where it needs one. */
export function centralRecord(entry: ZipEntry): Buffer {
	const { name, modified, crc, packed, size, offset } = entry;
	const large = [size, packed, offset].filter((number) => number >= IN_ZIP64);
	const extra = Buffer.alloc(large.length > 0 ? 4 + large.length * 8 : 0);
	if (large.length > 0) {
		extra.writeUInt16LE(0x0001, 0);
		extra.writeUInt16LE(large.length * 8, 2);
		large.forEach((number, i) => extra.writeBigUInt64LE(BigInt(number), 4 + i * 8));
	}
	const record = Buffer.alloc(46);
	record.writeUInt32LE(0x02014b50, 0);
	const version = large.length > 0 ? VERSION_ZIP64 : VERSION_DEFLATE;
	record.writeUInt16LE(MADE_ON_UNIX | version, 4);
	record.writeUInt16LE(version, 6);
	writeMethodAndTime(record, 8, modified);
	record.writeUInt32LE(crc, 16);
	record.writeUInt32LE(Math.min(packed, IN_ZIP64), 20);
	record.writeUInt32LE(Math.min(size, IN_ZIP64), 24);
	record.writeUInt16LE(name.length, 28);
	record.writeUInt16LE(extra.length, 30);
	record.writeUInt32LE(PLAIN_FILE * 0x10000, 38);
	record.writeUInt32LE(Math.min(offset, IN_ZIP64), 42);
	return Buffer.concat([record, Buffer.from(name, 'latin1'), extra]);
}

/**
 * The end of a zip (4.3.16), after its Zip64 records (4.3.14, 4.3.15) where something is too large for it.
 * @param entries all files
 * @param offset position of the directory: what comes before it in bytes
 */
export function endRecords(entries: readonly ZipEntry[], offset: number): Buffer {
	const size = entries.reduce((sum, entry) => sum + centralRecord(entry).length, 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	const count = Math.min(entries.length, COUNT_IN_ZIP64);
	end.writeUInt16LE(count, 8);
	end.writeUInt16LE(count, 10);
	end.writeUInt32LE(Math.min(size, IN_ZIP64), 12);
	end.writeUInt32LE(Math.min(offset, IN_ZIP64), 16);
	if (offset < IN_ZIP64) return end;

	const large = Buffer.alloc(56 + 20);
	large.writeUInt32LE(0x06064b50, 0);
	large.writeBigUInt64LE(44n, 4);
	large.writeUInt16LE(MADE_ON_UNIX | VERSION_ZIP64, 12);
	large.writeUInt16LE(VERSION_ZIP64, 14);
	large.writeBigUInt64LE(BigInt(entries.length), 24);
	large.writeBigUInt64LE(BigInt(entries.length), 32);
	large.writeBigUInt64LE(BigInt(size), 40);
	large.writeBigUInt64LE(BigInt(offset), 48);
	large.writeUInt32LE(0x07064b50, 56);
	large.writeBigUInt64LE(BigInt(offset + size), 64);
	large.writeUInt32LE(1, 72);
	return Buffer.concat([large, end]);
}

/** Flags, method and time of the last change, which both headers have in this order (4.4.4 to 4.4.6). */
function writeMethodAndTime(record: Buffer, at: number, modified: Date): void {
	record.writeUInt16LE(SIZES_FOLLOW, at);
	record.writeUInt16LE(METHOD_DEFLATE, at + 2);
	const time = (modified.getHours() << 11) | (modified.getMinutes() << 5) | (modified.getSeconds() >> 1);
	const date = ((modified.getFullYear() - 1980) << 9) | ((modified.getMonth() + 1) << 5) | modified.getDate();
	record.writeUInt16LE(time, at + 4);
	record.writeUInt16LE(date, at + 6);
}
