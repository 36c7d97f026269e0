import type { Attribute } from './columnPlan';
import { normalizeColumnName } from './normalizeColumnName';

/** `fits`: most values are of the type · `contradicts`: most are not · `unknown`: no values, or any text would do */
export type Fit = 'fits' | 'contradicts' | 'unknown';

/** Share of the values that must be of a type to say that a column is. */
const MOSTLY = 0.5;
const LONGEST_EMAIL = 320;

/**
 * Whether a column's values look as if they were of an attribute's type. Only tells columns apart; whether a value is right is
 * for the row checks to say.
 * @param attribute type and, where only some values are allowed, those
 * @param values sampled values without outer spaces; blank ones are passed over
 * @param foreign values, folded, of which such a column never consists
 */
export function fitOf(
	{ type, oneOf }: Pick<Attribute, 'type' | 'oneOf'>,
	values: readonly string[],
	foreign?: ReadonlySet<string>,
): Fit {
	const isOfType = oneOf ? isOneOf(oneOf) : SHAPES[type];
	if (!isOfType) return foreign && areForeign(values, foreign) ? 'contradicts' : 'unknown';
	let filled = 0;
	let fitting = 0;
	for (const value of values) {
		if (value === '') continue;
		filled++;
		if (isOfType(value)) fitting++;
	}
	if (filled === 0) return 'unknown';
	// Whether a value is among a few is sure, so one that is not tells as much as many: how many there are must not decide.
	return fitting >= filled * (oneOf ? 1 : MOSTLY) ? 'fits' : 'contradicts';
}

function areForeign(values: readonly string[], foreign: ReadonlySet<string>): boolean {
	const filled = values.filter((value) => value !== '');
	const found = filled.filter((value) => foreign.has(normalizeColumnName(value)));
	return filled.length > 0 && found.length >= filled.length * MOSTLY;
}

const SHAPES: Readonly<Record<Attribute['type'], ((value: string) => boolean) | undefined>> = {
	string: undefined,
	email: looksLikeEmail,
	date: (value) => /\p{Nd}/u.test(value) && value.length <= 64,
	integer: (value) => /^[+-]?\p{Nd}{1,18}([.,]0+)?$/u.test(value),
	double: (value) => /^\D{0,4}\p{Nd}/u.test(value) && value.length <= 32,
};

function isOneOf(allowed: readonly string[]): (value: string) => boolean {
	const folded = new Set(allowed.map((value) => value.toLowerCase()));
	return (value) => folded.has(value.toLowerCase());
}

/** Whether a value has the outline of an e-mail address: something, one @, something with a dot. */
export function looksLikeEmail(value: string): boolean {
	if (value.length > LONGEST_EMAIL || /\s/.test(value)) return false;
	const at = value.indexOf('@');
	const dot = value.lastIndexOf('.');
	return at > 0 && value.indexOf('@', at + 1) < 0 && dot > at + 1 && dot < value.length - 1;
}
