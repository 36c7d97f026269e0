import type { Result } from '../../shared/n8n/output/resultForm';
import { rowFacts } from '../../shared/purview/delivery/rowRanges';
import type { Sending, SentChunk } from '../../shared/purview/delivery/sendSignals';
import type { Settings } from '../settings';
import type { AddressResult, ChunkResult, SentResult, SkippedResult } from './facts';
import { describePreparation, type PreparedJob } from './preparation';
import { mainFacts, summarizeChunk, summarizeSent, summarizeUnsent } from './summary';

/** Why unchanged data is not sent. */
export const SKIP_REASON = 'The data is the same as what the last run sent completely.';

/** A file of signals, and where it goes. */
export interface AddressedJob {
	prepared: PreparedJob;
	settings: Settings;
	tenantId: string;
}

/** The summary of a job that was sent. */
export function describeSending(sending: Sending, job: AddressedJob, durationMs: number): Result {
	const { chunks, before, confirmed, possiblyDuplicated } = sending;
	const sum = (fact: (chunk: SentChunk) => number) => chunks.reduce((total, chunk) => total + fact(chunk), 0);
	const partly = chunks.filter((chunk) => chunk.partly);
	const result: SentResult = {
		status: partly.length > 0 ? 'PartlyAccepted' : 'Sent',
		...addressOf(job),
		rowsSent: sum(({ records }) => records),
		alreadySent: sending.alreadySent,
		rowsSentBefore: before.rows,
		rowsTakenAsSent: before.taken,
		chunks: chunks.length,
		attempts: sum(({ attempts }) => attempts),
		bytesSent: sum(({ bytes }) => bytes),
		durationMs,
		...rowFacts('confirmed', confirmed),
		...rowFacts('possiblyDuplicated', possiblyDuplicated),
		partlyAccepted: partly.map(({ number, firstRow, lastRow, records, answer }) => ({
			chunk: number,
			firstRow,
			lastRow,
			rows: records,
			answer,
		})),
	};
	return {
		summary: summarizeSent(result, job.prepared, job.settings),
		facts: { ...result, ...describePreparation(job.prepared, job.settings) },
		main: mainFacts(job.settings),
	};
}

/** One chunk as an item of its own. */
export function describeChunk(chunk: SentChunk, chunks: number, job: AddressedJob): Result {
	const { number, partly, records, bytes, status, attempts, durationMs } = chunk;
	const result: ChunkResult = {
		status: partly ? 'PartlyAccepted' : 'Sent',
		...addressOf(job),
		scenario: job.settings.scenario,
		chunk: number,
		chunks,
		unit: job.prepared.unit,
		firstRow: chunk.firstRow,
		lastRow: chunk.lastRow,
		rowsSent: records,
		bytesSent: bytes,
		attempts,
		durationMs,
		httpStatus: status,
		answer: chunk.answer,
		possiblyDuplicated: chunk.possiblyDuplicated,
	};
	return { summary: summarizeChunk(result), facts: { ...result }, main: Object.keys(result) };
}

/**
 * The item of a job that was skipped.
 * @param why the reason, and when the data was sent, in milliseconds since 1970
 */
export function describeSkip(why: { reason: string; completedAt?: number }, job: AddressedJob): Result {
	const { reason, completedAt } = why;
	const result: SkippedResult = {
		status: 'Skipped',
		reason,
		...(completedAt !== undefined && { lastSentAt: new Date(completedAt).toISOString() }),
		...addressOf(job),
		rowsSent: 0,
	};
	return {
		summary: summarizeUnsent({ kind: 'skipped', reason }, job.prepared, job.settings),
		facts: { ...result, ...describePreparation(job.prepared, job.settings) },
		main: mainFacts(job.settings),
	};
}

function addressOf({ tenantId, settings }: AddressedJob): AddressResult {
	return { tenantId, jobId: settings.delivery.jobId };
}
