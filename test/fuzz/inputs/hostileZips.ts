import { constants, deflateRawSync } from 'node:zlib';
import type { HandMadeEntry } from '../../unit/zip/handMadeZip';

const PIECE = 16 * 1024 ** 2;
/** An empty last block of Deflate. */
const LAST_BLOCK = Buffer.from([3, 0]);

/**
 * Rows of Deflate's best ratio, about 1:1000: one packed piece over and over, since nothing in it refers to what was before.
 * @param size unpacked, in bytes
 */
export function packedRows(
	name: string,
	size: number,
): HandMadeEntry & { packed: Buffer; size: number; crc: number } {
	const piece = deflateRawSync(Buffer.alloc(PIECE, 'a,b\n'), { finishFlush: constants.Z_FULL_FLUSH });
	const packed = Buffer.concat([...Array.from({ length: size / PIECE }, () => piece), LAST_BLOCK]);
	return { name, content: '', packed, size, crc: 0 };
}
