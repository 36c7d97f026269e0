import { randomUUID } from 'node:crypto';
import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { Sender } from '../imports/importStore';
import { identifyFolder } from '../storage/noteFiles';

/** Where the name of the run stands among what n8n keeps for an execution. */
const RUN = 'microsoftHrRun';

/**
 * Who sends. n8n keeps the context of an execution through its attempts, rounds of a loop and waits, stores it with the execution,
 * and hands it on to the execution that repeats it (n8n's Retry button); a new execution begins with an empty one.
 * @param context the step's execution
 */
export function senderOf(context: IExecuteFunctions): Sender {
	const kept = context.getContext('flow');
	kept[RUN] ??= randomUUID();
	return { run: kept[RUN] as string, executionId: context.getExecutionId() };
}

/** Where the id of the folder stands among what n8n keeps for a step from execution to execution, in its database. */
const FOLDER = 'microsoftHrNotes';

/** What to do where executions do not see each other's notes. */
const SHARE_FOLDER = "Let all workers share n8n's user folder, on a volume that outlives them.";

/**
 * Finds out whether this execution sees the notes of the last one. Workers without a common user folder do not, nor does a
 * container that lost its own.
 * @param context the step's execution
 * @param folder where it keeps its notes
 * @returns a sentence where it does not. n8n keeps no such data of manual executions, and 2.41 gives workers none: they tell that
 * their folder is new
 */
export async function warnOfOtherFolder(
	context: IExecuteFunctions,
	folder: string,
): Promise<string | undefined> {
	const kept = context.getWorkflowStaticData('node');
	const before = kept[FOLDER];
	const { id, isNew } = await identifyFolder(folder);
	// Only a change is stored.
	if (before === id) return undefined;
	kept[FOLDER] = id;
	if (before === undefined) {
		return isNew && process.env.EXECUTIONS_MODE === 'queue'
			? `This n8n runs in queue mode, and no execution has kept notes in its folder before (${folder}). What other workers sent is not known here and could be sent again. ${SHARE_FOLDER}`
			: undefined;
	}
	return `The last execution kept its notes in another folder than this one (${folder}), so what it sent is not known here and could be sent again. ${SHARE_FOLDER}`;
}

/** What n8n keeps for the list of executions, where one can search for it; missing in some of its contexts. */
interface CustomData {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
}

/** n8n logs an error for longer values. */
const LONGEST_VALUE = 255;

/**
 * Notes what results say was sent where n8n's list of executions finds it, as custom data: ingestion ids, job ids and rows. What
 * the execution has noted before is kept; an import that it knows is not counted again.
 * @param context the step's execution
 * @param results items of any outputs
 */
export function noteCustomData(context: IExecuteFunctions, results: readonly INodeExecutionData[]): void {
	const proxy = context.getWorkflowDataProxy(0) as { $execution?: { customData?: CustomData } };
	const custom = proxy.$execution?.customData;
	if (custom === undefined) return;
	const known = (key: string) => (custom.get(key) ?? '').split(' ').filter(Boolean);
	const ids = new Set(known('hrIngestionIds'));
	const jobs = new Set(known('hrJobIds'));
	let rows = Number(custom.get('hrRows') ?? 0);
	for (const { ingestionId, jobId, rows: imported, rowsSent } of results.map(({ json }) => json)) {
		if (typeof jobId === 'string') jobs.add(jobId);
		if (typeof rowsSent === 'number') rows += rowsSent;
		if (typeof ingestionId !== 'string' || ids.has(ingestionId)) continue;
		ids.add(ingestionId);
		if (typeof imported === 'number') rows += imported;
	}
	if (ids.size + jobs.size === 0) return;
	const facts = { hrIngestionIds: [...ids].join(' '), hrJobIds: [...jobs].join(' '), hrRows: String(rows) };
	for (const [key, value] of Object.entries(facts)) {
		if (value !== '') custom.set(key, value.slice(0, LONGEST_VALUE));
	}
}

/**
 * How many items came in before n8n's setting 'Execute Once' left the first of them.
 * @returns undefined where n8n does not tell
 */
export function itemsBeforeExecuteOnce(context: IExecuteFunctions): number | undefined {
	const source = context.getExecuteData().source?.[NodeConnectionTypes.Main]?.[0];
	if (!source) return undefined;
	const { previousNode, previousNodeOutput = 0, previousNodeRun = 0 } = source;
	const { $items: itemsOf } = context.getWorkflowDataProxy(0) as {
		$items: (node: string, output: number, run: number) => INodeExecutionData[];
	};
	try {
		return itemsOf(previousNode, previousNodeOutput, previousNodeRun).length;
	} catch {
		return undefined;
	}
}
