import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { problem } from '../../core/problem';
import { openTableFile, type TableFileSettings } from '../../files/openTableFile';
import { aboutPreviousFile, type PreviousFile } from '../../pipeline/previousFile';
import { binaryInputOf } from './binaryInput';
import type { Job } from './inputJobs';

/** The input of the previous file. */
const INPUT = 1;

/** Where the previous file is, and how it is read. */
export interface PreviousInputSettings extends TableFileSettings {
	/** name of the field that holds it; missing where it is found out */
	previousField?: string;
}

/**
 * Finds the previous file of a job: the one at the second input, or, where each file is an import of its own, the one at the same
 * place.
 * @param context the step's execution
 * @param job see {@link Job}
 * @param settings see {@link PreviousInputSettings}
 * @returns nothing where nothing is connected or nothing has come
 * @throws Problem `input` where it cannot be told which file is meant, or it is none that can be read
 */
export async function openPreviousInput(
	context: IExecuteFunctions,
	job: Job,
	settings: PreviousInputSettings,
): Promise<PreviousFile | undefined> {
	const items = itemsOf(context);
	if (items.length === 0) return undefined;
	const imports = job.fileItem === undefined ? 1 : context.getInputData().length;
	if (items.length !== imports) {
		throw problem.input(
			imports === 1
				? `There are ${items.length} items at the input 'Previous File', but only one import.`
				: `There are ${imports} imports, but ${items.length} previous files.`,
			"Give one item with the file of the last import at 'Previous File' for each import, in the same order.",
		);
	}
	const index = job.fileItem ?? 0;
	const files = items[index].binary ?? {};
	const names = Object.keys(files);
	const name = settings.previousField ?? (names.length === 1 ? names[0] : 'data');
	if (!names.includes(name)) {
		throw problem.input(
			`The item at the input 'Previous File' has no file in the field '${name}'.`,
			names.length > 0
				? `Set the option 'Previous File Field Name' to one of the fields that hold a file: ${names.join(', ')}.`
				: 'Check the step before it. For the first run, let it give no item at all when there is no file yet.',
		);
	}
	const file = binaryInputOf(context, index, files[name]);
	const opened = await aboutPreviousFile(async () => await openTableFile(file, settings));
	return opened.format === 'table' ? opened : { format: 'zip', open: file.open };
}

/** n8n throws where an input got nothing. */
function itemsOf(context: IExecuteFunctions): INodeExecutionData[] {
	try {
		return context.getInputData(INPUT);
	} catch {
		return [];
	}
}
