import { systemClock, type RetryClock } from '../../http/retry';
import { Problem, problem } from '../../core/problem';
import type { Ingestion } from './ingestion';

/** What to do while an earlier import is running; the service takes one at a time (source A6, A13). */
export interface BusyPolicy {
	whenBusy: 'fail' | 'wait' | 'skip';
	/** for `wait`: how long to try again, in milliseconds */
	waitMs: number;
	signal?: AbortSignal;
	clock?: RetryClock;
	/** told before each wait, in milliseconds */
	onWait?: (waitMs: number) => void;
}

/** Each attempt sends the whole package, so attempts are far apart; imports run for minutes to a day. In milliseconds. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 300_000;

/**
 * Uploads, and does what the user chose when an earlier import is still running.
 * @param push sends the package once
 * @returns the new import, or undefined where the upload was skipped
 * @throws Problem of the upload, also where the import that is running may be this one; `timeLimit` when the earlier import outlasts the wait
 */
export async function pushWhenFree(
	push: () => Promise<Ingestion>,
	{ whenBusy, waitMs, signal, clock = systemClock, onWait }: BusyPolicy,
): Promise<Ingestion | undefined> {
	const began = clock.now();
	for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
		const outcome = await push().catch((error: unknown) => {
			if (error instanceof Problem && error.details.code === 'previousIngestionRunning') return error;
			return Promise.reject(error);
		});
		if (!(outcome instanceof Problem)) return outcome;
		// The import that runs may be this very file: neither to skip nor to send once more would be right.
		if (whenBusy === 'fail' || outcome.details.repeatedAfter !== undefined) throw outcome;
		if (whenBusy === 'skip') return undefined;
		const left = waitMs - (clock.now() - began);
		if (left <= 0) {
			throw problem.timeLimit(
				`The earlier import was still running after ${Math.round(waitMs / 60_000)} minutes of waiting; nothing was sent.`,
				'Wait longer, run the workflow later, or look at the import history: an import that never ends has to be abandoned there.',
				outcome.details,
			);
		}
		const pause = Math.min(wait, left);
		onWait?.(pause);
		await clock.sleep(pause, signal);
	}
}
