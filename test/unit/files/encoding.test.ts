import fc from 'fast-check';
import { decodeText, detectEncoding } from '../../../nodes/shared/files/encoding';
import { inPieces } from '../csv/reading';
import { anyText } from '../../helpers/anyText';
import { bytesOf } from '../../helpers/bytesOf';

async function decode(bytes: Uint8Array, encoding?: string, sizes?: number[]): Promise<string> {
	return (await bytesOf(await decodeText(inPieces(bytes, sizes), encoding))).toString('utf8');
}

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decodeText', () => {
	it.each<[string, number[], string]>([
		['windows-1252', [0x80, 0x92, 0xe9, 0x41, 0x9f, 0xff], '€’éAŸÿ'],
		['cp1252', [0x84, 0x93], '„“'],
		['latin1', [0xe4, 0x80], 'ä€'],
		['ANSI', [0xfc], 'ü'],
		[' Windows-1250 ', [0xa3, 0xf3, 0x9f], 'Łóź'],
		['windows-1251', [0xcf, 0xf0], 'Пр'],
		['iso-8859-2', [0xb1, 0xe6], 'ąć'],
		['iso-8859-15', [0xa4], '€'],
		['macintosh', [0x8a, 0xd5], 'ä’'],
		['ibm866', [0x8f], 'П'],
		['shift_jis', [0x8e, 0x52, 0x93, 0x63, 0xb1], '山田ｱ'],
		['cp932', [0x87, 0x40], '①'],
		['euc-jp', [0xbb, 0xb3], '山'],
		['gb18030', [0xd6, 0xd0, 0x81, 0x30, 0x81, 0x30], '中\u0080'],
		['big5', [0xa4, 0xa4], '中'],
		['euc-kr', [0xb1, 0xe8], '김'],
		['utf-16le', [0x41, 0, 0x3d, 0xd8, 0x69, 0xdc], 'A👩'],
	])('decodes %s, however it is cut', async (encoding, bytes, text) => {
		const file = Buffer.from([
			...bytes,
			...(encoding.startsWith('utf-16') ? [0x2c, 0, ...bytes] : [0x2c, ...bytes]),
		]);
		expect(await decode(file, encoding)).toBe(`${text},${text}`);
		expect(await decode(file, encoding, [1])).toBe(`${text},${text}`);
		expect(await decode(file, encoding, [2, 1])).toBe(`${text},${text}`);
	});

	it('recognises UTF-16 with and without byte order mark', async () => {
		for (const text of ['a,b\r\n1,é\r\n', '名前,部署\n山田,人事\n', 'a,b\n']) {
			for (const sizes of [[1], [3], [1000]]) {
				expect(await decode(Buffer.from(`\ufeff${text}`, 'utf16le'), undefined, sizes)).toBe(text);
				expect(await decode(bigEndian(`\ufeff${text}`), 'auto', sizes)).toBe(text);
				expect(await decode(Buffer.from(text, 'utf16le'), '', sizes)).toBe(text);
				expect(await decode(bigEndian(text), undefined, sizes)).toBe(text);
			}
		}
	});

	it('believes a byte order mark more than what it is told', async () => {
		expect(await decode(Buffer.from('\ufeffé', 'utf16le'), 'windows-1252')).toBe('é');
		expect(await decode(Buffer.from('\ufeffé'), 'windows-1252')).toBe('\ufeffé');
	});

	it.each(['utf-8', 'UTF8', 'utf-8-sig', 'auto', undefined])(
		'gives UTF-8 (%p) on untouched',
		async (encoding) => {
			const pieces = [Buffer.from('aé\xff', 'latin1'), Buffer.from([0xe9, 0x2c])];
			async function* source() {
				yield* pieces;
			}
			const given: Uint8Array[] = [];
			for await (const piece of await decodeText(source(), encoding)) given.push(piece);
			expect(given.length).toBe(2);
			expect(given[0]).toBe(pieces[0]);
			expect(given[1]).toBe(pieces[1]);
		},
	);

	it('does not take other texts for UTF-16', () => {
		expect(detectEncoding(Buffer.from('a,b\n1,2\n'))).toBe('utf-8');
		expect(detectEncoding(Buffer.from('a\0,\0\0b'))).toBe('utf-8');
		expect(detectEncoding(Buffer.alloc(100))).toBe('utf-8');
		expect(detectEncoding(Buffer.from(`${'a,b\n'.repeat(100)}\0`))).toBe('utf-8');
		expect(detectEncoding(Buffer.alloc(0))).toBe('utf-8');
	});

	it.each<[string, Uint8Array, string, number]>([
		['an unused byte', Buffer.from('a\nb\n\xd2', 'latin1'), 'iso-8859-7', 3],
		['half a character', Buffer.from('a\nb\n\x8e', 'latin1'), 'shift_jis', 3],
		['an impossible character', Buffer.from('a\nb\n\x8e\xff\nx', 'latin1'), 'shift_jis', 3],
		['half a surrogate pair', Buffer.from('a\nb\n\ud83dx', 'utf16le'), 'utf-16le', 3],
		['an odd number of bytes', Buffer.from('a\0b', 'latin1'), 'utf-16le', 1],
	])('names the line of %s', async (_, bytes, encoding, line) => {
		for (const sizes of [[1000], [1]]) {
			const outcome = decode(bytes, encoding, sizes);
			await expect(outcome).rejects.toMatchObject({ kind: 'input', details: { line } });
		}
	});

	it('refuses what it cannot decode', async () => {
		const utf32 = Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]);
		await expect(decode(utf32)).rejects.toThrow('UTF-32');
		await expect(decode(Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x41]))).rejects.toThrow('UTF-32');
		await expect(decode(Buffer.from('x'), 'klingon')).rejects.toMatchObject({ kind: 'configuration' });
	});

	it('decodes any UTF-16 text, however it is cut', async () => {
		await fc.assert(
			fc.asyncProperty(
				anyText(),
				fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
				async (text, cut) => {
					expect(await decode(Buffer.from(text, 'utf16le'), 'utf-16le', cut)).toBe(
						text.replace(/^\ufeff/, ''),
					);
				},
			),
			{ numRuns: 200 },
		);
	});
});
