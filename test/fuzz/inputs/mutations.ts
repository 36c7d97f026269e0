import type { Random } from '../random';

/** Bytes that mean something to one reader or another. */
const TELLING = [
	0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x3b, 0x09, 0x7c, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x3a, 0x20, 0x80, 0xc3, 0xe2,
	0xed, 0xef, 0xf0, 0xfe, 0xff, 0x1f, 0x50,
];

/**
 * Damages bytes as transfers, editors and attackers do: flipped bits, cut ends, pieces put in, left out, doubled or
 * exchanged.
 * @param bytes stay as they are
 * @param times how many damages
 */
export function damaged(random: Random, bytes: Buffer, times: number): Buffer {
	let result = Buffer.from(bytes);
	for (let i = 0; i < times; i++) result = Buffer.from(damagedOnce(random, result));
	return result;
}

function damagedOnce(random: Random, bytes: Buffer): Buffer {
	const at = random.below(bytes.length + 1);
	const size = 1 + random.length(64);
	const before = bytes.subarray(0, at);
	const behind = bytes.subarray(at);
	switch (random.below(8)) {
		case 0:
			if (at < bytes.length) bytes[at] ^= 1 << random.below(8);
			return bytes;
		case 1:
			if (at < bytes.length) bytes[at] = random.pick(TELLING);
			return bytes;
		case 2:
			return before;
		case 3:
			return Buffer.concat([before, bytes.subarray(at + size)]);
		case 4:
			return Buffer.concat([before, randomBytes(random, size), behind]);
		case 5:
			return Buffer.concat([before, Buffer.from(random.many(1, 3, () => random.pick(TELLING))), behind]);
		case 6: {
			const from = random.below(bytes.length + 1);
			return Buffer.concat([before, bytes.subarray(from, from + size), behind]);
		}
		default:
			if (at < bytes.length) bytes[at] = random.below(256);
			return bytes;
	}
}

/** Bytes without any meaning. */
export function randomBytes(random: Random, size: number): Buffer {
	const bytes = Buffer.alloc(size);
	for (let i = 0; i < size; i++) bytes[i] = random.below(256);
	return bytes;
}

/** Sizes of the pieces in which a source arrives, used over and over; tiny ones often, so that everything gets cut somewhere. */
export function pieceSizes(random: Random): number[] {
	if (random.oneIn(3)) return [];
	return random.many(1, 3, () => (random.oneIn(2) ? 1 + random.below(3) : 1 + random.below(60)));
}
