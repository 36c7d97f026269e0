import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { megabytes } from '../../shared/core/format';
import { problem, type Problem } from '../../shared/core/problem';
import type { SpooledFile } from '../../shared/files/spool';
import type { HttpBody } from '../../shared/http/message';
import { multipartBody } from '../../shared/http/multipart';
import { openImports, type ImportFacts } from '../../shared/imports/importStore';
import { sendOnce } from '../../shared/imports/sendOnce';
import {
	vivaConnection,
	vivaCredential,
	type VivaConnection,
} from '../../shared/n8n/credentials/vivaConnection';
import { senderOf, warnOfOtherFolder } from '../../shared/n8n/execution';
import { nameOf, pairedItems, runJobs, type Job, type JobOutputs } from '../../shared/n8n/input/inputJobs';
import { observeInput, type InputObservers } from '../../shared/n8n/input/inputObservers';
import { reasonToStop } from '../../shared/n8n/input/invalidData';
import { openPreviousInput } from '../../shared/n8n/input/previousInput';
import { openInput } from '../../shared/n8n/input/tableInput';
import { hintWarnings } from '../../shared/n8n/input/warningHints';
import { createProgressLogger, logMessage } from '../../shared/n8n/progress';
import { errorWithReport } from '../../shared/n8n/output/reportFile';
import { inForm } from '../../shared/n8n/output/resultForm';
import { createReportNotes } from '../../shared/report/observe/reportObserver';
import type { Outcome } from '../../shared/report/page/verdict';
import { ATTRIBUTE_SETS } from '../../shared/viva/attributes/attributes';
import { preparePackage, type PackageSettings } from '../../shared/viva/package/preparePackage';
import { checkPrebuiltPackage } from '../../shared/viva/prebuilt/prebuiltPackage';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import { prepareFiles, prepareReport } from '../output/files';
import { listMissingPeople, previousItem } from '../output/missingPeople';
import { describeOutcome, noteOf, skipped, validated, type Sent } from '../output/outcome';
import { describePreparation, isNothingToSend, type PreparedImport } from '../output/preparation';
import { MAIN_FACTS, summarize } from '../output/summary';
import { readSettings, type Settings } from '../settings';
import {
	assertFirstFullImport,
	assertOnlyFullImport,
	fullImportTargets,
	replacedByOthers,
	shrinkRulesFor,
} from './replacement';

/**
 * The operations Upload and Validate: one import for all items, or one for each file.
 * @param context the step's execution
 * @param operation `upload` sends what is right, `validate` tells what an upload would do
 * @returns the items of the outputs 'Ingestion' and 'Rejected'
 * @throws NodeOperationError or NodeApiError, unless the step continues on errors
 */
export async function ingest(
	context: IExecuteFunctions,
	operation: 'upload' | 'validate',
): Promise<INodeExecutionData[][]> {
	const targets = await fullImportTargets(context, operation);
	return await runJobs(context, async (job, outputs) => {
		const settings = readSettings(context, job.items[0] ?? 0);
		const { timeoutMs: pushTimeoutMs } = settings.upload;
		const signal = context.getExecutionCancelSignal();
		// Wrong credentials are told before a large file is read.
		const credential = operation === 'upload' ? await vivaCredential(context, job.items) : undefined;
		const connection = credential && vivaConnection(context, credential, { signal, pushTimeoutMs });
		const replaced = replacedByOthers(targets, job);
		if (connection && replaced) throw replaced;
		const observers = observeInput(context, job, settings.output.findings);
		try {
			await runImport({ context, job, settings, observers, outputs, replaced }, connection);
		} finally {
			await observers.dispose();
		}
	});
}

/** What belongs to one import. */
interface ImportJob {
	context: IExecuteFunctions;
	job: Job;
	settings: Settings;
	observers: InputObservers;
	outputs: JobOutputs;
	/** why an upload of this file would be refused, whatever is in it */
	replaced?: Problem;
}

/** @param connection missing where nothing is to be sent */
async function runImport(importJob: ImportJob, connection: VivaConnection | undefined): Promise<void> {
	const { context, job, settings, observers, outputs } = importJob;
	const { destination, onInvalid } = settings.package;
	const { maximumInvalidShare } = settings;
	const { tenantId } = connection ?? {};
	const prepared = await prepareImport(importJob, connection);
	const report = async (outcome: Outcome) =>
		await prepareReport(context, prepared, {
			outcome,
			settings: settings.package,
			language: settings.output.reportLanguage,
		});
	try {
		outputs.rejectedRows.push(...prepared.rejectedRows);
		const service = DESTINATIONS[destination].displayName;
		const reason = reasonToStop(prepared, { onInvalid, maximumInvalidShare, service });
		if (connection && reason) throw reason;
		const missing = await listMissingPeople(prepared.changes, destination, settings.output.missingPeople);
		outputs.missingPeople.push(...missing.items.map((json) => ({ json, pairedItem: previousItem(job) })));
		const { file, bodyType } = prepared;
		const { outcome, result } =
			!connection || !file
				? validated(reason)
				: isNothingToSend(prepared)
					? skipped('Nothing changed since the previous file.')
					: await sendPackage(importJob, connection, { ...prepared, file });
		const outputPackage = !connection && settings.output.package && file && !isNothingToSend(prepared);
		const binary = await prepareFiles(context, {
			package: outputPackage ? { file, bodyType } : undefined,
			findings: await observers.findingsFile(),
			report: await report(outcome),
			missing: missing.file,
		});
		const facts = {
			...result,
			...(tenantId === undefined ? {} : { tenantId }),
			...describePreparation(prepared, destination),
			...missing.note,
			...(importJob.replaced && { uploadNote: importJob.replaced.message }),
		};
		const summary = summarize(outcome, prepared, {
			destination,
			possiblyDuplicated: result.possiblyDuplicated === true,
		});
		const json = inForm({ summary, facts, main: MAIN_FACTS }, settings.output.form);
		outputs.results.push({ json, ...(binary && { binary }), pairedItem: pairedItems(job) });
		hintWarnings(context, job, prepared);
		if (result.ingestionId)
			outputs.sent.push(`${nameOf(job, prepared)} (ingestion ${String(result.ingestionId)})`);
	} catch (error) {
		throw prepared.report ? await errorWithReport({ context, outputs }, error, report) : error;
	} finally {
		await prepared.file?.dispose();
	}
}

/**
 * Reads, checks and packs the input of one job.
 * @throws Problem `input` where the input cannot be read at all, `configuration` for contradictory settings
 */
async function prepareImport(
	{ context, job, settings, observers }: ImportJob,
	connection: VivaConnection | undefined,
): Promise<PreparedImport> {
	const signal = context.getExecutionCancelSignal();
	const input = await openInput(context, job, settings.source);
	const { fileName } = input;
	const { people } = ATTRIBUTE_SETS[settings.package.destination];
	const report = settings.output.report ? createReportNotes(people) : undefined;
	const reports = report ? [report] : [];
	const shrink = await shrinkRulesFor(context, settings, connection);
	if (input.format === 'zip') {
		assertPrebuiltFits(settings.package);
		const bytes = await input.file.open();
		const checked = await checkPrebuiltPackage(
			bytes,
			{ ...settings.package, shrink },
			{ observers: reports, signal },
		);
		return { ...checked, fileName, onInvalid: 'stop', rejectedRows: [], report };
	}
	const { changes, refresh } = settings.package;
	if (changes || refresh === 'incremental') delete shrink.replaces;
	const previous = changes && (await openPreviousInput(context, job, settings.source));
	const packed = await preparePackage(
		{ open: input.open, previous },
		{ ...settings.package, shrink },
		{
			observers: [...observers.all, ...reports],
			signal,
		},
	);
	const { onInvalid } = settings.package;
	return { ...packed, fileName, onInvalid, rejectedRows: observers.rejectedRows.items, report };
}

/** @throws Problem `configuration` where a prebuilt zip cannot be what the settings ask for */
function assertPrebuiltFits({ changes, bodyType }: PackageSettings): void {
	if (changes) {
		throw problem.configuration(
			'The file is a prebuilt zip, which is sent as it is, so nothing can be left out of it.',
			"Give the CSV or JSON file that it was made from, or set the option 'Send' to 'Everything'.",
		);
	}
	if (bodyType !== 'zip') {
		throw problem.configuration(
			"The file is a prebuilt zip, but the option 'Send As' or the destination asks for another form.",
			"Zip files go to Viva Insights with 'Send As' set to 'Recommended'; for anything else give the CSV file.",
		);
	}
}

async function sendPackage(
	{ context, settings }: ImportJob,
	{ client, baseUrl, tenantId }: VivaConnection,
	prepared: PreparedImport & { file: SpooledFile },
): Promise<Sent> {
	const { formPart, whenBusy, waitMs, sendAgain } = settings.upload;
	const { destination } = settings.package;
	const body = bodyOf(prepared.file, { bodyType: prepared.bodyType, destination, formPart });
	const logProgress = createProgressLogger(context);
	const onProgress = (bytes: number) =>
		logProgress(() => `${megabytes(bytes)} of ${megabytes(body.length)} uploaded so far`);
	const folder = context.helpers.getStoragePath();
	const store = openImports(folder, { baseUrl, tenantId, destination });
	const facts = factsOf(prepared);
	const sender = senderOf(context);
	await assertFirstFullImport(store, facts, sender);
	assertOnlyFullImport(context, [baseUrl, tenantId, destination].join(' '), facts);
	const outcome = await sendOnce({
		folder,
		store,
		destination,
		facts,
		sender,
		sendAgain,
		push: async () => await client.push(destination, body, { onProgress }),
		status: async (ingestionId) => await client.status(destination, ingestionId),
		busy: { whenBusy, waitMs, signal: context.getExecutionCancelSignal() },
		onWait: () =>
			logMessage(context, `${context.getNode().name}: another execution is sending the same content`),
	});
	const folderNote = await warnOfOtherFolder(context, folder);
	for (const message of [noteOf(outcome), folderNote]) {
		if (message) context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	const { result, ...described } = describeOutcome(outcome, await client.scaleUnit());
	return { ...described, result: { ...result, ...(folderNote && { folderNote }) } };
}

/** What is kept of an import that is sent. */
function factsOf(prepared: PreparedImport & { file: SpooledFile }): ImportFacts {
	const { file, refresh, records, rejected, changes, plan, people } = prepared;
	return {
		contentHash: file.sha256,
		refresh,
		rows: changes?.counts.sentRows ?? records - rejected,
		people,
		columns: plan.columns.map(({ name }) => name),
	};
}

function bodyOf(
	file: SpooledFile,
	as: Pick<PackageSettings, 'bodyType' | 'destination'> & { formPart: string },
): HttpBody {
	const rule = DESTINATIONS[as.destination].bodyTypes[as.bodyType];
	const source = { length: file.size, open: file.open };
	const part = rule?.parts?.find(({ name }) => name === as.formPart) ?? rule?.parts?.[0];
	if (part) return multipartBody({ name: part.name, fileName: part.fileName, source });
	return { contentType: rule?.contentType ?? 'application/octet-stream', ...source };
}
