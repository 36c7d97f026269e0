import type { RowFacts, RowRange } from '../../shared/purview/delivery/rowRanges';
import type { Settings } from '../settings';
import type { PreparedJob } from './preparation';

/** Where signals go, in every item about a sending. */
export interface AddressResult {
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
