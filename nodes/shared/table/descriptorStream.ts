import { read } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';

const readAt = promisify(read);

/**
 * A stream over part of an open file that leaves the file open, however the stream ends. (Node's own file stream closes the
 * descriptor when it is destroyed, `autoClose` or not; the next to open a file would then get the same number.)
 * @param fd the open file; it must outlive the stream
 * @param start first byte
 * @param length number of bytes
 * @param pieceBytes size of the pieces in which it is read, in bytes
 */
export function descriptorStream(fd: number, start: number, length: number, pieceBytes: number): Readable {
	async function* pieces(): AsyncGenerator<Buffer> {
		let at = start;
		while (at < start + length) {
			const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, start + length - at));
			const { bytesRead } = await readAt(fd, piece, 0, piece.length, at);
			if (bytesRead === 0) return;
			at += bytesRead;
			yield bytesRead === piece.length ? piece : piece.subarray(0, bytesRead);
		}
	}
	return Readable.from(pieces(), { objectMode: false, highWaterMark: pieceBytes });
}
