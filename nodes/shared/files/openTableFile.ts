import { problem } from '../core/problem';
import { CSV_DELIMITERS } from '../csv/csvDelimiter';
import { readCsv } from '../csv/csvReader';
import { decodeText } from './encoding';
import { detectFileFormat, FORMAT_BYTES } from './fileFormat';
import { gunzipIfNeeded, isGzip } from './gzip';
import { jsonTable } from '../json/jsonReader';
import { peek } from './peek';
import type { Table } from '../records/recordBatch';

/** A file that can be read from its beginning as often as asked. */
export interface TableFile {
	/** blank where it is not known */
	fileName: string;
	/** blank where it is not known */
	mimeType: string;
	open(): Promise<AsyncIterable<Buffer>>;
}

/** What a file turned out to be: a table, which can be opened as often as asked, or a zip. */
export type OpenedFile = { format: 'table'; open: () => Promise<Table> } | { format: 'zip' };

/** What the user tells of a file; the rest is found out. */
export interface TableFileSettings {
	/** of a CSV file */
	delimiter?: string;
	/** see `decodeText` */
	encoding?: string;
	/** of a CSV file, see `CsvOptions` */
	skipLinesBefore?: number;
	/** of a CSV file, see `CsvOptions` */
	skipLinesAfter?: number;
}

/**
 * Finds out what a file is by its first bytes, and opens it if it is a table: CSV or JSON in any encoding, as it is or packed
 * with gzip.
 * @param file see {@link TableFile}
 * @param settings what the user tells
 * @throws Problem `configuration` for a delimiter that cannot be one; `input` for files that cannot be read, such as
 * spreadsheets
 */
export async function openTableFile(file: TableFile, settings: TableFileSettings): Promise<OpenedFile> {
	const { encoding, skipLinesBefore, skipLinesAfter } = settings;
	const delimiter = CSV_DELIMITERS.find((known) => known === settings.delimiter);
	if (settings.delimiter !== undefined && !delimiter) {
		throw problem.configuration(
			"The option 'Delimiter' is not one of those that can part fields.",
			"Set the option 'Delimiter' to 'Detect'.",
		);
	}

	const { head, packed } = await beginningOf(file);
	const format = detectFileFormat(head, file.fileName, file.mimeType);
	if (format === 'zip') {
		if (!packed) return { format };
		throw problem.input('The file is a zip that is packed once more (gzip).', 'Give the zip itself.');
	}
	const openText = async () => await decodeText(await gunzipIfNeeded(await file.open()), encoding);
	if (format === 'json') return { format: 'table', open: jsonTable(openText) };
	return {
		format: 'table',
		open: async () => await readCsv(await openText(), { delimiter, skipLinesBefore, skipLinesAfter }),
	};
}

/** The first bytes of what is in a file, unpacked. */
async function beginningOf(file: TableFile): Promise<{ head: Buffer; packed: boolean }> {
	const raw = await peek(await file.open(), FORMAT_BYTES);
	const packed = isGzip(raw.head);
	const { head, source } = packed ? await peek(await gunzipIfNeeded(raw.source), FORMAT_BYTES) : raw;
	await source.return?.();
	return { head, packed };
}
