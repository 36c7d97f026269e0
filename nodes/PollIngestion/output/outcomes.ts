import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { problemOf, type PollState } from '../../shared/polling/state';
import { describeErrorFile, downloadErrorFile, tryDownload, type ErrorFile } from '../operations/errorFile';
import type { ClientFor } from '../operations/clients';
import { pollItem } from './pollItem';
import type { ErrorSettings, WaitSettings } from '../settings';

/** Numbers of the step's outputs. n8n wakes a sleeping step through the first, so that one must be 'Still Running'. */
const OUTPUT = { stillRunning: 0, completed: 1, failed: 2 } as const;

/**
 * The items of the three outputs, when every wait is over.
 * @param owner execution and step, for items that come back over the step's own wire
 */
export async function outcomeItems(
	context: IExecuteFunctions,
	states: readonly PollState[],
	settings: WaitSettings,
	clientFor: ClientFor,
	owner: string | undefined,
): Promise<INodeExecutionData[][]> {
	const outputs: INodeExecutionData[][] = [[], [], []];
	const inputs = context.getInputData();
	const now = Date.now();
	for (const [index, state] of states.entries()) {
		const item = pollItem(inputs[index], index, state, now);
		if (state.outcome === 'completed') outputs[OUTPUT.completed].push(item);
		else if (state.outcome === 'failed') {
			outputs[OUTPUT.failed].push(...(await failedItems(context, item, state, settings, clientFor)));
		} else if (state.outcome === 'timeLimit' && settings.atLimit === 'output') {
			outputs[OUTPUT.stillRunning].push(pollItem(inputs[index], index, state, now, owner));
		} else
			outputs[OUTPUT.failed].push(
				errorItem(index, state, now, settings.role === 'sleeper' && states.length > 1),
			);
	}
	return outputs;
}

async function failedItems(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	{ destination, ingestionId, scaleUnit, ingestion }: PollState,
	{ downloadErrors, errors }: WaitSettings,
	clientFor: ClientFor,
): Promise<INodeExecutionData[]> {
	const errorDetail = (ingestion?.ErrorDetail ?? null) as IDataObject | string | null;
	const told = { ...item, json: { ...item.json, errorDetail } };
	if (!downloadErrors) return [told];
	const { file, note } = await tryDownload(async () => {
		const client = await clientFor(scaleUnit);
		return await downloadErrorFile(context, client, destination, ingestionId, errors.maximumRows);
	});
	return withErrorFile(told, file, errors, note);
}

/**
 * An item with its error file: as a list of rows in the item, or as an item for each row. The file hangs on the first, beside what
 * the item held.
 * @param note why there is no file
 */
export function withErrorFile(
	item: INodeExecutionData,
	file: ErrorFile | undefined,
	{ rows, field }: ErrorSettings,
	note?: string,
): INodeExecutionData[] {
	const files = { ...item.binary, ...(file && { [field]: file.binary }) };
	const binary = Object.keys(files).length > 0 && { binary: files };
	const notes = note === undefined ? {} : { errorFileNote: note };
	if (rows === 'list' || file === undefined || file.rows.length === 0) {
		return [{ ...item, json: { ...item.json, ...describeErrorFile(file), ...notes }, ...binary }];
	}
	const { ingestionId, destination, status } = item.json;
	return file.rows.map((row, index) => ({
		json: { ...(row as IDataObject), ingestionId, destination, status },
		pairedItem: item.pairedItem,
		...(index === 0 && binary),
	}));
}

/**
 * For steps that continue on errors: only these fields, or n8n would not know the item for an error and leave it where it is.
 * @param stays whether it shall be left there: n8n would join it with a wrong item where it cannot pair
 */
function errorItem(index: number, state: PollState, now: number, stays: boolean): INodeExecutionData {
	const problem = problemOf(state, now);
	return {
		json: {
			error: problem?.message ?? '',
			details: {
				advice: problem?.advice ?? '',
				ingestionId: state.ingestionId,
				destination: state.destination,
				status: state.status,
				outcome: state.outcome ?? '',
				...(state.trouble?.code === undefined ? {} : { code: state.trouble.code }),
			},
			...(stays ? { ingestionId: state.ingestionId } : {}),
		},
		pairedItem: { item: index },
	};
}
