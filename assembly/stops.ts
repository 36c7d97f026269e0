/*
 * Finds the bytes at which something may end: NUL, line breaks, quotes, commas and the delimiter, 64 bytes at a look.
 */

export const BLOCK: usize = 64;

/** address of the block that is looked at; read and set by who walks over many stops */
export let block: usize = 0;
/** its stops that were not given out yet, one bit a byte */
export let waiting: u64 = 0;
let delimiters: v128 = i8x16.splat(0x2c);

/** Goes to an address; stops are given out from there. */
export function seek(address: usize, delimiter: u32): void {
	delimiters = i8x16.splat(delimiter as i8);
	block = address;
	waiting = stopsOf(address);
}

/** Address of the next stop. There must be one, or what lies behind the text would be read without end. */
export function nextStop(): usize {
	let found = waiting;
	while (found == 0) {
		block += BLOCK;
		found = stopsOf(block);
	}
	waiting = found & (found - 1);
	return block + (ctz(found) as usize);
}

/** Goes on from a place that was walked to. */
export function resume(blockAt: usize, stops: u64): void {
	block = blockAt;
	waiting = stops;
}

/** The stops of a block, one bit a byte. */
export function stopsOf(address: usize): u64 {
	return (
		(bits(address) as u64) |
		((bits(address + 16) as u64) << 16) |
		((bits(address + 32) as u64) << 32) |
		((bits(address + 48) as u64) << 48)
	);
}

/** One bit for each of 16 bytes. Each low half of a byte belongs to one stop at most: that one is looked up and compared. */
function bits(address: usize): u32 {
	const text = v128.load(address);
	// Where no stop has that low half stands a byte with another one. The order is that of the low halves: NUL, LF, comma, CR
	// and the quote are at their own places.
	const stops = i8x16(
		0x00,
		0x10,
		0x22,
		0x20,
		0x20,
		0x20,
		0x20,
		0x20,
		0x20,
		0x20,
		0x0a,
		0x20,
		0x2c,
		0x0d,
		0x20,
		0x20,
	);
	const same = i8x16.eq(i8x16.swizzle(stops, v128.and(text, i8x16.splat(0x0f))), text);
	return i8x16.bitmask(v128.or(same, i8x16.eq(text, delimiters))) as u32;
}
