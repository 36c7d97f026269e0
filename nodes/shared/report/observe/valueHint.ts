import type { RuleCode } from '../../findings/catalogue';
import type { PlannedColumn } from '../../columns/columnPlan';

type Limits = Pick<PlannedColumn, 'oneOf' | 'minimum' | 'maximum'>;
type Sight = readonly [seen: (text: string, limits: Limits) => boolean, hint: (limits: Limits) => string];

const sight = (pattern: RegExp, hint: string): Sight => [(text) => pattern.test(text), () => hint];
const sightOf = (seen: Sight[0], hint: string): Sight => [seen, () => hint];

/** What stands between the first and the last @. */
const betweenAts = (text: string): string => text.slice(text.indexOf('@') + 1, text.lastIndexOf('@'));

const BLANKS_AROUND = sight(/^\s|\s$/, 'blanks around it');

/** What to look for in a value that breaks a rule; the first that is seen is told. None of the hints says what the value is. */
const SIGHTS: Partial<Record<RuleCode, readonly Sight[]>> = {
	'value-not-email': [
		sight(/^[^@]*$/, 'no @'),
		sightOf((text) => /[;,]/.test(betweenAts(text)), 'more than one address'),
		sight(/[<>]|^mailto:/i, 'more than the address alone'),
		sight(/@.*@/s, 'more than one @'),
		BLANKS_AROUND,
		sight(/\s/, 'a blank in it'),
		sight(/[^ -~]/, 'a letter or sign outside A to Z'),
		sight(/^@/, 'nothing before the @'),
		sight(/@$/, 'nothing after the @'),
		sight(/\.\./, 'two dots in a row'),
		sight(/^\.|\.@|@\.|\.$/, 'a dot too many'),
		sightOf((text) => text.lastIndexOf('@') > text.lastIndexOf('.'), 'no dot after the @'),
		sightOf(() => true, 'a character that no address has, or a part that is too long'),
	],
	'value-not-integer': [
		BLANKS_AROUND,
		sight(/^-?\d+$/, 'too large'),
		sight(/^-?\d+[.,]\d+$/, 'decimals or separators'),
		sight(/^[\s\d.,'-]+$/, 'separators or blanks'),
		sight(/\d/, 'more than digits'),
		sightOf(() => true, 'no digit at all'),
	],
	'value-not-double': [
		BLANKS_AROUND,
		sight(/\p{Sc}/u, 'a currency sign'),
		sight(/^-?\d+,\d+$/, 'a comma for the decimal point'),
		sight(/^[\s\d.,'-]+$/, 'separators or blanks'),
		sight(/\d/, 'more than a number'),
		sightOf(() => true, 'no digit at all'),
	],
	'value-not-date': [
		sight(/^\D*$/, 'no digit at all'),
		sight(/^\d+$/, 'digits only, perhaps the day number of a spreadsheet'),
		sight(/^\D*\d+\D+\d+\D*$/, 'only two of day, month and year'),
		sightOf(() => true, 'no such day, or another order than the rest of the column'),
	],
	'value-not-allowed': [
		BLANKS_AROUND,
		sightOf(
			(text, { oneOf = [] }) => oneOf.some((word) => word.toLowerCase() === text.toLowerCase()),
			'capital and small letters only',
		),
		sightOf(() => true, 'another word'),
	],
	'value-out-of-range': [
		[
			(text, { minimum }) => minimum !== undefined && Number(text) < minimum,
			({ minimum }) => `less than ${minimum}`,
		],
		[
			(text, { maximum }) => maximum !== undefined && Number(text) > maximum,
			({ maximum }) => `more than ${maximum}`,
		],
	],
	'value-required': [sight(/^$/, 'nothing there'), sightOf(() => true, 'blanks only')],
	'value-only-blanks': [sightOf(() => true, 'blanks only')],
	'value-newline': [sightOf(() => true, 'a line break (⏎)')],
	'value-not-utf8': [sightOf(() => true, 'bytes that are no UTF-8 (�)')],
	'value-too-long': [sightOf(() => true, 'its length')],
};

/**
 * What about a value is wrong, in a few words that do not tell the value.
 * @param code the rule that it breaks
 * @param text the value
 * @param limits what its column allows
 * @returns nothing where the rule's own sentence says it all
 */
export function valueHint(code: RuleCode, text: string, limits: Limits = {}): string | undefined {
	const found = SIGHTS[code]?.find(([seen]) => seen(text, limits));
	return found?.[1](limits);
}
