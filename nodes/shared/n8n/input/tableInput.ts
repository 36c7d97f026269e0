import type { IExecuteFunctions } from 'n8n-workflow';
import { openTableFile, type TableFileSettings } from '../../files/openTableFile';
import { readItems } from '../../json/itemReader';
import type { TableSource } from '../../pipeline/readChecked';
import { readBinaryInput, type BinaryInput } from './binaryInput';
import type { Job } from './inputJobs';

/** The input of one job: a table that can be opened as often as asked, or a zip. */
export type TableInput =
	| ({ format: 'table'; fileName: string } & TableSource)
	| { format: 'zip'; file: BinaryInput; fileName: string };

/** Where the rows are, and how their file is read. */
export interface InputSettings extends TableFileSettings {
	/** name of the input data field that holds the file */
	binaryPropertyName: string;
}

/**
 * Finds the rows of a job: its items, or the file of its item.
 * @param context the step's execution
 * @param job see {@link Job}
 * @param settings see {@link InputSettings}
 * @throws Problem `input` where the item has no such file or it is none that can be read
 */
export async function openInput(
	context: IExecuteFunctions,
	{ fileItem }: Job,
	settings: InputSettings,
): Promise<TableInput> {
	if (fileItem === undefined) {
		const items = context.getInputData();
		const rows = {
			*[Symbol.iterator]() {
				for (const { json } of items) yield json;
			},
		};
		return { format: 'table', open: async () => await readItems(rows), fileName: '' };
	}
	const file = readBinaryInput(context, fileItem, settings.binaryPropertyName);
	const { fileName } = file;
	const opened = await openTableFile(file, settings);
	return opened.format === 'table' ? { ...opened, fileName } : { format: 'zip', file, fileName };
}
