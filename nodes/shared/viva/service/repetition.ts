import type { HttpAnswer } from '../../http/message';
import { isTransientStatus, type Outcome, type RetryPolicy } from '../../http/retry';
import { Problem, type ProblemKind } from '../../core/problem';
import { isSignInPage } from '../../http/answerText';

/** What may be asked again, and how patiently. A table, so that it can be read and tested as one. */
export interface RepetitionRule {
	policy: RetryPolicy;
	/** answers after which the same request is sent again after a wait */
	statuses: (status: number) => boolean;
	/** problems without an answer after which it is sent again after a wait */
	problems: readonly ProblemKind[];
	/** answers after which it is sent once more with a fresh token */
	freshToken: (answer: Pick<HttpAnswer, 'status' | 'headers' | 'text'>) => boolean;
}

/** Whatever only reads: asking twice changes nothing (source F25). */
export const READING: RepetitionRule = {
	policy: { attempts: 4, totalMs: 120_000, firstWaitMs: 1_000, maxWaitMs: 60_000 },
	statuses: isTransientStatus,
	problems: ['network'],
	freshToken: (answer) => answer.status === 401 || isSignInPage(answer),
};

/**
 * Uploads: sent again only where the first one certainly was not taken. 401, 429, 503 and a sign-in page (source A6) are refusals
 * before the file counts; `network` means that the body had not left as a whole. After 500, 502, 504 or a missing answer nobody knows.
 */
export const UPLOADING: RepetitionRule = {
	policy: { attempts: 4, totalMs: 600_000, firstWaitMs: 2_000, maxWaitMs: 300_000 },
	statuses: (status) => status === 429 || status === 503,
	problems: ['network'],
	freshToken: (answer) => answer.status === 401 || isSignInPage(answer),
};

/** Whether an attempt that ended so may be made again after a wait. */
export function mayRepeat(rule: RepetitionRule, outcome: Outcome<{ status: number }>): boolean {
	if ('value' in outcome) return rule.statuses(outcome.value.status);
	return rule.problems.includes(outcome.problem.kind);
}

/**
 * Whether an attempt to upload that failed certainly was not taken. What is not known to be refused counts as perhaps taken.
 * @param error what the attempt threw, or the problem that its answer led to
 */
export function isCertainlyNotTaken(error: unknown): boolean {
	if (!(error instanceof Problem)) return false;
	const { kind, details } = error;
	if (kind === 'inDoubt') return false;
	if (kind === 'cancelled') return details.delivery !== 'all';
	if (kind !== 'unexpectedAnswer') return true;
	const { status = 0 } = details;
	return status === 503 || (status >= 300 && status < 500 && status !== 408);
}
