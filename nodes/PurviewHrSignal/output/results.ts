import type { IDataObject } from 'n8n-workflow';
import { describeChecks, type DescribedInput } from '../../shared/n8n/input/invalidData';
import { rowFacts, type RowFacts, type RowRange } from '../../shared/purview/delivery/rowRanges';
import type { Sending, SentChunk } from '../../shared/purview/delivery/sendSignals';
import type { PreparedSignals } from '../../shared/purview/preparation/prepareSignals';
import type { ReportObserver } from '../../shared/report/observe/reportObserver';
import type { Settings } from '../settings';

/** One file of signals as it stands before anything is sent. */
export interface PreparedJob extends PreparedSignals, DescribedInput {
	/** what was seen for a report, where one is wanted */
	report?: ReportObserver;
	/** why all rows are sent although none is new */
	sentAgainBecause?: string;
}

/** Why nothing is sent where the previous file holds all rows. */
export const NOTHING_NEW = 'No row is new since the previous file.';

/** How many rows are sent of a file. */
export const rowsToSend = ({ records, rejected, rowChanges }: PreparedJob): number =>
	rowChanges?.newRows ?? records - rejected;

/** Whether the previous file holds every row. */
export const isNothingNew = ({ file, rowChanges }: PreparedJob): boolean =>
	file !== undefined && rowChanges?.newRows === 0;

/** Why unchanged data is not sent. */
export const SKIP_REASON = 'The data is the same as what the last run sent completely.';

/** A file of signals, and where it goes. */
export interface AddressedJob {
	prepared: PreparedJob;
	settings: Settings;
	tenantId: string;
}

/** Where signals go, in every item about a sending. */
interface AddressResult {
	tenantId: string;
	jobId: string;
}

/** The item of a job that was sent. */
export interface SentResult extends AddressResult, RowFacts<'confirmed' | 'possiblyDuplicated'> {
	status: 'Sent' | 'PartlyAccepted';
	rowsSent: number;
	/** an earlier attempt of this execution had sent everything; nothing was sent now */
	alreadySent: boolean;
	/** by an earlier run that this one continued */
	rowsSentBefore: number;
	/** in doubt, and counted as sent by the user's choice */
	rowsTakenAsSent: number;
	chunks: number;
	attempts: number;
	bytesSent: number;
	durationMs: number;
	/** chunks that were answered with 207, with the service's words */
	partlyAccepted: Array<Omit<RowRange, 'records'> & { chunk: number; rows: number; answer: string }>;
}

/** The item of one chunk. */
export interface ChunkResult extends AddressResult {
	status: SentResult['status'];
	scenario: Settings['scenario'];
	/** from 1 */
	chunk: number;
	chunks: number;
	unit: PreparedJob['unit'];
	firstRow: number;
	lastRow: number;
	rowsSent: number;
	bytesSent: number;
	attempts: number;
	durationMs: number;
	httpStatus: number;
	answer: string;
	possiblyDuplicated: boolean;
}

/** The item of a job that was skipped. */
export interface SkippedResult extends AddressResult {
	status: 'Skipped';
	reason: string;
	/** ISO 8601; missing where it is not known */
	lastSentAt?: string;
	rowsSent: 0;
}

/** What the checks came to, for the output item. */
export function describePreparation(job: PreparedJob, { scenario }: Settings): IDataObject {
	return {
		scenario,
		...describeChecks(job),
		perScenario: { ...job.perScenario },
		...(job.file ? { contentHash: job.contentHash } : {}),
		...(job.sentAgainBecause !== undefined && { sentAgainBecause: job.sentAgainBecause }),
		...(job.rowChanges && { changes: { ...job.rowChanges } }),
	};
}

/** The summary of a job that was sent. */
export function describeSending(sending: Sending, job: AddressedJob, durationMs: number): IDataObject {
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
	return { ...result, ...describePreparation(job.prepared, job.settings) };
}

/** One chunk as an item of its own. */
export function describeChunk(chunk: SentChunk, chunks: number, job: AddressedJob): IDataObject {
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
	return { ...result };
}

/**
 * The item of a job that was skipped.
 * @param why the reason, and when the data was sent, in milliseconds since 1970
 */
export function describeSkip(why: { reason: string; completedAt?: number }, job: AddressedJob): IDataObject {
	const { reason, completedAt } = why;
	const result: SkippedResult = {
		status: 'Skipped',
		reason,
		...(completedAt !== undefined && { lastSentAt: new Date(completedAt).toISOString() }),
		...addressOf(job),
		rowsSent: 0,
	};
	return { ...result, ...describePreparation(job.prepared, job.settings) };
}

function addressOf({ tenantId, settings }: AddressedJob): AddressResult {
	return { tenantId, jobId: settings.delivery.jobId };
}
