import type { IBinaryData, IBinaryKeyData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShrinkRules } from '../../shared/checks/dataset/shrinkCheck';
import { count } from '../../shared/core/format';
import { problem, type Problem } from '../../shared/core/problem';
import type { SpooledFile } from '../../shared/files/spool';
import {
	purviewConnection,
	purviewCredential,
	type PurviewConnection,
} from '../../shared/n8n/credentials/purviewConnection';
import { senderOf } from '../../shared/n8n/execution';
import { nameOf, pairedItems, runJobs, type Job, type JobOutputs } from '../../shared/n8n/input/inputJobs';
import { observeInput, type InputObservers } from '../../shared/n8n/input/inputObservers';
import { reasonToStop } from '../../shared/n8n/input/invalidData';
import { openPreviousInput } from '../../shared/n8n/input/previousInput';
import { openInput } from '../../shared/n8n/input/tableInput';
import { hintWarnings } from '../../shared/n8n/input/warningHints';
import { errorWithReport } from '../../shared/n8n/output/reportFile';
import { inForm } from '../../shared/n8n/output/resultForm';
import { readLastProfiles } from '../../shared/purview/delivery/lastProfiles';
import { prepareSignals } from '../../shared/purview/preparation/prepareSignals';
import { createReportNotes } from '../../shared/report/observe/reportObserver';
import { sentWithLocks } from '../../shared/storage/lock';
import { prepareReport, type ReportedOutcome } from '../output/report';
import {
	describePreparation,
	isNothingNew,
	NOTHING_NEW,
	rowsToSend,
	type PreparedJob,
} from '../output/preparation';
import { describeSkip, type AddressedJob } from '../output/results';
import { mainFacts, summarizeUnsent } from '../output/summary';
import { isProfiles, readSettings, type Settings } from '../settings';
import { deliver, type Delivered } from './deliver';
import { heartbeatOf } from './heartbeat';

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
	const { prepared, lastSentAt } = await prepareWhatIsDue(signalJob, connection);
	const report = async (became: ReportedOutcome) =>
		await prepareReport(context, prepared, { ...became, settings });
	try {
		outputs.rejectedRows.push(...prepared.rejectedRows);
		const { file } = prepared;
		const reason = reasonToStop(prepared, { onInvalid, maximumInvalidShare, service: 'the HR connector' });
		if (connection && reason) throw reason;
		const delivered =
			!connection || !file
				? validated(prepared, settings, reason)
				: isNothingNew(prepared)
					? nothingNew({ prepared, settings, tenantId: connection.tenantId }, lastSentAt)
					: await deliver({ ...signalJob, prepared: { ...prepared, file } }, connection);
		const binary = await outputFiles(context, {
			findings: await observers.findingsFile(),
			report: await report(delivered),
		});
		hintWarnings(context, job, prepared);
		const pairedItem = pairedItems(job);
		outputs.results.push(
			...delivered.items.map((result, index) => ({
				json: inForm(result, settings.output.form),
				...(index === 0 && binary),
				pairedItem,
			})),
		);
		if (connection) outputs.sent.push(`${nameOf(job, prepared)} (${count(rowsToSend(prepared), 'row')})`);
	} catch (error) {
		throw prepared.report
			? await errorWithReport(
					signalJob,
					error,
					async (outcome, failure) => await report({ outcome, failure }),
				)
			: error;
	} finally {
		await prepared.file?.dispose();
	}
}

/** The result of a validation. */
function validated(prepared: PreparedJob, settings: Settings, reason: Problem | undefined): Delivered {
	const outcome = reason
		? ({ kind: 'refused', reason: reason.message } as const)
		: ({ kind: 'ready' } as const);
	return {
		items: [
			{
				summary: summarizeUnsent(outcome, prepared, settings),
				facts: { valid: !reason, ...describePreparation(prepared, settings) },
				main: mainFacts(settings),
			},
		],
		outcome,
	};
}

/** The result of a run in which the previous file holds every row. */
function nothingNew(job: AddressedJob, completedAt: number | undefined): Delivered {
	const item = describeSkip({ reason: NOTHING_NEW, completedAt }, job);
	return { items: [item], outcome: { kind: 'skipped', reason: NOTHING_NEW } };
}

/**
 * Prepares the input of one job: only new rows where the user wants that, but all of them where the job was quiet for too long.
 * @returns what was prepared, and when the job got data last where nothing has to be sent, in milliseconds since 1970
 */
async function prepareWhatIsDue(
	signalJob: SignalJob,
	connection: PurviewConnection | undefined,
): Promise<{ prepared: PreparedJob; lastSentAt?: number }> {
	const { context, settings } = signalJob;
	const shrink = await shrinkRulesFor(signalJob, connection);
	const prepared = await prepareJob(signalJob, shrink);
	if (!connection || !isNothingNew(prepared)) return { prepared };
	const { due, completedAt } = await heartbeatOf(context, prepared, { settings, connection });
	if (due === undefined) return { prepared, lastSentAt: completedAt };
	await prepared.file?.dispose();
	const signals = { ...settings.signals, onlyChanges: false };
	const everything = await prepareJob({ ...signalJob, settings: { ...settings, signals } }, shrink);
	return { prepared: { ...everything, sentAgainBecause: due } };
}

/** Hands files to n8n; nothing where there are none. */
async function outputFiles(
	{ helpers }: IExecuteFunctions,
	{ findings, report }: { findings?: SpooledFile; report?: IBinaryData },
): Promise<{ binary: IBinaryKeyData } | undefined> {
	const binary: IBinaryKeyData = report ? { report } : {};
	if (findings)
		binary.findings = await helpers.prepareBinaryData(findings.open(), 'findings.csv', 'text/csv');
	return Object.keys(binary).length > 0 ? { binary } : undefined;
}

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
	// Signals name no organization, and nobody's manager.
	const report = settings.output.report ? createReportNotes(undefined) : undefined;
	const previous = settings.signals.onlyChanges
		? await openPreviousInput(context, job, settings.source)
		: undefined;
	const prepared = await prepareSignals(
		{ open: input.open, previous },
		{ ...settings.signals, shrink },
		{
			observers: [...observers.all, ...(report ? [report] : [])],
			signal: context.getExecutionCancelSignal(),
		},
	);
	return { ...prepared, fileName: input.fileName, rejectedRows: observers.rejectedRows.items, report };
}
