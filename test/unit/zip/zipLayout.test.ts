import { crc32, deflateRawSync } from 'node:zlib';
import { openZip } from '../../../nodes/shared/zip/zipReader';
import {
	descriptorOf,
	handMadeZip,
	SIZES_FOLLOW,
	zip64Extra,
	type HandMadeEnd,
	type HandMadeEntry,
} from './handMadeZip';
import { bytesOf } from '../../helpers/bytesOf';

const CSV: HandMadeEntry = { name: 'data.csv', content: 'PersonId\nann@contoso.com\n'.repeat(9) };
const METADATA: HandMadeEntry = { name: 'metadata.json', content: '{"DatasetType":"HR"}', method: 0 };
const JUNK = Buffer.from('junk');
const NONE = Buffer.alloc(0);

async function contents(zip: Buffer): Promise<Array<[string, string]>> {
	const read: Array<[string, string]> = [];
	for (const entry of await openZip({ buffer: zip })) {
		read.push([entry.name, (await bytesOf(entry.open())).toString()]);
	}
	return read;
}

const both = [CSV, METADATA].map(({ name, content }) => [name, content]);
const zip = (changes: Partial<HandMadeEntry>, end?: HandMadeEnd) =>
	handMadeZip([{ ...CSV, ...changes }, METADATA], end);
const csvSizes = { crc: crc32(CSV.content), size: CSV.content.length, packedSize: CSV.content.length };
const stored = { ...csvSizes, method: 0 };
const follow = { ...stored, flags: SIZES_FOLLOW };
/** Extra fields as programs write them: time of Unix; owner of Unix. */
const UNIX_TIME = Buffer.from('5455050003d0f1256a', 'hex');
const UNIX_OWNER = Buffer.from('7875040001040000', 'hex');

function unicodePath(name: string, of = 'data.csv'): Buffer {
	const field = Buffer.alloc(9);
	field.writeUInt16LE(0x7075, 0);
	field.writeUInt16LE(5 + Buffer.byteLength(name), 2);
	field.writeUInt8(1, 4);
	field.writeUInt32LE(crc32(of), 5);
	return Buffer.concat([field, Buffer.from(name)]);
}

function changed(bytes: Buffer, change: (bytes: Buffer) => void): Buffer {
	const copy = Buffer.from(bytes);
	change(copy);
	return copy;
}

describe('takes what programs write', () => {
	it.each<[string, Buffer]>([
		['plain', zip({})],
		['no file', handMadeZip([])],
		['sizes behind the data', zip(follow)],
		['sizes behind the data and before them', zip({ ...follow, local: csvSizes })],
		[
			'a descriptor without signature',
			zip({ ...follow, descriptor: descriptorOf(csvSizes, { signature: false }) }),
		],
		['a descriptor of Zip64', zip({ ...follow, descriptor: descriptorOf(csvSizes, { long: true }) })],
		[
			'a descriptor of Zip64 without signature',
			zip({ ...follow, descriptor: descriptorOf(csvSizes, { long: true, signature: false }) }),
		],
		[
			'Zip64 in the local header, for a file whose size was not known',
			zip({ ...follow, local: { size: 0xffffffff, packedSize: 0xffffffff, extra: zip64Extra(0, 0) } }),
		],
		[
			'Zip64 in the local header, filled in later',
			zip({
				...stored,
				local: {
					size: 0xffffffff,
					packedSize: 0xffffffff,
					extra: zip64Extra(CSV.content.length, CSV.content.length),
				},
			}),
		],
		[
			'Zip64 in the local header, not needed',
			zip({ ...stored, local: { extra: zip64Extra(csvSizes.size, csvSizes.size) } }),
		],
		[
			'Zip64 in the directory, not needed',
			handMadeZip([
				{
					...CSV,
					...stored,
					size: 0xffffffff,
					packedSize: 0xffffffff,
					extra: zip64Extra(csvSizes.size, csvSizes.size),
					local: { ...csvSizes, extra: NONE },
				},
				METADATA,
			]),
		],
		['Zip64 at the end, not needed', zip({}, { zip64: true })],
		[
			'other extra fields here and there',
			zip({ extra: UNIX_TIME, local: { extra: Buffer.concat([UNIX_TIME, UNIX_OWNER]) } }),
		],
		['comments', zip({ comment: 'of a file' }, { comment: Buffer.from('of the zip') })],
		['the same name in another field', zip({ extra: unicodePath('data.csv') })],
		['a file of Unix', zip({ madeBy: 0x31e, attributes: 0o100644 * 0x10000 + 0x20 })],
	])('%s', async (what, bytes) => {
		expect(await contents(bytes)).toEqual(what === 'no file' ? [] : both);
	});

	it('a directory in another order', async () => {
		const first = handMadeZip([CSV]);
		const offset = first.indexOf('PK\x01\x02');
		const bytes = zip({});
		const [begin, middle] = [bytes.indexOf('PK\x01\x02'), bytes.lastIndexOf('PK\x01\x02')];
		const turned = Buffer.concat([
			bytes.subarray(0, begin),
			bytes.subarray(middle, -22),
			bytes.subarray(begin, middle),
			bytes.subarray(-22),
		]);
		expect(offset).toBeGreaterThan(0);
		expect(await contents(turned)).toEqual([...both].reverse());
	});
});

describe('refuses what two programs may read differently', () => {
	const hidden: HandMadeEntry = { name: 'data.csv', content: 'PersonId\neve@contoso.com\n' };
	const localFile = handMadeZip([hidden]).subarray(0, handMadeZip([hidden]).indexOf('PK\x01\x02'));

	it.each<[string, Buffer]>([
		['an end record that counts fewer files', zip({}, { entries: 1 })],
		['an end record that counts more files', zip({}, { entries: 3 })],
		[
			'an end record that counts other files on this disk',
			changed(zip({}), (b) => b.writeUInt16LE(1, b.length - 14)),
		],
		['an end record on another disk', changed(zip({}), (b) => b.writeUInt16LE(1, b.length - 18))],
		['a directory on another disk', changed(zip({}), (b) => b.writeUInt16LE(1, b.length - 16))],
		['a directory of size 0', zip({}, { directorySize: 0 })],
		['a directory that begins elsewhere', zip({}, { directoryOffset: 4 })],
		['numbers that only Zip64 could tell', zip({}, { entries: 0xffff })],
		['a stub before the files', Buffer.concat([JUNK, zip({})])],
		['a stub that the numbers know of', zip({ before: JUNK })],
		['a file in the stub', zip({ before: localFile })],
		['bytes between the files', handMadeZip([CSV, { ...METADATA, before: JUNK }])],
		['a file between the files', handMadeZip([CSV, { ...METADATA, before: localFile }])],
		['bytes before the directory', zip({}, { beforeDirectory: JUNK })],
		['a file before the directory', zip({}, { beforeDirectory: localFile })],
		['bytes before the end record', zip({}, { beforeEnd: JUNK })],
		['bytes behind the end record', Buffer.concat([zip({}), JUNK])],
		['another zip behind', Buffer.concat([zip({}), handMadeZip([hidden])])],
		['another zip as comment', zip({}, { comment: handMadeZip([hidden]) })],
		['an end record as comment', zip({}, { comment: zip({}).subarray(-22) })],
		['a comment that is cut', zip({}, { comment: Buffer.from('comment') }).subarray(0, -1)],
		['another local name', zip({ local: { name: 'data.tsv' } })],
		['another local method', zip({ ...stored, local: { method: 8 } })],
		['other local flags', zip({ local: { flags: 0 } })],
		['a local time of its own', changed(zip({}), (b) => b.writeUInt16LE(7, 10))],
		['another local size', zip({ local: { size: 4 } })],
		['another local packed size', zip({ local: { packedSize: 4 } })],
		['another local checksum', zip({ local: { crc: 4 } })],
		[
			'a local header without sizes, and none behind the data',
			zip({ local: { size: 0, packedSize: 0, crc: 0 } }),
		],
		['a local size in Zip64 that is another', zip({ ...stored, local: { extra: zip64Extra(4, 4) } })],
		['a local size that points to Zip64 where there is none', zip({ local: { size: 0xffffffff } })],
		['no descriptor where one is promised', zip({ ...follow, descriptor: NONE })],
		['a descriptor where none is promised', zip({ ...stored, descriptor: descriptorOf(csvSizes) })],
		[
			'a descriptor that tells another size',
			zip({ ...follow, descriptor: descriptorOf({ ...csvSizes, size: 4 }) }),
		],
		[
			'a descriptor that tells another checksum',
			zip({ ...follow, descriptor: descriptorOf({ ...csvSizes, crc: 4 }) }),
		],
		[
			'bytes behind a descriptor',
			zip({ ...follow, descriptor: Buffer.concat([descriptorOf(csvSizes), JUNK]) }),
		],
		['another name in an extra field', zip({ extra: unicodePath('metadata.csv') })],
		['another name in a local extra field', zip({ local: { extra: unicodePath('metadata.csv') } })],
		['two Zip64 fields', zip({ extra: Buffer.concat([zip64Extra(1, 1), zip64Extra(2, 2)]) })],
		['a Zip64 field that nothing points to', zip({ extra: zip64Extra(1, 1) })],
		['a version that nobody knows', changed(zip({}), (b) => b.writeUInt8(99, b.indexOf('PK\x01\x02') + 6))],
		['a local version that nobody knows', changed(zip({}), (b) => b.writeUInt8(99, 4))],
		['flags that nobody knows', zip({ flags: 0x8800 })],
		['a file on another disk', changed(zip({}), (b) => b.writeUInt16LE(1, b.indexOf('PK\x01\x02') + 34))],
		[
			'Zip64 at the end that counts other files',
			changed(zip({}, { zip64: true }), (b) => b.writeUInt8(1, b.length - 98 + 32)),
		],
		[
			'Zip64 at the end that counts other files on this disk',
			changed(zip({}, { zip64: true }), (b) => b.writeUInt8(1, b.length - 98 + 24)),
		],
		[
			'Zip64 at the end and another size beside it',
			changed(zip({}, { zip64: true }), (b) => b.writeUInt32LE(4, b.length - 10)),
		],
		[
			'a Zip64 end record with data behind it',
			changed(zip({}, { zip64: true }), (b) => b.writeUInt8(45, b.length - 98 + 4)),
		],
		[
			'a locator on another disk',
			changed(zip({}, { zip64: true }), (b) => b.writeUInt8(2, b.length - 42 + 16)),
		],
	])('%s', async (_what, bytes) => {
		await expect(contents(bytes)).rejects.toMatchObject({
			kind: 'input',
			advice: expect.stringMatching(/\.$/),
		});
	});

	it('bytes behind the last block of Deflate', async () => {
		const packed = Buffer.concat([deflateRawSync(CSV.content), JUNK]);
		await expect(contents(zip({ packed }))).rejects.toThrow('bytes follow behind its content');
	});

	it.each([
		['a link', 0o120777 * 0x10000],
		['a folder of Unix', 0o040755 * 0x10000],
		['a device', 0o020644 * 0x10000],
		['a folder of MS-DOS', 0x10],
	])('a file that is %s for some, whatever system made it', async (_what, attributes) => {
		for (const madeBy of [0x0014, 0x031e, 0x0a14, 0x131e]) {
			await expect(contents(zip({ madeBy, attributes }))).rejects.toThrow(
				"'data.csv' in the zip is a link, a folder or a device.",
			);
		}
	});
});
