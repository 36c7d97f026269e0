/** How values of a kind are masked. */
export type MaskKind = 'text' | 'number';

/** Longest mask, in characters; the rest is told as a number. */
const LONGEST_MASK = 48;

/**
 * Masks a value so that nobody can read it, but everybody can see what it is made of.
 *
 * Letters become `x` and `X`, letters outside A to Z `ø`, digits `9`; punctuation stays. Blanks become visible, and so do tabs (`⇥`),
 * line breaks (`⏎`), blanks that are none (`⍽`) and what cannot be seen at all (`�`). In a number, digits in a row are one `9`,
 * because their count would tell how large it is.
 * @param text the value
 * @param kind `number` for what should be a number
 */
export function maskValue(text: string, kind: MaskKind = 'text'): string {
	if (text === '') return '(empty)';
	const lines = text.replaceAll('\r\n', '\n');
	const characters = [...(kind === 'number' ? lines.replace(/\d+/g, '9') : lines)];
	const mask = characters.slice(0, LONGEST_MASK).map(maskCharacter).join('');
	if (characters.length <= LONGEST_MASK) return mask;
	return `${mask}… (${characters.length.toLocaleString('en')} characters)`;
}

/** Classes of characters with what stands for them; the first that fits counts. */
const CLASSES: ReadonlyArray<[pattern: RegExp, sign: string | undefined]> = [
	[/\ufffd/, undefined],
	[/[a-z]/, 'x'],
	[/[A-Z]/, 'X'],
	[/[0-9]/, '9'],
	[/ /, '␣'],
	[/\t/, '⇥'],
	[/[\r\n]/, '⏎'],
	[/[!-~]/, undefined],
	[/\p{L}|\p{M}/u, 'ø'],
	[/\p{N}/u, '9'],
	[/\p{Z}/u, '⍽'],
	[/[\p{P}\p{Sc}]/u, undefined],
	[/\p{So}|\p{Sm}|\p{Sk}/u, '□'],
];

function maskCharacter(character: string): string {
	for (const [pattern, sign] of CLASSES) if (pattern.test(character)) return sign ?? character;
	return '�';
}

/** The one address that is nobody's: sentences of rules name it as an example. */
const EXAMPLE_ADDRESS = 'employee@contoso.com';
const WORD = /[^\s"'<>()[\],;:|]+/g;
const ADDRESS = /.@./s;

/**
 * Masks what looks like an e-mail address in a text that should hold none, such as the name of a column: a file without a header has
 * its first person there.
 * @param text the text
 */
export function withoutAddresses(text: string): string {
	if (!text.includes('@')) return text;
	return text.replace(WORD, (found) =>
		!ADDRESS.test(found) || found.replace(/\.$/, '') === EXAMPLE_ADDRESS ? found : maskValue(found),
	);
}
