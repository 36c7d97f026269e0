import fc from 'fast-check';
import { maskValue, withoutAddresses } from '../../../nodes/shared/report/observe/maskValue';
import { anyText } from '../../helpers/anyText';

it.each([
	['ann.lee@contoso', 'xxx.xxx@xxxxxxx'],
	['Zoë Müller', 'Xxø␣Xøxxxx'],
	['佐藤 花子', 'øø␣øø'],
	['2026-02-30', '9999-99-99'],
	['a\u00a0b\tc', 'x⍽x⇥x'],
	['H\r\nR', 'X⏎X'],
	['\u202eabc\u0000', '�xxx�'],
	["''", "''"],
	['', '(empty)'],
	['  ', '␣␣'],
	['٣٤', '99'],
	['😀', '□'],
])('masks %j as %j', (value, mask) => {
	expect(maskValue(value)).toBe(mask);
});

it('does not tell how large a number is', () => {
	expect(maskValue('$120,500.75', 'number')).toBe('$9,9.9');
	expect(maskValue('7', 'number')).toBe('9');
	expect(maskValue('120500', 'number')).toBe('9');
});

it('cuts what is long and tells its length', () => {
	expect(maskValue('y'.repeat(2_000))).toBe(`${'x'.repeat(48)}… (2,000 characters)`);
});

it('leaves no letter and no digit of any script but its own signs', () => {
	fc.assert(
		fc.property(anyText({ minLength: 1, maxLength: 40 }), (value) => {
			expect(maskValue(value).replace(/[xXø9]/g, '')).not.toMatch(/[\p{L}\p{N}]/u);
		}),
	);
});

it('masks addresses in texts that should hold none, but not the example of our own sentences', () => {
	expect(withoutAddresses("The column 'ann.lee@contoso.com' is blank.")).toBe(
		"The column 'xxx.xxx@xxxxxxx.xxx' is blank.",
	);
	const sentence = "'Mail' is not an e-mail address such as employee@contoso.com.";
	expect(withoutAddresses(sentence)).toBe(sentence);
	expect(withoutAddresses('no.employee@contoso.com')).toBe('xx.xxxxxxxx@xxxxxxx.xxx');
});
