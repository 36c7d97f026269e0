import { managerOverview } from '../../../nodes/shared/report/observe/managerOverview';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { createPeopleCheck } from '../../../nodes/shared/people/peopleCheck';
import { batchOf } from '../../fixtures/batch';
import { processorMs } from '../../helpers/processorTime';

type Rows = Array<[person: string, manager: string]>;

/** The people of rows, by name with their manager's name; blank = none. Somebody only named as a manager has no row. */
function peopleOf(rows: Rows) {
	const names = { person: 'Person', manager: 'Manager' };
	const { observe, index } = createPeopleCheck(
		{ person: 0, manager: 1, names },
		{ everybody: false },
		createFindings(),
	);
	observe(batchOf(rows), new Uint8Array(rows.length));
	return index;
}

function overview(rows: Rows, organization?: (person: string) => string) {
	const people = peopleOf(rows);
	const names: string[] = [];
	for (const person of rows.flat()) {
		const bytes = Buffer.from(person);
		if (person !== '') names[people.idOf(bytes, 0, bytes.length)] = person;
	}
	return managerOverview(people, organization && ((id) => organization(names[id])));
}

const layersOf = (rows: Rows) => overview(rows).layers.map(({ people }) => people);

it('counts people by distance from the top, in whatever order they come', () => {
	const rows: Rows = [
		['eve', 'bob'],
		['bob', 'ann'],
		['tim', 'ann'],
		['ann', 'ceo'],
		['ceo', ''],
	];
	expect(layersOf(rows)).toEqual([1, 1, 2, 1]);
	expect(layersOf([...rows].reverse())).toEqual([1, 1, 2, 1]);
	expect(overview(rows)).toMatchObject({ deepest: 3, withoutManager: 1, cutOff: 0, inLoops: 0 });
});

it('tells who has no way to the top, and why', () => {
	const found = overview([
		['ceo', 'ceo'],
		['ann', 'stranger'],
		['bob', 'ann'],
		['x', 'y'],
		['y', 'x'],
		['z', 'y'],
		['tim', 'ceo'],
	]);
	expect(found).toMatchObject({
		withoutManager: 1,
		ownManager: 1,
		managerNotInFile: 1,
		inLoops: 3,
		cutOff: 5,
		layers: [
			{ layer: 0, people: 1 },
			{ layer: 1, people: 1 },
		],
	});
});

it('counts deep layers together', () => {
	const rows = Array.from({ length: 40 }, (_, i): [string, string] => [`p${i}`, i === 0 ? '' : `p${i - 1}`]);
	const { layers, deepest } = overview(rows);
	expect(layers).toHaveLength(15);
	expect(layers.at(-1)).toEqual({ layer: 14, people: 26, deeper: true });
	expect(deepest).toBe(39);
});

it('tells how many people report to a manager', () => {
	const rows: Rows = [
		['ceo', ''],
		['ann', 'ceo'],
		['bob', 'ceo'],
		['eve', 'ceo'],
		['tim', 'ann'],
		['guest', 'outside'],
	];
	expect(overview(rows).spans).toEqual({
		managers: 3,
		mean: 5 / 3,
		median: 1,
		largest: 3,
		groups: [
			{ from: 1, to: 1, managers: 2 },
			{ from: 2, to: 3, managers: 1 },
		],
	});
	expect(overview([]).spans).toMatchObject({ managers: 0, mean: 0, median: 0, largest: 0 });
});

it('adds up the parts of the company below those who report to the top', () => {
	const rows: Rows = [
		['ceo', ''],
		['s', 'ceo'],
		['s1', 's'],
		['s11', 's1'],
		['s2', 's'],
		['i', 'ceo'],
		['lost', 'nobody'],
	];
	const organizations: Record<string, string> = { s: 'Sales', s1: 'Sales North', s2: 'Sales South', i: 'IT' };
	expect(overview(rows, (person) => organizations[person] ?? 'Other').branches).toEqual([
		{
			name: 'Sales',
			people: 4,
			below: [
				{ name: 'Sales North', people: 2 },
				{ name: 'Sales South', people: 1 },
			],
		},
		{ name: 'IT', people: 1, below: [] },
	]);
});

it('follows a chain of 100,000 managers in a moment', () => {
	const count = 100_000;
	const people = peopleOf(
		Array.from({ length: count }, (_, i) => [`p${i}`, i === count - 1 ? '' : `p${i + 1}`]),
	);
	let found!: ReturnType<typeof managerOverview>;
	const milliseconds = processorMs(() => (found = managerOverview(people, () => 'Everybody')));
	expect(found.deepest).toBe(count - 1);
	expect(found.branches).toEqual([
		{ name: 'Everybody', people: count - 1, below: [{ name: 'Everybody', people: count - 2 }] },
	]);
	// Measured: 150 to 250. Walking up from everybody would be 5,000 million steps.
	expect(milliseconds).toBeLessThan(3_000);
});
