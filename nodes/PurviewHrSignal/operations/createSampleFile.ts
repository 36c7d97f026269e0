import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { headerNames } from '../../shared/purview/signals/scenarios';
import { csvLine } from '../../shared/csv/csvText';
import { readParameters } from '../../shared/n8n/parameters';
import { parameters } from '../fields/fields';
import { layoutOf, type LayoutPanel } from '../settings';

/**
 * The operation Create Sample File: the header that Send writes, for the admin who maps its columns when setting up the
 * connector (source C4).
 * @param context the step's execution
 * @returns one item with the file
 */
export async function createSampleFile(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const panel = readParameters<LayoutPanel & { outputField: string }>(context, parameters, 0);
	const columns = headerNames(layoutOf(panel));
	const binary = await context.helpers.prepareBinaryData(
		Buffer.from(csvLine(columns), 'utf8'),
		'hr-connector-sample.csv',
		'text/csv',
	);
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [[{ json: { columns }, binary: { [panel.outputField]: binary }, pairedItem }], []];
}
