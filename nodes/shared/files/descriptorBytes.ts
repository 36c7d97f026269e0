import { read } from 'node:fs';
import { promisify } from 'node:util';

const readAt = promisify(read);

/**
 * Reads part of an open file and leaves the file open, however the reading ends. (Node's own file stream closes the descriptor
 * when it is destroyed, `autoClose` or not; the next to open a file would then get the same number.)
 * @param fd the open file; it must outlive the reading
 * @param start first byte
 * @param length number of bytes
 * @param pieceBytes size of the pieces, in bytes
 * @throws Error where the file ends earlier
 */
export async function* descriptorBytes(
	fd: number,
	start: number,
	length: number,
	pieceBytes: number,
): AsyncGenerator<Buffer, void, void> {
	const end = start + length;
	let at = start;
	while (at < end) {
		const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, end - at));
		const { bytesRead } = await readAt(fd, piece, 0, piece.length, at);
		if (bytesRead === 0) throw new Error('the file ends too early');
		at += bytesRead;
		yield bytesRead === piece.length ? piece : piece.subarray(0, bytesRead);
	}
}
