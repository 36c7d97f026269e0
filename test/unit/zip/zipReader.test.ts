import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZipWriter, Uint8ArrayReader, Uint8ArrayWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { Problem } from '../../../nodes/shared/core/problem';
import { openZip, type ZipEntry, type ZipLimits } from '../../../nodes/shared/zip/zipReader';
import { handMadeZip, type HandMadeEntry } from './handMadeZip';
import { bytesOf } from '../../helpers/bytesOf';

async function contentOf(entry: ZipEntry): Promise<string> {
	return (await bytesOf(entry.open())).toString();
}

async function contents(zip: Buffer, limits?: Partial<ZipLimits>): Promise<Array<[string, string]>> {
	const read: Array<[string, string]> = [];
	for (const entry of await openZip({ buffer: zip }, limits)) read.push([entry.name, await contentOf(entry)]);
	return read;
}

const csv = `a,b\r\n${'1,"x"\r\n'.repeat(200_000)}`;

describe('openZip', () => {
	it.each([
		['deflated', {}],
		['stored', { level: 0 }],
		['streamed, sizes behind the data', { dataDescriptor: true }],
		['zip64', { zip64: true }],
	])('reads what another library wrote: %s', async (_, options) => {
		const writer = new ZipWriter(new Uint8ArrayWriter(), options);
		await writer.add('data.csv', new Uint8ArrayReader(Buffer.from(csv)));
		await writer.add('metadata.json', new Uint8ArrayReader(Buffer.from('{"é":1}')));
		await writer.add('empty', new Uint8ArrayReader(new Uint8Array()));
		const zip = Buffer.from(await writer.close());
		const expected = [
			['data.csv', csv],
			['metadata.json', '{"é":1}'],
			['empty', ''],
		];
		expect(await contents(zip)).toEqual(expected);
		expect((await openZip({ buffer: zip })).map(({ size }) => size)).toEqual([csv.length, 8, 0]);
	});

	it('reads from a file descriptor, as often as asked and two at a time, and leaves it open', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'zip-'));
		try {
			const path = join(folder, 'x.zip');
			writeFileSync(
				path,
				handMadeZip([
					{ name: 'a', content: csv },
					{ name: 'b', content: 'y', method: 0 },
				]),
			);
			const fd = openSync(path, 'r');
			const [a, b] = await openZip({ fd });
			const both = await Promise.all([contentOf(a), contentOf(b), contentOf(a)]);
			expect(both).toEqual([csv, 'y', csv]);
			for await (const piece of a.open()) {
				expect(piece.length).toBeGreaterThan(0);
				break;
			}
			expect(await contentOf(b)).toBe('y');
			expect(fstatSync(fd).size).toBeGreaterThan(0);
			closeSync(fd);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	it('unpacks in pieces', async () => {
		const [entry] = await openZip({ buffer: handMadeZip([{ name: 'a', content: csv }]) });
		for await (const piece of entry.open()) expect(piece.length).toBeLessThanOrEqual(262_144);
	});

	it.each<[string, HandMadeEntry[], Partial<ZipLimits>, string]>([
		['encrypted', [{ name: 'a', content: 'x', flags: 1 }], {}, "'a' in the zip is encrypted"],
		['in a folder', [{ name: 'f/a', content: 'x' }], {}, "'f/a' in the zip lies in a folder"],
		['a folder', [{ name: 'f/', content: '' }], {}, "'f/' in the zip lies in a folder"],
		['in a folder of Windows', [{ name: 'f\\a', content: 'x' }], {}, "'f\\a' in the zip lies in a folder"],
		['absolute', [{ name: '/a', content: 'x' }], {}, "'/a' in the zip lies in a folder"],
		['above', [{ name: '../a', content: 'x' }], {}, "'../a' in the zip lies in a folder"],
		['on a drive', [{ name: 'C:a', content: 'x' }], {}, "'C:a' in the zip lies in a folder"],
		[
			'a link',
			[{ name: 'a', content: '/etc/x', madeBy: 0x314, attributes: 0o120777 * 0x10000 }],
			{},
			"'a' in the zip is a link, a folder or a device",
		],
		['without a name', [{ name: '', content: 'x' }], {}, 'unusable name'],
		['with a NUL in its name', [{ name: 'a\0.csv', content: 'x' }], {}, 'unusable name'],
		['with other letters in its name', [{ name: 'é.csv', content: 'x' }], {}, 'unusable name'],
		[
			'there twice',
			[
				{ name: 'a', content: 'x' },
				{ name: 'a', content: 'y' },
			],
			{},
			"holds 'a' more than once",
		],
		['packed otherwise', [{ name: 'a', content: 'x', method: 12 }], {}, "'a' is packed with method 12"],
		[
			'too many',
			[
				{ name: 'a', content: 'x' },
				{ name: 'b', content: 'x' },
			],
			{ entries: 1 },
			'more than 1 files',
		],
		[
			'too large together',
			[
				{ name: 'a', content: 'xx' },
				{ name: 'b', content: 'xx' },
			],
			{ unpackedBytes: 3 },
			"'b' would unpack to",
		],
		[
			'packed too well',
			[{ name: 'a', content: 'x'.repeat(100_000) }],
			{ ratio: 100, ratioFromBytes: 99_999 },
			"'a' would unpack to",
		],
		[
			'overlapping',
			[
				{ name: 'a', content: 'x' },
				{ name: 'b', content: 'y', offset: 0 },
			],
			{},
			"bytes behind 'a' belong to no file",
		],
		['more in the end record than there are', [], {}, 'cannot be read'],
		[
			'cut',
			[{ name: 'a', content: 'some text here', packedSize: 5 }],
			{},
			"bytes behind 'a' belong to no file",
		],
		['longer than the zip', [{ name: 'a', content: 'x', packedSize: 5000 }], {}, 'cannot be read'],
		[
			'not where the directory says',
			[{ name: 'a', content: 'x', offset: 3 }],
			{},
			'does not begin with a file',
		],
	])('refuses a file that is %s', async (what, entries, limits, message) => {
		const zip = handMadeZip(entries, what.startsWith('more') ? { entries: 5 } : {});
		await expect(openZip({ buffer: zip }, limits)).rejects.toMatchObject({
			kind: 'input',
			message: expect.stringContaining(message),
			advice: expect.stringMatching(/\.$/),
		});
	});

	it('accepts what is just within the bounds', async () => {
		const long = 'x'.repeat(100_000);
		const zip = handMadeZip([
			{ name: 'a', content: long },
			{ name: 'b', content: 'y' },
		]);
		const limits = { entries: 2, unpackedBytes: 100_001, ratio: 100, ratioFromBytes: 100_000 };
		expect(await contents(zip, limits)).toEqual([
			['a', long],
			['b', 'y'],
		]);
	});

	it('refuses a bomb by default', async () => {
		const bomb = handMadeZip([{ name: 'a', content: 'small', size: 100 * 1024 ** 2 }]);
		await expect(openZip({ buffer: bomb })).rejects.toThrow("'a' would unpack to 100 MB");
	});

	it.each<[string, Partial<HandMadeEntry>, string]>([
		['larger than declared', { size: 5 }, 'larger than the zip declares'],
		['smaller than declared', { size: 50 }, 'smaller than the zip declares'],
		['changed', { crc: 1 }, 'checksum'],
		['no deflate', { packed: Buffer.alloc(40, 0xff) }, 'is damaged'],
	])('says while reading that a file is %s', async (_, wrong, message) => {
		const [entry] = await openZip({
			buffer: handMadeZip([{ name: 'a', content: 'some text here', ...wrong }]),
		});
		await expect(contentOf(entry)).rejects.toMatchObject({
			kind: 'input',
			message: expect.stringMatching(new RegExp(`^'a' in the zip is damaged: .*`)),
		});
		await expect(contentOf(entry)).rejects.toThrow(message);
	});

	it('stops a bomb that lies about its size after the declared bytes', async () => {
		const [entry] = await openZip({
			buffer: handMadeZip([{ name: 'a', content: Buffer.alloc(20 * 1024 ** 2), size: 1_000_000 }]),
		});
		let size = 0;
		const read = async () => {
			for await (const piece of entry.open()) size += piece.length;
		};
		await expect(read()).rejects.toThrow('larger than the zip declares');
		expect(size).toBeLessThanOrEqual(1_000_000);
	});

	it.each(['', 'PK', 'a,b\r\n1,2\r\n', 'PK\x05\x06'])('refuses %p, which is no zip', async (text) => {
		await expect(openZip({ buffer: Buffer.from(text) })).rejects.toThrow('The zip file cannot be read');
	});

	it('never fails otherwise than with a problem, whatever is wrong with the bytes', async () => {
		const zip = handMadeZip([
			{ name: 'data.csv', content: 'a,b\r\n1,2\r\n'.repeat(5) },
			{ name: 'm', content: '{}', method: 0 },
		]);
		const change = fc.record({ at: fc.nat(zip.length - 1), to: fc.nat(255) });
		await fc.assert(
			fc.asyncProperty(fc.array(change, { maxLength: 3 }), fc.nat(zip.length), async (changes, cut) => {
				const broken = Buffer.from(zip.subarray(0, cut % 3 === 0 ? cut : zip.length));
				for (const { at, to } of changes) if (at < broken.length) broken[at] = to;
				await contents(broken).catch((error) => expect(error).toBeInstanceOf(Problem));
			}),
			{ numRuns: 500 },
		);
	});
});
