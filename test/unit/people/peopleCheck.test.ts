import { createFindings } from '../../../nodes/shared/findings/findings';
import { createPeopleCheck } from '../../../nodes/shared/people/peopleCheck';
import { PairSet } from '../../../nodes/shared/core/pairSet';
import { FieldQuoting } from '../../../nodes/shared/records/recordBatch';
import { batchOf } from '../../fixtures/batch';

const DAYS: Record<string, number> = { jan: 1, feb: 2, mar: 3 };

/** Checks rows of [person, manager, month?]; addresses are completed. */
function check(rows: Array<[string, string, string?]>, everybody = true, flags: number[] = []) {
	const findings = createFindings();
	const address = (name: string) => (name === '' ? '' : `${name}@contoso.com`);
	const people = createPeopleCheck(
		{
			person: 0,
			manager: 1,
			date: rows[0]?.[2]
				? {
						from: 2,
						dayOf: (batch, f) => DAYS[batch.bytes.toString('utf8', batch.starts[f], batch.ends[f])],
					}
				: undefined,
			names: { person: 'Mail', manager: 'Boss' },
		},
		{ everybody },
		findings,
	);
	const batch = batchOf(rows.map(([person, manager, day]) => [address(person), address(manager), day ?? '']));
	people.observe(
		batch,
		Uint8Array.from(rows, (_, r) => flags[r] ?? 0),
	);
	people.conclude(findings);
	return {
		people,
		found: findings.list.map(({ code, row }) => (row === undefined ? code : `${code} ${row}`)),
		findings,
	};
}

it('is content with a tree', () => {
	const { found, people } = check([
		['ceo', ''],
		['ann', 'CEO'],
		['bob', 'ann'],
	]);
	expect(found).toEqual([]);
	expect(people.people).toBe(3);
});

it('finds a person with two rows for one day, in whatever order days come', () => {
	expect(
		check([
			['ceo', '', 'feb'],
			['ceo', '', 'jan'],
			['Ceo', '', 'mar'],
			['ceo', '', 'jan'],
			['ceo', '', 'mar'],
			['ceo', '', 'feb'],
		]).found,
	).toEqual(['person-date-duplicate 5', 'person-date-duplicate 6', 'person-date-duplicate 7']);
});

it('finds a person twice where there are no dates', () => {
	expect(
		check([
			['ceo', ''],
			['CEO', ''],
		]).found,
	).toEqual(['person-date-duplicate 3']);
});

it('finds managers without a row, when everybody is to be there', () => {
	const rows: Array<[string, string]> = [
		['ceo', ''],
		['ann', 'nobody'],
	];
	expect(check(rows).found).toEqual(['manager-unknown 3']);
	expect(check(rows, false).found).toEqual([]);
});

it('tells their own managers from loops', () => {
	expect(
		check([
			['ceo', 'ceo'],
			['ann', 'ceo'],
		]).found,
	).toEqual(['manager-self 2', 'manager-root-missing']);
});

it('finds each loop once, and not those who only hang on it', () => {
	const { found, findings } = check([
		['ceo', ''],
		['ann', 'bob'],
		['bob', 'eve'],
		['eve', 'ann'],
		['tim', 'ann'],
		['x', 'y'],
		['y', 'x'],
	]);
	expect(found.filter((code) => code.startsWith('manager-loop'))).toHaveLength(2);
	expect(findings.list[0].message).toContain('loop of 3 people');
	expect(findings.list[1].message).toContain('loop of 2 people');
	expect(findings.errors).toBe(2);
});

it('goes by the latest row of a person', () => {
	expect(
		check([
			['ceo', '', 'feb'],
			['ann', 'ceo', 'feb'],
			['ceo', 'ann', 'jan'],
		]).found,
	).toEqual([]);
});

it('counts those without a manager', () => {
	const { findings } = check([
		['ceo', ''],
		['ann', ''],
		['bob', ''],
	]);
	expect(findings.list).toEqual([expect.objectContaining({ code: 'manager-roots' })]);
	expect(findings.list[0].message).toContain('3 people');
	expect(
		check(
			[
				['ceo', ''],
				['ann', ''],
			],
			false,
		).found,
	).toEqual([]);
});

it('does not count rows that are left out', () => {
	expect(
		check(
			[
				['ceo', ''],
				['ann', 'ceo'],
				['ann', 'x'],
			],
			true,
			[0, 0, 1],
		).found,
	).toEqual([]);
});

it('follows a chain of 100,000 managers in a moment, at less than 40 bytes a person', () => {
	const count = 100_000;
	const findings = createFindings();
	const names = { person: 'Mail', manager: 'Boss' };
	const people = createPeopleCheck({ person: 0, manager: 1, names }, { everybody: true }, findings);
	for (let from = 0; from < count; from += 10_000) {
		const rows = Array.from({ length: 10_000 }, (_, i) => [
			`p${from + i}@contoso.com`,
			from + i === 0 ? `p${count - 1}@contoso.com` : `p${from + i - 1}@contoso.com`,
		]);
		people.observe(batchOf(rows, from), new Uint8Array(rows.length));
	}
	people.conclude(findings);
	expect(findings.list.map(({ code }) => code)).toEqual(['manager-loop', 'manager-root-missing']);
	expect(findings.list[0].message).toContain(`loop of ${count} people`);
	expect(people.people).toBe(count);
	expect(people.bytes / count).toBeLessThan(40);
});

it('takes what is not written as an address for nobody, also after other rows', () => {
	const findings = createFindings();
	const names = { person: 'Mail', manager: 'Boss' };
	const people = createPeopleCheck({ person: 0, manager: 1, names }, { everybody: true }, findings);
	people.observe(batchOf([['ann@contoso.com', 'ann@contoso.com']]), new Uint8Array(1));
	const escaped = { bytes: Buffer.from('a""b@contoso.com'), form: FieldQuoting.escaped };
	people.observe(batchOf([[escaped, ''], []]), new Uint8Array(2));
	expect(people.people).toBe(1);
	expect(findings.list).toEqual([]);
});

it('does not ask for the day of a row that does not count: it may lack the field', () => {
	const days = jest.fn(() => 1);
	const people = createPeopleCheck(
		{ person: 0, date: { from: 1, dayOf: days }, names: { person: 'Mail', manager: '' } },
		{ everybody: true },
		createFindings(),
	);
	people.observe(batchOf([['ann@contoso.com', 'jan'], ['bob@contoso.com']]), Uint8Array.of(0, 1));
	expect(days).toHaveBeenCalledTimes(1);
	expect(people.people).toBe(1);
});

it('keeps pairs apart', () => {
	const pairs = new PairSet();
	let added = 0;
	for (let round = 0; round < 2; round++) {
		for (let a = 0; a < 200; a++) for (let b = 1; b < 50; b++) if (pairs.add(a, b)) added++;
	}
	expect(added).toBe(200 * 49);
});
