import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { problem, type Problem } from '../core/problem';
import { peek } from './peek';
import { ZIP_LIMITS, type ZipLimits } from '../zip/zipReader';

/** Pieces in which a file is unpacked, in bytes. */
const PIECE = 262_144;

/**
 * Unpacks a file if its first bytes are those of gzip (RFC 1952), else gives it as it is.
 * @param source the file's bytes
 * @param options bounds as for a zip, see {@link ZIP_LIMITS}
 * @throws Problem `input` while it is read: damaged or cut data, suspiciously large content
 */
export async function gunzipIfNeeded(
	source: AsyncIterable<Buffer>,
	options: Partial<Omit<ZipLimits, 'entries'>> = {},
): Promise<AsyncIterable<Buffer>> {
	const peeked = await peek(source, 3);
	return isGzip(peeked.head) ? gunzip(peeked.source, { ...ZIP_LIMITS, ...options }) : peeked.source;
}

/** Whether a file begins as gzip does: its two magic bytes, and Deflate as the only method there is. */
export function isGzip(head: Uint8Array): boolean {
	return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

async function* gunzip(
	packed: AsyncIterable<Buffer>,
	limits: Omit<ZipLimits, 'entries'>,
): AsyncGenerator<Buffer, void, void> {
	const unpacker = createGunzip({ chunkSize: PIECE });
	const source = watchZeros(packed);
	// The error of a pipeline, its source's too, reaches the loop below through its last stream.
	pipeline(source.pieces, unpacker, () => {});
	const pieces: AsyncIterator<Buffer> = unpacker[Symbol.asyncIterator]();
	let size = 0;
	try {
		for (;;) {
			const { done, value } = await pieces.next().catch((error: unknown) => {
				throw isZlibError(error) ? damaged(error) : error;
			});
			if (done) break;
			size += value.length;
			if (
				size > limits.unpackedBytes ||
				size > Math.max(limits.ratioFromBytes, unpacker.bytesWritten * limits.ratio)
			) {
				throw problem.input(
					`The compressed file unpacks to more than ${Math.floor(size / 1024 ** 2)} MB, which is suspiciously large.`,
					'Check where the file comes from; give it unpacked if it is right.',
				);
			}
			yield value;
		}
		if ((await source.endOfContent()) > unpacker.bytesWritten) {
			throw damaged(new Error('bytes follow behind the last member'));
		}
	} finally {
		unpacker.destroy();
	}
}

/** Node stops unpacking, without a word, where a zero byte follows a member, whatever comes behind it. */
function watchZeros(packed: AsyncIterable<Buffer>) {
	const source = packed[Symbol.asyncIterator]();
	let bytes = 0;
	let contentEnd = 0;

	async function next(): Promise<IteratorResult<Buffer>> {
		const piece = await source.next();
		if (piece.done) return piece;
		let end = piece.value.length;
		while (end > 0 && piece.value[end - 1] === 0) end--;
		if (end > 0) contentEnd = bytes + end;
		bytes += piece.value.length;
		return piece;
	}

	const iterator = {
		next,
		async return(): Promise<IteratorResult<Buffer>> {
			await source.return?.();
			return { done: true, value: undefined };
		},
	};
	return {
		pieces: { [Symbol.asyncIterator]: () => iterator },
		/** Reads to the end; gives the place behind the last byte that is not zero. */
		async endOfContent(): Promise<number> {
			while (!(await next()).done);
			return contentEnd;
		},
	};
}

function isZlibError(error: unknown): error is NodeJS.ErrnoException {
	return String((error as Partial<NodeJS.ErrnoException> | undefined)?.code).startsWith('Z_');
}

function damaged(error: Error): Problem {
	return problem.input(
		'The compressed file (gzip) is damaged or incomplete.',
		'Make the file again, and check that the step before gives the whole file.',
		{ cause: error.message },
	);
}
