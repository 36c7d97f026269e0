import { percent } from '../../core/format';
import type { RuleCode } from '../../findings/catalogue';
import type { LanguageFile, TextName } from './english';

/** Languages that a report can have, by the values of the panel. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type LanguageId = (typeof LANGUAGES)[number];

/** What a text is filled with; `n` decides between its two forms. */
export type Facts = Readonly<Record<string, string | number>>;

/** The words of a report in one language. */
export interface Language {
	/** BCP 47 */
	locale: string;
	/** A text, filled in; numbers are written as the language writes them. */
	say(name: TextName, facts?: Facts): string;
	/** A few words for a rule. */
	rule(code: RuleCode): string;
	number(value: number): string;
	/** A share; neither rounded up to all nor down to nothing. */
	percent(part: number, whole: number): string;
	/** A moment in a zone (IANA). */
	moment(date: Date, zone: string): string;
}

/** Makes the words of a language. */
export function languageOf({ locale, dates, texts, rules }: LanguageFile): Language {
	const plurals = new Intl.PluralRules(locale);
	const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });
	const formOf = (text: string, n: string | number | undefined) => {
		const [one, several = one] = text.split('|');
		return typeof n === 'number' && plurals.select(n) === 'one' ? one : several;
	};
	return {
		locale,
		say: (name, facts = {}) =>
			formOf(texts[name], facts.n).replace(/\{(\w+)\}/g, (_, fact: string) => {
				const value = facts[fact] ?? '';
				return typeof value === 'number' ? number(value) : value;
			}),
		rule: (code) => rules[code],
		number,
		percent: (part, whole) => percent(part, whole, locale),
		moment: (date, timeZone) =>
			date.toLocaleString(dates, { dateStyle: 'long', timeStyle: 'short', timeZone }),
	};
}

/**
 * Loads a language; only that one is read.
 * @param id see {@link LANGUAGES}
 */
export async function loadLanguage(id: LanguageId): Promise<Language> {
	return languageOf(await FILES[id]());
}

const FILES: Readonly<Record<LanguageId, () => Promise<LanguageFile>>> = {
	en: async () => (await import('./english')).ENGLISH,
	de: async () => (await import('./german')).GERMAN,
	fr: async () => (await import('./french')).FRENCH,
	es: async () => (await import('./spanish')).SPANISH,
};
