import { fstat, read } from 'node:fs';
import { promisify } from 'node:util';

/** Where bytes are that can be read in any order. A file descriptor stays its owner's, and has to outlive the reading. */
export type ByteLocation = { buffer: Buffer } | { fd: number };

/** A part of a location, in bytes. */
export interface ByteRange {
	start: number;
	length: number;
}

const readFrom = promisify(read);
const stat = promisify(fstat);

/** Bytes in all. */
export async function sizeOf(location: ByteLocation): Promise<number> {
	return 'fd' in location ? (await stat(location.fd)).size : location.buffer.length;
}

/**
 * Reads a part of a location, and leaves an open file open, however the reading ends. (Node's own file stream closes the
 * descriptor when it is destroyed, `autoClose` or not; the next to open a file would then get the same number.)
 * @param pieceBytes size of the pieces, in bytes
 * @throws Error where the location ends earlier
 */
export async function* bytesIn(
	location: ByteLocation,
	{ start, length }: ByteRange,
	pieceBytes: number,
): AsyncGenerator<Buffer, void, void> {
	const end = start + length;
	for (let at = start; at < end;) {
		const piece = await pieceAt(location, at, Math.min(pieceBytes, end - at));
		if (piece.length === 0) throw new Error('the file ends too early');
		at += piece.length;
		yield piece;
	}
}

/**
 * Reads a small part of a location at once.
 * @throws Error where the location ends earlier
 */
export async function bytesAt(location: ByteLocation, range: ByteRange): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of bytesIn(location, range, range.length)) pieces.push(piece);
	return Buffer.concat(pieces);
}

async function pieceAt(location: ByteLocation, at: number, length: number): Promise<Buffer> {
	if ('buffer' in location) return location.buffer.subarray(at, at + length);
	const piece = Buffer.allocUnsafeSlow(length);
	const { bytesRead } = await readFrom(location.fd, piece, 0, length, at);
	return piece.subarray(0, bytesRead);
}
