import type { INodeProperties } from 'n8n-workflow';
import { outputFileParameter } from '../../shared/n8n/fields/tableFields';
import { ATTRIBUTE_SETS } from '../../shared/viva/attributes/attributes';
import type { DestinationId } from '../../shared/viva/service/destinations';

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
