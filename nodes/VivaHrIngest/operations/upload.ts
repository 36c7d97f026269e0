import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { INVALID_DATA } from '../../shared/n8n/input/invalidData';
import { pairedItems, runJobs, type Job, type JobOutputs } from '../../shared/n8n/input/inputJobs';
import { createProgressLogger } from '../../shared/n8n/progress';
import { vivaClient } from '../../shared/n8n/credentials/vivaConnection';
import { multipartBody } from '../../shared/http/multipart';
import type { HttpBody } from '../../shared/http/message';
import type { SpooledFile } from '../../shared/files/spool';
import { problem, Problem } from '../../shared/core/problem';
import type { Outcome } from '../../shared/report/page/verdict';
import { megabytes } from '../../shared/core/format';
import type { IngressClient } from '../../shared/viva/service/client';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import type { Ingestion } from '../../shared/viva/service/ingestion';
import { pushWhenFree } from '../../shared/viva/service/pushWhenFree';
import { prepareJob, type PreparedJob } from './prepareInput';
import { listMissingPeople, previousItem } from '../output/missingPeople';
import { describePreparation, isNothingToSend, reasonToStop } from '../output/preparation';
import { reportFile } from '../output/reportFile';
import { readSettings, type Settings } from '../settings';

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
	return await runJobs(context, async (job, outputs) => await runJob(context, operation, job, outputs));
}

async function runJob(
	context: IExecuteFunctions,
	operation: 'upload' | 'validate',
	job: Job,
	outputs: JobOutputs,
): Promise<void> {
	const signal = context.getExecutionCancelSignal();
	const settings = readSettings(context, job.items[0] ?? 0);
	// Wrong credentials are told before a large file is read.
	const client =
		operation === 'upload'
			? await vivaClient(context, { signal, pushTimeoutMs: settings.timeoutMs })
			: undefined;
	const prepared = await prepareJob(context, job, settings, signal);
	const pairedItem = pairedItems(job);
	try {
		outputs.rejectedRows.push(...prepared.rejectedRows);
		const description = describePreparation(prepared, settings);
		const reason = reasonToStop(prepared, settings);
		if (client && reason) throw reason;
		const missing = await listMissingPeople(prepared, settings);
		outputs.missingPeople.push(...missing.items.map((json) => ({ json, pairedItem: previousItem(job) })));
		const outcome = client ? await outcomeOf(context, client, prepared, settings) : { valid: !reason };
		const told = toldOutcome(outcome, reason);
		const report = await reportFile(context, prepared, settings, told);
		const binary = await binaryOf(context, prepared, settings, !client, { report, missing: missing.file });
		const json = { ...outcome, ...description, ...missing.note };
		outputs.results.push({ json, ...(binary && { binary }), pairedItem });
	} catch (error) {
		throw await withReport(context, prepared, settings, error, outputs);
	} finally {
		await prepared.file?.dispose();
		await prepared.findingsFile?.dispose();
	}
}

/** Uploads what there is to upload. */
async function outcomeOf(
	context: IExecuteFunctions,
	client: IngressClient,
	prepared: PreparedJob,
	settings: Settings,
): Promise<IDataObject> {
	if (!isNothingToSend(prepared)) return await send(context, client, prepared, settings);
	return { ingestionId: null, status: 'Skipped', reason: 'Nothing changed since the previous file.' };
}

/** What became of the data, for the report. */
function toldOutcome(outcome: IDataObject, stopped: Problem | undefined): Outcome {
	if (stopped) return { kind: 'refused', reason: stopped.message };
	const { ingestionId, reason } = outcome;
	if (typeof ingestionId === 'string') return { kind: 'sent', ingestionId };
	return typeof reason === 'string' ? { kind: 'skipped', reason } : { kind: 'ready' };
}

/**
 * An error carries no file, so the report goes with the item that takes its place where the step continues on errors; elsewhere the
 * error says how to get it.
 */
async function withReport(
	context: IExecuteFunctions,
	prepared: PreparedJob,
	settings: Settings,
	error: unknown,
	outputs: JobOutputs,
): Promise<unknown> {
	if (!prepared.report || !(error instanceof Problem) || error.kind === 'cancelled') return error;
	const refused = error.details.code === INVALID_DATA;
	if (context.continueOnFail()) {
		const kind = refused ? 'refused' : 'failed';
		const report = await reportFile(context, prepared, settings, { kind, reason: error.message });
		if (report) outputs.errorFiles = { report };
		return error;
	}
	if (!refused) return error;
	const advice = `${error.advice}\nTo get the report with the error, set 'On Error' in the settings of this step to continue.`;
	return problem[error.kind](error.message, advice, error.details);
}

/** Uploads a package; gives what Poll Ingestion and the reader of the workflow need. */
async function send(
	context: IExecuteFunctions,
	client: IngressClient,
	{ file, form }: PreparedJob,
	settings: Settings,
): Promise<IDataObject> {
	const { destination, formPart, whenBusy, waitMs } = settings;
	const body = bodyOf(file as SpooledFile, form, destination, formPart);
	const tellProgress = createProgressLogger(context);
	const onProgress = (bytes: number) =>
		tellProgress(() => `${megabytes(bytes)} of ${megabytes(body.length)} uploaded so far`);
	const ingestion = await pushWhenFree(
		async () => await client.push(destination, form, body, { onProgress }),
		{
			whenBusy,
			waitMs,
			signal: context.getExecutionCancelSignal(),
		},
	);
	const scaleUnit = await client.scaleUnit();
	if (!ingestion) {
		return { ingestionId: null, status: 'Skipped', reason: 'An earlier import is still running.', scaleUnit };
	}
	return {
		ingestionId: ingestion.Id,
		status: ingestion.Status,
		scaleUnit,
		connectorId: ingestion.ConnectorId ?? null,
		startDate: ingestion.StartDate ?? null,
		ingestion: ingestion as Ingestion & IDataObject,
	};
}

function bodyOf(
	file: SpooledFile,
	form: Settings['form'],
	destination: Settings['destination'],
	formPart: string,
): HttpBody {
	const rule = DESTINATIONS[destination].bodyTypes[form];
	const source = { length: file.size, open: file.open };
	const part = rule?.parts?.find(({ name }) => name === formPart) ?? rule?.parts?.[0];
	if (part) return multipartBody({ name: part.name, fileName: part.fileName, source });
	return { contentType: rule?.contentType ?? 'application/octet-stream', ...source };
}

const PACKAGE_FILES: Record<Settings['form'], { name: string; mimeType: string }> = {
	zip: { name: 'package.zip', mimeType: 'application/zip' },
	csv: { name: 'data.csv', mimeType: 'text/csv' },
	json: { name: 'data.json', mimeType: 'application/json' },
};

/** The files that the user asked for: the package of a validation, the findings, and who is missing. */
async function binaryOf(
	context: IExecuteFunctions,
	prepared: PreparedJob,
	settings: Settings,
	validating: boolean,
	{ report, missing: missingPeople }: { report?: IBinaryData; missing?: string },
): Promise<IBinaryKeyData | undefined> {
	const { file, form, findingsFile } = prepared;
	const binary: IBinaryKeyData = report ? { report } : {};
	if (validating && settings.outputPackage && file && !isNothingToSend(prepared)) {
		const { name, mimeType } = PACKAGE_FILES[form];
		binary.package = await context.helpers.prepareBinaryData(file.open(), name, mimeType);
	}
	if (findingsFile) {
		binary.findings = await context.helpers.prepareBinaryData(
			findingsFile.open(),
			'findings.csv',
			'text/csv',
		);
	}
	if (missingPeople !== undefined) {
		const bytes = Buffer.from(missingPeople, 'utf8');
		binary.missing = await context.helpers.prepareBinaryData(bytes, 'missing.csv', 'text/csv');
	}
	return Object.keys(binary).length > 0 ? binary : undefined;
}
