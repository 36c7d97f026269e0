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
const BLANKS_AROUND = 'blanks around it';
const BLANK_IN_FRONT = 'a blank at the start';
const BLANK_BEHIND = 'a blank at the end';
const ZEROS_BEHIND = 'a decimal point and zeros';
const DECIMAL_COMMA = 'a comma for the decimal point';
const LETTER_CASE = 'capital and small letters only';

/** What 'Clean Values' has to be set to, by the cause that it cleans. */
const CLEANED_BY: Readonly<Record<string, string>> = {
	[BLANKS_AROUND]: 'Blanks Around Values',
	[BLANK_IN_FRONT]: 'Blanks Around Values',
	[BLANK_BEHIND]: 'Blanks Around Values',
	[ZEROS_BEHIND]: 'Zeros Behind Whole Numbers',
	[DECIMAL_COMMA]: 'Decimal Commas',
	[LETTER_CASE]: 'Letter Case of Fixed Words',
};

const BLANKS: readonly Sight[] = [
	[/^\s+\S(?:.*\S)?\s+$/s, BLANKS_AROUND],
	[/^\s/, BLANK_IN_FRONT],
	[/\s$/, BLANK_BEHIND],
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
		[/^-?\d+\.0+$/, ZEROS_BEHIND],
		[/^-?\d+[.,]\d+$/, 'decimals or separators'],
		[/^[\s\d.,'-]+$/, 'separators or blanks'],
		[/\d/, 'more than digits'],
		[ANYTHING, 'no digit at all'],
	],
	'value-not-double': [
		...NUMBERS,
		[/^-?\d+,\d+$/, DECIMAL_COMMA],
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
		[(text, { oneOf = [] }) => oneOf.some((word) => word.toLowerCase() === text.toLowerCase()), LETTER_CASE],
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

/**
 * What to do about a cause that the step can clean by itself.
 * @returns nothing where only the source can correct it
 */
export function causeAdvice(cause: string | undefined): string | undefined {
	const option = cause === undefined ? undefined : CLEANED_BY[cause];
	return option && `Add the option 'Clean Values' and choose '${option}'.`;
}
