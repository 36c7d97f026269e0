import { Problem } from '../core/problem';
import type { IngressClient } from '../viva/service/client';
import type { StatusWords } from '../viva/service/ingestion';
import { inBatches } from '../core/concurrency';
import type { RetryClock } from '../http/retry';
import type { PollSchedule } from './schedule';
import { afterAnswer, afterDeadline, afterProblem, isDue, type PollState } from './state';

/** The part of the client that a poll needs. */
export type PollClient = Pick<IngressClient, 'status' | 'scaleUnit'>;

/** What polling needs. */
export interface PollTools {
	/** a client for the state's credential and scale unit; `index` is the state's place in the list */
	clientFor: (state: PollState, index: number) => Promise<PollClient>;
	schedule: PollSchedule;
	/** status words of the user */
	words?: StatusWords;
	clock: Pick<RetryClock, 'now' | 'random'>;
}

/** So many polls run at the same time. */
const POLLS_AT_ONCE = 8;

/**
 * Polls every import whose poll is due, several at a time, and ends the waits whose time is up.
 * @param states as they are; not changed
 * @param tools see {@link PollTools}
 * @param soonMs polls that are due within this time are made now as well, in milliseconds
 * @returns the states after it, in the same order
 * @throws Problem `cancelled` only; every other problem becomes part of the state
 */
export async function pollDue(
	states: readonly PollState[],
	tools: PollTools,
	soonMs = 0,
): Promise<PollState[]> {
	return await inBatches(states, POLLS_AT_ONCE, async (state, index) => {
		const due = isDue(state, tools.clock.now() + soonMs);
		const polled = due
			? await pollOne(state, tools, async (asked) => await tools.clientFor(asked, index))
			: state;
		return afterDeadline(polled, tools.clock.now());
	});
}

async function pollOne(
	state: PollState,
	{ clock, schedule, words }: PollTools,
	clientFor: (state: PollState) => Promise<PollClient>,
): Promise<PollState> {
	const moment = () => ({ now: clock.now(), schedule, words, chance: clock.random() });
	const ask = async (asked: PollState) => {
		const client = await clientFor(asked);
		const scaleUnit = await client.scaleUnit();
		const ingestion = await client.status(asked.destination, asked.ingestionId);
		return afterAnswer({ ...asked, scaleUnit }, ingestion, moment());
	};
	const attempt = await ask(state).catch(asProblem);
	if (!(attempt instanceof Problem)) return attempt;
	const scaleUnit = await findNewUnit(state, attempt, clientFor);
	if (scaleUnit === undefined || clock.now() >= Date.parse(state.deadline)) {
		return afterProblem(state, attempt, moment());
	}
	// One move a poll: a service that names another unit each time is not followed for ever.
	const moved = await ask({ ...state, scaleUnit }).catch(asProblem);
	return moved instanceof Problem ? afterProblem(state, moved, moment()) : moved;
}

/**
 * Where a tenant has moved to another scale unit, the old one refuses or does not know the import: asks the service for
 * the tenant's unit, and gives it if it is another one.
 */
async function findNewUnit(
	state: PollState,
	{ details }: Problem,
	clientFor: (state: PollState) => Promise<PollClient>,
): Promise<string | undefined> {
	if (details.status !== 404 && details.status !== 403) return undefined;
	const found = async () => {
		const client = await clientFor(state);
		const used = await client.scaleUnit();
		const unit = await client.scaleUnit(true);
		return unit === used || unit === state.scaleUnit ? undefined : unit;
	};
	const unit = await found().catch(asProblem);
	return unit instanceof Problem ? undefined : unit;
}

/** Gives a problem as a value; cancelling and faults of this package are thrown. */
function asProblem(error: unknown): Problem {
	if (error instanceof Problem && error.kind !== 'cancelled') return error;
	throw error;
}
