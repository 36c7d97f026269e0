import { count } from '../../shared/core/format';
import { elapsedSeconds, type PollOutcome, type PollState } from '../../shared/polling/state';
import type { StatusReading } from '../../shared/viva/service/ingestion';
import { DESTINATIONS } from '../../shared/viva/service/destinations';

const ENDED: Readonly<Record<PollOutcome, string>> = {
	completed: 'completed',
	partlyCompleted: 'completed in part: the service left out rows with errors',
	failed: 'failed',
	cancelled: 'was cancelled: the service took nothing of it',
	timeLimit: 'had not ended at the time limit',
	unreachable: 'could not be followed',
};

/**
 * How an import ended, in a sentence.
 * @param state of an import whose wait is over
 * @param now milliseconds since 1970
 */
export function summarizeEnd(state: PollState, now: number): string {
	const { outcome = 'timeLimit', destination, status } = state;
	const said = status === '' ? '' : ` The service says '${status}'.`;
	const waited = `followed for ${duration(elapsedSeconds(state, now))}`;
	return `The import into ${DESTINATIONS[destination].displayName} ${ENDED[outcome]} (${waited}).${said}`;
}

/**
 * How far an import is, in a sentence.
 * @param status the service's word
 * @param reading what it means
 */
export const summarizeStatus = (status: string, { meaning }: Pick<StatusReading, 'meaning'>): string =>
	`The service says '${status}'. ${meaning}`;

/**
 * What the error file says, in a sentence.
 * @param rows of the error file that are output; nothing where there is no file
 */
export function summarizeErrors(rows: number | undefined, truncated = false): string {
	if (rows === undefined) return 'The service has no error file for this import.';
	return `The error file lists ${truncated ? 'at least ' : ''}${count(rows, 'error')}.`;
}

/** A time as a person reads it. */
function duration(seconds: number): string {
	if (seconds < 90) return count(seconds, 'second');
	const minutes = Math.round(seconds / 60);
	return minutes < 90 ? count(minutes, 'minute') : count(seconds / 3600, 'hour');
}
