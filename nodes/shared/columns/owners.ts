import { foldStep } from './normalizeColumnName';

/**
 * Whose value a column holds, or of when. `own`: the employee's, which needs no saying; `manager`: the manager's; the others are
 * never sent as the employee's.
 */
export type OwnerKind = 'own' | 'manager' | 'somebodyElse' | 'private' | 'otherTime' | 'birth';

/** Words that name owners. */
export interface OwnerPhrases {
	/** folded words, parted by blanks → whom they name */
	kinds: ReadonlyMap<string, OwnerKind>;
	/** the most words that a phrase has */
	longest: number;
}

/** Who is named in a text, and what else it says. */
export interface FoundOwners {
	kinds: OwnerKind[];
	/** words that name nobody, folded, without articles and the like */
	unknown: string[];
	/** all words that name no other owner, in their order, without articles at both ends */
	rest: string[];
}

/** Words that join others. */
const JOINING = new Set(
	'a of the s d l des der die das dem den du de del della dell di do da la le les el los van het het の 的 von'.split(
		' ',
	),
);

/** Scripts that put no blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Makes phrases ready for {@link findOwners}. */
export function ownerPhrases(phrases: Iterable<readonly [phrase: string, kind: OwnerKind]>): OwnerPhrases {
	const kinds = new Map<string, OwnerKind>();
	let longest = 1;
	for (const [phrase, kind] of phrases) {
		const words = wordsOf(phrase);
		longest = Math.max(longest, words.length);
		kinds.set(words.join(' '), kind);
	}
	return { kinds, longest };
}

/**
 * Finds whom a text names: the longest phrases count.
 * @param text a name of a column, or a part of one
 * @param phrases see {@link ownerPhrases}
 */
export function findOwners(text: string, { kinds, longest }: OwnerPhrases): FoundOwners {
	const words = wordsOf(text);
	const found: FoundOwners = { kinds: [], unknown: [], rest: [] };
	for (let i = 0; i < words.length;) {
		const length = [...Array(longest).keys()]
			.map((fewer) => longest - fewer)
			.find((count) => i + count <= words.length && kinds.has(words.slice(i, i + count).join(' ')));
		if (length !== undefined) {
			const phrase = words.slice(i, i + length);
			const kind = kinds.get(phrase.join(' ')) as OwnerKind;
			found.kinds.push(kind);
			if (kind === 'own') found.rest.push(...phrase);
			i += length;
			continue;
		}
		if (UNSPACED.test(words[i])) takeApart(words[i], kinds, found);
		else if (JOINING.has(words[i])) found.rest.push(words[i]);
		else addUnknown(words[i], found);
		i++;
	}
	return { ...found, rest: trimmed(found.rest) };
}

/** 上司メールアドレス: phrases within a word, the longest first. */
function takeApart(word: string, kinds: OwnerPhrases['kinds'], found: FoundOwners): void {
	let rest = word;
	let longest = '';
	for (const phrase of kinds.keys()) {
		if (UNSPACED.test(phrase) && rest.includes(phrase) && phrase.length > longest.length) longest = phrase;
	}
	const kind = kinds.get(longest);
	if (kind !== undefined) {
		found.kinds.push(kind);
		if (kind !== 'own') {
			rest = rest.replace(longest, '').replace(/^[の的]/u, '');
			if (rest !== '') takeApart(rest, kinds, found);
			return;
		}
	}
	if (kind === 'own') found.rest.push(rest);
	else if (rest !== '') addUnknown(rest, found);
}

function trimmed(words: readonly string[]): string[] {
	const telling = words.flatMap((word, i) => (JOINING.has(word) ? [] : [i]));
	return telling.length === 0 ? [] : words.slice(telling[0], telling[telling.length - 1] + 1);
}

function addUnknown(word: string, { unknown, rest }: FoundOwners): void {
	unknown.push(word);
	rest.push(word);
}

/** The words of a name, folded: parted by blanks, signs, and a capital after a small letter. */
function wordsOf(text: string): string[] {
	return text
		.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
		.split(/[^\p{L}\p{N}\p{M}]+/u)
		.map(foldStep)
		.filter((word) => word !== '');
}
