import { setTimeout as delay } from 'node:timers/promises';
import { Problem, problem } from '../core/problem';

/** How often and how patiently something is tried. */
export interface RetryPolicy {
	/** attempts in all, the first included */
	attempts: number;
	/** no wait may end later than this after the first attempt began, in milliseconds */
	totalMs: number;
	/** the wait after the first attempt, in milliseconds; each further one is twice as long */
	firstWaitMs: number;
	/** no wait of our own is longer, in milliseconds; a service that asks for more gets it, or the last outcome ends the call */
	maxWaitMs: number;
}

/** Time and chance, so that tests need neither. */
export interface RetryClock {
	/** milliseconds since any fixed moment that is also that of dates */
	now(): number;
	/** from 0 up to, not including, 1 */
	random(): number;
	/** waits; rejects when the signal aborts */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What an attempt ended with. */
export type Outcome<T> = { value: T } | { problem: Problem };

/** What a caller of {@link retry} decides. */
export interface RetryRules<T> {
	policy: RetryPolicy;
	/** whether an attempt that ended so may be repeated: both useful and harmless */
	repeat: (outcome: Outcome<T>) => boolean;
	/** how long the service asks to wait, in milliseconds; for problems `details.retryAfterMs` is used */
	retryAfterMs?: (value: T) => number | undefined;
	/** told before each wait */
	onWait?: (attempt: number, waitMs: number, outcome: Outcome<T>) => void;
	/** what is under way, for the sentence when it is cancelled: "The upload" */
	step: string;
	signal?: AbortSignal;
	clock?: RetryClock;
}

/** The time and chance of this machine. */
export const systemClock: RetryClock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms, signal) => await delay(ms, undefined, { signal }),
};

/**
 * Does something until it ends well, may not be repeated, or attempts or time are used up; then gives its last
 * outcome: the value, or the problem thrown.
 * @param attempt what to do; gets the number of the attempt, from 1
 * @throws what `attempt` threw last, or a `Problem` of kind `cancelled` when cancelled while waiting
 */
export async function retry<T>(attempt: (number: number) => Promise<T>, rules: RetryRules<T>): Promise<T> {
	const { policy, signal, clock = systemClock } = rules;
	const begun = clock.now();
	for (let number = 1; ; number++) {
		const outcome = await outcomeOf(attempt, number);
		const waitMs = waitAfter(number, policy, { askedMs: askedWait(outcome, rules), chance: clock.random() });
		const over = number >= policy.attempts || clock.now() + waitMs - begun > policy.totalMs;
		if (over || !rules.repeat(outcome)) {
			if ('problem' in outcome) throw outcome.problem;
			return outcome.value;
		}
		rules.onWait?.(number, waitMs, outcome);
		await clock.sleep(waitMs, signal).catch(() => {
			throw problem.cancelled(
				`${rules.step} was cancelled while waiting for the next attempt.`,
				'Run the workflow again when you want to.',
			);
		});
	}
}

/**
 * The wait after an attempt: twice as long each time, less up to a half by chance (so that many executions that failed
 * together do not come back together), never shorter than the service asks, else never longer than the policy allows.
 * @param number the attempt that has just failed, from 1
 * @param policy see {@link RetryPolicy}
 * @param moment what the service asked for, in milliseconds, and chance, from 0 to 1
 */
export function waitAfter(
	number: number,
	{ firstWaitMs, maxWaitMs }: RetryPolicy,
	{ askedMs = 0, chance }: { askedMs?: number; chance: number },
): number {
	const grown = Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(number - 1, 30));
	return Math.round(Math.max(askedMs, grown * (1 - chance / 2)));
}

/**
 * Reads a Retry-After header: a number of seconds, or a date. A date is compared with the answer's own `Date`, since the
 * clock of the service is not ours.
 * @param headers of an answer, names in lower case
 * @returns milliseconds, or undefined where the header is missing or means nothing
 */
export function retryAfterOf(headers: Record<string, string>): number | undefined {
	const text = headers['retry-after']?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
	// A date has letters in it; without this, JavaScript takes -5 for one.
	const moment = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
	const now = Date.parse(headers.date ?? '');
	return Number.isNaN(moment - now) ? undefined : Math.max(0, moment - now);
}

/** Whether a status is known to pass by itself: 408, 429 and the server's own failures but 501 and 505 (source F25). */
export function isTransientStatus(status: number): boolean {
	return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** Whether a certificate was refused: that does not become right by waiting. */
export function isCertificateFault({ details }: Problem): boolean {
	return /CERT|ISSUER|LEAF/.test(details.networkCode ?? '');
}

function askedWait<T>(outcome: Outcome<T>, rules: RetryRules<T>): number | undefined {
	return 'problem' in outcome ? outcome.problem.details.retryAfterMs : rules.retryAfterMs?.(outcome.value);
}

async function outcomeOf<T>(attempt: (number: number) => Promise<T>, number: number): Promise<Outcome<T>> {
	return await attempt(number).then(
		(value) => ({ value }),
		(error: unknown) => {
			if (error instanceof Problem) return { problem: error };
			throw error;
		},
	);
}
