import type { HttpBody } from './message';

/** Shorter values, such as numbers of rows, stand in any sentence. */
const SHORTEST_VALUE = 4;
const SEPARATORS = /[\r\n\t,;|"{}[\]]+/;

/**
 * Makes a function that cuts values of people out of a sentence of a service: a service may quote what it was sent.
 * @param head the beginning of the request's body as it was sent
 * @param contentType of the body
 * @returns the function; it takes a text of some thousand characters at most
 */
export function createEchoFilter(
	head: Buffer,
	contentType: HttpBody['contentType'],
): (text: string) => string {
	let body: BodyValues | undefined;
	return (text) => {
		if (text.length < SHORTEST_VALUE) return text;
		body ??= valuesIn(head.toString('utf8'), contentType);
		return repeatedIn(text, body).reduce(withoutValue, text);
	};
}

/** What stands in a body: its pieces as they were split, and the names of columns among them. */
interface BodyValues {
	pieces: readonly string[];
	names: ReadonlySet<string>;
}

function valuesIn(head: string, contentType: string): BodyValues {
	const content = contentType.startsWith('multipart/') ? head.slice(head.indexOf('\r\n\r\n') + 4) : head;
	const isJson = /^\s*[[{]/.test(content);
	const names = isJson
		? Array.from(content.matchAll(/"([^"\\]{1,200})" ?:/g), ([, name]) => name)
		: content.split('\n', 1)[0].split(SEPARATORS);
	return { pieces: content.split(SEPARATORS), names: new Set(names.map((name) => name.trim())) };
}

/** The values that a text repeats, the longest first. Few do, so the others are not even sorted. */
function repeatedIn(text: string, { pieces, names }: BodyValues): string[] {
	const values = new Set<string>();
	for (const piece of pieces) {
		const value = piece.replace(/^:/, '').trim();
		if (value.length < SHORTEST_VALUE || value.length > text.length) continue;
		if (text.includes(value) && !names.has(value)) values.add(value);
	}
	return [...values].sort((a, b) => b.length - a.length);
}

/** Replaces a value where it stands alone, not as a part of a longer word. */
function withoutValue(text: string, value: string): string {
	let rest = text;
	for (let at = rest.indexOf(value); at >= 0; at = rest.indexOf(value, at + 1)) {
		const end = at + value.length;
		if (/[\p{L}\p{N}]/u.test(rest.charAt(at - 1)) || /[\p{L}\p{N}]/u.test(rest.charAt(end))) continue;
		rest = `${rest.slice(0, at)}[data]${rest.slice(end)}`;
	}
	return rest;
}
