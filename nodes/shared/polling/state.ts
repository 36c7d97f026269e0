import type { Problem } from '../problem';
import type { DestinationId } from '../viva/destinations';
import { readStatus, type Ingestion, type IngestionPhase } from '../viva/ingestion';
import { nextWaitMs, type PollSchedule } from './schedule';

/** A status and when it was first seen. */
export interface StatusChange {
	status: string;
	/** ISO 8601 */
	at: string;
}

/** How the wait for one import ended: as the service says, by our time limit, or because it can no longer be followed. */
export type PollOutcome = 'completed' | 'failed' | 'timeLimit' | 'lost';

/**
 * Everything that is known of one import that is being followed. Plain JSON: it travels in the item, sleeps in n8n's
 * database and is shown to the user.
 */
export interface PollState {
	ingestionId: string;
	destination: DestinationId;
	/** blank where it is looked up */
	scaleUnit: string;
	/** when the wait began, ISO 8601 */
	startedAt: string;
	/** when it ends whatever the service says, ISO 8601 */
	deadline: string;
	/** when the next look is due, ISO 8601 */
	nextLookAt: string;
	/** looks so far, those without an answer included */
	looks: number;
	/** the service's last word; blank before the first answer */
	status: string;
	phase: IngestionPhase;
	/** in the order of time */
	changes: StatusChange[];
	/** status words that the documents do not list, each once */
	unknown: string[];
	/** looks in a row that gave no answer to the question */
	faults: number;
	/** what the last of them said, and since when there is no answer */
	trouble?: { since: string; message: string; advice: string };
	/** missing while the wait goes on */
	outcome?: PollOutcome;
	/** when the wait ended, ISO 8601 */
	endedAt?: string;
	/** the service's object as it was last seen */
	ingestion?: Ingestion;
}

/** What a new wait needs. */
export interface PollTarget {
	ingestionId: string;
	destination: DestinationId;
	scaleUnit: string;
}

/** The state before the first look.
 * @param now milliseconds since 1970
 * @param limitMs the whole wait, in milliseconds
 */
export function beginPolling(target: PollTarget, now: number, limitMs: number): PollState {
	return {
		...target,
		startedAt: iso(now),
		deadline: iso(now + limitMs),
		nextLookAt: iso(now),
		looks: 0,
		status: '',
		phase: 'running',
		changes: [],
		unknown: [],
		faults: 0,
	};
}

/** Whether the wait for this import is over. */
export function isOver(state: PollState): boolean {
	return state.outcome !== undefined;
}

/** Whether the next look is due. */
export function isDue(state: PollState, now: number): boolean {
	return !isOver(state) && Date.parse(state.nextLookAt) <= now;
}

/** Moves the schedule: what comes after a look that did not end the wait. */
export interface NextLook {
	now: number;
	schedule: PollSchedule;
	/** from 0 to 1 */
	chance: number;
	/** what the service asked for, in milliseconds */
	askedMs?: number;
}

/**
 * The state after the service has answered.
 * @param ingestion the service's object
 */
export function afterAnswer(state: PollState, ingestion: Ingestion, next: NextLook): PollState {
	const { trouble, ...rest } = state;
	void trouble;
	const { phase, known } = readStatus(ingestion.Status);
	const at = iso(next.now);
	const answered: PollState = {
		...rest,
		looks: state.looks + 1,
		faults: 0,
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
	if (phase !== 'running') return { ...answered, outcome: phase, endedAt: at };
	return scheduled(answered, next);
}

/** Refusals that may pass by themselves, but are believed after so many in a row. */
export const STRIKES = 3;

/**
 * The state after a look that brought no answer. Network faults and faults of the service are waited out until the time
 * limit. A refusal is believed at once where nothing was ever answered, since then something is set up wrongly; only an
 * unknown id gets its chances there too, since a service may need a moment to know what it has just accepted. Once there
 * were answers, a refusal must come {@link STRIKES} times in a row.
 */
export function afterProblem(state: PollState, problem: Problem, next: NextLook): PollState {
	const { message, advice, details } = problem;
	const faults = state.faults + 1;
	const troubled: PollState = {
		...state,
		looks: state.looks + 1,
		faults,
		trouble: { since: state.trouble?.since ?? iso(next.now), message, advice },
	};
	if (isFinal(problem, state.changes.length > 0, faults)) {
		return { ...troubled, outcome: 'lost', endedAt: iso(next.now) };
	}
	return scheduled(troubled, { ...next, askedMs: details.retryAfterMs ?? next.askedMs });
}

/** Refusals: the service or Entra understood and said no. Everything else is a fault that may pass. */
const REFUSALS = ['tokenRefused', 'signInPage', 'connectorNotAvailable', 'notFound', 'badRequest'];

function isFinal({ kind, details }: Problem, answeredBefore: boolean, faults: number): boolean {
	if (kind === 'configuration' || kind === 'input') return true;
	if (details.code === 'ingestionNotFound' || details.code === 'scaleUnitNotFound') return faults >= STRIKES;
	const refused = kind === 'token' || REFUSALS.includes(String(details.code));
	return refused && faults >= (answeredBefore ? STRIKES : 1);
}

/** Ends the waits whose time is up; those that had a last look at the limit keep what it said. */
export function afterDeadline(state: PollState, now: number): PollState {
	if (isOver(state) || Date.parse(state.deadline) > now) return state;
	return { ...state, outcome: 'timeLimit', endedAt: iso(now) };
}

function scheduled(state: PollState, { now, schedule, chance, askedMs }: NextLook): PollState {
	const next = now + nextWaitMs(schedule, state.looks, chance, askedMs);
	// The last look falls on the limit itself, so that nothing that ended before it is missed.
	return { ...state, nextLookAt: iso(Math.min(next, Date.parse(state.deadline))) };
}

/**
 * The earliest moment at which a look is due, in milliseconds since 1970; undefined where every wait is over.
 */
export function nextLookOf(states: readonly PollState[]): number | undefined {
	const moments = states.filter((state) => !isOver(state)).map(({ nextLookAt }) => Date.parse(nextLookAt));
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
