import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readBinaryInput } from '../shared/n8n/binaryInput';
import type { Job } from '../shared/n8n/inputJobs';
import { collectRejectedRows } from '../shared/n8n/rejectedRows';
import { problem } from '../shared/problem';
import { prepareSignals, severitiesFor, type PreparedSignals } from '../shared/purview/prepareSignals';
import { createFindings } from '../shared/rules/findings';
import { readItems } from '../shared/table/itemReader';
import { openTableFile } from '../shared/table/openTableFile';
import type { Table } from '../shared/table/recordBatch';
import type { Settings } from './settings';

/** What was made of a job's input, before anything is sent. */
export interface PreparedJob extends PreparedSignals {
	fileName: string;
	rejectedRows: INodeExecutionData[];
}

/**
 * Reads, checks and spools the input of one job.
 * @throws Problem `input` where the input cannot be read at all, `configuration` for contradictory settings
 */
export async function prepareJob(
	context: IExecuteFunctions,
	job: Job,
	settings: Settings,
	signal: AbortSignal | undefined,
): Promise<PreparedJob> {
	const { open, fileName } = await openInput(context, job, settings);
	let rejectedRows: INodeExecutionData[] = [];
	const prepared = await prepareSignals(open, { ...settings, signal }, (table) => {
		const rejected = collectRejectedRows(table, context.getInputData(), job.fileItem);
		rejectedRows = rejected.items;
		return {
			findings: createFindings({
				severities: severitiesFor(settings.onInvalid),
				onRowError: rejected.onRowError,
			}),
			onBatch: rejected.onBatch,
		};
	});
	return { ...prepared, fileName, rejectedRows };
}

async function openInput(
	context: IExecuteFunctions,
	{ fileItem }: Job,
	{ binaryPropertyName, delimiter, encoding }: Settings,
): Promise<{ open: () => Promise<Table>; fileName: string }> {
	if (fileItem === undefined) {
		const rows = context.getInputData().map(({ json }) => json);
		return { open: async () => readItems(rows), fileName: '' };
	}
	const file = readBinaryInput(context, fileItem, binaryPropertyName);
	const opened = await openTableFile(file, { delimiter, encoding });
	if (opened.form === 'table') return { open: opened.open, fileName: file.fileName };
	throw problem(
		'input',
		'The file is a zip; the HR connector of Purview takes tables.',
		"Unpack it first, for example with n8n's Compression step, and give the CSV file.",
	);
}
