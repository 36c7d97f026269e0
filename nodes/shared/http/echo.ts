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
	let values: readonly string[] | undefined;
	return (text) => {
		values ??= valuesIn(head.toString('utf8'), contentType);
		return values.reduce(withoutValue, text);
	};
}

/** The values of a CSV or JSON text, the longest first; names of columns are no values. */
function valuesIn(head: string, contentType: string): string[] {
	const content = contentType.startsWith('multipart/') ? head.slice(head.indexOf('\r\n\r\n') + 4) : head;
	const isJson = /^\s*[[{]/.test(content);
	const names = isJson
		? Array.from(content.matchAll(/"([^"\\]{1,200})" ?:/g), ([, name]) => name)
		: content.split('\n', 1)[0].split(SEPARATORS);
	const values = new Set(content.split(SEPARATORS).map((value) => value.replace(/^:/, '').trim()));
	for (const name of names) values.delete(name.trim());
	return [...values].filter(({ length }) => length >= SHORTEST_VALUE).sort((a, b) => b.length - a.length);
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
