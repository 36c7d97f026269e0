import { crc32, inflateRawSync } from 'node:zlib';
import { openZip } from '../../../nodes/shared/zip/zipReader';
import { oddZip, type ZipInput } from '../inputs/oddZips';
import { expectSame, Mismatch, refusedWith, type Ending, type Target } from '../target';
import { bytesOf } from '../../helpers/bytesOf';

const DIRECTORY_ENTRY = 0x02014b50;

/** Says that a name is in UTF-8 (APPNOTE 4.4.4, bit 11); any other is in code page 437 (appendix D). */
const IN_UTF8 = 0x0800;
const FIRST_OF_437 = '\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼';
const LAST_OF_437 =
	'⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function nameOf(bytes: Buffer, flags: number): string {
	if (flags & IN_UTF8) return bytes.toString('utf8');
	return Array.from(bytes, (byte) => {
		if (byte < 0x20) return FIRST_OF_437[byte];
		return byte < 0x7f ? String.fromCharCode(byte) : LAST_OF_437[byte - 0x7f];
	}).join('');
}

/** A number, or the next of those that stand in the field of Zip64 (4.5.3) if it is too large for its place. */
function wholeNumbers(numbers: number[], extra: Buffer): number[] {
	const at = extra.indexOf(Buffer.from([1, 0]));
	let next = at + 4;
	return numbers.map((number) => {
		if (number !== 0xffffffff) return number;
		next += 8;
		return Number(extra.readBigUInt64LE(next - 8));
	});
}

/**
 * Reads a zip as plainly as its format allows: the directory at the end, then each file where the directory says.
 * @returns nothing where something does not fit
 */
export function refereeZip(file: Buffer): Array<{ name: string; content: Buffer }> | undefined {
	try {
		const end = file.lastIndexOf('PK\x05\x06', file.length, 'latin1');
		const isZip64 = file.toString('latin1', end - 20, end - 16) === 'PK\x06\x07';
		const count = isZip64 ? Number(file.readBigUInt64LE(end - 76 + 32)) : file.readUInt16LE(end + 10);
		const startsAt = isZip64 ? Number(file.readBigUInt64LE(end - 76 + 48)) : file.readUInt32LE(end + 16);
		const found: Array<{ name: string; content: Buffer }> = [];
		for (let i = 0, at = startsAt; i < count; i++) {
			if (file.readUInt32LE(at) !== DIRECTORY_ENTRY) return undefined;
			const method = file.readUInt16LE(at + 10);
			const [nameSize, extraSize, noteSize] = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
			const [size, packedSize, local] = wholeNumbers(
				[24, 20, 42].map((field) => file.readUInt32LE(at + field)),
				file.subarray(at + 46 + nameSize, at + 46 + nameSize + extraSize),
			);
			const name = nameOf(file.subarray(at + 46, at + 46 + nameSize), file.readUInt16LE(at + 8));
			const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
			const packed = file.subarray(begin, begin + packedSize);
			const content = method === 0 ? packed : inflateRawSync(packed);
			if (crc32(content) !== file.readUInt32LE(at + 16) || content.length !== size) return undefined;
			found.push({ name, content });
			at += 46 + nameSize + extraSize + noteSize;
		}
		return found;
	} catch {
		return undefined;
	}
}

/** Zips, whole and as wrong as they come: what is taken has the very files that a plain reader finds. */
export const zips: Target<ZipInput> = {
	name: 'zips',
	weight: 2,
	make: oddZip,
	async check({ file, contents }): Promise<Ending> {
		const found: Array<{ name: string; content: Buffer }> = [];
		try {
			for (const entry of await openZip({ buffer: file })) {
				found.push({ name: entry.name, content: await bytesOf(entry.open()) });
			}
		} catch (error) {
			if (contents) throw new Mismatch('a zip is refused that is all right');
			return refusedWith(error);
		}
		for (const { name } of found) {
			if (/[/\\\0]/.test(name) || name === '') {
				throw new Mismatch('a dangerous name is taken', undefined, name);
			}
		}
		if (contents) expectSame('a file in a zip', found, contents);
		expectSame('a file in a zip', found, refereeZip(file));
		return 'accepted';
	},
};
