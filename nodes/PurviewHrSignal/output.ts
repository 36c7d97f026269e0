import type { IDataObject } from 'n8n-workflow';
import { describeChecks, type DescribedInput } from '../shared/n8n/input/invalidData';
import type { LastComplete } from '../shared/purview/delivery/progress';
import type { Sending, SentChunk } from '../shared/purview/delivery/sendSignals';
import { formatRanges } from '../shared/purview/delivery/rowRanges';
import type { PreparedSignals } from '../shared/purview/signals/prepareSignals';
import type { Settings } from './settings';

/** One file of signals as it stands before anything is sent. */
export interface PreparedJob extends PreparedSignals, DescribedInput {}

/** What the checks came to, for the output item. */
export function describePreparation(job: PreparedJob, settings: Settings): IDataObject {
	return {
		scenario: settings.scenario,
		...describeChecks(job),
		perScenario: { ...job.perScenario },
		...(job.file ? { contentHash: job.contentHash } : {}),
	};
}

/** The summary of a job that was sent. */
export function describeSending(
	sending: Sending,
	job: PreparedJob,
	settings: Settings,
	durationMs: number,
): IDataObject {
	const { chunks, before, confirmed, possiblyDuplicated } = sending;
	const sum = (fact: (chunk: SentChunk) => number) => chunks.reduce((total, chunk) => total + fact(chunk), 0);
	const partly = chunks.filter((chunk) => chunk.partly);
	return {
		status: partly.length > 0 ? 'PartlyAccepted' : 'Sent',
		jobId: settings.delivery.jobId,
		rowsSent: sum(({ records }) => records),
		rowsSentBefore: before.rows,
		...(before.taken > 0 ? { rowsTakenAsSent: before.taken } : {}),
		chunks: chunks.length,
		attempts: sum(({ attempts }) => attempts),
		bytesSent: sum(({ bytes }) => bytes),
		durationMs,
		confirmedRows: formatRanges(confirmed, job.unit),
		rowsThatMayHaveArrivedTwice: formatRanges(possiblyDuplicated, job.unit),
		...(partly.length > 0
			? {
					partlyAccepted: partly.map((chunk) => ({
						chunk: chunk.number,
						rows: formatRanges([chunk], job.unit),
						answer: chunk.answer,
					})),
				}
			: {}),
		...describePreparation(job, settings),
	};
}

/** One chunk as an item of its own. */
export function describeChunk(
	chunk: SentChunk,
	of: number,
	job: PreparedJob,
	settings: Settings,
): IDataObject {
	const { number, partly, records, firstRow, lastRow, bytes, status, attempts, durationMs, answer } = chunk;
	return {
		status: partly ? 'PartlyAccepted' : 'Sent',
		jobId: settings.delivery.jobId,
		scenario: settings.scenario,
		chunk: number,
		chunks: of,
		unit: job.unit,
		firstRow,
		lastRow,
		rowsSent: records,
		bytesSent: bytes,
		attempts,
		durationMs,
		httpStatus: status,
		answer,
		mayHaveArrivedTwice: chunk.possiblyDuplicated,
	};
}

/** The item of a job that was skipped, because the same data has been sent already. */
export function describeSkip(last: LastComplete, job: PreparedJob, settings: Settings): IDataObject {
	return {
		status: 'Skipped',
		reason: 'The data is the same as the last that was sent completely.',
		lastSentAt: new Date(last.completedAt).toISOString(),
		jobId: settings.delivery.jobId,
		rowsSent: 0,
		...describePreparation(job, settings),
	};
}
