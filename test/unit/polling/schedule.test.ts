import fc from 'fast-check';
import { JITTER, nextWaitMs, type PollSchedule } from '../../../nodes/shared/polling/schedule';
import { MINUTE, SECOND } from './fakeClock';

const schedule: PollSchedule = {
	firstMs: 10 * SECOND,
	factor: 1.5,
	longestMs: 5 * MINUTE,
	shortestMs: 5 * SECOND,
};

describe('the wait before the next poll', () => {
	it('grows by its factor up to the longest', () => {
		const waits = [1, 2, 3, 4, 9, 10, 500, 1e9].map(
			(attempts) => nextWaitMs(attempts, { schedule, chance: 0 }) / SECOND,
		);
		expect(waits).toEqual([10, 15, 22.5, 33.75, 256.289, 300, 300, 300]);
	});

	it('is longer by chance, within its bounds, and never shorter', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1000 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(attempts, chance) => {
					const base = nextWaitMs(attempts, { schedule, chance: 0 });
					const wait = nextWaitMs(attempts, { schedule, chance });
					expect(wait).toBeGreaterThanOrEqual(base);
					expect(wait).toBeLessThanOrEqual(Math.ceil(base * (1 + JITTER)) + 1);
				},
			),
		);
		expect(nextWaitMs(1, { schedule, chance: 0.5 })).toBe(11 * SECOND);
	});

	it('is never shorter than the shortest', () => {
		expect(nextWaitMs(1, { schedule: { ...schedule, firstMs: 0 }, chance: 0 })).toBe(5 * SECOND);
	});

	it.each([
		['longer than ours', 20 * MINUTE, 20 * MINUTE],
		['shorter than ours', 2 * SECOND, 10 * SECOND],
	])('is as long as the service asks where that is %s', (_, asked, wait) => {
		expect(nextWaitMs(1, { schedule, chance: 0, askedMs: asked })).toBe(wait);
	});
});
