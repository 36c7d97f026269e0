import { withoutSecrets } from './redact';

/** How much of a value from outside is kept. */
interface Budget {
	/** levels of lists and objects */
	depth: number;
	/** entries of lists and objects, all together */
	entries: number;
	/** characters of one text */
	text: number;
}

const BUDGET: Budget = { depth: 5, entries: 200, text: 1_000 };
/** Stands in place of what is too deep or too much. */
const LEFT_OUT = '…';

/**
 * A text from outside that may be stored: on one line, cut, without control characters and halves of characters, and
 * without what looks like a secret.
 * @param length highest number of characters
 */
export function boundedText(text: string, length: number): string {
	// What follows is not kept; cutting first bounds the work of the patterns.
	const start = text.trimStart().slice(0, 4 * length);
	const plain = withoutSecrets(start.replace(/[\s\p{Cc}]+/gu, ' ')).trim();
	const cut = plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
	return Buffer.from(cut).toString('utf8');
}

/**
 * A text from outside that may stand in an error or a log: as {@link boundedText}, and without e-mail addresses, which
 * services like to quote from the data.
 * @param length highest number of characters
 */
export function quote(text: string, length: number): string {
	return boundedText(text, length).replace(/[^\s"'<>()[\],;:|=]+/g, (word) =>
		/.@./.test(word) ? '[address]' : word,
	);
}

/**
 * A value from outside, such as parsed JSON, small enough to be stored and shown: few levels and entries, short texts.
 * Texts go through {@link boundedText}.
 */
export function boundedValue(value: unknown, budget: Budget = { ...BUDGET }): unknown {
	if (typeof value === 'string') return boundedText(value, budget.text);
	if (typeof value !== 'object' || value === null) return value;
	if (budget.depth === 0) return LEFT_OUT;
	const inner = { ...budget, depth: budget.depth - 1 };
	const kept: Array<[string, unknown]> = [];
	for (const [name, entry] of Object.entries(value)) {
		if (inner.entries-- <= 0) break;
		kept.push([boundedText(name, 100), boundedValue(entry, inner)]);
	}
	budget.entries = inner.entries;
	return Array.isArray(value) ? kept.map(([, entry]) => entry) : Object.fromEntries(kept);
}

/** What the services answer has a handful of levels. */
const DEEPEST = 100;

/**
 * The value of a text from outside that is JSON, undefined for any other. What is nested deeper than {@link DEEPEST} levels is
 * left out before: it would keep the parser busy for a second for each megabyte.
 */
export function jsonValue(text: string): unknown {
	try {
		return JSON.parse(withoutDepths(text));
	} catch {
		return undefined;
	}
}

function withoutDepths(text: string): string {
	const pieces: string[] = [];
	let [depth, from, inString] = [0, 0, false];
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		if (character === '"') inString = !inString;
		else if (inString) at += character === '\\' ? 1 : 0;
		else if (character === '[' || character === '{') {
			if (++depth === DEEPEST) pieces.push(text.slice(from, at), JSON.stringify(LEFT_OUT));
		} else if ((character === ']' || character === '}') && depth-- === DEEPEST) from = at + 1;
	}
	// Text that ends within such a depth is no JSON, with it or without.
	return pieces.length === 0 ? text : pieces.join('') + (depth >= DEEPEST ? '' : text.slice(from));
}
