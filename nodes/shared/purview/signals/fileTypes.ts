import type { WrittenDelimiter } from '../../csv/csvText';

/** What separates the fields of the files that a connector expects: its file mapping names one (source C3). */
export type SentDelimiter = WrittenDelimiter;

/** Connectors of this endpoint take .csv, .tsv and .psv files (source C3, C7). */
export const FILE_TYPES: Readonly<Record<SentDelimiter, { ending: string; mimeType: string }>> = {
	',': { ending: 'csv', mimeType: 'text/csv' },
	'\t': { ending: 'tsv', mimeType: 'text/tab-separated-values' },
	'|': { ending: 'psv', mimeType: 'text/plain' },
};
