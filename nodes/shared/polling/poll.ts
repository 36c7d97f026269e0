import { Problem } from '../core/problem';
import type { IngressClient } from '../viva/service/client';
import { inBatches } from '../core/concurrency';
import type { PollSchedule } from './schedule';
import { afterAnswer, afterDeadline, afterProblem, isDue, type PollState } from './state';

/** Time and chance, so that tests need neither. */
export interface PollClock {
	/** milliseconds since 1970 */
	now(): number;
	/** from 0 up to, not including, 1 */
	random(): number;
	/** waits; rejects when the signal aborts */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The part of the client that a look needs. */
export type LookClient = Pick<IngressClient, 'status' | 'scaleUnit'>;

/** What looking needs. */
export interface LookTools {
	/** a client for the state's credential and scale unit; `index` is the state's place in the list */
	clientFor: (state: PollState, index: number) => Promise<LookClient>;
	schedule: PollSchedule;
	clock: Pick<PollClock, 'now' | 'random'>;
}

/** So many looks are under way at the same time. */
const LOOKS_AT_ONCE = 8;

/**
 * Looks at every import whose look is due, several at a time, and ends the waits whose time is up.
 * @param states as they are; not changed
 * @param tools see {@link LookTools}
 * @param soonMs looks that are due within this time are made now as well, in milliseconds
 * @returns the states after it, in the same order
 * @throws Problem `cancelled` only; every other problem becomes part of the state
 */
export async function lookAtDue(
	states: readonly PollState[],
	tools: LookTools,
	soonMs = 0,
): Promise<PollState[]> {
	return await inBatches(states, LOOKS_AT_ONCE, async (state, index) => {
		const due = isDue(state, tools.clock.now() + soonMs);
		const looked = due ? await lookAt(state, index, tools) : state;
		return afterDeadline(looked, tools.clock.now());
	});
}

async function lookAt(state: PollState, index: number, tools: LookTools): Promise<PollState> {
	let scaleUnit = state.scaleUnit;
	const next = () => ({
		now: tools.clock.now(),
		schedule: tools.schedule,
		chance: tools.clock.random(),
	});
	try {
		const client = await tools.clientFor(state, index);
		scaleUnit = await client.scaleUnit();
		return afterAnswer(
			{ ...state, scaleUnit },
			await client.status(state.destination, state.ingestionId),
			next(),
		);
	} catch (error) {
		if (!(error instanceof Problem) || error.kind === 'cancelled') throw asThrown(error);
		const moved = await movedTo(state, index, scaleUnit, error, tools);
		if (moved !== undefined) return await lookAt({ ...state, scaleUnit: moved }, index, tools);
		return afterProblem(state, error, next());
	}
}

/**
 * Where a tenant has moved to another scale unit, the old one refuses or does not know the import: asks the service for
 * the tenant's unit, and gives it if it is another one.
 */
async function movedTo(
	state: PollState,
	index: number,
	used: string,
	{ details }: Problem,
	tools: LookTools,
): Promise<string | undefined> {
	if (used === '' || (details.status !== 404 && details.status !== 403)) return undefined;
	try {
		const client = await tools.clientFor(state, index);
		const unit = await client.scaleUnit(true);
		return unit === used || unit === state.scaleUnit ? undefined : unit;
	} catch (error) {
		if (error instanceof Problem && error.kind !== 'cancelled') return undefined;
		throw asThrown(error);
	}
}

function asThrown(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
