import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { problem } from '../../core/problem';
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
 * @throws Problem `input` where nothing came in, or the item has no such file or it is none that can be read
 */
export async function openInput(
	context: IExecuteFunctions,
	{ fileItem }: Job,
	settings: InputSettings,
): Promise<TableInput> {
	const items = context.getInputData();
	if ((fileItem === undefined ? items : [items[fileItem]]).every(isEmpty)) throw emptyExport();
	if (fileItem === undefined) {
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

/** What n8n's setting 'Always Output Data' makes of nothing: an item without fields. */
function isEmpty({ json, binary }: INodeExecutionData): boolean {
	return Object.keys(json).length === 0 && Object.keys(binary ?? {}).length === 0;
}

const emptyExport = () =>
	problem.input(
		'The export was empty: the step before gave no row and no file.',
		"Check its filter, its date range and its source. Where nothing to send is usual, switch 'Always Output Data' off in the settings of the step before: then this step does not run.",
		{ code: 'emptyExport' },
	);
