import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { pairedItems, runJobs, type Job, type JobOutputs } from '../../shared/n8n/input/inputJobs';
import { reasonToStop } from '../../shared/n8n/input/invalidData';
import { purviewConnection, type PurviewConnection } from '../../shared/n8n/credentials/purviewConnection';
import { createProgressLogger } from '../../shared/n8n/progress';
import type { SpooledFile } from '../../shared/files/spool';
import { acquireLock, type TransferLock, type LockRequest } from '../../shared/purview/delivery/transferLock';
import { openProgress } from '../../shared/purview/delivery/progress';
import { formatRanges } from '../../shared/purview/delivery/rowRanges';
import { sendSignals, type Sending } from '../../shared/purview/delivery/sendSignals';
import { prepareJob, type PreparedJob } from './prepareInput';
import { describeChunk, describePreparation, describeSending, describeSkip } from '../output';
import { readSettings, type Settings } from '../settings';

/**
 * The operations Send and Validate: one job for all items, or one for the file of each.
 * @param context the step's execution
 * @param operation `send` sends what is right, `validate` tells what would be sent
 * @returns the items of the outputs 'Signals' and 'Rejected'
 * @throws NodeOperationError or NodeApiError, unless the step continues on errors
 */
export async function signal(
	context: IExecuteFunctions,
	operation: 'send' | 'validate',
): Promise<INodeExecutionData[][]> {
	return await runJobs(context, async (job, outputs) => await runJob(context, operation, job, outputs));
}

async function runJob(
	context: IExecuteFunctions,
	operation: 'send' | 'validate',
	job: Job,
	outputs: JobOutputs,
): Promise<void> {
	const begunAt = Date.now();
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
			outputs.results.push({ json, ...(binary && { binary }), pairedItem });
			return;
		}
		if (reason) throw reason;
		const results = await send(context, connection, prepared, settings, begunAt);
		const binary = await findingsOf(context, prepared);
		outputs.results.push(
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
	begunAt: number,
): Promise<IDataObject[]> {
	const { contentHash, header, chunks, unit } = prepared;
	const { jobId, whenInDoubt, startOver, skipForMs, output } = settings;
	const begun = Date.now();
	const transfer = { signalsUrl, tenantId, jobId, contentHash };
	const folder = context.helpers.getStoragePath();
	const progress = openProgress(folder, transfer);
	if (skipForMs > 0 && !startOver) {
		const last = await progress.lastComplete();
		const age = begun - (last?.completedAt ?? 0);
		if (last?.contentHash === contentHash && age >= 0 && age < skipForMs) {
			return [describeSkip(last, prepared, settings)];
		}
	}
	const tellProgress = createProgressLogger(context);
	const sending = await sendSignals(
		{ file: prepared.file as SpooledFile, header, chunks, unit },
		{
			client,
			progress,
			acquireLock: async () =>
				await lockOf(context, { folder, transfer, begunAt, signal: context.getExecutionCancelSignal() }),
			whenInDoubt,
			startOver,
			onChunk: (number, of) => tellProgress(() => `${number} of ${of} chunks confirmed so far`),
		},
	);
	const note = noteOf(sending, unit);
	if (note) context.addExecutionHints({ message: note, type: 'warning', location: 'outputPane' });
	if (output === 'chunks') {
		return sending.chunks.map((chunk) => describeChunk(chunk, sending.chunks.length, prepared, settings));
	}
	return [describeSending(sending, prepared, settings, Date.now() - begun)];
}

/**
 * Takes the lock. Where it is refused, n8n may try the step again (Retry On Fail): then counts when the first try began, or
 * the second one would send again what the other execution has sent meanwhile.
 */
async function lockOf(context: IExecuteFunctions, request: LockRequest): Promise<TransferLock> {
	const firstTries = context.getContext('node');
	const name = `begunAt ${request.transfer.contentHash}`;
	const begunAt = (firstTries[name] as number | undefined) ?? request.begunAt;
	firstTries[name] = begunAt;
	const lock = await acquireLock({ ...request, begunAt });
	delete firstTries[name];
	return lock;
}

/** What a person should see who looks at the step after it ended well. */
function noteOf({ possiblyDuplicated, chunks }: Sending, unit: PreparedJob['unit']): string | undefined {
	const partly = chunks.filter((chunk) => chunk.partly);
	const notes = [
		possiblyDuplicated.length > 0 ? `May have arrived twice: ${formatRanges(possiblyDuplicated, unit)}.` : '',
		partly.length > 0 ? `Only partly accepted (HTTP 207): ${formatRanges(partly, unit)}.` : '',
	].filter(Boolean);
	return notes.length > 0 ? notes.join(' ') : undefined;
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
