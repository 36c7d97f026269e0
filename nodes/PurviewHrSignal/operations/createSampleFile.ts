import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { headerNames } from '../../shared/purview/signals/scenarios';
import { csvLine } from '../../shared/csv/csvText';
import { FILE_TYPES, type SentDelimiter } from '../../shared/purview/signals/fileTypes';
import { readParameters } from '../../shared/n8n/parameters';
import { parameters } from '../fields/fields';
import { layoutOf, type LayoutPanel } from '../settings';

/** What the panel says. */
interface SamplePanel extends LayoutPanel {
	outputField: string;
	options: { delimiterSent: SentDelimiter };
}

/**
 * The operation Create Sample File: the header that Send writes, for the admin who maps its columns when setting up the
 * connector (source C4).
 * @param context the step's execution
 * @returns one item with the file
 */
export async function createSampleFile(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const panel = readParameters<SamplePanel>(context, parameters, 0);
	const delimiter = panel.options.delimiterSent;
	const { ending, mimeType } = FILE_TYPES[delimiter];
	const columns = headerNames(layoutOf(panel));
	const binary = await context.helpers.prepareBinaryData(
		Buffer.from(csvLine(columns, delimiter), 'utf8'),
		`hr-connector-sample.${ending}`,
		mimeType,
	);
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [[{ json: { columns }, binary: { [panel.outputField]: binary }, pairedItem }], []];
}
