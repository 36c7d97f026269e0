import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HostileReport } from './hostileChild';
import { HOSTILE } from './hostileInputs';

/** Heap of a process that reads these files, in megabytes: less than a third of the larger files. */
const HEAP_MB = 96;
/**
 * All memory of such a process, in megabytes. Node with the loader of TypeScript takes 85 to 110 of it, the heap 96 at most; a record may be
 * 16 MB long, in room that doubles up to 32; and the zips of 100,000 files are made in the same process. Measured: 93 to 240. The
 * files have up to 2048.
 */
const MEMORY_MB = 320;
/** Processor time of one file; measured were at most 2.3 s. Not the clock on the wall: others may be busy. */
const PROCESSOR_MS = 10_000;

let child: ChildProcess | undefined;
// One that never ends reaches jest's limit for a hang, and must not outlive it.
afterEach(() => child?.kill('SIGKILL'));

/** Reads all files of a group in one process. */
async function reportsOf(group: string): Promise<HostileReport[]> {
	const reports: HostileReport[] = [];
	child = fork(join(__dirname, 'hostileChild.ts'), [group], {
		execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_MB}`],
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
	});
	child.on('message', (report: HostileReport) => reports.push(report));
	await once(child, 'close');
	return reports;
}

describe('hostile files are told early, in little memory', () => {
	it.each(Object.keys(HOSTILE))('%s', async (group) => {
		const reports = await reportsOf(group);
		const cases = HOSTILE[group];
		// A process that ran out of memory reports no more.
		expect(reports.map(({ name }) => name)).toEqual(cases.map(({ name }) => name));
		for (const [i, wanted] of cases.entries()) {
			const { name, ends, says, row, taken, unpacked, milliseconds, peakMB } = reports[i];
			expect({ name, ends, says }).toEqual({
				name,
				ends: wanted.ends,
				says: expect.stringMatching(wanted.says) as string,
			});
			if (wanted.row !== undefined) expect({ name, row }).toEqual({ name, row: wanted.row });
			expect(taken).toBeLessThanOrEqual(wanted.mostTaken ?? Infinity);
			expect(unpacked).toBeLessThanOrEqual(wanted.mostUnpacked ?? Infinity);
			expect(milliseconds).toBeLessThan(PROCESSOR_MS);
			expect(peakMB).toBeLessThan(MEMORY_MB);
		}
	});
});
