import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CASES, type Case } from '../../bench/cases';
import { readResults, type Entry, type Environment, type Run } from '../../bench/results';
import { machinesOf, putBetween, tableOf, writePage } from '../../bench/tables';

const quiet: Environment = { day: '2026-11-21', machine: '2 cores', versions: 'Node 20', load: 0.01 };
const race: Case = {
	id: 'r',
	title: 'A race',
	text: 'Between two.',
	ways: [
		{ id: 'hare', title: 'the hare' },
		{ id: 'tortoise', title: 'the tortoise', yardstick: 'tortoise' },
	],
};
const run = (cpuSeconds: number, more: Partial<Run> = {}): Run => ({
	cpuSeconds,
	wallSeconds: 1,
	peakRssMB: 100,
	...more,
});
const entry = (way: string, runs: Run[], more: Partial<Entry> = {}): Entry => ({
	case: 'r',
	rows: 1_000_000,
	way,
	environment: quiet,
	runs,
	...more,
});

it('gives median, smallest and largest, and compares neighbouring runs', () => {
	const entries = [entry('tortoise', [run(1), run(2), run(4)]), entry('hare', [run(3), run(4), run(16)])];
	expect(tableOf(race, entries)).toBe(
		[
			'| Rows | Way | CPU s | CPU ÷ tortoise | Wall s | Peak memory MB |',
			'|---:|---|---:|---:|---:|---:|',
			'| 1,000,000 | the hare | 4.00 (3.00–16.00) | 3.00 (2.00–4.00) | 1.00 | 100 |',
			'| 1,000,000 | the tortoise | 2.00 (1.00–4.00) |  | 1.00 | 100 |',
			'',
			'Measured on 2026-11-21, 3 runs each.',
		].join('\n'),
	);
});

it('shows what only some ways tell, and compares memory where the case asks for it', () => {
	const entries = [
		entry('hare', [run(1, { loopP99Ms: 12.3, loopMaxMs: 123.4, bytes: 5_000_000, idleRssMB: 80 })]),
		entry('tortoise', [run(2, { peakRssMB: 50 })]),
	];
	const [head, , hare, tortoise] = tableOf({ ...race, compare: ['peakRssMB'] }, entries).split('\n');
	expect(head).toBe(
		'| Rows | Way | CPU s | Memory ÷ tortoise | Wall s | Peak memory MB | Above start MB | Event loop p99 ms | Event loop max ms | Sent MB |',
	);
	expect(hare).toBe('| 1,000,000 | the hare | 1.00 | 2.00 | 1.00 | 100 | 20 | 12.3 | 123 | 5.00 |');
	expect(tortoise).toBe('| 1,000,000 | the tortoise | 2.00 |  | 1.00 | 50.0 |  |  |  |  |');
});

it('says what failed, where it would have stood', () => {
	const failure = 'n8n crashed after 30 s: out of\nmemory | heap';
	const table = tableOf(race, [entry('hare', [], { failure }), entry('tortoise', [run(2)])]);
	expect(table).toContain(
		'| 1,000,000 | the hare: **n8n crashed after 30 s: out of memory \\| heap** |  |  |  |  |',
	);
	expect(table).toContain('1 run each.');
});

it('puts sizes in order', () => {
	const table = tableOf(race, [entry('hare', [run(9)]), entry('hare', [run(1)], { rows: 100_000 })]);
	expect(table.indexOf('| 100,000 |')).toBeLessThan(table.indexOf('| 1,000,000 |'));
});

it('tells when other work disturbed the figures', () => {
	const table = tableOf(race, [entry('hare', [run(1)], { environment: { ...quiet, load: 3 } })]);
	expect(table).toContain('Other work ran on the machine');
	expect(tableOf(race, [entry('hare', [run(1)])])).not.toContain('Other work');
});

it('says that nothing was measured', () => {
	expect(tableOf(race, [])).toBe('_Not measured yet._');
});

it('names a machine once, with all that ran on it', () => {
	const other = { ...quiet, versions: 'Node 20, n8n 2' };
	const entries = [entry('hare', [run(1)], { environment: other }), entry('tortoise', [run(1)])];
	expect(machinesOf(entries)).toBe('2 cores; Node 20, n8n 2.');
	expect(machinesOf([])).toBe('_Not measured yet._');
});

it('replaces what stands between two markers and nothing else', () => {
	const page = 'before\n<!-- bench:r -->\nold\n<!-- /bench:r -->\nafter\n';
	const once = putBetween(page, 'r', 'new');
	expect(once).toBe('before\n<!-- bench:r -->\nnew\n<!-- /bench:r -->\nafter\n');
	expect(putBetween(once, 'r', 'new')).toBe(once);
	expect(() => putBetween(page, 'other', 'new')).toThrow('no place <!-- bench:other -->');
});

it('the page holds the tables of what was measured', () => {
	const root = path.resolve(__dirname, '../../..');
	const page = readFileSync(path.join(root, 'docs/performance.md'), 'utf8');
	expect(writePage(page, CASES, readResults(path.join(root, 'test/bench/results.json')))).toBe(page);
});
