import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openPromise, type Entry } from 'yauzl';
import {
	centralRecord,
	dataDescriptor,
	endRecords,
	type ZipEntry,
} from '../../../nodes/shared/files/zipRecords';

const GIB = 1024 ** 3;

const small: ZipEntry = {
	name: 'data.csv',
	modified: new Date(2026, 10, 21, 13, 45, 58),
	offset: 0,
	crc: 0xdeadbeef,
	packed: 100,
	size: 1000,
};

/** The entries that another library reads from a zip whose data are a hole of `offset` bytes. */
async function readBack(entries: ZipEntry[], offset: number): Promise<Entry[]> {
	const folder = mkdtempSync(path.join(tmpdir(), 'zip-records-'));
	try {
		const file = path.join(folder, 'hole.zip');
		const fd = openSync(file, 'w');
		ftruncateSync(fd, offset);
		writeSync(
			fd,
			Buffer.concat([...entries.map(centralRecord), endRecords(entries, offset)]),
			0,
			null,
			offset,
		);
		closeSync(fd);
		const zip = await openPromise(file);
		const found: Entry[] = [];
		for await (const entry of zip.eachEntry()) found.push(entry);
		return found;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const facts = (entry: Entry) => ({
	name: entry.fileName,
	modified: entry.getLastModDate(),
	offset: entry.relativeOffsetOfLocalHeader,
	crc: entry.crc32,
	packed: entry.compressedSize,
	size: entry.uncompressedSize,
});

it('describes small files as every reader knows them', async () => {
	const entries = [small, { ...small, name: 'metadata.json', offset: 130 }];
	expect((await readBack(entries, 300)).map(facts)).toEqual(entries);
});

it.each([
	['a content beyond 4 GB', { ...small, size: 6 * GIB }, 200],
	['a packed file beyond 4 GB', { ...small, size: 9 * GIB, packed: 5 * GIB }, 5 * GIB + 60],
	['a file that begins beyond 4 GB', { ...small, offset: 7 * GIB + 1 }, 7 * GIB + 200],
	['a directory that begins just there', { ...small, packed: 0xffffffff - 60 }, 0xffffffff],
])('describes %s in Zip64', async (_what, entry, offset) => {
	expect((await readBack([entry], offset)).map(facts)).toEqual([entry]);
});

it('writes sizes behind the data in eight bytes where four are too few', () => {
	expect(dataDescriptor(small)).toHaveLength(16);
	const large = dataDescriptor({ ...small, size: 0xffffffff });
	expect(large).toHaveLength(24);
	expect(large.readBigUInt64LE(16)).toBe(0xffffffffn);
	expect(large.readUInt32LE(4)).toBe(0xdeadbeef);
});
