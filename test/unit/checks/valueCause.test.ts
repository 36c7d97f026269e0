import { cleanValuesOption } from '../../../nodes/shared/n8n/fields/tableFields';
import { causeAdvice, valueCause } from '../../../nodes/shared/checks/valueCause';
import type { RuleCode } from '../../../nodes/shared/findings/catalogue';

it.each<[RuleCode, string, string | undefined]>([
	['value-not-email', 'ann', 'no @'],
	['value-not-email', 'Ann Lee', 'a name, not an address'],
	['value-not-email', '104217', 'a number, not an address'],
	['value-not-email', 'a@b.com ', 'a blank at the end'],
	['value-not-email', '\u00a0a@b.com', 'a blank at the start'],
	['value-not-email', 'a@b\u200b.com', 'an invisible character'],
	['value-not-email', 'Total', "a line of totals, which 'Lines After the Last Row' passes over"],
	['value-not-email', 'ann@contoso', 'no dot after the @'],
	['value-not-email', 'a@b.com; c@d.com', 'more than one address'],
	['value-not-email', 'Ann <a@b.com>', 'more than the address alone'],
	['value-not-email', 'a@b@c.com', 'more than one @'],
	['value-not-email', ' a@b.com ', 'blanks around it'],
	['value-not-email', 'a b@c.com', 'a blank in it'],
	['value-not-email', 'ä@c.com', 'the letter ä, outside A to Z'],
	['value-not-email', 'İrem@c.com', 'the letter İ, outside A to Z'],
	['value-not-email', '上@c.com', 'a letter or sign outside A to Z'],
	['value-not-email', 'o’neil@c.com', 'a letter or sign outside A to Z'],
	['value-not-email', '@c.com', 'nothing before the @'],
	['value-not-email', 'a@', 'nothing after the @'],
	['value-not-email', 'a..b@c.com', 'two dots in a row'],
	['value-not-email', 'a.@c.com', 'a dot too many'],
	['value-not-email', 'a@c_d.com', 'a character that no address has, or a part that is too long'],
	['value-not-integer', '4294967296', 'too large'],
	['value-not-integer', '4.5', 'decimals or separators'],
	['value-not-integer', 'four', 'no digit at all'],
	['value-not-double', '€12', 'a currency sign'],
	['value-not-double', '12,5', 'a comma for the decimal point'],
	['value-not-double', '1,012.5', 'separators or blanks'],
	['value-not-double', '12 EUR', 'a currency sign'],
	['value-not-double', '12 h', 'more than a number'],
	['value-not-date', 'soon', 'no digit at all'],
	['value-not-date', '99999999', 'digits only, perhaps the day number of a spreadsheet'],
	['value-not-date', '12/2026', 'only two of day, month and year'],
	['value-not-date', '2026-02-30', 'no such day, or another order than the rest of the column'],
	['value-not-integer', '3.0', 'a decimal point and zeros'],
	['value-required', '', undefined],
	['value-deletes', "''", undefined],
])('%s: %j', (code, value, hint) => {
	expect(valueCause(code, value)).toBe(hint);
});

it('knows what the column allows', () => {
	const limits = { oneOf: ['IC', 'Mngr'], minimum: 0, maximum: 7 };
	expect(valueCause('value-not-allowed', 'MNGR', limits)).toBe('capital and small letters only');
	expect(valueCause('value-not-allowed', 'IC ', limits)).toBe('a blank at the end');
	expect(valueCause('value-not-allowed', 'Boss', limits)).toBe('another word');
	expect(valueCause('value-out-of-range', '-1', limits)).toBe('too small');
	expect(valueCause('value-out-of-range', '7.5', limits)).toBe('too large');
});

it.each([
	['value-not-email', 'a@b.com ', 'Blanks Around Values'],
	['value-not-integer', '3.0', 'Zeros Behind Whole Numbers'],
	['value-not-double', '12,5', 'Decimal Commas'],
] as const)('%s: %j is cleaned by an option, which the advice names', (code, value, option) => {
	expect(causeAdvice(valueCause(code, value))).toBe(`Add the option 'Clean Values' and choose '${option}'.`);
	expect(cleanValuesOption.options).toContainEqual(expect.objectContaining({ name: option }));
	expect(causeAdvice(valueCause(code, 'none at all'))).toBeUndefined();
});
