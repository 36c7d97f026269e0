import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exclusively } from '../../host/exclusive';

let folder: string;
let lockFile: string;
const timing = { beatMs: 20, abandonedMs: 200 };

beforeEach(() => {
	// Beats and ages move only when the test moves the clock.
	jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick', 'queueMicrotask'] });
	folder = mkdtempSync(path.join(tmpdir(), 'exclusive-'));
	lockFile = path.join(folder, 'deeper', 'x.lock');
});
afterEach(() => {
	jest.useRealTimers();
	rmSync(folder, { recursive: true, force: true });
});

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('exclusively', () => {
	it('lets one in at a time, even when the work outlasts the age of an abandoned lock', async () => {
		let inside = 0;
		let most = 0;
		const waited = jest.fn();
		const work = async () => {
			most = Math.max(most, ++inside);
			await pause(300);
			inside--;
		};
		let over = false;
		const all = Promise.all([
			exclusively(lockFile, waited, work, timing),
			exclusively(lockFile, waited, work, timing),
			exclusively(lockFile, waited, work, timing),
		]).finally(() => (over = true));
		while (!over) await jest.advanceTimersByTimeAsync(timing.beatMs);
		await all;
		expect(most).toBe(1);
		expect(waited).toHaveBeenCalledTimes(2);
		expect(existsSync(lockFile)).toBe(false);
	});

	it('opens when the work fails', async () => {
		const failing = exclusively(
			lockFile,
			jest.fn(),
			async () => await Promise.reject(new Error('broken')),
			timing,
		);
		await expect(failing).rejects.toThrow('broken');
		expect(existsSync(lockFile)).toBe(false);
	});

	it('takes over a lock whose owner is gone', async () => {
		lockFile = path.join(folder, 'old.lock');
		writeFileSync(lockFile, '');
		const longAgo = new Date(Date.now() - 1000);
		utimesSync(lockFile, longAgo, longAgo);
		await expect(
			exclusively(lockFile, jest.fn(), async () => await Promise.resolve(7), timing),
		).resolves.toBe(7);
	});
});
