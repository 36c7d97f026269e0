import { constants, crc32, deflateRawSync } from 'node:zlib';
import {
	centralRecord,
	endRecords,
	localHeader,
	type ZipEntry,
} from '../../../nodes/shared/files/zipRecords';

/** A file of a zip with what its records say of it, true or not. */
export type HostileEntry = Omit<ZipEntry, 'modified'> & { data: Buffer };

const MODIFIED = new Date(2026, 10, 21);
const PIECE = 16 * 1024 ** 2;
/** An empty last block of Deflate. */
const LAST_BLOCK = Buffer.from([3, 0]);

/**
 * Rows of Deflate's best ratio, about 1:1000: one packed piece over and over, since nothing in it refers to what was before.
 * @param size unpacked, in bytes
 */
export function packedRows(name: string, size: number): HostileEntry {
	const piece = deflateRawSync(Buffer.alloc(PIECE, 'a,b\n'), { finishFlush: constants.Z_FULL_FLUSH });
	const data = Buffer.concat([...Array.from({ length: size / PIECE }, () => piece), LAST_BLOCK]);
	return { name, data, size, packed: data.length, crc: 0, offset: 0 };
}

/** A file as it should be. */
export function packedFile(name: string, content: Buffer): HostileEntry {
	const data = deflateRawSync(content);
	return { name, data, size: content.length, packed: data.length, crc: crc32(content), offset: 0 };
}

/**
 * Writes a zip.
 * @param entries its files; `offset` is added to where each one really is
 * @param end its end records, if they are not to be the right ones
 */
export function hostileZip(
	entries: readonly HostileEntry[],
	end = (records: readonly ZipEntry[], offset: number) => endRecords(records, offset),
): Buffer {
	const parts: Buffer[] = [];
	const records: ZipEntry[] = [];
	let offset = 0;
	for (const { data, ...entry } of entries) {
		records.push({ ...entry, modified: MODIFIED, offset: offset + entry.offset });
		const head = localHeader({ ...entry, modified: MODIFIED });
		parts.push(head, data);
		offset += head.length + data.length;
	}
	const directory = records.map((record) => centralRecord(record));
	return Buffer.concat([...parts, ...directory, end(records, offset)]);
}

/** End records with those of Zip64, which say what they are told. */
export function zip64End(count: number, directorySize: number, offset: bigint): Buffer {
	const large = Buffer.alloc(56 + 20 + 22);
	large.writeUInt32LE(0x06064b50, 0);
	large.writeBigUInt64LE(44n, 4);
	large.writeUInt16LE(45, 12);
	large.writeUInt16LE(45, 14);
	large.writeBigUInt64LE(BigInt(count), 24);
	large.writeBigUInt64LE(BigInt(count), 32);
	large.writeBigUInt64LE(BigInt(directorySize), 40);
	large.writeBigUInt64LE(offset, 48);
	large.writeUInt32LE(0x07064b50, 56);
	large.writeBigUInt64LE(offset + BigInt(directorySize), 64);
	large.writeUInt32LE(1, 72);
	large.writeUInt32LE(0x06054b50, 76);
	large.fill(0xff, 84, 96);
	return large;
}
