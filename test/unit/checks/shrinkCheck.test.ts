import {
	checkShrinkage,
	type ImportSize,
	type ShrinkRules,
} from '../../../nodes/shared/checks/dataset/shrinkCheck';
import { createFindings } from '../../../nodes/shared/findings/findings';

const COLUMNS = ['PersonId', 'ManagerId', 'Layer'];
const company = (people: number, more: Partial<ImportSize> = {}): ImportSize => ({
	people,
	rows: people,
	columns: COLUMNS,
	...more,
});

type Replaces = Required<ShrinkRules>['replaces'];

function check(size: ImportSize, replaces?: Partial<Replaces>, minimumPeople = 0) {
	const findings = createFindings();
	const rules: Replaces = { last: company(500), largestDropShare: 0.2, mayDisappear: [], ...replaces };
	checkShrinkage(size, { minimumPeople, ...(replaces && { replaces: rules }) }, findings);
	return findings.list.map(({ code, message }) => ({ code, message }));
}
const codes = (...from: Parameters<typeof check>) => check(...from).map(({ code }) => code);

describe('fewer people than in the last import', () => {
	it.each([
		[3, ['people-fewer']],
		[399, ['people-fewer']],
		[400, []],
		[401, []],
		[700, []],
		[0, ['people-fewer']],
	])('%d after 500', (people, expected) => {
		expect(codes(company(people), {})).toEqual(expected);
	});

	it('are told with both numbers', () => {
		expect(check(company(399), {})[0].message).toBe(
			'There are 399 people now and 500 in the last accepted import: 20.2 % fewer, more than the allowed 20 %.',
		);
	});

	it.each(Array.from({ length: 101 }, (_, percent) => percent))('just %d % fewer pass', (percent) => {
		const rules = { last: company(100), largestDropShare: percent / 100 };
		expect(codes(company(100 - percent), rules)).toEqual([]);
		if (percent < 100) expect(codes(company(99 - percent), rules)).toEqual(['people-fewer']);
	});

	it('count by people, not by the rows of their history', () => {
		expect(codes(company(500, { rows: 500 }), { last: company(500, { rows: 6500 }) })).toEqual([]);
		expect(codes(company(10, { rows: 6500 }), { last: company(500, { rows: 6500 }) })).toEqual([
			'people-fewer',
		]);
	});

	it('count by rows where one of the two imports names no people', () => {
		const unnamed = (rows: number): ImportSize => ({ rows, columns: COLUMNS });
		expect(check(unnamed(300), { last: company(500) })[0].message).toContain('300 rows now and 500');
		expect(check(company(300), { last: unnamed(500) })[0].message).toContain('300 rows now and 500');
	});

	it('do not matter where the import adds to what is there', () => {
		expect(codes(company(3))).toEqual([]);
	});
});

describe('a column that the last import had', () => {
	const without = company(500, { columns: ['PersonId'] });

	it('may not disappear unasked', () => {
		expect(check(without, {})).toEqual([
			{
				code: 'columns-gone',
				message:
					"The last accepted import had 3 columns, this one has 1. These are gone: 'ManagerId', 'Layer'.",
			},
		]);
	});

	it('may disappear where the user says so, in whatever letters', () => {
		expect(check(without, { mayDisappear: ['layer'] })[0].message).toContain("gone: 'ManagerId'.");
		expect(codes(without, { mayDisappear: ['LAYER', 'managerid'] })).toEqual([]);
	});

	it('is told among many in a sentence of bounded length', () => {
		const columns = Array.from({ length: 60 }, (_, i) => `Custom ${i}`);
		const [{ message }] = check(company(500), { last: company(500, { columns }) });
		expect(message).toMatch(/'Custom 19', 40 more\.$/);
	});
});

describe('the minimum', () => {
	it('counts for every import, whether it replaces or adds', () => {
		expect(codes(company(9), undefined, 10)).toEqual(['people-too-few']);
		expect(codes(company(10), undefined, 10)).toEqual([]);
		expect(codes(company(9), { last: undefined }, 10)).toEqual(['people-too-few', 'last-import-unknown']);
	});
});

it('without an earlier import, that is what is told', () => {
	expect(codes(company(3), { last: undefined })).toEqual(['last-import-unknown']);
});
