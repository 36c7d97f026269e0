/**
 * Removes characters from both ends of a text. A pattern for the end of a text tries each place in turn; this does not.
 * @param characters each of them is removed
 */
export function strip(text: string, characters: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && characters.includes(text[start])) start++;
	while (start < end && characters.includes(text[end - 1])) end--;
	return text.slice(start, end);
}
