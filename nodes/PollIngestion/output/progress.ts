import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { logMessage } from '../../shared/n8n/progress';
import { isOver, type PollState } from '../../shared/polling/state';
import { unknownStatusNote } from '../../shared/viva/service/ingestion';

/** Writes every change of a status to n8n's log and, in manual runs, to the console of the browser. */
export function tellChanges(
	context: IExecuteFunctions,
	before: readonly PollState[],
	after: readonly PollState[],
): void {
	for (const [index, state] of after.entries()) {
		const was = before[index];
		if (state.status !== was.status) {
			logMessage(
				context,
				`Import ${state.ingestionId}: ${was.status === '' ? '' : `${was.status} → `}${state.status}`,
			);
		}
		if (state.unknown.length > was.unknown.length) {
			context.logger.warn(
				`Import ${state.ingestionId}: ${unknownStatusNote(state.unknown.slice(was.unknown.length))}`,
			);
		}
		if (needsApprovalNow(was, state)) logMessage(context, approvalNote(state));
		if (state.lastError !== undefined && was.lastError === undefined) {
			logMessage(context, `Import ${state.ingestionId}: no answer (${state.lastError.message})`);
		}
	}
}

const needsApprovalNow = (was: PollState | undefined, { approvalSince }: PollState): boolean =>
	approvalSince !== undefined && was?.approvalSince === undefined;

/** The service gives a person 48 hours (source B6). */
const approvalNote = ({ ingestionId, approvalSince }: PollState): string =>
	`Import ${ingestionId} waits for a person's approval since ${approvalSince ?? '?'}: Microsoft 365 admin center > Organizational Data > the connection. After 48 hours without it, Microsoft cancels the import.`;

/** What the output pane shows when imports begin to wait for a person. */
export function approvalHints(
	before: readonly PollState[],
	after: readonly PollState[],
): NodeExecutionHint[] {
	return after
		.filter((state, index) => needsApprovalNow(before[index], state))
		.map((state) => ({ message: approvalNote(state), location: 'outputPane', type: 'warning' }));
}

/** How far the imports are, in a line. */
export function summaryOf(states: readonly PollState[]): string {
	const counts = new Map<string, number>();
	for (const state of states) {
		const word = state.outcome ?? 'running';
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const words: Record<string, string> = {
		timeLimit: 'past the time limit',
		partlyCompleted: 'taken in part',
	};
	const parts = [...counts].map(([word, count]) => `${count} ${words[word] ?? word}`);
	const attempts = Math.max(0, ...states.map((state) => state.attempts));
	return `${parts.join(', ')} after ${attempts} ${attempts === 1 ? 'request' : 'requests'}`;
}

/** What the output pane shows when the step has ended: a summary of several imports, and words nobody has documented. */
export function hintsAbout(states: readonly PollState[]): NodeExecutionHint[] {
	const unknown = [...new Set(states.flatMap((state) => state.unknown))];
	const hints: NodeExecutionHint[] = [];
	if (states.length > 1 && states.every(isOver)) {
		hints.push({ message: `${states.length} imports: ${summaryOf(states)}.`, location: 'outputPane' });
	}
	if (unknown.length > 0) {
		hints.push({
			message: unknownStatusNote(unknown),
			location: 'outputPane',
			type: 'warning',
		});
	}
	return hints;
}
