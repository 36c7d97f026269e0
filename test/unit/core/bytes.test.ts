import fc from 'fast-check';
import { isBlank, isDouble, isEmail, isInteger } from '../../../nodes/shared/core/bytes';

type Test = (bytes: Uint8Array, start: number, end: number) => boolean;

/** Runs a check on a text that stands in the middle of other bytes. */
function on(test: Test, text: string): boolean {
	const bytes = Buffer.from(`;;${text};;`, 'utf8');
	return test(bytes, 2, bytes.length - 2);
}

describe('e-mail addresses', () => {
	it.each([
		'ann@contoso.com',
		'a@b.co',
		"o'brien.mary-jane+hr@mail.contoso.co.uk",
		'ANN_1@CONTOSO-2.com',
		'{x}~#$%@contoso.com',
		`${'a'.repeat(64)}@contoso.com`,
	])('takes %s', (text) => expect(on(isEmail, text)).toBe(true));

	it.each([
		'ann',
		'ann@',
		'@contoso.com',
		'ann@contoso',
		'ann@@contoso.com',
		'ann@contoso.com@contoso.com',
		'.ann@contoso.com',
		'ann.@contoso.com',
		'an..n@contoso.com',
		'ann@.com',
		'ann@contoso..com',
		'ann@contoso.c',
		'ann@-contoso.com',
		'ann@contoso-.com',
		'ann@contoso.com-',
		'ann smith@contoso.com',
		'ann@contoso.com ',
		'ann@contoso.com;bob@contoso.com',
		'Ann <ann@contoso.com>',
		'änn@contoso.com',
		'ann@münchen.de',
		`${'a'.repeat(65)}@contoso.com`,
	])('refuses %s', (text) => expect(on(isEmail, text)).toBe(false));
});

describe('numbers', () => {
	it.each(['0', '7', '-3', '0012', '2147483647', '-2147483648'])('takes the integer %s', (text) =>
		expect(on(isInteger, text)).toBe(true),
	);
	it.each(['', '-', '1.0', '1,000', '+1', '1e3', ' 1', '１', '2147483648', '-2147483649', '9'.repeat(30)])(
		'refuses the integer "%s"',
		(text) => expect(on(isInteger, text)).toBe(false),
	);
	it.each(['0', '23.75', '-0.5', '100'])('takes the double %s', (text) =>
		expect(on(isDouble, text)).toBe(true),
	);
	it.each(['', '-', '.', '.5', '5.', '1.2.3', '1,5', '$5', '1e5', 'NaN', '-.5'])(
		'refuses the double "%s"',
		(text) => expect(on(isDouble, text)).toBe(false),
	);
	it('takes every plain decimal number', () => {
		fc.assert(
			fc.property(fc.integer(), fc.nat({ max: 99_999 }), (whole, fraction) => {
				expect(on(isDouble, `${whole}.${fraction}`)).toBe(true);
				expect(on(isInteger, String(whole))).toBe(true);
			}),
		);
	});
});

it.each([
	['', true],
	['  \t', true],
	[' x', false],
	['\u00a0', true],
	[' \u3000\u2009\t', true],
	['\u00a1', false],
	['\u00a0x', false],
])('sees whether "%s" is blank: %s', (text, blank) => expect(on(isBlank, text)).toBe(blank));
