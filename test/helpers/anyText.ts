import fc from 'fast-check';

/**
 * Texts of any characters of Unicode. As `fc.string({ unit: 'binary' })`, which takes a second to make.
 *
 * @param constraints lengths, in characters
 */
export const anyText = (constraints: fc.ArrayConstraints = {}): fc.Arbitrary<string> =>
	fc.array(anyCharacter, constraints).map((characters) => String.fromCodePoint(...characters));

const anyCharacter = fc.oneof(
	fc.integer({ min: 0, max: 0xd7ff }),
	fc.integer({ min: 0xe000, max: 0x10_ffff }),
);
