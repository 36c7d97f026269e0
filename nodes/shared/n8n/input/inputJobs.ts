import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPairedItemData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { problem, Problem } from '../../core/problem';
import type { Finding } from '../../findings/finding';
import { INVALID_DATA } from './invalidData';
import { toNodeError } from '../errors';
import { itemsBeforeExecuteOnce, noteCustomData } from '../execution';

/** What is sent at a time: all input items together, or the file of one item. */
export interface Job {
	/** the items that the job stands for, for paired items and errors */
	items: number[];
	/** the item whose file is read; missing when each item is a row */
	fileItem?: number;
}

/**
 * The jobs of one execution, by the parameter `input`: `items` makes one of all items, `file` one of each item.
 * @param context the step's execution
 */
function jobsOf(context: IExecuteFunctions): Job[] {
	const items = context.getInputData().map((_, item) => item);
	const input = context.getNodeParameter('input', 0, 'items') as 'items' | 'file';
	if (input === 'items') return [{ items }];
	return items.map((item) => ({ items: [item], fileItem: item }));
}

/** A job's output is paired with all its input items. */
export function pairedItems({ items }: Job): IPairedItemData[] {
	return items.map((item) => ({ item }));
}

/**
 * n8n's setting 'Execute Once' hands on the first item only: one row of all that were to be sent.
 * @throws Problem `configuration` where each item is a row, and the setting has left out some
 */
async function runOnAllItems(
	context: IExecuteFunctions,
	{ fileItem }: Job,
	run: () => Promise<void>,
): Promise<void> {
	const items =
		fileItem === undefined && context.getNode().executeOnce === true ? itemsBeforeExecuteOnce(context) : 1;
	if (items === 1) return await run();
	throw problem.configuration(
		`The setting 'Execute Once' of this step leaves one of ${items ?? 'all'} items, and each item is a row.`,
		"Switch 'Execute Once' off in the settings of this step. Or set 'Input' to 'File' if the item holds a file with all rows.",
		{ code: 'executeOnce' },
	);
}

/** Names the parameter 'Input' where items are read as rows, and hold a file. */
function withInputAdvice(context: IExecuteFunctions, { fileItem }: Job, failure: unknown): unknown {
	if (!(failure instanceof Problem) || failure.kind !== 'input' || fileItem !== undefined) return failure;
	if (Object.keys(context.getInputData()[0]?.binary ?? {}).length === 0) return failure;
	const { kind, message, advice, details } = failure;
	const toDo = "Set 'Input' to 'File' to read the rows of the file.";
	const found = details.code === INVALID_DATA ? (details.findings as readonly Finding[]) : [];
	const noColumns = found.length > 0 && found.every(({ code }) => code === 'column-required-missing');
	return new Problem({
		kind,
		message: noColumns
			? "The item holds a file, but 'Input' is set to 'Items', and the columns that this import needs are missing. Nothing was sent."
			: message,
		advice: noColumns ? toDo : `${advice}\nThe item holds a file. ${toDo}`,
		details,
	});
}

/** What a job is called in a sentence: by its file, else by its item. */
export function nameOf({ items }: Job, { fileName }: { fileName: string }): string {
	return fileName || `item ${items[0] ?? 0}`;
}

/** Items of the two outputs that the sending steps have. */
export interface JobOutputs {
	/** first output: what came of each job */
	results: INodeExecutionData[];
	/** second output: rows that were left out or stopped a job */
	rejectedRows: INodeExecutionData[];
	/** third output, where a step has one: people of a previous file who are missing */
	missingPeople: INodeExecutionData[];
	/** sentences about what was sent, for the error of a later job */
	sent: string[];
	/** files that go with the error of the job that is running, where the step continues on errors */
	errorFiles: IBinaryKeyData;
}

/**
 * Runs the jobs of an execution one after another. A job that fails ends the execution, or becomes a result with the error
 * where the step continues on errors.
 * @param context the step's execution
 * @param run does one job and adds to the outputs
 * @returns the items of the outputs, in their order; of the third only where it has any
 * @throws NodeOperationError or NodeApiError, unless the step continues on errors
 */
export async function runJobs(
	context: IExecuteFunctions,
	run: (job: Job, outputs: JobOutputs) => Promise<void>,
): Promise<INodeExecutionData[][]> {
	const outputs: JobOutputs = { results: [], rejectedRows: [], missingPeople: [], sent: [], errorFiles: {} };
	for (const job of jobsOf(context)) {
		outputs.errorFiles = {};
		const failure = await runOnAllItems(context, job, async () => await run(job, outputs)).then(
			() => undefined,
			(error: unknown) => error ?? new Error('unknown'),
		);
		if (failure === undefined) continue;
		// Where all items are one job, naming one of them would mislead.
		const error = toNodeError(context.getNode(), withInputAdvice(context, job, failure), job.fileItem);
		if (!context.continueOnFail()) {
			noteCustomData(context, outputs.results);
			throw withSent(error, outputs.sent);
		}
		const details = failure instanceof Problem ? (failure.details as IDataObject) : {};
		const { errorFiles: binary } = outputs;
		// No error object beside it: n8n would put the message alone in place of the item's data. Without one, an item finds
		// the error output of every n8n only if it holds nothing but `error` and `message`.
		const toErrorOutput = context.getNode().onError === 'continueErrorOutput';
		const message = (error.description ?? '').replaceAll('<br>', '\n');
		outputs.results.push({
			json: { error: error.message, message, ...(!toErrorOutput && { details }) },
			...(Object.keys(binary).length > 0 && { binary }),
			pairedItem: pairedItems(job),
		});
	}
	const { results, rejectedRows, missingPeople } = outputs;
	return missingPeople.length === 0 ? [results, rejectedRows] : [results, rejectedRows, missingPeople];
}

/** So many are told in an error. */
const SENT_TOLD = 50;

/** Tells beside an error what was sent before it: the error hides the results. */
function withSent(error: NodeApiError | NodeOperationError, sent: readonly string[]): typeof error {
	if (sent.length === 0) return error;
	const more = sent.length > SENT_TOLD ? [`and ${sent.length - SENT_TOLD} more`] : [];
	const told = `Sent before this error: ${[...sent.slice(0, SENT_TOLD), ...more].join('; ')}. A retry of this execution does not send it again.`;
	error.description = [error.description, told].filter(Boolean).join('<br>\n');
	return error;
}
