import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { problem } from '../../../nodes/shared/core/problem';
import { gunzipIfNeeded } from '../../../nodes/shared/files/gzip';
import { inPieces } from '../csv/reading';
import { bytesOf } from '../../helpers/bytesOf';

async function unpack(
	bytes: Uint8Array,
	sizes?: number[],
	limits?: Parameters<typeof gunzipIfNeeded>[1],
): Promise<string> {
	return (await bytesOf(await gunzipIfNeeded(inPieces(bytes, sizes), limits))).toString();
}

const text = 'a,b\r\n'.repeat(100_000);

describe('gunzipIfNeeded', () => {
	it('unpacks gzip, however it is cut, and files of several parts', async () => {
		const packed = gzipSync(text);
		expect(await unpack(packed, [1, 70])).toBe(text);
		expect(await unpack(Buffer.concat([packed, gzipSync('end')]))).toBe(`${text}end`);
		expect(await unpack(gzipSync(''))).toBe('');
	});

	it.each(['', 'a', 'a,b\n1,2', '\x1f\x8b'])('gives %p on as it is', async (file) => {
		expect(await unpack(Buffer.from(file, 'latin1'), [1])).toBe(Buffer.from(file, 'latin1').toString());
	});

	it.each<[string, Buffer]>([
		['cut', gzipSync(text).subarray(0, 100)],
		['changed', Buffer.concat([gzipSync(text).subarray(0, -8), Buffer.alloc(8)])],
		['nothing but a beginning', Buffer.from([0x1f, 0x8b, 8])],
	])('says that a file is damaged: %s', async (_, file) => {
		await expect(unpack(file)).rejects.toMatchObject({
			kind: 'input',
			message: 'The compressed file (gzip) is damaged or incomplete.',
		});
	});

	describe.each([[[1]], [[70]], [[4096]], [undefined]])('in pieces of %p', (sizes) => {
		const packed = gzipSync(text);
		const end = gzipSync('end');
		const zeros = (count: number) => Buffer.alloc(count);

		// byte by byte, each zero costs a turn of the event loop
		it.each([1, 2, 511, sizes?.[0] === 1 ? 5_000 : 100_000])(
			'lets %i zero bytes behind all members pass',
			async (count) => {
				expect(await unpack(Buffer.concat([packed, zeros(count)]), sizes)).toBe(text);
				expect(await unpack(Buffer.concat([packed, end, zeros(count)]), sizes)).toBe(`${text}end`);
			},
		);

		it.each<[string, Buffer[]]>([
			['a member behind zero bytes', [packed, zeros(1), end]],
			['a member behind many zero bytes', [packed, end, zeros(9000), end]],
			['other bytes', [packed, Buffer.from('a,b\n')]],
			['other bytes behind zero bytes', [packed, zeros(600), Buffer.from('a')]],
			['half a member', [packed, end.subarray(0, 12)]],
			['the first byte of a member', [packed, end.subarray(0, 1)]],
			['a member without its end', [packed, end.subarray(0, -1)]],
			['a member with another checksum', [packed, end.subarray(0, -5), zeros(5)]],
		])('refuses %s', async (_what, parts) => {
			await expect(unpack(Buffer.concat(parts), sizes)).rejects.toMatchObject({
				kind: 'input',
				message: 'The compressed file (gzip) is damaged or incomplete.',
			});
		});
	});

	it('stops at a bomb', async () => {
		const bomb = gzipSync(Buffer.alloc(100 * 1024 ** 2));
		await expect(unpack(bomb, [4096])).rejects.toThrow('suspiciously large');
		const limits = { unpackedBytes: 1e9, ratio: 1000, ratioFromBytes: 1000 };
		await expect(unpack(gzipSync(text), [64], { ...limits, unpackedBytes: text.length - 1 })).rejects.toThrow(
			'unpacks to more',
		);
		expect(await unpack(gzipSync(text), [64], { ...limits, unpackedBytes: text.length })).toBe(text);
	});

	it('tells an error of the source as it is, and closes the source that is given up', async () => {
		let closed = 0;
		async function* source(fail: boolean) {
			try {
				const packed = gzipSync(randomBytes(2e6), { level: 0 });
				for (let at = 0; at < packed.length; at += 1000) {
					yield packed.subarray(at, at + 1000);
					if (fail) throw problem.network('gone', 'again');
				}
			} finally {
				closed++;
			}
		}
		const read = async () => {
			for await (const piece of await gunzipIfNeeded(source(true))) expect(piece).toBeDefined();
		};
		await expect(read()).rejects.toThrow('gone');
		for await (const piece of await gunzipIfNeeded(source(false))) {
			expect(piece.length).toBeGreaterThan(0);
			break;
		}
		await new Promise(setImmediate);
		expect(closed).toBe(2);
	});
});
