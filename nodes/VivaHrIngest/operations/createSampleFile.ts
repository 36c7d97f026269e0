import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readParameters } from '../../shared/n8n/parameters';
import type { DestinationId } from '../../shared/viva/service/destinations';
import { sampleFile } from '../../shared/viva/attributes/sampleFile';
import { readMapping, type MappingRow } from '../fields/columnMapping';
import { parameters } from '../fields/fields';

const FILE_NAMES: Record<DestinationId, string> = {
	vivaHr: 'viva-insights-sample.csv',
	vivaSurvey: 'viva-survey-sample.csv',
	organizationalData: 'organizational-data-sample.csv',
};

interface SamplePanel {
	destination: DestinationId;
	/** missing where the destination has no list of them */
	attributes?: string[];
	columnMapping: { entries?: MappingRow[] };
	madeUpRows: boolean;
	outputField: string;
}

/**
 * The operation Create Sample File: the header that an upload will have, for those who set the connection up or make the export.
 * @param context the step's execution
 * @returns one item with the file
 * @throws Problem `configuration` where no column is left, or a line of the mapping is not complete
 */
export async function createSampleFile(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const panel = readParameters<SamplePanel>(context, parameters, 0);
	const { destination, attributes = [], columnMapping, madeUpRows, outputField } = panel;
	const { columns, text } = sampleFile(destination, {
		attributes,
		mapping: readMapping(columnMapping.entries ?? []),
		madeUpRows,
	});
	const binary = await context.helpers.prepareBinaryData(
		Buffer.from(text, 'utf8'),
		FILE_NAMES[destination],
		'text/csv',
	);
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [[{ json: { destination, columns }, binary: { [outputField]: binary }, pairedItem }], []];
}
