import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { columnPreviewParameters } from '../../shared/n8n/fields/columnPreview';
import { firstPanel, shortPanel } from '../../shared/n8n/fields/panelVersions';
import { inputParameters, invalidRowsParameter } from '../../shared/n8n/fields/tableFields';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import { columnMapping } from './columnMapping';
import { deletionColumns, deletionForm } from './deletionFields';
import { sampleColumns, sampleForm } from './sampleFields';
import { INVALID_ROWS, options } from './options';
import { sendFields } from './sendFields';

const showFor = (show: NonNullable<IDisplayOptions['show']>) => ({ displayOptions: { show } });

const dataOperations = { operation: ['upload', 'validate'] };

/** Which operation the step does. */
export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'upload',
	options: [
		{
			name: 'Check Connection',
			value: 'checkConnection',
			action: 'Check connection',
			description: 'Try the sign-in, the scale unit and the connectors, one by one',
		},
		{
			name: 'Create Deletion File',
			value: 'createDeletionFile',
			action: 'Create a deletion file',
			description: 'A file that deletes what Organizational Data keeps of people; nothing is sent',
		},
		{
			name: 'Create Sample File',
			value: 'createSampleFile',
			action: 'Create a sample file',
			description: 'A file with the header, to upload when the connection is set up',
		},
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload HR data',
			description: 'Check the data, pack it and send it to Microsoft',
		},
		{
			name: 'Validate',
			value: 'validate',
			action: 'Validate HR data',
			description: 'Check and pack the data like an upload, but send nothing',
		},
	],
};

const destination: INodeProperties = {
	displayName: 'Destination',
	name: 'destination',
	type: 'options',
	noDataExpression: true,
	default: 'vivaHr',
	description: 'Which Microsoft service takes the data',
	hint: 'Not sure which one your tenant has? The operation Check Connection asks both.',
	options: [
		{
			name: DESTINATIONS.organizationalData.displayName,
			value: 'organizationalData',
			description:
				'Adds to and changes the people profiles of Microsoft 365; formerly Organizational Data in Microsoft 365',
		},
		{
			name: DESTINATIONS.vivaHr.displayName,
			value: 'vivaHr',
			description: 'Organizational data of employees for Viva Insights',
		},
		{
			name: DESTINATIONS.vivaSurvey.displayName,
			value: 'vivaSurvey',
			description: 'Answers to a survey for Viva Insights',
		},
	],
};

const input = inputParameters(dataOperations, {
	file: 'A file in the input: CSV, JSON, or a prebuilt zip with its data and metadata files',
	items: 'Each input item is a row; all items together become one import',
	each: 'Each input item with a file becomes an import of its own.',
});

const refreshChoice: INodeProperties = {
	displayName: 'Refresh',
	name: 'refresh',
	type: 'options',
	noDataExpression: true,
	default: 'full',
	description: 'What the import does to the data that the service already has',
	hint: 'Full replaces everything that was imported before, history included',
	options: [
		{
			name: 'Full',
			value: 'full',
			description: 'Replaces everything; the first import must be full',
		},
		{
			name: 'Incremental',
			value: 'incremental',
			description: 'Adds new people and changes the attributes that are sent',
		},
	],
};

/** More than once, because a choice of 'Send' is kept, and hidden, when the destination becomes a survey. */
const refresh: INodeProperties[] = [
	{
		...refreshChoice,
		...showFor({ ...firstPanel, ...dataOperations, destination: ['vivaHr'], send: ['everything'] }),
	},
	{
		...refreshChoice,
		displayOptions: {
			show: { ...shortPanel, ...dataOperations, destination: ['vivaHr'] },
			hide: { '/options.send': ['changes'] },
		},
	},
	{ ...refreshChoice, ...showFor({ ...dataOperations, destination: ['vivaSurvey'] }) },
];

const invalidRows = invalidRowsParameter(INVALID_ROWS, { ...firstPanel, ...dataOperations });

/** The form of the step, top to bottom as the user sees it. */
export const parameters: INodeProperties[] = [
	operation,
	destination,
	...input,
	...sendFields,
	...refresh,
	...columnPreviewParameters(
		{
			operation: ['upload', 'validate'],
			input: ['items'],
			destination: ['vivaHr', 'organizationalData'],
		},
		{ single: ['destination', 'send', 'refresh'] },
	),
	...sampleColumns,
	...deletionColumns,
	...columnMapping,
	...sampleForm,
	...deletionForm,
	invalidRows,
	options,
];
