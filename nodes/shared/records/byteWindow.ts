import { createByteRoom, type ByteRoom } from './byteRoom';

/**
 * The part of a source that is looked at: bytes that follow one another without gaps, however the source was cut.
 * Holds at most what it was made for, unless told to grow.
 */
export interface ByteWindow {
	/** `bytes[begin … end - 1]` is in use; one byte more exists behind `end`. Replaced when the window grows. */
	bytes: Buffer;
	begin: number;
	end: number;
	/** the source has ended: nothing follows after `end` */
	last: boolean;
	/** Moves what is in use to the front and fills the rest from the source. */
	fill(): Promise<void>;
	/** Doubles the room; what `bytes` was before must not be used any more. */
	grow(): void;
	/** Releases the source, wherever it stands. */
	close(): Promise<void>;
}

/**
 * Opens a window over a source.
 * @param source bytes, in pieces of any size
 * @param size room in bytes
 * @param room where the bytes are kept
 */
export function createByteWindow(
	source: AsyncIterable<Uint8Array>,
	size: number,
	room: ByteRoom = createByteRoom(),
): ByteWindow {
	const pieces = source[Symbol.asyncIterator]();
	let piece: Uint8Array = new Uint8Array(0);
	let taken = 0;

	const window: ByteWindow = {
		bytes: room.resize(size + 1),
		begin: 0,
		end: 0,
		last: false,
		fill,
		grow,
		close,
	};

	async function fill(): Promise<void> {
		const { bytes } = window;
		if (window.begin > 0) {
			bytes.copyWithin(0, window.begin, window.end);
			window.end -= window.begin;
			window.begin = 0;
		}
		const most = bytes.length - 1;
		while (window.end < most && !window.last) {
			if (taken === piece.length) {
				const next = await pieces.next();
				if (next.done) {
					window.last = true;
					break;
				}
				piece = next.value;
				taken = 0;
				continue;
			}
			const part = piece.subarray(taken, taken + most - window.end);
			bytes.set(part, window.end);
			window.end += part.length;
			taken += part.length;
		}
	}

	function grow(): void {
		window.bytes = room.resize((window.bytes.length - 1) * 2 + 1);
	}

	async function close(): Promise<void> {
		await pieces.return?.();
	}

	return window;
}

/** Passes over the byte order mark of UTF-8, if there is one at the beginning. */
export function skipByteOrderMark(window: ByteWindow): void {
	const { bytes, begin, end } = window;
	if (end - begin >= 3 && bytes[begin] === 0xef && bytes[begin + 1] === 0xbb && bytes[begin + 2] === 0xbf) {
		window.begin += 3;
	}
}
