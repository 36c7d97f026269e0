import type { RuleCode } from '../findings/catalogue';
import type { PlannedColumn } from '../columns/columnPlan';

type Limits = Pick<PlannedColumn, 'oneOf' | 'minimum' | 'maximum'>;
/** What to look for in a value, and what to call it. */
type Sight = readonly [
	seen: RegExp | ((text: string, limits: Limits) => boolean),
	cause: string | ((text: string) => string),
];

const ANYTHING = /^/;
/** One letter tells nobody's address; of other scripts there are too many. */
const ACCENTED = /(?![A-Za-z])\p{Script=Latin}/u;
const BLANKS: readonly Sight[] = [
	[/^\s+\S(?:.*\S)?\s+$/s, 'blanks around it'],
	[/^\s/, 'a blank in front'],
	[/\s$/, 'a blank behind'],
];
const INVISIBLE: Sight = [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/, 'an invisible character'];
const TOTAL: Sight = [
	/^(?:grand |sub)?totals?\b|^(?:summe|gesamt|somme|totale|totaal|suma|razem)\b/i,
	"a line of totals, which 'Lines After the Last Row' passes over",
];
const NUMBERS: readonly Sight[] = [
	...BLANKS,
	INVISIBLE,
	[/\p{Sc}|^[A-Z]{3} ?\d|\d ?(?:EUR|USD|GBP|CHF)$/u, 'a currency sign'],
];

/** What a value may have that breaks a rule; the first that is seen is the cause. None says what the value is. */
const SIGHTS: Partial<Record<RuleCode, readonly Sight[]>> = {
	'value-not-email': [
		...BLANKS,
		INVISIBLE,
		TOTAL,
		[/^\d+$/, 'a number, not an address'],
		[(text) => !text.includes('@') && /\s/.test(text), 'a name, not an address'],
		[(text) => !text.includes('@'), 'no @'],
		[
			(text) =>
				text
					.split('@')
					.slice(1, -1)
					.some((part) => /[;,|\s]/.test(part)),
			'more than one address',
		],
		[/[<>]|^mailto:/i, 'more than the address alone'],
		[(text) => text.indexOf('@') !== text.lastIndexOf('@'), 'more than one @'],
		[/\s/, 'a blank in it'],
		[ACCENTED, (text) => `the letter ${ACCENTED.exec(text)?.[0]}, outside A to Z`],
		[/[^ -~]/, 'a letter or sign outside A to Z'],
		[/^@/, 'nothing before the @'],
		[/@$/, 'nothing after the @'],
		[/\.\./, 'two dots in a row'],
		[/^\.|\.@|@\.|\.$/, 'a dot too many'],
		[(text) => !text.slice(text.indexOf('@')).includes('.'), 'no dot after the @'],
		[ANYTHING, 'a character that no address has, or a part that is too long'],
	],
	'value-not-integer': [
		...NUMBERS,
		[/^-?\d+$/, 'too large'],
		[/^-?\d+\.0+$/, "a decimal point, which 'Clean Values' removes before zeros"],
		[/^-?\d+[.,]\d+$/, 'decimals or separators'],
		[/^[\s\d.,'-]+$/, 'separators or blanks'],
		[/\d/, 'more than digits'],
		[ANYTHING, 'no digit at all'],
	],
	'value-not-double': [
		...NUMBERS,
		[/^-?\d+,\d+$/, "a comma for the decimal point, which 'Clean Values' replaces"],
		[/^[\s\d.,'-]+$/, 'separators or blanks'],
		[/\d/, 'more than a number'],
		[ANYTHING, 'no digit at all'],
	],
	'value-not-date': [
		INVISIBLE,
		TOTAL,
		[/^\D*$/, 'no digit at all'],
		[/^\d+$/, 'digits only, perhaps the day number of a spreadsheet'],
		[/^\D*\d+\D+\d+\D*$/, 'only two of day, month and year'],
		[ANYTHING, 'no such day, or another order than the rest of the column'],
	],
	'value-not-allowed': [
		...BLANKS,
		INVISIBLE,
		[
			(text, { oneOf = [] }) => oneOf.some((word) => word.toLowerCase() === text.toLowerCase()),
			"capital and small letters only, which 'Clean Values' corrects",
		],
		[ANYTHING, 'another word'],
	],
	'value-out-of-range': [
		[(text, { minimum = -Infinity }) => Number(text) < minimum, 'too small'],
		[ANYTHING, 'too large'],
	],
};

/**
 * What about a value is wrong, in a few words that do not tell the value.
 * @param code the rule that it breaks
 * @param text the value
 * @param limits what its column allows
 * @returns nothing where the rule's own sentence says it all
 */
export function valueCause(code: RuleCode, text: string, limits: Limits = {}): string | undefined {
	const found = SIGHTS[code]?.find(([seen]) =>
		typeof seen === 'function' ? seen(text, limits) : seen.test(text),
	);
	const cause = found?.[1];
	return typeof cause === 'function' ? cause(text) : cause;
}
