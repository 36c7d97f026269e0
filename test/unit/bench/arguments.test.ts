import { readArguments } from '../../bench/arguments';
import { CASES, PLAN } from '../../bench/cases';
import { WAYS } from '../../bench/ways';

it('measures everything when nothing is asked', () => {
	expect(readArguments([]).steps).toEqual(PLAN);
});

it('measures one case at one size so many times', () => {
	expect(readArguments(['--case', '1', '--rows', '1000000', '--runs', '5']).steps).toEqual([
		{ case: '1', rows: 1_000_000, runs: 5 },
	]);
});

it('takes several cases, in either form, at their planned sizes', () => {
	const planned = PLAN.filter((step) => step.case === '3' || step.case === '4');
	expect(readArguments(['--case', '3,4']).steps).toEqual(planned);
	expect(readArguments(['--case', '3', '--case', '4']).steps).toEqual(planned);
});

it('changes only the number of runs when only that is given', () => {
	expect(readArguments(['--case', '5', '--runs', '9']).steps).toEqual([
		{ case: '5', rows: 1_000_000, runs: 9 },
	]);
});

it('looks at everything that matters once when it has to be quick', () => {
	const { steps } = readArguments(['--quick']);
	expect(steps.length).toBeGreaterThan(3);
	expect(steps.every(({ runs }) => runs === 1)).toBe(true);
});

it('measures a case that the quick look leaves out when it is named', () => {
	expect(readArguments(['--quick', '--case', '7', '--runs', '1']).steps).toEqual(
		PLAN.filter((step) => step.case === '7').map((step) => ({ ...step, runs: 1 })),
	);
});

it('measures nothing when only the tables are asked for', () => {
	expect(readArguments(['--tables']).steps).toEqual([]);
});

it.each([
	[['--case', '99'], "There is no case '99'"],
	[['--rows', 'many'], "--rows takes a whole number, not 'many'"],
	[['--runs', '0'], '--runs takes a whole number'],
	[['--fast'], '--fast'],
])('says what is wrong with %j, and how it is called', (args, sentence) => {
	expect(() => readArguments(args)).toThrow(sentence);
	expect(() => readArguments(args)).toThrow('npm run bench -- --case 1 --rows 1000000 --runs 5');
});

it('knows how to run each way of each case, and no other', () => {
	const listed = CASES.flatMap(({ id, ways }) => ways.map((way) => `${id} ${way.id}`));
	expect(Object.keys(WAYS).sort()).toEqual([...listed].sort());
});
