import type { Alias, ColumnVocabulary, Sureness } from '../columns/alias';
import { normalizeColumnName } from '../columns/normalizeColumnName';
import { ownerPhrases, type OwnerKind } from '../columns/owners';
import { HR_SYSTEMS } from './hrSystems';
import { LANGUAGES } from './languages';
import { OWNER_WORDS, SALUTATIONS } from './owners';
import type { Meaning } from './english';
import type { SourceWords } from './sourceWords';
import type { Degree, WordList } from './words';

/** Words by their list: each is asked for more than once, and folding them is what takes time. */
const foldedLists = new Map<string, readonly Word[]>();

/** A destination's names of what HR systems tell. */
export type AttributeNames = Readonly<Partial<Record<Meaning, string>>>;

/** What {@link vocabularyOf} needs to know of a destination. */
export interface VocabularyRequest {
	attributes: AttributeNames;
	/** words that only Microsoft's services use, before those of HR systems */
	own: readonly SourceWords[];
	/** people are known to the destination by another name, so this one comes later */
	secondBest: Meaning;
	/** meanings whose words are only likely here */
	unclear?: readonly Meaning[];
}

const DEGREES: Readonly<Record<Degree, { sureness: Sureness; preference: number }>> = {
	sure: { sureness: 'sure', preference: 1 },
	second: { sureness: 'sure', preference: 2 },
	paired: { sureness: 'sure', preference: 2 },
	likely: { sureness: 'likely', preference: 4 },
	guess: { sureness: 'guess', preference: 5 },
};

/** Words of which one is sure only beside the other. */
const PAIRS: Readonly<Partial<Record<Meaning, Meaning>>> = {
	firstName: 'lastName',
	lastName: 'firstName',
	resignationDate: 'lastWorkingDate',
	lastWorkingDate: 'resignationDate',
};

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
 * What is known of the names of columns, for one destination.
 * @param request see {@link VocabularyRequest}
 */
export function vocabularyOf(request: VocabularyRequest): ColumnVocabulary {
	const sources = [...request.own, ...HR_SYSTEMS, ...LANGUAGES];
	const aliases = new Map<string, Alias[]>();
	for (const alias of sources.flatMap((source) => aliasesIn(source, request))) {
		aliases.set(alias.folded, [...(aliases.get(alias.folded) ?? []), alias]);
	}
	const { jobTitle } = request.attributes;
	return {
		aliases,
		languages: (knownLanguages ??= languagesOf([...HR_SYSTEMS, ...LANGUAGES])),
		owners: OWNERS,
		foreignValues: new Map(
			jobTitle === undefined ? [] : [[jobTitle, new Set(wordsIn(SALUTATIONS).map(({ folded }) => folded))]],
		),
	};
}

const OWNERS = ownerPhrases(
	(Object.entries(OWNER_WORDS) as Array<[OwnerKind, WordList]>).flatMap(([kind, list]) =>
		wordsIn(list).map(({ name }) => [name, kind] as const),
	),
);

/** The names of a destination as words of a source, for data that was prepared for it and goes elsewhere. */
export function namesAsWords(attributes: AttributeNames): SourceWords['words'] {
	const entries = Object.entries(attributes);
	return Object.fromEntries(
		entries.filter(([, name], i) => entries.findIndex(([, other]) => other === name) === i),
	);
}

function aliasesIn(
	source: SourceWords,
	{ attributes, secondBest, unclear = [] }: VocabularyRequest,
): Alias[] {
	const documented = new Set(wordsIn(source.documented ?? '').map(({ folded }) => folded));
	return listsOf(source).flatMap(({ meaning, degree, list }) => {
		const attribute = attributes[meaning];
		if (attribute === undefined) return [];
		const { sureness, preference } =
			DEGREES[unclear.includes(meaning) && degree !== 'guess' ? 'likely' : degree];
		const partner = PAIRS[meaning];
		return wordsIn(list, source.system).map(({ name, folded, onlyEmails }): Alias => ({
			name,
			folded,
			attribute,
			system: source.system,
			...(isOneLanguage(source) && { language: source.system }),
			sureness,
			preference: meaning === secondBest ? preference + 1 : preference,
			onlyEmails,
			...(degree === 'paired' && partner && { pairedWith: attributes[partner] }),
			...(meaning === secondBest && { substitute: true as const }),
			certainty: documented.has(folded) ? 'documented' : source.certainty,
		}));
	});
}

/** English, and the names of HR systems, are known everywhere. */
function isOneLanguage(source: SourceWords): boolean {
	return LANGUAGES.includes(source) && source.system !== 'English';
}

/** The same for every destination. */
let knownLanguages: ColumnVocabulary['languages'] | undefined;

/** Folded word → languages; technical names such as BEGDA belong to none. */
function languagesOf(sources: readonly SourceWords[]): ColumnVocabulary['languages'] {
	const languages = new Map<string, Set<string>>();
	for (const source of sources) {
		if (source.system === 'SAP HCM') continue;
		const language = isOneLanguage(source) ? source.system : 'English';
		for (const { list } of listsOf(source)) {
			for (const { folded } of wordsIn(list, source.system)) {
				languages.set(folded, (languages.get(folded) ?? new Set()).add(language));
			}
		}
	}
	return languages;
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

interface Word {
	name: string;
	folded: string;
	onlyEmails: boolean;
}

function wordsIn(list: WordList, system?: string): readonly Word[] {
	const key = `${system === 'German'} ${list}`;
	const words = foldedLists.get(key) ?? foldWords(list, system);
	foldedLists.set(key, words);
	return words;
}

function foldWords(list: WordList, system?: string): Word[] {
	const at = list.indexOf('@');
	const words: Word[] = [];
	let position = 0;
	for (const part of list.split('|')) {
		const name = part.replace('@', '').trim();
		const onlyEmails = at >= 0 && position + part.length > at;
		position += part.length + 1;
		if (name === '') continue;
		words.push({ name, folded: normalizeColumnName(name), onlyEmails });
		if (system === 'German' && /[äöü]/i.test(name)) {
			const writtenOut = name.replace(/[äöüÄÖÜ]/g, (letter) => WRITTEN_OUT[letter]);
			words.push({ name: writtenOut, folded: normalizeColumnName(writtenOut), onlyEmails });
		}
	}
	return words;
}
