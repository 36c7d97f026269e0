/** How patiently something is looked at again and again. */
export interface PollSchedule {
	/** wait after the first look, in milliseconds */
	firstMs: number;
	/** each wait is so many times longer than the one before */
	factor: number;
	/** no wait grows longer, in milliseconds */
	longestMs: number;
	/** no wait is shorter, in milliseconds */
	shortestMs: number;
}

/** Waits are up to so much longer by chance, so that many executions that began together do not look together. */
export const JITTER = 0.2;

/**
 * The wait before the next look: grown with the number of looks, a little longer by chance, and never shorter than the
 * service asks, even where that is longer than the longest wait of our own.
 * @param schedule see {@link PollSchedule}
 * @param looks how many looks there were, from 1
 * @param chance from 0 to 1
 * @param askedMs what the service asked for (Retry-After), in milliseconds
 * @returns milliseconds
 */
export function nextWaitMs(schedule: PollSchedule, looks: number, chance: number, askedMs = 0): number {
	const { firstMs, factor, longestMs, shortestMs } = schedule;
	// Beyond a hundred looks every sensible schedule has reached its longest wait; more would overflow.
	const grown = Math.min(longestMs, firstMs * factor ** Math.min(Math.max(looks - 1, 0), 100));
	return Math.round(Math.max(shortestMs, grown * (1 + JITTER * chance), askedMs));
}
