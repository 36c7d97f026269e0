import { problem, type Problem } from '../core/problem';
import type { Choice, Field, FieldOf } from './field';

/** Code of the problem that a value which was not understood becomes. */
export const NOT_UNDERSTOOD = 'parameterNotUnderstood';

/**
 * Understands the value of a field, or refuses it: a value never falls to a default. A text counts as the number or the
 * truth value that it spells, where that is the only reading; a word of a list must be exact.
 * @param value as n8n hands it over, with expressions resolved
 * @param field what the field may hold
 * @returns the value in the field's own type; of a group, what is given
 * @throws Problem `configuration` that names the field and what it takes; it never quotes the value
 */
export function understandValue(value: unknown, field: Field): unknown {
	switch (field.kind) {
		case 'choice':
			return understandChoice(value, field);
		case 'choices':
			if (!Array.isArray(value))
				throw refusal(field, `${described(value)} instead of a list`, ofChoices(field));
			return value.map((entry) => understandChoice(entry, field));
		case 'number':
			return understandNumber(value, field);
		case 'flag':
			return understandFlag(value, field);
		case 'text':
			return understandText(value, field);
		case 'group':
			return understandGroup(value, field);
		case 'groups':
			return understandGroups(value, field);
	}
}

function understandChoice(value: unknown, field: FieldOf<'choice'> | FieldOf<'choices'>): string {
	const { choices } = field;
	const found = choices.find((choice) => choice.value === value);
	if (found) return found.value;
	throw refusal(field, `${described(value)} that is none of its values`, ofChoices(field));
}

/** Digits with one decimal point: a comma could stand for thousands or for decimals. */
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

function understandNumber(value: unknown, field: FieldOf<'number'>): number {
	const { minimum = -Infinity, maximum = Infinity, whole, percent } = field;
	const text = typeof value === 'string' ? value.trim() : '';
	const digits = percent && text.endsWith('%') ? text.slice(0, -1).trimEnd() : text;
	const found = NUMBER.test(digits) ? Number(digits) : value;
	const advice = `It takes a ${whole ? 'whole ' : ''}number${rangeOf(field)}, without a unit or a thousands separator.`;
	if (typeof found !== 'number' || !Number.isFinite(found)) {
		throw refusal(field, `${described(value)} that is not a number`, advice);
	}
	if (found < minimum || found > maximum) throw refusal(field, 'a number out of its range', advice);
	if (whole && !Number.isInteger(found)) throw refusal(field, 'a number with decimals', advice);
	return found;
}

function rangeOf({ minimum, maximum }: FieldOf<'number'>): string {
	if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
	if (minimum !== undefined) return ` of ${minimum} or more`;
	return maximum === undefined ? '' : ` of ${maximum} or less`;
}

function understandFlag(value: unknown, field: FieldOf<'flag'>): boolean {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (word === 'true' || word === 'false') return word === 'true';
	throw refusal(field, `${described(value)} that is neither true nor false`, 'It takes true or false.');
}

function understandText(value: unknown, field: FieldOf<'text'>): string {
	const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
	if (typeof text !== 'string')
		throw refusal(field, `${described(value)} instead of a text`, 'It takes a text.');
	if (!field.mayBeBlank && text.trim() === '') throw refusal(field, 'blank', 'Fill it in.');
	return text;
}

function understandGroup(value: unknown, { label, fields }: FieldOf<'group'>): Record<string, unknown> {
	const given = entriesOf(value, label);
	return Object.fromEntries(
		given.map(([name, entry]) => {
			const field = fields[name] as Field | undefined;
			if (field) return [name, understandValue(entry, field)];
			throw unknownName(label, name, Object.keys(fields));
		}),
	);
}

function understandGroups(value: unknown, field: FieldOf<'groups'>): Record<string, unknown> {
	const { label, list, groups } = field;
	return Object.fromEntries(
		entriesOf(value, label).map(([name, entry]) => {
			if (!Object.hasOwn(groups, name)) throw unknownName(label, name, Object.keys(groups));
			if (!list) return [name, understandGroup(entry, groups[name])];
			if (!Array.isArray(entry))
				throw refusal(field, `${described(entry)} instead of a list`, 'Fill it in again.');
			return [name, entry.map((line) => understandGroup(line, groups[name]))];
		}),
	);
}

function entriesOf(value: unknown, label: string): Array<[string, unknown]> {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
	throw refusal({ label }, `${described(value)} instead of a group of fields`, 'Fill it in again.');
}

function ofChoices({ choices }: { choices: readonly Choice[] }): string {
	return `It takes one of: ${choices.map(({ value, name }) => `${value} (${name})`).join(', ')}.`;
}

/** What a value is, without quoting it: it may come from a row of somebody's data. */
function described(value: unknown): string {
	if (value === undefined) return 'nothing (undefined)';
	if (value === null) return 'nothing (null)';
	if (typeof value === 'string') return value.trim() === '' ? 'a blank text' : 'a text';
	if (typeof value === 'number') return Number.isNaN(value) ? 'a result (NaN)' : 'a number';
	if (typeof value === 'boolean') return 'a truth value';
	return Array.isArray(value) ? 'a list' : 'an object';
}

function unknownName(label: string, name: string, known: readonly string[]): Problem {
	return refusal(
		{ label },
		`a group with the field '${name}', which it does not have`,
		`It has: ${known.join(', ')}.`,
	);
}

function refusal({ label }: { label: string }, what: string, advice: string): Problem {
	return problem.configuration(
		`'${label}' is ${what}.`,
		`${advice} If an expression gives the value, correct the expression.`,
		{ code: NOT_UNDERSTOOD, parameter: label },
	);
}
