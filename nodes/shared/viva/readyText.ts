const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** What a reader of CSV forgives, and a service need not. */
export interface TextHabits {
	/** the file begins with the mark of UTF-8 */
	byteOrderMark: boolean;
	/** lines with nothing in them */
	blankLines: number;
	/** line ends that are a carriage return alone */
	lonelyReturns: number;
}

/**
 * Looks at the bytes of a CSV file as they go by.
 * @param source the file
 * @returns the same bytes, and what was seen of them so far
 */
export function watchText(source: AsyncIterable<Buffer>): {
	bytes: AsyncIterable<Buffer>;
	habits: TextHabits;
} {
	const habits: TextHabits = { byteOrderMark: false, blankLines: 0, lonelyReturns: 0 };
	let position = 0;
	let marked = 0;
	let quoted = false;
	let lineBegins = true;
	let afterReturn = false;

	function look(piece: Buffer): void {
		for (let i = 0; i < piece.length; i++) {
			const byte = piece[i];
			if (position < BYTE_ORDER_MARK.length && byte === BYTE_ORDER_MARK[position]) marked++;
			const isMark = ++position === marked;
			if (afterReturn) {
				afterReturn = false;
				if (byte === LINE_FEED) continue;
				habits.lonelyReturns++;
			}
			if (byte === QUOTE) quoted = !quoted;
			if (!quoted && (byte === LINE_FEED || byte === CARRIAGE_RETURN)) {
				if (lineBegins) habits.blankLines++;
				lineBegins = true;
				afterReturn = byte === CARRIAGE_RETURN;
			} else if (!isMark) lineBegins = false;
		}
		habits.byteOrderMark = marked === BYTE_ORDER_MARK.length;
	}

	async function* bytes(): AsyncGenerator<Buffer> {
		for await (const piece of source) {
			look(piece);
			yield piece;
		}
		if (afterReturn) habits.lonelyReturns++;
	}
	return { bytes: bytes(), habits };
}
