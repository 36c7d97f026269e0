import { problem, type Problem } from '../core/problem';
import { peek } from './peek';

/** How a file's text may turn out to be encoded without being told. */
export type DetectedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How much of a file decides about its encoding, in bytes. */
const SAMPLE_BYTES = 4096;

/** Names that people and spreadsheets use beside those of the WHATWG Encoding Standard, which `TextDecoder` knows. */
const OTHER_NAMES: Record<string, string> = {
	ansi: 'windows-1252',
	cp932: 'shift_jis',
	cp936: 'gb18030',
	cp949: 'euc-kr',
	cp950: 'big5',
	cp65001: 'utf-8',
	'utf-8-sig': 'utf-8',
	'utf-8-bom': 'utf-8',
};

/** Encodings of the standard in which each byte is a character. */
const SINGLE_BYTE = /^(ibm866|iso-8859-|koi8-|macintosh|windows-|x-mac-cyrillic)/;

/**
 * What windows-1252 has from 0x80 to 0x9f; WHATWG Encoding Standard, index windows-1252. Not asked from `TextDecoder`: in Node
 * 20 and others it takes windows-1252 for ISO 8859-1, and euro signs become control characters.
 */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Turns a text file into UTF-8. Files in UTF-8 pass through without being touched: whether they are is for rules to judge.
 * @param source the file's bytes
 * @param encoding as the user tells it (`windows-1252`, `shift_jis`, …); without it, or with `auto`, UTF-16 is recognised
 * and anything else is taken for UTF-8. A byte order mark always wins.
 * @returns the text in UTF-8, possibly with its byte order mark
 * @throws Problem `configuration` for an encoding that is not known; `input` for UTF-32, and while it is read, for bytes that
 * are no text in the encoding told
 */
export async function decodeText(
	source: AsyncIterable<Buffer>,
	encoding?: string,
): Promise<AsyncIterable<Uint8Array>> {
	const told = nameOf(encoding);
	const peeked = await peek(source, SAMPLE_BYTES);
	let decoded: AsyncIterable<Uint8Array> | undefined;
	try {
		const name = markOf(peeked.head) ?? told ?? detectEncoding(peeked.head);
		if (name === 'utf-8') decoded = peeked.source;
		else if (SINGLE_BYTE.test(name)) decoded = decodeSingleBytes(peeked.source, name);
		else decoded = decodeOthers(peeked.source, name);
		return decoded;
	} finally {
		if (!decoded) await peeked.source.return?.();
	}
}

/**
 * Recognises UTF-16 from the beginning of a file without byte order mark: in each pair of bytes, the same one is zero for every
 * character of ASCII, and delimiters and line ends are such in every script.
 */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
	const pairs = head.length >> 1;
	let even = 0;
	let odd = 0;
	for (let i = 0; i < pairs * 2; i += 2) {
		if (head[i] === 0) even++;
		if (head[i + 1] === 0) odd++;
	}
	const many = Math.max(1, pairs / 20);
	if (odd >= many && even === 0) return 'utf-16le';
	if (even >= many && odd === 0) return 'utf-16be';
	return 'utf-8';
}

function markOf(head: Uint8Array): DetectedEncoding | undefined {
	const [a, b, c, d] = head;
	if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
	const little = a === 0xff && b === 0xfe;
	if ((little && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
		throw problem.input('The file is encoded in UTF-32.', 'Save it as CSV UTF-8.');
	}
	if (little) return 'utf-16le';
	return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** The standard's name of an encoding, or nothing where it is to be found out. */
function nameOf(encoding: string | undefined): string | undefined {
	const wanted = encoding?.trim().toLowerCase() ?? '';
	if (wanted === '' || wanted === 'auto') return undefined;
	try {
		return new TextDecoder(OTHER_NAMES[wanted] ?? wanted).encoding;
	} catch {
		throw problem.configuration(
			`The encoding '${wanted.slice(0, 40)}' is not known.`,
			'Give a name such as windows-1252, iso-8859-2, shift_jis, gb18030 or macintosh, or auto.',
		);
	}
}

async function* decodeSingleBytes(
	source: AsyncIterable<Buffer>,
	name: string,
): AsyncGenerator<Uint8Array, void, void> {
	const characters = charactersOf(name);
	let lines = 1;
	for await (const piece of source) {
		const out = Buffer.allocUnsafeSlow(piece.length * 3);
		let length = 0;
		for (let i = 0; i < piece.length; i++) {
			const byte = piece[i];
			if (byte < 0x80) {
				out[length++] = byte;
				continue;
			}
			const character = characters[byte - 0x80];
			if (!character) throw notInEncoding(name, lines + linesIn(piece.subarray(0, i)));
			for (let k = 0; k < character.length; k++) out[length++] = character[k];
		}
		lines += linesIn(piece);
		yield out.subarray(0, length);
	}
}

/** UTF-8 of the bytes from 0x80 on; nothing for those that the encoding does not use. */
function charactersOf(name: string): Array<Buffer | undefined> {
	const decoder = new TextDecoder(name, { fatal: true });
	return Array.from({ length: 0x80 }, (_, i) => {
		if (name === 'windows-1252') return Buffer.from(WINDOWS_1252[i] ?? String.fromCharCode(0x80 + i), 'utf8');
		try {
			return Buffer.from(decoder.decode(Uint8Array.of(0x80 + i)), 'utf8');
		} catch {
			return undefined;
		}
	});
}

async function* decodeOthers(
	source: AsyncIterable<Buffer>,
	name: string,
): AsyncGenerator<Uint8Array, void, void> {
	const decoder = new TextDecoder(name, { fatal: true });
	let lines = 1;
	const decode = (piece?: Buffer): Buffer => {
		try {
			return Buffer.from(decoder.decode(piece, { stream: piece !== undefined }), 'utf8');
		} catch {
			throw notInEncoding(name, lines + (piece ? goodLinesIn(piece, name) : 0));
		}
	};
	for await (const piece of source) {
		const text = decode(piece);
		lines += linesIn(text);
		yield text;
	}
	yield decode();
}

/** Line ends before the first character of a piece that cannot be decoded. */
function goodLinesIn(piece: Buffer, name: string): number {
	const text = new TextDecoder(name).decode(piece);
	return linesIn(Buffer.from(text.slice(0, text.indexOf('\ufffd')), 'utf8'));
}

function linesIn(text: Buffer): number {
	let lines = 0;
	for (let at = text.indexOf(0x0a); at >= 0; at = text.indexOf(0x0a, at + 1)) lines++;
	return lines;
}

function notInEncoding(name: string, line: number): Problem {
	return problem.input(
		`Line ${line} of the file (or one close to it) is no text in the encoding ${name}.`,
		'Check how the file was saved and choose that encoding, or save it as CSV UTF-8.',
		{ line },
	);
}
