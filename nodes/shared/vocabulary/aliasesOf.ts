import type { Alias } from '../columns/alias';
import { normalizeColumnName } from '../columns/normalizeColumnName';
import { HR_SYSTEMS } from './hrSystems';
import { LANGUAGES } from './languages';
import type { Degree, Meaning, SourceWords, WordList } from './words';

/** A destination's names of what HR systems tell. */
export type AttributeNames = Readonly<Partial<Record<Meaning, string>>>;

/** What {@link aliasesOf} needs to know of a destination. */
export interface AliasRequest {
	attributes: AttributeNames;
	/** words that only Microsoft's services use, before those of HR systems */
	own: readonly SourceWords[];
	/** people are known to the destination by another name, so this one counts one preference less */
	secondBest: Meaning;
}

const PREFERENCES: Readonly<Record<Degree, 1 | 2 | 3>> = { sure: 1, likely: 2, guess: 3 };

/** German letters that systems without them write as two. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
	ä: 'ae',
	ö: 'oe',
	ü: 'ue',
	Ä: 'Ae',
	Ö: 'Oe',
	Ü: 'Ue',
};

/**
 * The aliases of one destination, normalized and ready to be looked up.
 * @param request see {@link AliasRequest}
 */
export function aliasesOf({ attributes, own, secondBest }: AliasRequest): Alias[] {
	return [...own, ...HR_SYSTEMS, ...LANGUAGES].flatMap((source) => {
		const documented = new Set(wordsIn(source.documented ?? '').map(normalizeColumnName));
		return listsOf(source).flatMap(({ meaning, degree, list }) => {
			const attribute = attributes[meaning];
			if (attribute === undefined) return [];
			const preference = PREFERENCES[degree];
			return spellings(list, source.system).map((name): Alias => {
				const folded = normalizeColumnName(name);
				return {
					name,
					folded,
					attribute,
					system: source.system,
					preference: meaning === secondBest && preference < 3 ? ((preference + 1) as 2 | 3) : preference,
					onlyEmails: list.startsWith('@'),
					certainty: documented.has(folded) ? 'documented' : source.certainty,
					note: source.note,
				};
			});
		});
	});
}

/** The names of a destination as words of a source, for data that was prepared for it and goes elsewhere. */
export function namesAsWords(attributes: AttributeNames): SourceWords['words'] {
	const entries = Object.entries(attributes);
	return Object.fromEntries(
		entries.filter(([, name], i) => entries.findIndex(([, other]) => other === name) === i),
	);
}

function listsOf({ words }: SourceWords): Array<{ meaning: Meaning; degree: Degree; list: WordList }> {
	return (Object.entries(words) as Array<[Meaning, SourceWords['words'][Meaning]]>).flatMap(
		([meaning, lists]) =>
			Object.entries(typeof lists === 'string' ? { sure: lists } : (lists ?? {})).map(([degree, list]) => ({
				meaning,
				degree: degree as Degree,
				list,
			})),
	);
}

function spellings(list: WordList, system: string): string[] {
	const words = wordsIn(list);
	if (system !== 'German') return words;
	const writtenOut = words.map((word) => word.replace(/[äöüÄÖÜ]/g, (letter) => WRITTEN_OUT[letter]));
	return [...new Set([...words, ...writtenOut])];
}

function wordsIn(list: WordList): string[] {
	return list
		.replace(/^@/, '')
		.split('|')
		.map((word) => word.trim())
		.filter((word) => word !== '');
}
