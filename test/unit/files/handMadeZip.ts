import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip; what is given overrides what would be right. */
export interface HandMadeEntry {
	name: string;
	content: string | Buffer;
	/** name in the local header */
	localName?: string;
	method?: number;
	flags?: number;
	madeBy?: number;
	attributes?: number;
	size?: number;
	packedSize?: number;
	crc?: number;
	packed?: Buffer;
	/** where the local header is */
	offset?: number;
}

/** Writes a zip byte by byte, so that it can be as wrong as a test needs it. */
export function handMadeZip(entries: HandMadeEntry[], claimedEntries = entries.length): Buffer {
	const local: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const entry of entries) {
		const content = Buffer.from(entry.content as Buffer);
		const method = entry.method ?? 8;
		const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
		const name = Buffer.from(entry.name);
		const localName = Buffer.from(entry.localName ?? entry.name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(entry.flags ?? 0x800, 2);
		common.writeUInt16LE(method, 4);
		common.writeUInt32LE(entry.crc ?? crc32(content), 10);
		common.writeUInt32LE(entry.packedSize ?? packed.length, 14);
		common.writeUInt32LE(entry.size ?? content.length, 18);
		common.writeUInt16LE(name.length, 22);
		const localCommon = Buffer.from(common);
		localCommon.writeUInt16LE(localName.length, 22);
		local.push(Buffer.from('PK\x03\x04'), localCommon, localName, packed);

		const head = Buffer.from('PK\x01\x02\0\0');
		head.writeUInt16LE(entry.madeBy ?? 20, 4);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(entry.attributes ?? 0, 6);
		tail.writeUInt32LE(entry.offset ?? offset, 10);
		directory.push(head, common, tail, name);
		offset += 30 + localName.length + packed.length;
	}
	const directoryBytes = Buffer.concat(directory);
	const end = Buffer.from('PK\x05\x06'.padEnd(22, '\0'));
	end.writeUInt16LE(claimedEntries, 8);
	end.writeUInt16LE(claimedEntries, 10);
	end.writeUInt32LE(directoryBytes.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...local, directoryBytes, end]);
}
