import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { outputFileParameter } from '../../shared/n8n/fields/tableFields';
import { ATTRIBUTE_SETS } from '../../shared/viva/attributes/attributes';
import type { DestinationId } from '../../shared/viva/service/destinations';
import { sampleFile } from '../../shared/viva/attributes/sampleFile';
import { readMapping, type MappingRow } from '../settings';

const FILE_NAMES: Record<DestinationId, string> = {
	vivaHr: 'viva-insights-sample.csv',
	vivaSurvey: 'viva-survey-sample.csv',
	organizationalData: 'organizational-data-sample.csv',
};

const shownFor = (...destination: DestinationId[]) => ({
	displayOptions: { show: { operation: ['createSampleFile'], destination } },
});

function attributesOf(id: DestinationId): INodeProperties {
	const { attributes } = ATTRIBUTE_SETS[id];
	return {
		displayName: 'Attributes',
		name: 'attributes',
		type: 'multiOptions',
		noDataExpression: true,
		default: [],
		description: 'Those that you will send; all of them unless you choose',
		options: attributes
			.map(({ name, description }) => ({ name, value: name, description }))
			.sort((a, b) => a.name.localeCompare(b.name)),
		...shownFor(id),
	};
}

const madeUpRows: INodeProperties = {
	displayName: 'Made-Up Rows',
	name: 'madeUpRows',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description: 'Whether the rows of two people who do not exist follow the header',
};

/** The fields of the operation that come before the mapping. */
export const sampleColumns: INodeProperties[] = [attributesOf('vivaHr'), attributesOf('organizationalData')];

/** The fields of the operation that come after the mapping. */
export const sampleForm: INodeProperties[] = [
	{ ...madeUpRows, ...shownFor('vivaHr', 'vivaSurvey') },
	{
		...madeUpRows,
		default: false,
		description:
			'Whether the rows of two people who do not exist follow the header; the admin center asks for the header only',
		...shownFor('organizationalData'),
	},
	outputFileParameter({ operation: ['createSampleFile'] }),
];

/**
 * The operation Create Sample File: the header that an upload will have, for whoever sets the connection up or makes the export.
 * @param context the step's execution
 * @returns one item with the file
 * @throws Problem `configuration` where no column is left, or a line of the mapping is not complete
 */
export async function createSampleFile(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const read = <T>(name: string, otherwise: T) => context.getNodeParameter(name, 0, otherwise) as T;
	const destination = read<DestinationId>('destination', 'vivaHr');
	const { columns, text } = sampleFile(destination, {
		attributes: read<string[]>('attributes', []),
		mapping: readMapping(read<{ entries?: MappingRow[] }>('columnMapping', {}).entries ?? []),
		madeUpRows: read('madeUpRows', destination !== 'organizationalData'),
	});
	const binary = await context.helpers.prepareBinaryData(
		Buffer.from(text, 'utf8'),
		FILE_NAMES[destination],
		'text/csv',
	);
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [
		[{ json: { destination, columns }, binary: { [read('outputField', 'data')]: binary }, pairedItem }],
		[],
	];
}
