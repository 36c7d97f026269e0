import type { Attribute, PlannedColumn } from '../../../nodes/shared/columns/columnPlan';
import {
	checkName,
	checkPlannedColumns,
	isSystemName,
	quoted,
	type ColumnRules,
} from '../../../nodes/shared/columns/headerRules';
import { createFindings } from '../../../nodes/shared/findings/findings';

const attribute = (name: string): Attribute => ({
	name,
	type: 'string',
	need: 'reserved',
	source: 'A10',
	certainty: 'documented',
	description: '',
});
const RULES: ColumnRules = {
	attributes: [attribute('PersonId'), attribute('Microsoft_Layer')],
	filledWherePresent: [],
	headerPattern: { pattern: /^\w+$/, sentence: 'letters, digits and _' },
	systemNames: { names: ['TimeZone', 'Tenant'], prefixes: ['Microsoft_', 'Viva_'] },
	maximumAttributes: { value: 3 },
};

describe('a name of the user', () => {
	const foundIn = (name: string, rules = RULES) => {
		const findings = createFindings();
		checkName({ attribute: name, column: 'Source' }, rules, findings);
		return findings.list.map(({ code, column, message }) => [code, column, message]);
	};

	it.each([
		['of its own', 'Town'],
		['of the service', 'PersonId'],
		['of the service, with the prefix that it keeps', 'Microsoft_Layer'],
		['that holds a kept name', 'MyTimeZone'],
	])('%s is right', (_, name) => {
		expect(foundIn(name)).toEqual([]);
	});

	it.each([
		['has other characters', 'Shoe Size', 'header-characters', 'letters, digits and _'],
		['has other characters behind a kept prefix', 'Microsoft_Shoe Size', 'header-characters', 'Shoe Size'],
		['differs from an attribute by its letters', 'personID', 'header-letter-case', "'PersonId'"],
		['differs so, with a kept prefix', 'microsoft_layer', 'header-letter-case', "'Microsoft_Layer'"],
		['is kept by the service', 'TimeZone', 'header-system-name', "'TimeZone'"],
		['is kept, in other letters', 'TIMEZONE', 'header-system-name', "'TIMEZONE'"],
		['begins as kept names do', 'Microsoft_Shoe', 'header-system-name', "'Microsoft_Shoe'"],
		['begins so, in other letters', 'MICROSOFT_shoe', 'header-system-name', "'MICROSOFT_shoe'"],
	])('that %s is wrong, for one reason', (_, name, code, words) => {
		expect(foundIn(name)).toEqual([[code, 'Source', expect.stringContaining(words)]]);
	});

	it('needs no sentence about its characters', () => {
		const rules = { ...RULES, headerPattern: { pattern: /^\w+$/ } };
		expect(foundIn('a b', rules)).toEqual([
			['header-characters', 'Source', expect.not.stringMatching(/undefined|[{}]/)],
		]);
	});
});

it('keeps prefixes and names in any letters for the service', () => {
	const rules = { ...RULES, systemNames: { names: ['timezone'], prefixes: ['MICROSOFT_'] } };
	expect(
		['TimeZone', 'microsoft_x', 'Microsoft_Layer', 'Town', 'NotMicrosoft_x'].map((name) =>
			isSystemName(name, rules),
		),
	).toEqual([true, true, false, false, false]);
});

describe('columns together', () => {
	const foundIn = (names: Array<[name: string, source: string]>, rules = RULES) => {
		const findings = createFindings();
		const columns = names.map(([name, sourceName]) => ({ name, sourceName }) as PlannedColumn);
		checkPlannedColumns(columns, rules, findings);
		return findings.list.map(({ code, message }) => [code, message]);
	};

	it('may be as many as the destination takes, each once', () => {
		expect(
			foundIn([
				['A', 'a'],
				['B', 'b'],
				['C', 'c'],
			]),
		).toEqual([]);
	});

	it('are too many beyond that', () => {
		expect(
			foundIn([
				['A', 'a'],
				['B', 'b'],
				['C', 'c'],
				['D', 'd'],
			]),
		).toEqual([['columns-too-many', expect.stringMatching(/\b4\b.*\b3\b/)]]);
	});

	it('may be any number where the destination has no limit', () => {
		const many = Array.from({ length: 500 }, (_, i): [string, string] => [`A${i}`, `a${i}`]);
		expect(foundIn(many, { ...RULES, maximumAttributes: undefined })).toEqual([]);
	});

	it('go to one name only once, in whatever letters, and all of them are named', () => {
		expect(
			foundIn([
				['Town', 'city'],
				['B', 'b'],
				['TOWN', 'place'],
			]),
		).toEqual([
			['column-mapped-twice', expect.stringMatching(/'city', 'place'.*'Town'|'Town'.*'city', 'place'/)],
		]);
	});

	it('are told for each name', () => {
		const twice: Array<[string, string]> = [
			['A', '1'],
			['A', '2'],
			['B', '3'],
			['B', '4'],
		];
		expect(foundIn(twice, { ...RULES, maximumAttributes: { value: 4 } }).map(([code]) => code)).toEqual([
			'column-mapped-twice',
			'column-mapped-twice',
		]);
	});
});

it.each([
	[[], undefined, ''],
	[['a'], 'and', "'a'"],
	[['a', 'b'], undefined, "'a', 'b'"],
	[['a', 'b'], 'and', "'a' and 'b'"],
	[['a', 'b', 'c'], 'or', "'a', 'b' or 'c'"],
] as const)('lists the names %j', (names, last, sentence) => {
	expect(quoted(names, last)).toBe(sentence);
});

it('lists twelve names, and how many more there are', () => {
	const names = Array.from({ length: 12 }, (_, i) => `n${i}`);
	const twelve = names.map((name) => `'${name}'`).join(', ');
	expect(quoted(names)).toBe(twelve);
	expect(quoted([...names, 'x', 'y'])).toBe(`${twelve}, and 2 more`);
});
