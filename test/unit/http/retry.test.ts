import type { RetryClock, RetryPolicy } from '../../../nodes/shared/http/retry';
import {
	isTransientStatus,
	retry,
	retryAfterOf,
	systemClock,
	waitAfter,
} from '../../../nodes/shared/http/retry';
import { problem, type Problem } from '../../../nodes/shared/core/problem';

const policy: RetryPolicy = { attempts: 5, totalMs: 100_000, firstWaitMs: 1_000, maxWaitMs: 8_000 };

function fakeClock(random = 0): RetryClock & { waits: number[] } {
	let time = 0;
	const waits: number[] = [];
	return {
		waits,
		now: () => time,
		random: () => random,
		async sleep(ms, signal) {
			if (signal?.aborted) throw new Error('aborted');
			waits.push(ms);
			time += ms;
		},
	};
}

const cut = (retryAfterMs?: number) =>
	problem.network('cut', 'again', retryAfterMs === undefined ? {} : { retryAfterMs });

describe('retry', () => {
	it('gives the first value that may not be repeated', async () => {
		const clock = fakeClock();
		const seen: number[] = [];
		const value = await retry(
			async (number) => {
				seen.push(number);
				return number < 3 ? 503 : 200;
			},
			{ step: 'It', policy, clock, repeat: (outcome) => 'value' in outcome && outcome.value === 503 },
		);
		expect([value, seen, clock.waits]).toEqual([200, [1, 2, 3], [1_000, 2_000]]);
	});

	it('throws the last problem when attempts are used up', async () => {
		const clock = fakeClock();
		let count = 0;
		const running = retry(
			async () => {
				throw problem.network(`cut ${++count}`, 'again');
			},
			{ step: 'It', policy, clock, repeat: () => true },
		);
		await expect(running).rejects.toThrow('cut 5');
		expect(clock.waits).toEqual([1_000, 2_000, 4_000, 8_000]);
	});

	it('does not begin a wait that would end too late', async () => {
		const clock = fakeClock();
		let count = 0;
		await expect(
			retry(
				async () => {
					count++;
					throw cut();
				},
				{ step: 'It', policy: { ...policy, totalMs: 3_000 }, clock, repeat: () => true },
			),
		).rejects.toThrow('cut');
		expect([count, clock.waits]).toEqual([3, [1_000, 2_000]]);
	});

	it('does not repeat what may not be repeated', async () => {
		let count = 0;
		await expect(
			retry(
				async () => {
					count++;
					throw cut();
				},
				{ step: 'It', policy, clock: fakeClock(), repeat: () => false },
			),
		).rejects.toThrow('cut');
		expect(count).toBe(1);
	});

	it('lets errors that are no problems through at once', async () => {
		let count = 0;
		await expect(
			retry(
				async () => {
					count++;
					throw new RangeError('bug');
				},
				{ step: 'It', policy, clock: fakeClock(), repeat: () => true },
			),
		).rejects.toThrow(RangeError);
		expect(count).toBe(1);
	});

	it('waits as long as the service asks, however long that is', async () => {
		const clock = fakeClock();
		const asked = [3_000, 60_000];
		await expect(
			retry(
				async (number) => {
					throw cut(asked[number - 1]);
				},
				{ step: 'It', policy: { ...policy, attempts: 3 }, clock, repeat: () => true },
			),
		).rejects.toThrow('cut');
		expect(clock.waits).toEqual([3_000, 60_000]);
	});

	it('ends at once where the service asks for more time than there is', async () => {
		const clock = fakeClock();
		await expect(
			retry(async () => await Promise.reject(cut(900_000)), {
				step: 'It',
				policy,
				clock,
				repeat: () => true,
			}),
		).rejects.toThrow('cut');
		expect(clock.waits).toEqual([]);
	});

	it('tells each wait, and asks the value for the wait wished', async () => {
		const told: unknown[] = [];
		await retry(async (number) => number, {
			step: 'It',
			policy,
			clock: fakeClock(),
			repeat: (outcome) => 'value' in outcome && outcome.value < 2,
			retryAfterMs: () => 2_500,
			onWait: (...all) => told.push(all),
		});
		expect(told).toEqual([[1, 2_500, { value: 1 }]]);
	});

	it('ends at once when cancelled in a wait', async () => {
		const abort = new AbortController();
		let attempts = 0;
		const attempt = async () => {
			attempts++;
			return await Promise.reject(cut());
		};
		const caught = await retry(attempt, {
			step: 'The upload',
			policy: { ...policy, firstWaitMs: 3_600_000, maxWaitMs: 3_600_000, totalMs: 7_200_000 },
			clock: systemClock,
			signal: abort.signal,
			repeat: () => true,
			onWait: () => setImmediate(() => abort.abort()),
		}).catch((error: unknown) => error);
		expect((caught as Problem).kind).toBe('cancelled');
		expect(attempts).toBe(1);
		expect((caught as Problem).message).toMatch(/^The upload was cancelled/);
	});
});

it('waits vary by chance between half and whole', () => {
	expect([0, 0.5, 1].map((chance) => waitAfter(3, policy, { chance }))).toEqual([4_000, 3_000, 2_000]);
	expect(waitAfter(1000, policy, { chance: 0 })).toBe(8_000);
});

it.each([
	['7', 7_000],
	['0.5', 500],
	[' 120 ', 120_000],
	['Wed, 21 Oct 2026 07:28:10 GMT', 10_000],
	['Wed, 21 Oct 2026 07:27:00 GMT', 0],
	['soon', undefined],
	['', undefined],
	['-5', undefined],
])('Retry-After %j', (text, expected) => {
	expect(retryAfterOf({ 'retry-after': text, date: 'Wed, 21 Oct 2026 07:28:00 GMT' })).toBe(expected);
});

it('knows which statuses pass by themselves', () => {
	const statuses = [200, 302, 400, 401, 403, 404, 408, 413, 429, 500, 501, 502, 503, 504, 505];
	expect(statuses.filter(isTransientStatus)).toEqual([408, 429, 500, 502, 503, 504]);
});
