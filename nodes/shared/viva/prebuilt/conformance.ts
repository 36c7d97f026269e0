const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** What a reader of CSV forgives, and a service need not. */
export interface TextConformance {
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
export function observeText(source: AsyncIterable<Buffer>): {
	bytes: AsyncIterable<Buffer>;
	habits: TextConformance;
} {
	const habits: TextConformance = { byteOrderMark: false, blankLines: 0, lonelyReturns: 0 };
	let marked = 0;
	let begins = true;
	let quoted = false;
	let lineBegins = true;
	let afterReturn = false;

	/** Goes from one telling byte to the next: looking at each in JavaScript takes longer than all rules together. */
	function look(piece: Buffer): void {
		let at = begins ? passMark(piece) : 0;
		let quote = piece.indexOf(QUOTE, at);
		let feed = piece.indexOf(LINE_FEED, at);
		let turn = piece.indexOf(CARRIAGE_RETURN, at);
		while (at < piece.length) {
			const found = earlier(earlier(quote, feed), turn);
			const next = found < 0 ? piece.length : found;
			if (next > at) {
				endReturn();
				lineBegins = false;
			}
			if (next === quote) {
				endReturn();
				quoted = !quoted;
				lineBegins = false;
				quote = piece.indexOf(QUOTE, next + 1);
			} else if (next === feed) {
				if (!afterReturn) endLine();
				afterReturn = false;
				feed = piece.indexOf(LINE_FEED, next + 1);
			} else if (next === turn) {
				endReturn();
				endLine();
				afterReturn = !quoted;
				turn = piece.indexOf(CARRIAGE_RETURN, next + 1);
			}
			at = next + 1;
		}
	}

	/** Passes the mark of UTF-8, which may come in pieces. */
	function passMark(piece: Buffer): number {
		let at = 0;
		while (at < piece.length && piece[at] === BYTE_ORDER_MARK[marked]) {
			at++;
			marked++;
		}
		begins = at === piece.length && marked < BYTE_ORDER_MARK.length;
		habits.byteOrderMark = marked === BYTE_ORDER_MARK.length;
		return at;
	}

	function endLine(): void {
		if (quoted) return;
		if (lineBegins) habits.blankLines++;
		lineBegins = true;
	}

	function endReturn(): void {
		if (afterReturn) habits.lonelyReturns++;
		afterReturn = false;
	}

	async function* bytes(): AsyncGenerator<Buffer> {
		for await (const piece of source) {
			look(piece);
			yield piece;
		}
		endReturn();
	}
	return { bytes: bytes(), habits };
}

/** The lower of two places; -1 is none. */
function earlier(one: number, other: number): number {
	return one < 0 || (other >= 0 && other < one) ? other : one;
}
