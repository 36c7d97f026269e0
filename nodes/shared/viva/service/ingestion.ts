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
export type IngestionPhase =
	'running' | 'needsApproval' | 'completed' | 'partlyCompleted' | 'failed' | 'cancelled';

/** The phases in which nothing more comes. */
export type EndPhase = Exclude<IngestionPhase, 'running' | 'needsApproval'>;

/** A status word of the service. */
export interface StatusRule extends Evidence {
	phase: IngestionPhase;
	/** a sentence for an HR admin */
	meaning: string;
}

const documented = (phase: IngestionPhase, meaning: string): StatusRule => ({
	phase,
	meaning,
	source: 'A6, A7',
	certainty: 'documented',
});

/** The admin center shows these words; which of them the API answers with is not documented (source B2). */
const inferred = (phase: IngestionPhase, meaning: string, source = 'B2'): StatusRule => ({
	phase,
	meaning,
	source,
	certainty: 'inferred',
});

const IN_WORK = 'The service works on the import.';
const DONE = 'The import is done.';
const CANCELLED = 'The import was cancelled, so nothing of it was taken.';

/** The status words that the service's documents list. The list may be incomplete. */
export const STATUSES: Readonly<Record<string, StatusRule>> = {
	NotStarted: documented('running', 'The service has the file and has not begun with it.'),
	ExtractionComplete: documented(
		'running',
		'The service has unpacked the file; validation and processing follow.',
	),
	ValidationFailed: documented(
		'failed',
		'The service found errors in the data or in metadata.json and imported nothing.',
	),
	Completed: documented('completed', DONE),
	'Data processing': inferred('running', IN_WORK),
	Validating: inferred('running', IN_WORK),
	Processing: inferred('running', IN_WORK),
	'Validation complete': inferred('running', 'The service has validated the file; processing follows.'),
	'Validation on hold': inferred('running', 'The service has a fault that clears in minutes.'),
	'Ready for review': inferred(
		'needsApproval',
		'A person has to approve the import in the Microsoft 365 admin center within 48 hours; else it is cancelled.',
		'B6',
	),
	Complete: inferred('completed', DONE),
	Success: inferred('completed', DONE),
	'Partial success': inferred(
		'partlyCompleted',
		'The service took the valid rows and left out the others: see the error rows.',
	),
	Failed: inferred('failed', 'The service ended the import and took nothing.'),
	Suspended: inferred(
		'failed',
		'The service has suspended the import, for example because credentials expired.',
	),
	Cancelled: inferred('cancelled', CANCELLED, 'B6'),
	Canceled: inferred('cancelled', CANCELLED, 'B6'),
};

/** Status words that a user has added or changed, by their {@link plainWord}. */
export type StatusWords = ReadonlyMap<string, IngestionPhase>;

/** A status word as it is compared: without case, blanks and signs, and without what the admin center adds. */
export const plainWord = (word: string): string =>
	word
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '')
		.replace(/reviewdetails$/, '');

const WORDS = new Map(Object.entries(STATUSES).map(([word, rule]) => [plainWord(word), rule]));

/** A status, understood. */
export interface StatusReading {
	phase: IngestionPhase;
	/** false for a word that neither the documents nor the user list */
	known: boolean;
	meaning: string;
}

/**
 * Says what a status means: the words of the user, then those of the documents; any other that ends in "Failed" is failed. Every
 * other counts as still running, so that nothing is ever taken for completed that was not said to be. An import with an end date
 * has ended, whatever its word (source A7).
 * @param ingestion the service's object
 * @param words see {@link StatusWords}
 */
export function readStatus(
	{ Status, EndDate }: Pick<Ingestion, 'Status' | 'EndDate'>,
	words: StatusWords = new Map(),
): StatusReading {
	const reading = readWord(Status, words);
	const goesOn = reading.phase === 'running' || reading.phase === 'needsApproval';
	if (!goesOn || !EndDate) return reading;
	return {
		phase: 'failed',
		known: reading.known,
		meaning: `The service ended the import with '${Status}', which does not say that it is complete. Look at the import history.`,
	};
}

function readWord(word: string, words: StatusWords): StatusReading {
	const plain = plainWord(word);
	const own = words.get(plain);
	if (own !== undefined)
		return { phase: own, known: true, meaning: `'${word}', by the option 'Status Words'.` };
	const rule = WORDS.get(plain);
	if (rule !== undefined) return { phase: rule.phase, known: true, meaning: rule.meaning };
	if (plain.endsWith('failed')) {
		return { phase: 'failed', known: false, meaning: `The service ended the import with '${word}'.` };
	}
	return {
		phase: 'running',
		known: false,
		meaning: `The service reports '${word}', which its documents do not list; the import counts as still running.`,
	};
}

/** What to do about words that nobody knows. */
export const unknownStatusNote = (words: readonly string[]): string =>
	`The service used a status that no document lists: ${words.join(', ')}. Say what it means in the option 'Status Words', and report the word with the issue template 'Status word' of this package.`;
