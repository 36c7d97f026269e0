import { createReadStream } from 'node:fs';
import { BrokenBody, empty, json, text, type Exchange, type Reply } from './exchange';
import { purviewResource } from './entra';
import { isReply, refused } from './ingestions';
import type { PurviewJobSetup, ReceivedSignal } from './model';
import { receiveParts, type ReceivedFile } from './receive';
import type { Route } from './routes';
import type { EmulatorState } from './state';
import { bearerToken, type TokenHolder } from './tokens';
import { readCsv, UnreadableCsv } from './validation/csvRecords';
import { checkHeader, rejectionOf } from './validation/scenarios';

/** The Purview webhook, the same in all clouds (C). A doubled slash reaches it too (F24). */
export const purviewRoutes: Route[] = [
	{ service: 'signal', method: 'POST', pattern: /^\/{1,2}api\/signals$/i, handle: takeSignal },
];

async function takeSignal(state: EmulatorState, exchange: Exchange): Promise<Reply> {
	const token = bearerToken(exchange.headers);
	const holder = token === null ? null : await state.tokens.holderOf(token);
	// 401 for no token or a bad one is seen in browsers (C3); that it is not 403 is the emulator's choice
	if (!holder || holder.audience.toLowerCase() !== purviewResource)
		return await refused(exchange, empty(401));
	const purview = state.tenants.get(holder.tenantId)?.purview;
	if (!purview?.enabled) return await refused(exchange, empty(403, 'Forbidden'));
	const jobId = (exchange.query.get('jobid') ?? '').toLowerCase();
	const job = purview.jobs.find((candidate) => candidate.jobId === jobId);
	if (!job || job.appId !== holder.appId) {
		return await refused(exchange, empty(403, 'jobId and corresponding appId do not match.'));
	}
	const file = await takeFile(exchange);
	if (isReply(file)) return file;
	try {
		return await readChunk(state, exchange, holder, job, file);
	} finally {
		await file.remove();
	}
}

async function takeFile(exchange: Exchange): Promise<ReceivedFile | Reply> {
	const type = (exchange.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
	if (type !== 'multipart/form-data') return await refused(exchange, empty(415));
	try {
		const parts = await receiveParts(exchange.request);
		const fits =
			parts.file !== null && parts.file.partName === 'file' && parts.fileCount + parts.fields.length === 1;
		if (parts.file !== null && fits) return parts.file;
		await parts.file?.remove();
		return text(400, 'The form must have one part, a file with the name "file".');
	} catch (error) {
		if (error instanceof BrokenBody) return await refused(exchange, text(400, error.message));
		throw error;
	}
}

/**
 * Reads a chunk. Ragged rows and what is no CSV: 500 with an empty body, the only trace users ever saw (C3). A header
 * without a mapped column: 400, nothing of the chunk is taken (the status is the emulator's choice). A file with another
 * delimiter than the connector was set up for (C3) is such a one: it is read as one column.
 */
async function readChunk(
	state: EmulatorState,
	exchange: Exchange,
	holder: TokenHolder,
	job: PurviewJobSetup,
	file: ReceivedFile,
): Promise<Reply> {
	const signal: ReceivedSignal = {
		tenantId: holder.tenantId,
		appId: holder.appId,
		jobId: job.jobId,
		receivedAt: state.clock.now(),
		partFileName: file.partFileName,
		bytes: file.bytes,
		sha256: file.sha256,
		header: [],
		rowCount: 0,
		rows: [],
		recordsSaved: 0,
		perScenario: {},
		rejected: [],
		answerLost: exchange.answerLost,
	};
	const { settings } = state;
	if (settings.checkContents) {
		const refusal = await readRows(signal, job, file, settings.keepRows);
		if (refusal) return refusal;
	}
	state.signals.push(signal);
	return settings.signalAnswer === 207
		? json(207, { RecordsSaved: signal.recordsSaved, RecordsFailed: signal.rowCount - signal.recordsSaved })
		: empty(settings.signalAnswer);
}

async function readRows(
	signal: ReceivedSignal,
	job: PurviewJobSetup,
	file: ReceivedFile,
	keepRows: boolean,
): Promise<Reply | null> {
	const csv = readCsv(createReadStream(file.path), job.delimiter);
	try {
		for await (const record of csv.records) {
			if (signal.header.length === 0) {
				signal.header = record;
				const missing = checkHeader(job, record);
				if (missing.length > 0) return text(400, `Columns are missing: ${missing.join(', ')}`);
				continue;
			}
			if (record.length !== signal.header.length) return empty(500);
			signal.rowCount += 1;
			if (keepRows) signal.rows.push(record);
			const { scenario, rejected } = rejectionOf(job, signal.header, record);
			signal.perScenario[scenario] = (signal.perScenario[scenario] ?? 0) + 1;
			if (!rejected) signal.recordsSaved += 1;
			else if (signal.rejected.length < 1_000)
				signal.rejected.push({ ...rejected, row: signal.rowCount + 1 });
		}
	} catch (error) {
		if (error instanceof UnreadableCsv) return empty(500);
		throw error;
	}
	return signal.header.length === 0 || csv.hasForeignBytes() ? empty(500) : null;
}
