import type { RetryClock } from '../../../nodes/shared/http/retry';

/** A clock that moves only by sleeping; a sleeper wakes at once when it is cancelled. */
export function fakeClock(chance = 0, start = Date.parse('2026-11-20T08:00:00Z')) {
	let now = start;
	const slept: number[] = [];
	const clock: RetryClock = {
		now: () => now,
		random: () => chance,
		sleep: async (ms, signal) => {
			if (signal?.aborted) throw new Error('aborted');
			slept.push(ms);
			now += ms;
		},
	};
	return {
		clock,
		slept,
		start,
		elapsed: () => now - start,
		forward: (ms: number) => {
			now += ms;
		},
	};
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
