import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Sender } from '../imports/importStore';

/** Where the name of the run stands among what n8n keeps for an execution. */
const RUN = 'microsoftHrRun';

/**
 * Who sends. n8n keeps the context of an execution through its tries, rounds of a loop and waits, stores it with the execution,
 * and hands it on to the execution that repeats it (n8n's Retry button); a new execution begins with an empty one.
 * @param context the step's execution
 */
export function senderOf(context: IExecuteFunctions): Sender {
	const kept = context.getContext('flow');
	kept[RUN] ??= randomUUID();
	return { run: kept[RUN] as string, executionId: context.getExecutionId() };
}
