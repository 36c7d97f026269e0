import type { Evidence } from '../../core/evidence';

/**
 * The service's object about one import, as push and poll answer it (source A5, A7). Only these fields are kept, cut to a
 * size that can be stored: nobody knows what else an answer may hold.
 */
export type Ingestion = {
	Id: string;
	Status: string;
	FriendlyName?: string | null;
	ConnectorId?: string | null;
	Submitter?: string | null;
	/** ISO 8601 with seven fractional digits */
	StartDate?: string | null;
	EndDate?: string | null;
	/** null in every known example; its form is not documented */
	ErrorDetail?: unknown;
	Type?: string | null;
};

/** What a status means for someone who waits. */
export type IngestionPhase = 'running' | 'completed' | 'failed';

/** A status word of the service. */
export interface StatusRule extends Evidence {
	phase: IngestionPhase;
	/** a sentence for an HR admin */
	meaning: string;
}

/** The status words that the service's documents list (source A7). The list may be incomplete. */
export const STATUSES: Readonly<Record<string, StatusRule>> = {
	NotStarted: {
		phase: 'running',
		meaning: 'The service has the file and has not begun with it.',
		source: 'A7',
		certainty: 'documented',
	},
	ExtractionComplete: {
		phase: 'running',
		meaning: 'The service has unpacked the file; validation and processing follow.',
		source: 'A7',
		certainty: 'documented',
	},
	ValidationFailed: {
		phase: 'failed',
		meaning: 'The service found errors in the data or in metadata.json and imported nothing.',
		source: 'A6, A7',
		certainty: 'documented',
	},
	Completed: {
		phase: 'completed',
		meaning: 'The import is done.',
		source: 'A7',
		certainty: 'documented',
	},
};

const WORDS = new Map(Object.entries(STATUSES).map(([word, rule]) => [word.toLowerCase(), rule]));

/** A status word, understood. */
export interface StatusReading {
	phase: IngestionPhase;
	/** false for a word that the documents do not list */
	known: boolean;
	meaning: string;
}

/**
 * Says what a status word means: the documented ones as documented, any other that ends in "Failed" as failed, and
 * every other as still running, so that nothing is ever taken for completed that was not said to be (source A7).
 * @param word value of `Status`
 */
export function readStatus(word: string): StatusReading {
	const rule = WORDS.get(word.trim().toLowerCase());
	if (rule !== undefined) return { phase: rule.phase, known: true, meaning: rule.meaning };
	if (/failed$/i.test(word.trim())) {
		return { phase: 'failed', known: false, meaning: `The service ended the import with '${word}'.` };
	}
	return {
		phase: 'running',
		known: false,
		meaning: `The service reports '${word}', which its documents do not list; the import counts as still running.`,
	};
}
