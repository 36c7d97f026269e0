import { problem } from '../core/problem';
import type { RetryClock } from '../http/retry';
import { pollDue, type PollTools } from './poll';
import { nextPollOf, type PollState } from './state';

/** What a wait within the execution needs. */
export interface WaitInStepTools extends PollTools {
	clock: RetryClock;
	signal?: AbortSignal;
	/** told after each round of polls with what was before and what is now */
	onRound?: (before: readonly PollState[], after: readonly PollState[]) => void;
}

/**
 * Polls until every wait is over: ended by the service, by its time limit, or because the service is unreachable. Between
 * the polls there is one timer and nothing else.
 * @throws Problem `cancelled` as soon as the signal aborts
 */
export async function waitInStep(
	states: readonly PollState[],
	{ signal, onRound, ...tools }: WaitInStepTools,
): Promise<PollState[]> {
	let current = [...states];
	for (;;) {
		if (signal?.aborted) throw cancelled();
		const before = current;
		current = await pollDue(before, tools);
		onRound?.(before, current);
		const next = nextPollOf(current);
		if (next === undefined) return current;
		if (!(await slept(next - tools.clock.now(), tools.clock, signal))) throw cancelled();
	}
}

async function slept(ms: number, clock: RetryClock, signal: AbortSignal | undefined): Promise<boolean> {
	try {
		if (ms > 0) await clock.sleep(ms, signal);
		return true;
	} catch {
		return false;
	}
}

function cancelled() {
	return problem.cancelled(
		'The wait for the import was cancelled; the import itself goes on.',
		"Run 'Get Status' with the ingestion id to see how it ends.",
	);
}
