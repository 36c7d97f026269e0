import { crc32, deflateRawSync } from 'node:zlib';

/** What a header says of a file. */
interface Claims {
	name?: string;
	method?: number;
	flags?: number;
	/** of the content */
	size?: number;
	packedSize?: number;
	crc?: number;
	extra?: Buffer;
}

/** A file of a zip; what is given overrides what would be right. */
export interface HandMadeEntry extends Claims {
	name: string;
	content: string | Buffer;
	packed?: Buffer;
	madeBy?: number;
	attributes?: number;
	comment?: string;
	/** where the directory says that the local header is */
	offset?: number;
	/** what the local header says otherwise */
	local?: Claims;
	/** bytes behind the data; the right descriptor unless told, if the flags say that there is one */
	descriptor?: Buffer;
	/** bytes before the local header */
	before?: Buffer;
}

/** What the end of a zip says; what is given overrides what would be right. */
export interface HandMadeEnd {
	entries?: number;
	directorySize?: number;
	directoryOffset?: number | bigint;
	comment?: Buffer;
	/** with the records of Zip64, needed or not */
	zip64?: boolean;
	/** bytes before the directory, and before the end records */
	beforeDirectory?: Buffer;
	beforeEnd?: Buffer;
}

/** .ZIP File Format Specification 6.3.10, 4.4.4: sizes and checksum stand behind the data. */
export const SIZES_FOLLOW = 8;
/** 4.4.4, bit 11 */
const NAMES_IN_UTF8 = 0x800;
const IN_ZIP64 = 0xffffffff;

/** Writes a zip byte by byte, so that it can be as wrong as a test needs it. */
export function handMadeZip(entries: readonly HandMadeEntry[], end: HandMadeEnd = {}): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	const add = (part: Buffer) => {
		parts.push(part);
		offset += part.length;
	};
	for (const entry of entries) {
		const content = Buffer.from(entry.content as Buffer);
		const method = entry.method ?? 8;
		const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
		const right = {
			method,
			flags: NAMES_IN_UTF8,
			size: content.length,
			packedSize: packed.length,
			crc: crc32(content),
			extra: Buffer.alloc(0),
		};
		const claims: Required<Claims> = { ...right, ...entry };
		const follow = (claims.flags & SIZES_FOLLOW) !== 0;
		const local = { ...claims, ...(follow ? { size: 0, packedSize: 0, crc: 0 } : {}), ...entry.local };
		if (entry.before) add(entry.before);
		directory.push(directoryRecord(entry, claims, entry.offset ?? offset));
		add(localHeader(local));
		add(packed);
		add(entry.descriptor ?? (follow ? descriptorOf(claims) : Buffer.alloc(0)));
	}
	if (end.beforeDirectory) add(end.beforeDirectory);
	const directoryBytes = Buffer.concat(directory);
	const right = { entries: entries.length, directorySize: directoryBytes.length, directoryOffset: offset };
	const behind = end.beforeEnd ?? Buffer.alloc(0);
	const endsAt = offset + directoryBytes.length + behind.length;
	return Buffer.concat([...parts, directoryBytes, behind, endRecords({ ...right, ...end }, endsAt)]);
}

/** The descriptor behind the data: with or without signature, with sizes of four or eight bytes. */
export function descriptorOf(
	{ crc = 0, packedSize = 0, size = 0 }: Claims,
	{ signature = true, long = false } = {},
): Buffer {
	const sizes = Buffer.alloc(long ? 16 : 8);
	if (long) {
		sizes.writeBigUInt64LE(BigInt(packedSize), 0);
		sizes.writeBigUInt64LE(BigInt(size), 8);
	} else {
		sizes.writeUInt32LE(packedSize, 0);
		sizes.writeUInt32LE(size, 4);
	}
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32LE(crc);
	return Buffer.concat([Buffer.from(signature ? 'PK\x07\x08' : ''), checksum, sizes]);
}

/** Extra field of Zip64 (4.5.3) with the numbers that are too large for their places. */
export function zip64Extra(...numbers: number[]): Buffer {
	const extra = Buffer.alloc(4 + numbers.length * 8);
	extra.writeUInt16LE(1, 0);
	extra.writeUInt16LE(numbers.length * 8, 2);
	numbers.forEach((number, i) => extra.writeBigUInt64LE(BigInt(number), 4 + i * 8));
	return extra;
}

/** The fields that both headers have in this order, from the version needed to the length of the extra field. */
function commonFields({ name, method, flags, size, packedSize, crc, extra }: Required<Claims>): Buffer {
	const fields = Buffer.alloc(26);
	fields.writeUInt16LE(20, 0);
	fields.writeUInt16LE(flags, 2);
	fields.writeUInt16LE(method, 4);
	fields.writeUInt32LE(crc, 10);
	fields.writeUInt32LE(Math.min(packedSize, IN_ZIP64), 14);
	fields.writeUInt32LE(Math.min(size, IN_ZIP64), 18);
	fields.writeUInt16LE(Buffer.byteLength(name), 22);
	fields.writeUInt16LE(extra.length, 24);
	return fields;
}

function withLargeNumbers(claims: Required<Claims>, offset = 0): Required<Claims> {
	const large = [claims.size, claims.packedSize, offset].filter((number) => number > IN_ZIP64);
	if (large.length === 0) return claims;
	return { ...claims, extra: Buffer.concat([zip64Extra(...large), claims.extra]) };
}

function localHeader(claims: Required<Claims>): Buffer {
	const told = withLargeNumbers(claims);
	return Buffer.concat([Buffer.from('PK\x03\x04'), commonFields(told), Buffer.from(told.name), told.extra]);
}

function directoryRecord(entry: HandMadeEntry, claims: Required<Claims>, offset: number): Buffer {
	const told = withLargeNumbers(claims, offset);
	const comment = Buffer.from(entry.comment ?? '');
	const head = Buffer.from('PK\x01\x02\0\0');
	head.writeUInt16LE(entry.madeBy ?? 20, 4);
	const tail = Buffer.alloc(14);
	tail.writeUInt16LE(comment.length, 0);
	tail.writeUInt32LE(entry.attributes ?? 0, 6);
	tail.writeUInt32LE(Math.min(offset, IN_ZIP64), 10);
	return Buffer.concat([head, commonFields(told), tail, Buffer.from(told.name), told.extra, comment]);
}

function endRecords(
	{ entries, directorySize, directoryOffset, comment, zip64 }: HandMadeEnd,
	endsAt: number,
): Buffer {
	const end = Buffer.from('PK\x05\x06'.padEnd(22, '\0'));
	end.writeUInt16LE(comment?.length ?? 0, 20);
	if (!zip64) {
		end.writeUInt16LE(entries!, 8);
		end.writeUInt16LE(entries!, 10);
		end.writeUInt32LE(directorySize!, 12);
		end.writeUInt32LE(Number(directoryOffset), 16);
		return Buffer.concat([end, comment ?? Buffer.alloc(0)]);
	}
	end.fill(0xff, 8, 20);
	const large = Buffer.alloc(56 + 20);
	large.writeUInt32LE(0x06064b50, 0);
	large.writeBigUInt64LE(44n, 4);
	large.writeUInt16LE(45, 12);
	large.writeUInt16LE(45, 14);
	large.writeBigUInt64LE(BigInt(entries!), 24);
	large.writeBigUInt64LE(BigInt(entries!), 32);
	large.writeBigUInt64LE(BigInt(directorySize!), 40);
	large.writeBigUInt64LE(BigInt(directoryOffset!), 48);
	large.writeUInt32LE(0x07064b50, 56);
	large.writeBigUInt64LE(BigInt(endsAt), 64);
	large.writeUInt32LE(1, 72);
	return Buffer.concat([large, end, comment ?? Buffer.alloc(0)]);
}
