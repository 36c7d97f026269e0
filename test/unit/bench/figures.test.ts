import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFigures } from '../../bench/measure';
import { readStat } from '../../bench/processGroup';
import { mergeResults, readResults, spreadOf, writeResults, type Entry } from '../../bench/results';

const entry = (way: string, cpuSeconds: number): Entry => ({
	case: '1',
	rows: 100,
	way,
	environment: { day: '2026-11-21', machine: 'm', versions: 'v', load: 0 },
	runs: [{ cpuSeconds, wallSeconds: 1, peakRssMB: 1 }],
});

it('adds what GNU time tells of user and system', () => {
	expect(readFigures('3.25 0.55 2.07 157286\n')).toEqual({
		cpuSeconds: 3.8,
		wallSeconds: 2.07,
		peakRssMB: 153.6,
	});
	expect(() => readFigures('time: cannot run nothing')).toThrow('no figures');
});

it('reads a process with any name', () => {
	const line = '4711 (a) R (b c) S 1 4700 4700 0 -1 4194560 9 8 7 6 150 50 20 5 20 0 1 0';
	expect(readStat(line)).toEqual({ pid: 4711, group: 4700, cpuSeconds: 2.25 });
});

it('finds the middle of an odd and of an even number of figures', () => {
	expect(spreadOf([10, 9, 2])).toEqual({ median: 9, min: 2, max: 10 });
	expect(spreadOf([4, 1, 3, 100])).toEqual({ median: 3.5, min: 1, max: 100 });
});

it('keeps older figures that were not measured again', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-results-'));
	const file = path.join(folder, 'results.json');
	try {
		expect(readResults(file)).toEqual([]);
		writeResults(file, [entry('b', 1), entry('a', 2)]);
		writeResults(file, mergeResults(readResults(file), [entry('b', 3)]));
		expect(readResults(file)).toEqual([entry('a', 2), entry('b', 3)]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
