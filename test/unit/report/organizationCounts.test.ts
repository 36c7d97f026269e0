import { createFindings } from '../../../nodes/shared/findings/findings';
import { createPeopleCheck } from '../../../nodes/shared/people/peopleCheck';
import { FieldQuoting } from '../../../nodes/shared/records/recordBatch';
import {
	createOrganizationCounts,
	type ConcludedOrganizations,
} from '../../../nodes/shared/report/observe/organizationCounts';
import { batchOf, type FixtureValue } from '../../fixtures/batch';

/** Person, organization. */
type Row = readonly FixtureValue[];

interface Counted extends ConcludedOrganizations {
	/** the organization of a person, as it is shown */
	of(person: string): string | undefined;
}

/** Counts batches of rows; `flagged` are the places of rows that break a rule, over all batches. */
function counted(batches: readonly Row[][], flagged: readonly number[] = []): Counted {
	const names = { person: 'Person', manager: 'Manager' };
	const { observe, index } = createPeopleCheck({ person: 0, names }, { everybody: false }, createFindings());
	const counts = createOrganizationCounts({ person: 0, organization: 1 }, index);
	let first = 0;
	for (const rows of batches) {
		const flags = Uint8Array.from(rows, (_, r) => Number(flagged.includes(first + r)));
		const batch = batchOf(rows, first + 2);
		observe(batch, flags);
		counts.observe(batch, flags);
		first += rows.length;
	}
	const concluded = counts.conclude();
	return {
		...concluded,
		of: (person) => concluded.nameOf(index.idOf(Buffer.from(person), 0, Buffer.byteLength(person))),
	};
}

const person = (i: number) => `p${i}@x.com`;
const people = (count: number, organization: (i: number) => string): Row[] =>
	Array.from({ length: count }, (_, i) => [person(i), organization(i)]);
const namesOf = ({ organizations }: Counted) => organizations.shown.map(({ name }) => name);

it('counts rows and people, the largest first, those of one size as they come', () => {
	const { organizations, of } = counted([
		[
			[person(1), 'HR'],
			[person(2), 'IT'],
			[person(3), ''],
			[person(4), 'Law'],
		],
		[
			[person(5), 'IT'],
			[person(6), '  '],
		],
	]);
	expect(organizations).toEqual({
		shown: [
			{ name: 'IT', rows: 2, people: 2 },
			{ name: 'HR', rows: 1, people: 1 },
			{ name: 'Law', rows: 1, people: 1 },
		],
		different: 3,
		others: { organizations: 0, rows: 0, people: 0 },
		blank: 2,
	});
	expect([of(person(5)), of(person(1)), of(person(3)), of('nobody@x.com')]).toEqual([
		'IT',
		'HR',
		undefined,
		undefined,
	]);
});

it('counts the rows of invalid records, but not their people', () => {
	const { organizations, of } = counted([people(2, () => 'HR')], [1]);
	expect(organizations.shown).toEqual([{ name: 'HR', rows: 2, people: 1 }]);
	expect([of(person(0)), of(person(1))]).toEqual(['HR', undefined]);
});

it('takes a person for where the latest row says', () => {
	const { organizations, of } = counted([
		[
			[person(1), 'HR'],
			[person(1), 'IT'],
			[person(2), 'HR'],
		],
		[[person(2), 'IT']],
	]);
	expect(organizations.shown).toEqual([
		{ name: 'HR', rows: 2, people: 0 },
		{ name: 'IT', rows: 2, people: 2 },
	]);
	expect([of(person(1)), of(person(2))]).toEqual(['IT', 'IT']);
});

it('takes no person from a field that is blank, has quotes in it or is missing', () => {
	const quoted = { bytes: Buffer.from('p""1@x.com'), form: FieldQuoting.escaped };
	const { organizations } = counted([
		[
			['', 'HR'],
			[quoted, 'HR'],
			[person(1), 'HR'],
		],
	]);
	expect(organizations.shown).toEqual([{ name: 'HR', rows: 3, people: 1 }]);
});

it('does not count records that are too short', () => {
	const { organizations } = counted([[[person(1)], [person(2), 'HR'], [person(3)]]]);
	expect(organizations).toMatchObject({ shown: [{ name: 'HR', rows: 1, people: 1 }], blank: 0 });
});

it('has no people where no column names them or nobody knows them', () => {
	const batch = batchOf([
		['HR', person(1)],
		['HR', person(2)],
	]);
	const names = { person: 'Person', manager: 'Manager' };
	const check = createPeopleCheck({ person: 1, names }, { everybody: false }, createFindings());
	check.observe(batch, new Uint8Array(2));
	for (const counts of [
		createOrganizationCounts({ organization: 0 }, check.index),
		createOrganizationCounts({ organization: 0, person: 1 }, undefined),
	]) {
		counts.observe(batch, new Uint8Array(2));
		const { organizations, nameOf } = counts.conclude();
		expect(organizations.shown).toEqual([{ name: 'HR', rows: 2, people: 0 }]);
		expect([nameOf(0), nameOf(1)]).toEqual([undefined, undefined]);
	}
});

it('looks for the person beyond the end of a short record in no other record', () => {
	const names = { person: 'Person', manager: 'Manager' };
	const rows = [['HR'], ['IT', person(1)]];
	const batch = batchOf(rows);
	const check = createPeopleCheck({ person: 1, names }, { everybody: false }, createFindings());
	const flags = Uint8Array.from([0, 0]);
	check.observe(batch, flags);
	const counts = createOrganizationCounts({ organization: 0, person: 1 }, check.index);
	counts.observe(batch, flags);
	expect(counts.conclude().organizations.shown).toEqual([
		{ name: 'HR', rows: 1, people: 0 },
		{ name: 'IT', rows: 1, people: 1 },
	]);
});

it('shows fifteen, and counts the others together', () => {
	// The first organization has 17 people, the last one.
	const rows = Array.from({ length: 17 }, (_, i) =>
		people(17 - i, () => `Unit ${i}`).map(([address, organization]): Row => [
			`${i}.${String(address)}`,
			organization,
		]),
	).flat();
	const result = counted([rows]);
	expect(namesOf(result)).toEqual(Array.from({ length: 15 }, (_, i) => `Unit ${i}`));
	expect(result.organizations).toMatchObject({
		different: 17,
		others: { organizations: 2, rows: 3, people: 3 },
	});
	expect(result.organizations).not.toHaveProperty('hidden');
	// Not shown in the list, but a branch may have the name.
	expect(result.of(`16.${person(0)}`)).toBe('Unit 16');
});

it('counts hundreds of organizations and thousands of people', () => {
	const result = counted([people(3_000, (i) => `Unit ${i % 200}`), people(3_000, (i) => `Unit ${i % 200}`)]);
	expect(result.organizations.shown[0]).toEqual({ name: 'Unit 0', rows: 30, people: 15 });
	expect(result.organizations.others).toEqual({ organizations: 185, rows: 5_550, people: 2_775 });
	expect([result.of(person(0)), result.of(person(1_500)), result.of(person(2_999))]).toEqual([
		'Unit 0',
		'Unit 100',
		'Unit 199',
	]);
});

describe('names that are hardly ever the same are not shown', () => {
	it.each([
		['fewer than 20 rows', 19, 19, false],
		['nine of ten', 20, 18, false],
		['more than nine of ten', 20, 19, true],
		['all', 20, 20, true],
	])('%s', (_, count, different, hidden) => {
		const result = counted([people(count, (i) => `Name ${i % different}`)]);
		const { organizations, of } = result;
		expect(namesOf(result).length === 0).toBe(hidden);
		expect(organizations.hidden).toBe(hidden ? 'nearlyAllDifferent' : undefined);
		expect(of(person(0))).toBe(hidden ? undefined : 'Name 0');
		if (hidden)
			expect(organizations.others).toEqual({ organizations: different, rows: count, people: count });
	});

	it('rows without an organization do not count for it', () => {
		const rows = [...people(19, (i) => `Name ${i}`), ...people(40, () => '')];
		expect(namesOf(counted([rows]))).toHaveLength(15);
	});

	it('more than 5,000', () => {
		const many = people(5_001, (i) => `Unit ${i}`);
		const result = counted([many, many, people(5_000, (i) => `Unit ${i}`)]);
		expect(result.organizations).toEqual({
			shown: [],
			different: 5_000,
			others: { organizations: 5_000, rows: 15_002, people: 5_000 },
			blank: 0,
			hidden: 'nearlyAllDifferent',
		});
		const allowed = people(5_000, (i) => `Unit ${i}`);
		expect(namesOf(counted([allowed, allowed]))).toHaveLength(15);
	});
});

describe('what stands in brackets after a name', () => {
	it.each([
		[
			'goes where half of the names have it',
			['A (Ann Lee)', 'B', 'C (Bob) ', 'D'],
			['A (…)', 'B', 'C (…)', 'D'],
		],
		['stays where fewer have it', ['A (EMEA)', 'B', 'C'], ['A (EMEA)', 'B', 'C']],
		['stays where there is one name only', ['A (EMEA)'], ['A (EMEA)']],
		[
			'goes without a blank before it, and over several lines',
			['A(Ann)', 'B\nC (Bob\nRay)'],
			['A (…)', 'B\nC (…)'],
		],
		[
			'is the last pair of brackets',
			['A (EMEA) (Ann)', '(Ann)', 'C (x)'],
			['A (EMEA) (…)', '(Ann)', 'C (…)'],
		],
	])('%s', (_, names, shown) => {
		const result = counted([names.map((name, i): Row => [person(i), name])]);
		expect(namesOf(result)).toEqual(shown);
		expect(names.map((__, i) => result.of(person(i)))).toEqual(shown);
	});

	it('addresses are masked', () => {
		const result = counted([people(2, (i) => ['ann.lee@contoso.com', 'HR'][i])]);
		expect(namesOf(result)).toEqual(['xxx.xxx@xxxxxxx.xxx', 'HR']);
		expect(result.of(person(0))).toBe('xxx.xxx@xxxxxxx.xxx');
	});
});
