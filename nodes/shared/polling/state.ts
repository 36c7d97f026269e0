import { problem as makeProblem, type Problem, type ProblemCode, type ProblemKind } from '../core/problem';
import type { DestinationId } from '../viva/service/destinations';
import {
	readStatus,
	type EndPhase,
	type Ingestion,
	type IngestionPhase,
	type StatusWords,
} from '../viva/service/ingestion';
import { nextWaitMs, type PollMoment } from './schedule';

/** A status and when it was first seen. */
export interface StatusChange {
	status: string;
	/** ISO 8601 */
	at: string;
}

/** How the wait for one import ended: as the service says, by our time limit, or because the service gives no answer about it. */
export type PollOutcome = EndPhase | 'timeLimit' | 'unreachable';

/**
 * Everything that is known of one import that is being followed. Plain JSON: it travels in the item, sleeps in n8n's
 * database and is shown to the user.
 */
export interface PollState {
	ingestionId: string;
	destination: DestinationId;
	tenantId: string;
	/** blank where it is looked up */
	scaleUnit: string;
	/** when the wait began, ISO 8601 */
	startedAt: string;
	/** when it ends whatever the service says, ISO 8601 */
	deadline: string;
	/** n8n's own time limit would have ended the execution before ours */
	cutByHost?: true;
	/** when the next poll is due, ISO 8601 */
	nextPollAt: string;
	/** polls so far, those without an answer included */
	attempts: number;
	/** the service's last word; blank before the first answer */
	status: string;
	phase: IngestionPhase;
	/** in the order of time */
	changes: StatusChange[];
	/** since when the import waits for a person's approval, ISO 8601 */
	approvalSince?: string;
	/** status words that the documents do not list, each once */
	unknown: string[];
	/** polls in a row that gave no answer to the question */
	failures: number;
	/** what the last of them said, and since when there is no answer */
	lastError?: PollError;
	/** missing while the wait goes on */
	outcome?: PollOutcome;
	/** when the wait ended, ISO 8601 */
	endedAt?: string;
	/** the service's object as it was last seen */
	ingestion?: Ingestion;
}

/** A problem as plain JSON. */
export interface PollError {
	/** ISO 8601 */
	since: string;
	kind: ProblemKind;
	message: string;
	advice: string;
	code?: ProblemCode;
	microsoftCode?: string;
	/** HTTP status */
	httpStatus?: number;
}

/** What a new wait needs. */
export interface PollTarget {
	ingestionId: string;
	destination: DestinationId;
	tenantId: string;
	scaleUnit: string;
}

/** The state before the first poll.
 * @param now milliseconds since 1970
 * @param limits.limitMs the whole wait, in milliseconds
 * @param limits.hostEndsAt when n8n lets no step of the execution run any more, in milliseconds since 1970
 */
export function beginPolling(
	target: PollTarget,
	now: number,
	{ limitMs, hostEndsAt = Infinity }: { limitMs: number; hostEndsAt?: number },
): PollState {
	const end = Math.max(now, Math.min(now + limitMs, hostEndsAt));
	return {
		...(hostEndsAt < now + limitMs && { cutByHost: true }),
		...target,
		startedAt: iso(now),
		deadline: iso(end),
		nextPollAt: iso(now),
		attempts: 0,
		status: '',
		phase: 'running',
		changes: [],
		unknown: [],
		failures: 0,
	};
}

/** Whether the wait for this import is over. */
export function isOver(state: PollState): boolean {
	return state.outcome !== undefined;
}

/** Whether the next poll is due. */
export function isDue(state: PollState, now: number): boolean {
	return !isOver(state) && Date.parse(state.nextPollAt) <= now;
}

/**
 * The state after the service has answered.
 * @param ingestion the service's object
 * @param moment with the status words of the user
 */
export function afterAnswer(
	state: PollState,
	ingestion: Ingestion,
	moment: PollMoment & { words?: StatusWords },
): PollState {
	const { lastError, ...rest } = state;
	void lastError;
	const { phase, known } = readStatus(ingestion, moment.words);
	const at = iso(moment.now);
	const answered: PollState = {
		...rest,
		attempts: state.attempts + 1,
		failures: 0,
		status: ingestion.Status,
		phase,
		ingestion,
		changes:
			ingestion.Status === state.status
				? state.changes
				: [...state.changes, { status: ingestion.Status, at }],
		unknown:
			known || state.unknown.includes(ingestion.Status)
				? state.unknown
				: [...state.unknown, ingestion.Status],
	};
	if (phase === 'needsApproval') {
		// A person takes hours: the longest interval is short enough.
		const askedMs = Math.max(moment.askedMs ?? 0, moment.schedule.longestMs);
		return scheduled({ ...answered, approvalSince: state.approvalSince ?? at }, { ...moment, askedMs });
	}
	if (phase !== 'running') return { ...answered, outcome: phase, endedAt: at };
	return scheduled(answered, moment);
}

/** So many refusals in a row end a wait. */
export const MAX_REFUSALS = 3;

/**
 * The state after a poll that brought no answer. Network faults and faults of the service are waited out until the time
 * limit. A refusal ends the wait at once where nothing was ever answered, since then something is set up wrongly. An
 * unknown id gets more chances, since a service may need a moment to know what it has just accepted. Once there were
 * answers, a refusal must come {@link MAX_REFUSALS} times in a row.
 */
export function afterProblem(state: PollState, problem: Problem, moment: PollMoment): PollState {
	const failures = state.failures + 1;
	const failed: PollState = {
		...state,
		attempts: state.attempts + 1,
		failures,
		lastError: { since: state.lastError?.since ?? iso(moment.now), ...plain(problem) },
	};
	if (isFinal(problem, state.changes.length > 0, failures)) {
		return { ...failed, outcome: 'unreachable', endedAt: iso(moment.now) };
	}
	return scheduled(failed, { ...moment, askedMs: problem.details.retryAfterMs ?? moment.askedMs });
}

/** The state of an import that cannot be followed, because its id, destination or scale unit cannot be read. */
export function unreachableAtOnce(problem: Problem, now: number): PollState {
	const nothing = beginPolling({ ingestionId: '', destination: 'vivaHr', tenantId: '', scaleUnit: '' }, now, {
		limitMs: 0,
	});
	const at = iso(now);
	return { ...nothing, outcome: 'unreachable', endedAt: at, lastError: { since: at, ...plain(problem) } };
}

function plain({ kind, message, advice, details }: Problem): Omit<PollError, 'since'> {
	return {
		kind,
		message,
		advice,
		...(details.code === undefined ? {} : { code: details.code }),
		...(details.microsoftCode === undefined ? {} : { microsoftCode: details.microsoftCode }),
		...(details.status === undefined ? {} : { httpStatus: details.status }),
	};
}

/**
 * Why a wait ended without an outcome of the import: unreachable, or our time limit; undefined for every other state.
 * @param now milliseconds since 1970
 */
export function endProblemOf(state: PollState, now: number): Problem | undefined {
	const { outcome, lastError, ingestionId } = state;
	if (outcome === 'unreachable' && lastError !== undefined) {
		const { kind, message, advice, code, microsoftCode, httpStatus } = lastError;
		const about = ingestionId === '' ? '' : ` (ingestion ${ingestionId})`;
		return makeProblem[kind](`${message.replace(/\.$/, '')}${about}.`, advice, {
			...(code === undefined ? {} : { code }),
			...(microsoftCode === undefined ? {} : { microsoftCode }),
			...(httpStatus === undefined ? {} : { status: httpStatus }),
		});
	}
	if (outcome !== 'timeLimit') return undefined;
	const minutes = Math.round(elapsedSeconds(state, now) / 60);
	const last = state.status === '' ? 'never said how far it was' : `said '${state.status}' last`;
	const silent =
		lastError === undefined ? '' : ` Since ${lastError.since} there was no answer: ${lastError.message}`;
	const whose = state.cutByHost
		? " n8n's own time limit for the execution comes before that of this step."
		: '';
	const approval =
		state.phase === 'needsApproval'
			? ` It waits for a person's approval since ${state.approvalSince ?? '?'}; without it, the import is cancelled after 48 hours.`
			: '';
	const limit = state.cutByHost
		? "Raise n8n's limit (Workflow menu > Settings > Timeout Workflow, or EXECUTIONS_TIMEOUT), which counts the pauses too"
		: 'Raise the time limit';
	return makeProblem.timeLimit(
		`The import ${ingestionId} had not ended when the time limit was reached, after ${minutes} min and ${state.attempts} requests; the service ${last}.${approval}${whose}${silent}`,
		`The import itself goes on. ${limit}, or let 'When the Time Limit Is Reached' use the output 'Still Running'.`,
		{ code: 'timeLimit' },
	);
}

/** Refusals: the service or Entra understood and said no. Everything else is a fault that may pass. */
const REFUSALS: ReadonlySet<ProblemCode | undefined> = new Set<ProblemCode>([
	'badRequest',
	'connectorNotAvailable',
	'notFound',
	'signInPage',
	'tokenRefused',
]);

function isFinal({ kind, details }: Problem, answeredBefore: boolean, failures: number): boolean {
	if (kind === 'configuration' || kind === 'input') return true;
	if (details.code === 'ingestionNotFound' || details.code === 'scaleUnitNotFound')
		return failures >= MAX_REFUSALS;
	const refused = kind === 'token' || REFUSALS.has(details.code);
	return refused && failures >= (answeredBefore ? MAX_REFUSALS : 1);
}

/** Ends the waits whose time is up; a last poll at the limit counts. */
export function afterDeadline(state: PollState, now: number): PollState {
	if (isOver(state) || Date.parse(state.deadline) > now) return state;
	return { ...state, outcome: 'timeLimit', endedAt: iso(now) };
}

/**
 * The state of a wait whose sleeping execution was lost: at its limit it ends like any other.
 * @param now when that is noticed, in milliseconds since 1970
 */
export function afterLostSleep(state: PollState, now: number): PollState {
	if (isOver(state)) return state;
	const lost: Omit<PollError, 'since'> = {
		kind: 'timeLimit',
		message: 'The execution in which the step slept was deleted or never ended.',
		advice: '',
	};
	return { ...state, outcome: 'timeLimit', endedAt: iso(now), lastError: { since: iso(now), ...lost } };
}

function scheduled(state: PollState, moment: PollMoment): PollState {
	const next = moment.now + nextWaitMs(state.attempts, moment);
	// The last poll falls on the limit itself, so that nothing that ended before it is missed.
	return { ...state, nextPollAt: iso(Math.min(next, Date.parse(state.deadline))) };
}

/**
 * The earliest moment at which a poll is due, in milliseconds since 1970; undefined where every wait is over.
 */
export function nextPollOf(states: readonly PollState[]): number | undefined {
	const moments = states.filter((state) => !isOver(state)).map(({ nextPollAt }) => Date.parse(nextPollAt));
	return moments.length === 0 ? undefined : Math.min(...moments);
}

/** How long the wait has lasted, in whole seconds. */
export function elapsedSeconds(state: PollState, now: number): number {
	const end = state.endedAt === undefined ? now : Date.parse(state.endedAt);
	return Math.max(0, Math.round((end - Date.parse(state.startedAt)) / 1000));
}

function iso(ms: number): string {
	return new Date(ms).toISOString();
}
