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
