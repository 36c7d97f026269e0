import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toNodeError } from '../../shared/n8n/errors';
import { inBatches } from '../../shared/core/concurrency';
import { readStatus, unknownStatusNote } from '../../shared/viva/service/ingestion';
import { downloadErrorFile, NO_ERROR_FILE } from './errorFile';
import { clientsOf } from './clients';
import { withErrorFile } from '../output/outcomes';
import { inPollForm } from '../output/pollItem';
import { summarizeErrors, summarizeStatus } from '../output/summary';
import { readErrorSettings, readForm, readStatusWords, readTarget } from '../settings';

/** So many items are asked for at the same time. */
const AT_ONCE = 8;

/**
 * The operation Get Status: asks once for each item.
 * @param context the step's execution
 * @returns one output: an item for each import
 * @throws NodeOperationError or NodeApiError, unless the step continues on errors
 */
export async function getStatus(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const clients = clientsOf(context, 'asUsual');
	const words = readStatusWords(context);
	const form = readForm(context);
	return await forEachItem(context, async (index) => {
		const { ingestionId, destination, scaleUnit } = readTarget(context, index);
		const tenantId = await clients.tenantOf(index);
		const client = await clients.clientFor(index, { tenantId, scaleUnit });
		const ingestion = await client.status(destination, ingestionId);
		const { phase, known, meaning } = readStatus(ingestion, words);
		const { json, binary } = context.getInputData()[index];
		const facts = {
			...json,
			ingestionId,
			destination,
			tenantId,
			scaleUnit: await client.scaleUnit(),
			status: ingestion.Status,
			phase,
			meaning,
			...(known ? {} : { unknownStatus: true, statusNote: unknownStatusNote([ingestion.Status]) }),
			startDate: ingestion.StartDate ?? null,
			endDate: ingestion.EndDate ?? null,
			errorDetail: (ingestion.ErrorDetail ?? null) as IDataObject | null,
			ingestion: ingestion as IDataObject,
		};
		return [
			{
				json: inPollForm(summarizeStatus(ingestion.Status, { meaning }), facts, form),
				...(binary && { binary }),
				pairedItem: { item: index },
			},
		];
	});
}

/**
 * The operation Download Errors: gets the error file of each item's import, as a file and as rows.
 * @param context the step's execution
 * @returns one output: an item for each row, or one for each import, as chosen
 * @throws NodeOperationError or NodeApiError, unless the step continues on errors
 */
export async function downloadErrors(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const clients = clientsOf(context, 'asUsual');
	const settings = readErrorSettings(context);
	const form = readForm(context);
	return await forEachItem(context, async (index) => {
		const { ingestionId, destination, scaleUnit } = readTarget(context, index);
		const tenantId = await clients.tenantOf(index);
		const client = await clients.clientFor(index, { tenantId, scaleUnit });
		const file = await downloadErrorFile(context, client, { destination, ingestionId, limits: settings });
		const { json, binary } = context.getInputData()[index];
		const facts = { ...json, ingestionId, destination, tenantId, scaleUnit: await client.scaleUnit() };
		const item: INodeExecutionData = {
			json: inPollForm(summarizeErrors(file?.rows.length, file?.truncated), facts, form),
			...(binary && { binary }),
			pairedItem: { item: index },
		};
		return withErrorFile(item, { file, note: file === undefined ? NO_ERROR_FILE : undefined }, settings);
	});
}

async function forEachItem(
	context: IExecuteFunctions,
	work: (index: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const results = await inBatches(items, AT_ONCE, async (_, index) => {
		const outcome = await work(index).catch((error: unknown) => toNodeError(context.getNode(), error, index));
		if (Array.isArray(outcome)) return outcome;
		if (!context.continueOnFail()) throw outcome;
		const details = { advice: outcome.description ?? '' };
		return [{ json: { error: outcome.message, details }, pairedItem: { item: index } }];
	});
	return [results.flat()];
}
