import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { senderOf, warnOfOtherFolder } from '../../shared/n8n/execution';
import { nameOf, pairedItems, runJobs, type Job, type JobOutputs } from '../../shared/n8n/input/inputJobs';
import { observeInput, type InputObservers } from '../../shared/n8n/input/inputObservers';
import { reasonToStop } from '../../shared/n8n/input/invalidData';
import { openInput } from '../../shared/n8n/input/tableInput';
import {
	purviewConnection,
	purviewCredential,
	type PurviewConnection,
} from '../../shared/n8n/credentials/purviewConnection';
import { createProgressLogger } from '../../shared/n8n/progress';
import type { SpooledFile } from '../../shared/files/spool';
import { openProgress, transferKey } from '../../shared/purview/delivery/progress';
import { acquireTransferLock } from '../../shared/purview/delivery/transferLock';
import { formatRanges } from '../../shared/purview/delivery/rowRanges';
import { sendSignals, type Sending } from '../../shared/purview/delivery/sendSignals';
import { noteProfiles, readLastProfiles } from '../../shared/purview/delivery/lastProfiles';
import { sizeOf } from '../../shared/pipeline/readChecked';
import { prepareSignals } from '../../shared/purview/signals/prepareSignals';
import { count } from '../../shared/core/format';
import type { ShrinkRules } from '../../shared/checks/dataset/shrinkCheck';
import { problem } from '../../shared/core/problem';
import { sentWithLocks, type Lock, type LockRequest } from '../../shared/storage/lock';
import {
	describeChunk,
	describePreparation,
	describeSending,
	describeSkip,
	type AddressedJob,
	type PreparedJob,
} from '../output/results';
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
	return await runJobs(context, async (job, outputs) => {
		const sentBefore = await sentWithLocks(context.helpers.getStoragePath());
		const signal = context.getExecutionCancelSignal();
		const settings = readSettings(context, job.items[0] ?? 0);
		// Wrong credentials are told before a large file is read.
		const connection =
			operation === 'send'
				? purviewConnection(context, await purviewCredential(context, job.items), {
						...settings.delivery,
						signal,
					})
				: undefined;
		const observers = observeInput(context, job, settings.output.findings);
		try {
			await runSignals({ context, job, settings, observers, outputs, sentBefore }, connection);
		} finally {
			connection?.close();
			await observers.dispose();
		}
	});
}

/** What belongs to one file of signals. */
interface SignalJob {
	context: IExecuteFunctions;
	job: Job;
	settings: Settings;
	observers: InputObservers;
	outputs: JobOutputs;
	/** see `sentWithLocks` */
	sentBefore: readonly string[];
}

/** @param connection missing where nothing is to be sent */
async function runSignals(signalJob: SignalJob, connection: PurviewConnection | undefined): Promise<void> {
	const { context, job, settings, observers, outputs } = signalJob;
	const { maximumInvalidShare } = settings;
	const { onInvalid } = settings.signals;
	const prepared = await prepareJob(signalJob, await shrinkRulesFor(signalJob, connection));
	try {
		outputs.rejectedRows.push(...prepared.rejectedRows);
		const { file } = prepared;
		const reason = reasonToStop(prepared, { onInvalid, maximumInvalidShare, service: 'the HR connector' });
		if (connection && reason) throw reason;
		const results =
			connection && file
				? await send(signalJob, connection, { ...prepared, file })
				: [{ valid: !reason, ...describePreparation(prepared, settings) }];
		const findings = await observers.findingsFile();
		const binary = findings && {
			findings: await context.helpers.prepareBinaryData(findings.open(), 'findings.csv', 'text/csv'),
		};
		const pairedItem = pairedItems(job);
		outputs.results.push(
			...results.map((json, index) => ({ json, ...(index === 0 && binary && { binary }), pairedItem })),
		);
		if (connection)
			outputs.sent.push(`${nameOf(job, prepared)} (${count(prepared.records - prepared.rejected, 'row')})`);
	} finally {
		await prepared.file?.dispose();
	}
}

/** The service deletes profiles that are not sent again (source C5); of events it keeps all. */
const isProfiles = ({ scenario }: Settings) => scenario === 'employeeProfile';

/** How small a file of profiles may be. Several files of one run count together, so none of them is compared alone. */
async function shrinkRulesFor(
	{ context, job, settings }: SignalJob,
	connection: PurviewConnection | undefined,
): Promise<ShrinkRules | undefined> {
	if (!isProfiles(settings)) return undefined;
	const { minimumPeople, ...limits } = settings.shrink;
	const target = connection && [connection.signalsUrl, connection.tenantId, settings.delivery.jobId];
	const last = await readLastProfiles(context.helpers.getStoragePath(), target);
	const isOneOfSeveral = job.fileItem !== undefined && context.getInputData().length > 1;
	const isLater = target !== undefined && last?.run === senderOf(context).run;
	return { minimumPeople, ...(!isOneOfSeveral && !isLater && { replaces: { last, ...limits } }) };
}

/**
 * Reads, checks and spools the input of one job.
 * @throws Problem `input` where the input cannot be read at all, `configuration` for contradictory settings
 */
async function prepareJob(
	{ context, job, settings, observers }: SignalJob,
	shrink: ShrinkRules | undefined,
): Promise<PreparedJob> {
	const input = await openInput(context, job, settings.source);
	if (input.format === 'zip') {
		throw problem.input(
			'The file is a zip; the HR connector of Purview takes tables.',
			"Unpack it first, for example with n8n's Compression step, and give the CSV file.",
		);
	}
	const prepared = await prepareSignals(
		input,
		{ ...settings.signals, shrink },
		{
			observers: observers.all,
			signal: context.getExecutionCancelSignal(),
		},
	);
	return { ...prepared, fileName: input.fileName, rejectedRows: observers.rejectedRows.items };
}

/** Sends what was prepared; gives the summary, or one object for each chunk. */
async function send(
	{ context, settings, sentBefore }: SignalJob,
	{ client, signalsUrl, tenantId }: PurviewConnection,
	prepared: PreparedJob & { file: SpooledFile },
): Promise<IDataObject[]> {
	const { contentHash, file, header, chunks, unit } = prepared;
	const job: AddressedJob = { prepared, settings, tenantId };
	const { jobId, whenInDoubt, startOver, skipForMs } = settings.delivery;
	const { delimiter } = settings.signals;
	const begun = Date.now();
	const transfer = { signalsUrl, tenantId, jobId, contentHash };
	const folder = context.helpers.getStoragePath();
	const progress = openProgress({ folder, transfer, run: senderOf(context).run });
	if (skipForMs > 0 && !startOver) {
		const last = await progress.unchanged();
		if (last && last.ageMs < skipForMs) {
			await progress.skip();
			return [describeSkip(last, job)];
		}
	}
	const earlier = await progress.finishedByOther();
	const tellProgress = createProgressLogger(context);
	const sending = await sendSignals(
		{ file, header, delimiter, chunks, unit, rows: prepared.records - prepared.rejected },
		{
			client,
			progress,
			acquireLock: async () =>
				await lockOf(context, {
					folder,
					key: transferKey(transfer),
					sentBefore,
					signal: context.getExecutionCancelSignal(),
				}),
			whenInDoubt,
			startOver,
			onChunk: (number, of) => tellProgress(() => `${number} of ${of} chunks confirmed so far`),
		},
	);
	if (isProfiles(settings) && !sending.alreadySent) {
		await noteProfiles(folder, [signalsUrl, tenantId, jobId], {
			...sizeOf(prepared),
			run: senderOf(context).run,
		});
	}
	const folderNote = await warnOfOtherFolder(context, folder);
	for (const message of [noteOf(sending, unit), folderNote]) {
		if (message) context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	const results =
		settings.output.items === 'chunks' && !sending.alreadySent
			? sending.chunks.map((chunk) => describeChunk(chunk, sending.chunks.length, job))
			: [describeSending(sending, job, Date.now() - begun)];
	const previously = earlier && { previouslySentAt: new Date(earlier.completedAt).toISOString() };
	return results.map((result) => ({ ...result, ...previously, ...(folderNote && { folderNote }) }));
}

/**
 * Takes the lock. Where it is refused, n8n may try the step again (Retry On Fail): then what was sent before the first attempt
 * counts, or the second one would send again what the other execution has sent meanwhile.
 */
async function lockOf(context: IExecuteFunctions, request: LockRequest): Promise<Lock> {
	const firstTries = context.getContext('node');
	const name = `sentBefore ${request.key}`;
	const sentBefore = (firstTries[name] as string[] | undefined) ?? [...(request.sentBefore ?? [])];
	firstTries[name] = sentBefore;
	const lock = await acquireTransferLock({ ...request, sentBefore });
	delete firstTries[name];
	return lock;
}

/** What a person should see who looks at the step after it ended well. */
function noteOf(
	{ possiblyDuplicated, chunks, noteProblem }: Sending,
	unit: PreparedJob['unit'],
): string | undefined {
	const partly = chunks.filter((chunk) => chunk.partly);
	const notes = [
		possiblyDuplicated.length > 0 ? `May have arrived twice: ${formatRanges(possiblyDuplicated, unit)}.` : '',
		noteProblem ? `All rows arrived. ${noteProblem.message} ${noteProblem.advice}` : '',
		partly.length > 0 ? `Only partly accepted (HTTP 207): ${formatRanges(partly, unit)}.` : '',
	].filter(Boolean);
	return notes.length > 0 ? notes.join(' ') : undefined;
}
