import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toNodeError } from '../shared/n8n/failure';
import { jobsOf, pairedItems, type Job } from '../shared/n8n/inputJobs';
import { reasonToStop } from '../shared/n8n/invalidData';
import { purviewConnection, type PurviewConnection } from '../shared/n8n/purviewConnection';
import type { SpooledFile } from '../shared/package/spool';
import { Problem } from '../shared/problem';
import { openProgress } from '../shared/purview/progress';
import { sendSignals } from '../shared/purview/sendSignals';
import { prepareJob, type PreparedJob } from './prepareInput';
import { describeChunk, describePreparation, describeSending, describeSkip } from './report';
import { readSettings, type Settings } from './settings';

/** Items of the step's two outputs. */
interface Outputs {
	signals: INodeExecutionData[];
	rejectedRows: INodeExecutionData[];
}

/**
 * The operations Send and Validate: one job for all items, or one for the file of each.
 * @param context the step's execution
 * @param operation `send` sends what is right, `validate` tells what would be sent
 * @returns the items of the outputs 'Signals' and 'Rejected Rows'
 * @throws NodeOperationError or NodeApiError, unless the step continues on errors
 */
export async function signal(
	context: IExecuteFunctions,
	operation: 'send' | 'validate',
): Promise<INodeExecutionData[][]> {
	const outputs: Outputs = { signals: [], rejectedRows: [] };
	for (const job of jobsOf(context)) {
		const failure = await runJob(context, operation, job, outputs).then(
			() => undefined,
			(error: unknown) => error ?? new Error('unknown'),
		);
		if (failure === undefined) continue;
		const error = toNodeError(context.getNode(), failure, job.fileItem ?? 0);
		if (!context.continueOnFail()) throw error;
		const details = failure instanceof Problem ? (failure.details as IDataObject) : {};
		outputs.signals.push({ json: { error: error.message, details }, error, pairedItem: pairedItems(job) });
	}
	return [outputs.signals, outputs.rejectedRows];
}

async function runJob(
	context: IExecuteFunctions,
	operation: 'send' | 'validate',
	job: Job,
	outputs: Outputs,
): Promise<void> {
	const cancel = context.getExecutionCancelSignal();
	const settings = readSettings(context, job.items[0] ?? 0, operation === 'send');
	// Wrong credentials are told before a large file is read.
	const connection =
		operation === 'send' ? await purviewConnection(context, { ...settings, signal: cancel }) : undefined;
	const prepared = await prepareJob(context, job, settings, cancel);
	const pairedItem = pairedItems(job);
	try {
		outputs.rejectedRows.push(...prepared.rejectedRows);
		const reason = reasonToStop(prepared, { ...settings, service: 'the HR connector' });
		if (!connection) {
			const json = { valid: !reason, ...describePreparation(prepared, settings) };
			const binary = await findingsOf(context, prepared);
			outputs.signals.push({ json, ...(binary && { binary }), pairedItem });
			return;
		}
		if (reason) throw reason;
		const results = await send(context, connection, prepared, settings);
		const binary = await findingsOf(context, prepared);
		outputs.signals.push(
			...results.map((json, index) => ({ json, ...(index === 0 && binary && { binary }), pairedItem })),
		);
	} finally {
		await prepared.file?.dispose();
		await prepared.findingsFile?.dispose();
	}
}

/** Sends what was prepared; gives the summary, or one object for each chunk. */
async function send(
	context: IExecuteFunctions,
	{ client, signalsUrl, tenantId }: PurviewConnection,
	prepared: PreparedJob,
	settings: Settings,
): Promise<IDataObject[]> {
	const { contentHash, header, chunks, unit } = prepared;
	const { jobId, whenInDoubt, startOver, skipForMs, output } = settings;
	const begun = Date.now();
	const consignment = { signalsUrl, tenantId, jobId, contentHash };
	const progress = openProgress(context.helpers.getStoragePath(), consignment);
	if (skipForMs > 0 && !startOver) {
		const last = await progress.lastComplete();
		const age = begun - (last?.completedAt ?? 0);
		if (last?.contentHash === contentHash && age >= 0 && age < skipForMs) {
			return [describeSkip(last, prepared, settings)];
		}
	}
	const sending = await sendSignals(
		{ file: prepared.file as SpooledFile, header, chunks, unit },
		{ client, progress, whenInDoubt, startOver },
		Object.values(consignment).join('\n'),
	);
	if (output === 'chunks') {
		return sending.chunks.map((chunk) => describeChunk(chunk, sending.chunks.length, prepared, settings));
	}
	return [describeSending(sending, prepared, settings, Date.now() - begun)];
}

/** All findings as a file, where the user asked for it. */
async function findingsOf(
	context: IExecuteFunctions,
	{ findingsFile }: PreparedJob,
): Promise<IBinaryKeyData | undefined> {
	if (!findingsFile) return undefined;
	const findings = await context.helpers.prepareBinaryData(findingsFile.open(), 'findings.csv', 'text/csv');
	return { findings };
}
