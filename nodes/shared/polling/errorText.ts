import { TextDecoder } from 'node:util';
import { constants, gunzipSync, inflateRawSync } from 'node:zlib';

/** So much unpacked text is read for rows, in bytes. */
const MOST_TEXT = 4 * 1024 * 1024;
/** What unpacks to more is not unpacked: it would be no list of errors. */
const MOST_UNPACKED = 4 * MOST_TEXT;

/** An error file as text. */
export interface ErrorText {
	text: string;
	/** the file goes on */
	isCut: boolean;
}

/**
 * The text of an error file: gzip and the first file of a zip are unpacked, UTF-16 is known by its mark or its zero bytes.
 * @param bytes the file, or its beginning
 * @param about `isCut`: the file is longer than `bytes`; `charset`: as its content type says
 * @returns undefined for what is no text
 */
export function errorText(
	bytes: Buffer,
	{ isCut, charset }: { isCut: boolean; charset?: string },
): ErrorText | undefined {
	const unpacked = unpack(bytes);
	const goesOn = isCut || unpacked.length > MOST_TEXT;
	const text = decoded(unpacked.subarray(0, MOST_TEXT), charset);
	return text === undefined ? undefined : { text, isCut: goesOn };
}

function unpack(bytes: Buffer): Buffer {
	// What ends early gives what is there.
	const options = { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH };
	try {
		if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, options);
		if (bytes.length > 30 && bytes.readUInt32LE(0) === 0x04034b50) {
			// The header of the first file, see APPNOTE 4.3.7: method, and lengths of its name and extra field.
			const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
			const method = bytes.readUInt16LE(8);
			if (method === 8) return inflateRawSync(bytes.subarray(start), options);
			if (method === 0) return bytes.subarray(start, start + bytes.readUInt32LE(18));
		}
	} catch {
		// Damaged, or far too large: it stays what it is.
	}
	return bytes;
}

function decoded(bytes: Buffer, charset: string | undefined): string | undefined {
	const utf16 = utf16Of(bytes);
	if (utf16 !== undefined)
		return withoutMark(new TextDecoder(utf16).decode(bytes.subarray(0, evenLength(bytes))));
	if (bytes.subarray(0, 4096).includes(0)) return undefined;
	return withoutMark(decoderOf(charset).decode(bytes));
}

/** UTF-16 by its mark, or by zeros in every second place: most letters of such texts are Latin. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	const head = bytes.subarray(0, 4096);
	const zeros = [0, 0];
	for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]++;
	const enough = head.length / 4;
	if (zeros[1] > enough && zeros[0] === 0) return 'utf-16le';
	return zeros[0] > enough && zeros[1] === 0 ? 'utf-16be' : undefined;
}

const evenLength = (bytes: Buffer) => bytes.length - (bytes.length % 2);
const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** The decoder of a declared charset; UTF-8 for one that nobody knows. */
function decoderOf(charset = 'utf-8'): TextDecoder {
	try {
		return new TextDecoder(charset.trim().replaceAll('"', ''));
	} catch {
		return new TextDecoder();
	}
}
