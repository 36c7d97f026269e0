import { crc32, inflateRawSync } from 'node:zlib';
import { openZip } from '../../../nodes/shared/files/zipReader';
import { handMadeZip, type HandMadeEntry } from '../../unit/files/handMadeZip';
import { csvText } from '../inputs/csvText';
import { damaged, randomBytes } from '../inputs/mutations';
import type { Random } from '../random';
import { expectSame, Mismatch, refusedWith, type Ending, type Target } from '../target';

/** A zip, and what is in it where nothing about it is wrong. */
export interface ZipInput {
	file: Buffer;
	contents?: Array<{ name: string; content: Buffer }>;
}

const NAMES = [
	'data.csv',
	'metadata.json',
	'DATA.CSV',
	'other.txt',
	'é.csv',
	'../data.csv',
	'/etc/passwd',
	'folder/data.csv',
	'..\\data.csv',
	'C:\\data.csv',
	'',
	'a\0b.csv',
	'a\nb',
	'__MACOSX/._data.csv',
	'.',
];
const DIRECTORY_ENTRY = 0x02014b50;
const PLAIN_NAMES = ['data.csv', 'metadata.json', 'other.txt', 'é.csv'];

function make(random: Random): ZipInput {
	if (random.oneIn(20)) return { file: randomBytes(random, random.length(200)) };
	const content = () => Buffer.from(random.oneIn(5) ? '' : csvText(random, ','));
	const clean = random.oneIn(3);
	const names = clean ? PLAIN_NAMES.slice(0, random.below(5)) : random.many(0, 4, () => random.pick(NAMES));
	const entries = names.map((name): HandMadeEntry => ({
		name,
		content: content(),
		method: random.oneIn(4) ? 0 : 8,
	}));
	if (clean) {
		const contents = entries.map((entry) => ({ name: entry.name, content: entry.content as Buffer }));
		return { file: handMadeZip(entries), contents };
	}
	for (const entry of entries) {
		if (!random.oneIn(3)) continue;
		Object.assign(entry, oddity(random));
	}
	let file = handMadeZip(entries, random.oneIn(10) ? { entries: random.below(200) } : {});
	if (random.oneIn(2)) file = damaged(random, file, 1 + random.below(2));
	if (random.oneIn(10)) file = Buffer.concat([randomBytes(random, 20), file]);
	if (random.oneIn(10)) file = Buffer.concat([file, file.subarray(-22)]);
	return { file };
}

/** One thing that is wrong, or unusual, about a file in a zip. */
function oddity(random: Random): Partial<HandMadeEntry> {
	return random.pick<() => Partial<HandMadeEntry>>([
		// encrypted; with sizes behind the data; both
		() => ({ flags: random.pick([1, 8, 9, 0x2041]) }),
		() => ({ method: random.pick([1, 9, 12, 14, 93, 99]) }),
		() => ({ size: random.pick([0, 1, 0xffffffff, 0x7fffffff]) }),
		() => ({ packedSize: random.pick([0, 1, 0xffffffff]) }),
		() => ({ crc: random.below(1000) }),
		() => ({ offset: random.pick([0, 1, 30, 0xffffffff]) }),
		() => ({ local: { name: random.pick(NAMES) } }),
		// a symbolic link, a folder
		() => ({ madeBy: 0x0314, attributes: random.pick([0o120777, 0o040755]) * 65_536 }),
		() => ({ packed: randomBytes(random, random.below(40)) }),
		() => ({ content: Buffer.alloc(100_000) }),
	])();
}

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

/**
 * Reads a zip as plainly as its format allows: the directory at the end, then each file where the directory says.
 * @returns nothing where something does not fit
 */
export function refereeZip(file: Buffer): Array<{ name: string; content: Buffer }> | undefined {
	try {
		const end = file.lastIndexOf('PK\x05\x06', file.length, 'latin1');
		const count = file.readUInt16LE(end + 10);
		const startsAt = file.readUInt32LE(end + 16);
		// Bytes before the zip may shift everything; then the directory still ends where its end record begins.
		const isShifted = count > 0 && file.readUInt32LE(startsAt) !== DIRECTORY_ENTRY;
		const shift = isShifted ? end - file.readUInt32LE(end + 12) - startsAt : 0;
		const found: Array<{ name: string; content: Buffer }> = [];
		for (let i = 0, at = startsAt + shift; i < count; i++) {
			if (file.readUInt32LE(at) !== DIRECTORY_ENTRY) return undefined;
			const method = file.readUInt16LE(at + 10);
			const packedSize = file.readUInt32LE(at + 20);
			const [nameSize, extraSize, noteSize] = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
			const local = file.readUInt32LE(at + 42) + shift;
			const name = nameOf(file.subarray(at + 46, at + 46 + nameSize), file.readUInt16LE(at + 8));
			const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
			const packed = file.subarray(begin, begin + packedSize);
			const content = method === 0 ? packed : inflateRawSync(packed);
			if (crc32(content) !== file.readUInt32LE(at + 16) || content.length !== file.readUInt32LE(at + 24)) {
				return undefined;
			}
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
	make,
	async check({ file, contents }): Promise<Ending> {
		const found: Array<{ name: string; content: Buffer }> = [];
		try {
			for (const entry of await openZip({ buffer: file })) {
				const pieces: Buffer[] = [];
				for await (const piece of entry.open()) pieces.push(Buffer.from(piece));
				found.push({ name: entry.name, content: Buffer.concat(pieces) });
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
