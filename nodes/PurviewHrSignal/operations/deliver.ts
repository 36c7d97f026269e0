import type { IExecuteFunctions } from 'n8n-workflow';
import type { SpooledFile } from '../../shared/files/spool';
import type { PurviewConnection } from '../../shared/n8n/credentials/purviewConnection';
import { senderOf, warnOfOtherFolder } from '../../shared/n8n/execution';
import type { Result } from '../../shared/n8n/output/resultForm';
import { createProgressLogger } from '../../shared/n8n/progress';
import { sizeOf } from '../../shared/pipeline/readChecked';
import { noteProfiles } from '../../shared/purview/delivery/lastProfiles';
import { openProgress, transferKey } from '../../shared/purview/delivery/progress';
import { formatRanges } from '../../shared/purview/delivery/rowRanges';
import { sendSignals, type Sending } from '../../shared/purview/delivery/sendSignals';
import { acquireTransferLock } from '../../shared/purview/delivery/transferLock';
import type { Lock, LockRequest } from '../../shared/storage/lock';
import { rowsToSend, type PreparedJob } from '../output/preparation';
import type { ReportedOutcome } from '../output/report';
import {
	describeChunk,
	describeSending,
	describeSkip,
	SKIP_REASON,
	type AddressedJob,
} from '../output/results';
import { isProfiles, type Settings } from '../settings';

/** What became of a job: the items about it, and what its report says. */
export interface Delivered extends ReportedOutcome {
	items: Result[];
}

/** What is sent, and by whom. */
export interface DeliveryRequest {
	context: IExecuteFunctions;
	settings: Settings;
	/** see `sentWithLocks` */
	sentBefore: readonly string[];
	prepared: PreparedJob & { file: SpooledFile };
}

/**
 * Sends what was prepared, unless the last run has sent the same and the user wants that skipped.
 * @param request see {@link DeliveryRequest}
 * @param connection the service
 * @returns the summary, or one item for each chunk
 * @throws Problem that says which rows are confirmed, in doubt and not sent
 */
export async function deliver(
	{ context, settings, sentBefore, prepared }: DeliveryRequest,
	{ client, signalsUrl, tenantId }: PurviewConnection,
): Promise<Delivered> {
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
			const why = { reason: SKIP_REASON, completedAt: last.completedAt };
			return { items: [describeSkip(why, job)], outcome: { kind: 'skipped', reason: SKIP_REASON } };
		}
	}
	const earlier = await progress.finishedByOther();
	const tellProgress = createProgressLogger(context);
	const sending = await sendSignals(
		{ file, header, delimiter, chunks, unit, rows: rowsToSend(prepared) },
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
	const notes = notesOf(sending, unit);
	for (const message of [notes.join(' '), folderNote]) {
		if (message) context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	const results =
		settings.output.items === 'chunks' && !sending.alreadySent
			? sending.chunks.map((chunk) => describeChunk(chunk, sending.chunks.length, job))
			: [describeSending(sending, job, Date.now() - begun)];
	const previously = earlier && { previouslySentAt: new Date(earlier.completedAt).toISOString() };
	const items = results.map(({ facts, main, ...result }) => {
		return { ...result, facts: { ...facts, ...previously, ...(folderNote && { folderNote }) }, main };
	});
	return { items, outcome: { kind: 'sent', notes }, sending };
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
function notesOf({ possiblyDuplicated, chunks, noteProblem }: Sending, unit: PreparedJob['unit']): string[] {
	const partly = chunks.filter((chunk) => chunk.partly);
	return [
		possiblyDuplicated.length > 0 ? `May have arrived twice: ${formatRanges(possiblyDuplicated, unit)}.` : '',
		noteProblem ? `All rows arrived. ${noteProblem.message} ${noteProblem.advice}` : '',
		partly.length > 0 ? `Only partly accepted (HTTP 207): ${formatRanges(partly, unit)}.` : '',
	].filter(Boolean);
}
