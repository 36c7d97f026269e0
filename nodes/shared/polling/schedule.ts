/** How patiently an import is polled. */
export interface PollSchedule {
	/** wait after the first poll, in milliseconds */
	firstMs: number;
	/** each wait is so many times longer than the one before */
	factor: number;
	/** no wait grows longer, in milliseconds */
	longestMs: number;
	/** no wait is shorter, in milliseconds */
	shortestMs: number;
}

/** What the wait before the next poll depends on besides the schedule. */
export interface PollMoment {
	/** milliseconds since 1970 */
	now: number;
	schedule: PollSchedule;
	/** from 0 to 1 */
	chance: number;
	/** what the service asked for (Retry-After), in milliseconds */
	askedMs?: number;
}

/** Waits are up to so much longer by chance, so that executions that began together do not poll together. */
export const JITTER = 0.2;

/**
 * The wait before the next poll: grown with the number of polls, a little longer by chance, and never shorter than the
 * service asks, even where that is longer than the longest wait of our own.
 * @param attempts how many polls there were, from 1
 * @returns milliseconds
 */
export function nextWaitMs(
	attempts: number,
	{ schedule, chance, askedMs = 0 }: Omit<PollMoment, 'now'>,
): number {
	const { firstMs, factor, longestMs, shortestMs } = schedule;
	// Beyond a hundred polls every sensible schedule has reached its longest wait; more would overflow.
	const grown = Math.min(longestMs, firstMs * factor ** Math.min(Math.max(attempts - 1, 0), 100));
	return Math.round(Math.max(shortestMs, grown * (1 + JITTER * chance), askedMs));
}
