import { problem } from '../problem';
import { readCsv } from './csvReader';
import { CSV_DELIMITERS } from './csvDelimiter';
import type { Table } from './recordBatch';

/** A file that can be read from its beginning as often as asked. */
export interface TableFile {
	/** blank where it is not known */
	fileName: string;
	/** blank where it is not known */
	mimeType: string;
	open(): Promise<AsyncIterable<Buffer>>;
}

/** What a file turned out to be: a table, which can be opened as often as asked, or a zip. */
export type OpenedFile = { form: 'table'; open: () => Promise<Table> } | { form: 'zip' };

/** What the user tells of a file; the rest is found out. */
export interface TableFileSettings {
	delimiter?: string;
	encoding?: string;
}

/**
 * Finds out what a file is by its first bytes.
 * @param file see {@link TableFile}
 * @param settings what the user tells
 * @throws Problem `configuration` for a delimiter that cannot be one
 */
export async function openTableFile(file: TableFile, settings: TableFileSettings): Promise<OpenedFile> {
	const delimiter = CSV_DELIMITERS.find((known) => known === settings.delimiter);
	if (settings.delimiter !== undefined && !delimiter) {
		throw problem(
			'configuration',
			"The option 'Delimiter' is not one of those that can part fields.",
			"Set the option 'Delimiter' to 'Detect'.",
		);
	}
	for await (const bytes of await file.open()) {
		if (bytes.length >= 4 && bytes.readUInt32LE(0) === ZIP_SIGNATURE) return { form: 'zip' };
		break;
	}
	return { form: 'table', open: async () => await readCsv(await file.open(), { delimiter }) };
}

const ZIP_SIGNATURE = 0x04034b50;
