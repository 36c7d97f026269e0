import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { endProblemOf, type PollError, type PollState } from '../../shared/polling/state';
import {
	describeErrorFile,
	downloadErrorFile,
	tryDownload,
	type DownloadOutcome,
} from '../operations/errorFile';
import type { ItemClients } from '../operations/clients';
import { endedItem, pollItem, type FollowedImport } from './pollItem';
import type { ErrorSettings, WaitSettings } from '../settings';

/** Numbers of the step's outputs. n8n wakes a sleeping step through the first, so that one must be 'Still Running'. */
export const OUTPUT = { stillRunning: 0, completed: 1, failed: 2 } as const;

/** Ends in which rows are missing at the service: somebody has to look, so they leave through 'Failed'. */
const HAS_ERRORS: ReadonlySet<PollState['outcome']> = new Set<PollState['outcome']>([
	'failed',
	'partlyCompleted',
	'cancelled',
]);

/** What is needed to give the items out. */
export interface OutcomeSetup {
	settings: WaitSettings;
	clients: ItemClients;
	/** execution and step, for items that come back over the step's own wire */
	owner: string | undefined;
}

/** The items of the three outputs, when every wait is over. */
export async function outcomeItems(
	context: IExecuteFunctions,
	states: readonly PollState[],
	setup: OutcomeSetup,
): Promise<INodeExecutionData[][]> {
	const outputs: INodeExecutionData[][] = [[], [], []];
	const inputs = context.getInputData();
	const now = Date.now();
	const { atLimit, role, form } = setup.settings;
	// n8n would join an error item with a wrong item where it cannot pair.
	const keepsError = role === 'sleeper' && states.length > 1;
	for (const [index, state] of states.entries()) {
		const followed: FollowedImport = { input: inputs[index], index, state };
		if (state.outcome === 'completed') {
			outputs[OUTPUT.completed].push(endedItem(followed, now, form));
		} else if (HAS_ERRORS.has(state.outcome)) {
			outputs[OUTPUT.failed].push(...(await failedItems(context, { ...followed, now }, setup)));
		} else if (state.outcome === 'timeLimit' && atLimit === 'output') {
			outputs[OUTPUT.stillRunning].push(pollItem(followed, now, setup.owner));
		} else outputs[OUTPUT.failed].push(errorItem(followed, now, keepsError));
	}
	return outputs;
}

async function failedItems(
	context: IExecuteFunctions,
	{ now, ...followed }: FollowedImport & { now: number },
	{ settings: { downloadErrors, errors, form }, clients }: OutcomeSetup,
): Promise<INodeExecutionData[]> {
	const { state, index } = followed;
	const { destination, ingestionId, ingestion } = state;
	const item = endedItem(followed, now, form);
	item.json.errorDetail = (ingestion?.ErrorDetail ?? null) as IDataObject | string | null;
	if (!downloadErrors || state.outcome === 'cancelled') return [item];
	const outcome = await tryDownload(async () => {
		const client = await clients.clientFor(index, state);
		return await downloadErrorFile(context, client, { destination, ingestionId, limits: errors });
	});
	return withErrorFile(item, outcome, errors);
}

/**
 * An item with its error file: as a list of rows in the item, or as an item for each row. The file hangs on the first, beside what
 * the item held.
 */
export function withErrorFile(
	item: INodeExecutionData,
	{ file, note }: DownloadOutcome,
	{ rows, field }: ErrorSettings,
): INodeExecutionData[] {
	const files = { ...item.binary, ...(file && { [field]: file.binary }) };
	const binary = Object.keys(files).length > 0 && { binary: files };
	const said = note ?? file?.cutNote;
	const notes = said === undefined ? {} : { errorFileNote: said };
	if (rows === 'list' || file === undefined || file.rows.length === 0) {
		return [{ ...item, json: { ...item.json, ...describeErrorFile(file), ...notes }, ...binary }];
	}
	const { ingestionId, destination, status } = item.json;
	return file.rows.map((row, index) => ({
		json: { ...(row as IDataObject), ingestionId, destination, status, ...(index === 0 && notes) },
		pairedItem: item.pairedItem,
		...(index === 0 && binary),
	}));
}

function codesOf({ code, microsoftCode }: Partial<PollError> = {}): IDataObject {
	return { ...(code && { code }), ...(microsoftCode && { microsoftCode }) };
}

/**
 * For steps that continue on errors: only these fields, or n8n would not know the item for an error and leave it where it is.
 * @param stays whether it shall be left there
 */
function errorItem({ index, state }: FollowedImport, now: number, stays: boolean): INodeExecutionData {
	const problem = endProblemOf(state, now);
	return {
		json: {
			error: problem?.message ?? '',
			details: {
				advice: problem?.advice ?? '',
				ingestionId: state.ingestionId,
				destination: state.destination,
				tenantId: state.tenantId,
				status: state.status,
				outcome: state.outcome ?? '',
				...codesOf(state.lastError),
			},
			...(stays ? { ingestionId: state.ingestionId } : {}),
		},
		pairedItem: { item: index },
	};
}
