import { deflateRawSync, crc32 } from 'node:zlib';
import {
	descriptorOf,
	handMadeZip,
	SIZES_FOLLOW,
	zip64Extra,
	type HandMadeEnd,
	type HandMadeEntry,
} from '../../unit/zip/handMadeZip';
import type { Random } from '../random';
import { csvText } from './csvText';
import { damaged, randomBytes } from './mutations';

/** A zip, and what is in it where nothing about it is wrong. */
export interface ZipInput {
	file: Buffer;
	contents?: Array<{ name: string; content: Buffer }>;
}

const PLAIN_NAMES = ['data.csv', 'metadata.json', 'other.txt', 'a b.csv'];
const NAMES = [
	...PLAIN_NAMES,
	'é.csv',
	'DATA.CSV',
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
const NAMES_IN_UTF8 = 0x800;
const SIGNATURES = ['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07', 'PK\x07\x08'];

/** Makes a zip: one in three is all right; the others are as unusual, wrong and damaged as they come. */
export function oddZip(random: Random): ZipInput {
	if (random.oneIn(20)) return { file: randomBytes(random, random.length(200)) };
	const clean = random.oneIn(3);
	const plain = clean || !random.oneIn(4);
	const names = plain ? PLAIN_NAMES.slice(0, random.below(5)) : random.many(0, 4, () => random.pick(NAMES));
	const entries = names.map((name): HandMadeEntry => {
		const content = Buffer.from(random.oneIn(5) ? '' : csvText(random, ','));
		return { name, content, ...usual(random, content) };
	});
	const end: HandMadeEnd = {
		zip64: random.oneIn(6),
		...(random.oneIn(6) ? { comment: Buffer.from('made by hand') } : {}),
	};
	if (clean) {
		const contents = entries.map((entry) => ({ name: entry.name, content: entry.content as Buffer }));
		return { file: handMadeZip(entries, end), contents };
	}
	for (const entry of entries) {
		if (random.oneIn(3)) Object.assign(entry, oddEntry(random, entry));
	}
	let file = handMadeZip(entries, random.oneIn(4) ? { ...end, ...oddEnd(random, entries) } : end);
	if (random.oneIn(3)) file = damaged(random, file, 1 + random.below(2));
	for (let i = random.below(3); i > 0; i--) file = changedHeader(random, file);
	if (random.oneIn(20)) file = Buffer.concat([randomBytes(random, 20), file]);
	if (random.oneIn(20)) file = Buffer.concat([file, file.subarray(-22)]);
	return { file };
}

/** Ways in which programs write a file. */
function usual(random: Random, content: Buffer): Partial<HandMadeEntry> {
	const method = random.oneIn(4) ? 0 : 8;
	const packed = method === 0 ? content : deflateRawSync(content, { level: random.between(0, 9) });
	const sizes = { crc: crc32(content), size: content.length, packedSize: packed.length };
	const entry = { method, packed, madeBy: random.pick([0x14, 0x31e, 0xa14, 0x132d]) };
	return random.pick<() => Partial<HandMadeEntry>>([
		() => entry,
		() => ({ ...entry, comment: 'of a file', extra: Buffer.from('5455050003d0f1256a', 'hex') }),
		() => ({ ...entry, local: { extra: Buffer.from('7875040001040000', 'hex') } }),
		() => ({
			...entry,
			flags: SIZES_FOLLOW | NAMES_IN_UTF8,
			descriptor: descriptorOf(sizes, { signature: !random.oneIn(3), long: random.oneIn(3) }),
			...(random.oneIn(3) ? { local: sizes } : {}),
		}),
		() => ({
			...entry,
			local: { size: 0xffffffff, packedSize: 0xffffffff, extra: zip64Extra(sizes.size, sizes.packedSize) },
		}),
		() => ({
			...entry,
			size: 0xffffffff,
			packedSize: 0xffffffff,
			extra: zip64Extra(sizes.size, sizes.packedSize),
			local: { ...sizes, extra: Buffer.alloc(0) },
		}),
	])();
}

/** One thing that is wrong, or unusual, about a file in a zip. */
function oddEntry(random: Random, { name, packed }: HandMadeEntry): Partial<HandMadeEntry> {
	const number = () => random.pick([0, 1, 4, 30, 0xffff, 0x7fffffff, 0xffffffff]);
	const hidden = handMadeZip([{ name, content: 'a,b\n' }]);
	return random.pick<() => Partial<HandMadeEntry>>([
		// encrypted; with sizes behind the data; both
		() => ({ flags: random.pick([1, 8, 9, 0x2041, 6, 0]) }),
		() => ({ method: random.pick([1, 9, 12, 14, 93, 99]) }),
		() => ({ size: number() }),
		() => ({ packedSize: number() }),
		() => ({ crc: random.below(1000) }),
		() => ({ offset: number() }),
		() => ({ local: { name: random.pick(NAMES) } }),
		() => ({ local: { size: number() } }),
		() => ({ local: { packedSize: number() } }),
		() => ({ local: { crc: number() } }),
		() => ({ local: { method: random.pick([0, 8]) } }),
		() => ({ local: { flags: random.pick([0, 2, 8, 0x800]) } }),
		// a symbolic link, folders
		() => ({
			madeBy: random.below(0x2000),
			attributes: random.pick([0o120777, 0o040755, 0o100644, 0]) * 65_536,
		}),
		() => ({ madeBy: random.below(0x2000), attributes: random.below(64) }),
		() => ({ packed: randomBytes(random, random.below(40)) }),
		() => ({ packed: Buffer.concat([packed ?? Buffer.alloc(0), randomBytes(random, 1 + random.below(9))]) }),
		() => ({ content: Buffer.alloc(100_000) }),
		() => ({
			before: random.oneIn(2) ? randomBytes(random, 9) : hidden.subarray(0, hidden.indexOf(SIGNATURES[0])),
		}),
		() => ({ descriptor: randomBytes(random, random.pick([4, 12, 16, 20, 24])) }),
		() => ({ extra: unicodePath(random.pick(NAMES), name) }),
		() => ({ local: { extra: unicodePath(random.pick(NAMES), name) } }),
		() => ({ extra: randomBytes(random, random.below(12)) }),
		() => ({ local: { extra: randomBytes(random, random.below(12)) } }),
		() => ({ extra: zip64Extra(...random.many(0, 3, number)) }),
		() => ({ comment: handMadeZip([]).toString('latin1') }),
	])();
}

/** One thing that is wrong, or unusual, about the end of a zip. */
function oddEnd(random: Random, entries: readonly HandMadeEntry[]): HandMadeEnd {
	return random.pick<() => HandMadeEnd>([
		() => ({ entries: random.below(200) }),
		() => ({ directorySize: random.below(200) }),
		() => ({ directoryOffset: random.below(200) }),
		() => ({ comment: handMadeZip(entries.slice(0, 1)) }),
		() => ({ comment: handMadeZip([]) }),
		() => ({ beforeDirectory: randomBytes(random, 1 + random.below(30)) }),
		() => ({ beforeEnd: randomBytes(random, 1 + random.below(30)) }),
		() => ({ beforeEnd: handMadeZip([]) }),
	])();
}

/** Another name in Info-ZIP's field (4.6.9). */
function unicodePath(name: string, of: string): Buffer {
	const field = Buffer.alloc(9);
	field.writeUInt16LE(0x7075, 0);
	field.writeUInt16LE(5 + Buffer.byteLength(name), 2);
	field.writeUInt8(1, 4);
	field.writeUInt32LE(crc32(of), 5);
	return Buffer.concat([field, Buffer.from(name)]);
}

/** Changes a byte of a record, where each one means something. */
function changedHeader(random: Random, file: Buffer): Buffer {
	const starts: number[] = [];
	for (const signature of SIGNATURES) {
		for (
			let at = file.indexOf(signature, 0, 'latin1');
			at >= 0;
			at = file.indexOf(signature, at + 4, 'latin1')
		) {
			starts.push(at);
		}
	}
	if (starts.length === 0) return file;
	const at = random.pick(starts) + 4 + random.below(52);
	if (at < file.length) file[at] = random.oneIn(2) ? file[at] ^ (1 << random.below(8)) : random.below(256);
	return file;
}
