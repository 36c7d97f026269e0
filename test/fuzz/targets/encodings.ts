import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { decodeText } from '../../../nodes/shared/files/encoding';
import { gunzipIfNeeded } from '../../../nodes/shared/files/gzip';
import { inPieces } from '../../unit/csv/reading';
import { csvText } from '../inputs/csvText';
import { damaged, pieceSizes, randomBytes } from '../inputs/mutations';
import type { Random } from '../random';
import { expectSame, Mismatch, refusedWith, type Ending, type Target } from '../target';
import { bytesOf } from '../../helpers/bytesOf';

/** A text file, and how it is told to be encoded. */
export interface EncodedInput {
	file: Buffer;
	/** `auto`: to be found out */
	encoding: string;
	sizes: number[];
	/** where the file was made from text without a fault: how it was encoded */
	made?: 'utf-8' | 'utf-16le' | 'utf-16be';
}

const TOLD = [
	'auto',
	'utf-8',
	'windows-1252',
	'iso-8859-2',
	'koi8-r',
	'macintosh',
	'utf-16le',
	'shift_jis',
	'gb18030',
	'big5',
	'euc-kr',
];

/** Windows-1252 from 0x80 to 0x9f by Microsoft's table; the five that it leaves open stay as they are. */
const WINDOWS_1252 = [
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
	0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
	0x0153, 0x9d, 0x017e, 0x0178,
];

function make(random: Random): EncodedInput {
	const sizes = pieceSizes(random);
	const encoding = random.oneIn(2) ? 'auto' : random.pick(TOLD);
	if (random.oneIn(5)) return { file: randomBytes(random, random.length(200)), encoding, sizes };
	const text = csvText(random, ',');
	const made = random.pick(['utf-8', 'utf-16le', 'utf-16be'] as const);
	const mark = random.oneIn(2) ? '\ufeff' : '';
	let file: Buffer = Buffer.from(mark + text, made === 'utf-8' ? 'utf8' : 'utf16le');
	if (made === 'utf-16be') file.swap16();
	if (random.below(3) > 0) return { file, encoding: 'auto', sizes, made };
	file = damaged(random, file, 1 + random.below(2));
	return { file, encoding, sizes };
}

/** The text in UTF-8 as an encoding has it, or nothing where it is none. */
function decoded(file: Buffer, encoding: string): Buffer | undefined {
	if (encoding === 'windows-1252') {
		return Buffer.from(
			String.fromCodePoint(...[...file].map((byte) => WINDOWS_1252[byte - 0x80] ?? byte)),
			'utf8',
		);
	}
	try {
		return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(file), 'utf8');
	} catch {
		return undefined;
	}
}

function withoutMark(bytes: Buffer): Buffer {
	return bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? bytes.subarray(3) : bytes;
}

/** Texts in many encodings, told or found out: decoded as `TextDecoder` does it in one piece, or refused. */
export const encodings: Target<EncodedInput> = {
	name: 'encodings',
	weight: 15,
	make,
	async check({ file, encoding, sizes, made }): Promise<Ending> {
		let found: Buffer | undefined;
		try {
			found = await bytesOf(await decodeText(inPieces(file, sizes), encoding));
		} catch (error) {
			refusedWith(error);
		}
		const hex = file.subarray(0, 4).toString('hex');
		if (/^(?:fffe0000|0000feff)/.test(hex)) {
			if (found) throw new Mismatch('UTF-32 is taken for something else');
			return 'refused';
		}
		const marked = hex.startsWith('fffe') ? 'utf-16le' : hex.startsWith('feff') ? 'utf-16be' : undefined;
		const isUtf8 = hex.startsWith('efbbbf');
		const told = encoding === 'auto' ? undefined : encoding;
		const names = isUtf8 ? ['utf-8'] : [marked ?? made ?? told].filter((name) => name !== undefined);
		// Where nothing tells, it is one of these.
		if (names.length === 0) names.push('utf-8', 'utf-16le', 'utf-16be');
		// Whether UTF-8 is valid is for rules to judge.
		const wanted = names.map((name) => (name === 'utf-8' ? file : decoded(file, name)));
		if (!found) {
			if (wanted.every((bytes) => bytes !== undefined))
				throw new Mismatch('a text is refused that can be decoded');
			return 'refused';
		}
		const same = wanted.some((bytes) => bytes && withoutMark(bytes).equals(withoutMark(found)));
		if (!same) throw new Mismatch('a text is decoded to something else', wanted, found);
		return 'accepted';
	},
};

/** A file that may be packed with gzip. */
export interface PackedInput {
	file: Buffer;
	sizes: number[];
	/** what was packed, where nothing was damaged */
	content?: Buffer;
}

/** Files packed with gzip, whole, cut and damaged: unpacked as zlib does it in one piece, or refused. */
export const gzip: Target<PackedInput> = {
	name: 'gzip',
	weight: 1,
	make(random) {
		const sizes = pieceSizes(random);
		const content = random.oneIn(8)
			? Buffer.alloc(random.below(5000), 'a')
			: Buffer.from(csvText(random, ','));
		if (random.oneIn(10)) return { file: content, sizes, content };
		const members = random.oneIn(5) ? [content, content] : [content];
		const file = Buffer.concat(members.map((member) => gzipSync(member, { level: random.between(0, 9) })));
		if (random.oneIn(3)) return { file, sizes, content: Buffer.concat(members) };
		if (random.oneIn(6))
			return { file: Buffer.concat([file.subarray(0, 10), deflateRawSync(content)]), sizes };
		return { file: damaged(random, file, 1 + random.below(2)), sizes };
	},
	async check({ file, sizes, content }): Promise<Ending> {
		let found: Buffer | undefined;
		try {
			found = await bytesOf(await gunzipIfNeeded(inPieces(file, sizes)));
		} catch (error) {
			refusedWith(error);
		}
		if (!found) {
			if (content) throw new Mismatch('a file is refused that can be unpacked');
			return 'refused';
		}
		if (content) expectSame('an unpacked file', found, content);
		else if (file.subarray(0, 3).equals(Buffer.from([0x1f, 0x8b, 8]))) {
			expectSame('an unpacked file', found, unpacked(file));
		} else expectSame('a file that is not packed', found, file);
		return 'accepted';
	},
};

function unpacked(file: Buffer): Buffer | undefined {
	try {
		return gunzipSync(file);
	} catch {
		return undefined;
	}
}
