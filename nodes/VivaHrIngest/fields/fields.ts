import type { INodeProperties } from 'n8n-workflow';
import { columnPreviewParameters } from '../../shared/n8n/fields/columnPreview';
import { inputParameters, invalidRowsParameter } from '../../shared/n8n/fields/tableFields';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import { columnMapping } from './columnMapping';
import { deletionColumns, deletionForm } from './deletionFields';
import { sampleColumns, sampleForm } from './sampleFields';
import { options } from './options';

const showFor = (conditions: Record<string, string[]>) => ({ displayOptions: { show: conditions } });

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

const send: INodeProperties[] = [
	{
		displayName: 'Send',
		name: 'send',
		type: 'options',
		noDataExpression: true,
		default: 'everything',
		description: 'Which people of the input are sent',
		options: [
			{ name: 'Everything', value: 'everything', description: 'All people of the input' },
			{
				name: 'Only What Changed',
				value: 'changes',
				description: "New and changed people only, compared with last time's file at a second input",
			},
		],
		...showFor({ ...dataOperations, destination: ['vivaHr', 'organizationalData'] }),
	},
	{
		displayName:
			"Connect the file of the last import to the input 'Previous File'. As long as there is none, everybody counts as new. Changes are sent as an incremental refresh, so import everything once as a full refresh before.",
		name: 'changesNotice',
		type: 'notice',
		default: '',
		...showFor({ ...dataOperations, destination: ['vivaHr'], send: ['changes'] }),
	},
	{
		displayName:
			"Connect the file of the last import to the input 'Previous File'. As long as there is none, everybody counts as new.",
		name: 'profileChangesNotice',
		type: 'notice',
		default: '',
		...showFor({ ...dataOperations, destination: ['organizationalData'], send: ['changes'] }),
	},
];

const refreshChoice: INodeProperties = {
	displayName: 'Refresh',
	name: 'refresh',
	type: 'options',
	noDataExpression: true,
	default: 'full',
	description: 'What the import does to the data that the service already has',
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

/** Twice, because a choice of 'Send' is kept, and hidden, when the destination becomes a survey. */
const refresh: INodeProperties[] = [
	{ ...refreshChoice, ...showFor({ ...dataOperations, destination: ['vivaHr'], send: ['everything'] }) },
	{ ...refreshChoice, ...showFor({ ...dataOperations, destination: ['vivaSurvey'] }) },
	{
		displayName:
			"A full refresh replaces everything that was imported before, history included. Send all people with their whole history, or choose 'Incremental'.",
		name: 'fullRefreshNotice',
		type: 'notice',
		default: '',
		...showFor({ operation: ['upload'], destination: ['vivaHr', 'vivaSurvey'], refresh: ['full'] }),
	},
];

const invalidRows = invalidRowsParameter(
	{
		rulesOf: 'the destination',
		unchecked:
			'Values are not checked; only header, number of fields and encoding are. The service may refuse the whole import.',
	},
	dataOperations,
);

/** The form of the step, top to bottom as the user sees it. */
export const parameters: INodeProperties[] = [
	operation,
	destination,
	...input,
	...send,
	...refresh,
	...columnPreviewParameters(
		{
			operation: ['upload', 'validate'],
			input: ['items'],
			destination: ['vivaHr', 'organizationalData'],
		},
		['destination', 'send', 'refresh'],
	),
	...sampleColumns,
	...deletionColumns,
	...columnMapping,
	...sampleForm,
	...deletionForm,
	invalidRows,
	options,
];
