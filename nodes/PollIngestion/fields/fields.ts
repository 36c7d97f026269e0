import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SHORTEST_SLEEP_MS } from '../../shared/n8n/durableWait';
import { outputFormOption } from '../../shared/n8n/fields/tableFields';
import { DESTINATIONS } from '../../shared/viva/service/destinations';

const showFor = (conditions: Record<string, string[]>) => ({ displayOptions: { show: conditions } });

const errorRows: INodeProperties = {
	displayName: 'Error Rows',
	name: 'errorRows',
	type: 'options',
	default: 'list',
	description: 'How to output the rows of the error file',
	options: [
		{
			name: 'As a List in the Item',
			value: 'list',
			description: "One item for each failed import, with the rows in 'errors'",
		},
		{
			name: 'As Items',
			value: 'items',
			description: 'One item for each row of the error file',
		},
	],
};

const maximumErrorRows: INodeProperties = {
	displayName: 'Maximum Error Rows',
	name: 'maximumErrorRows',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100_000 },
	default: 1000,
	description: 'So many rows are read from the error file',
};

const maximumErrorFileMegabytes: INodeProperties = {
	displayName: 'Maximum Error File (MB)',
	name: 'maximumErrorFileMegabytes',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 4096 },
	default: 256,
	description: 'Of a larger file, counted unpacked, only the beginning is kept',
};

const errorFileField: INodeProperties = {
	displayName: 'Put Error File in Field',
	name: 'errorFileField',
	type: 'string',
	default: 'errors',
	description: 'Name of the output field that holds the error file',
};

const scaleUnit: INodeProperties = {
	displayName: 'Scale Unit',
	name: 'scaleUnit',
	type: 'string',
	default: '',
	placeholder: 'e.g. novaprdwus2-01',
	description:
		"That of the upload; when blank, the input item's, else the credential's, else it is looked up",
};

const phase = (name: string, value: string): INodePropertyOptions => ({ name, value });

const statusWords: INodeProperties = {
	displayName: 'Status Words',
	name: 'statusWords',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Status Word',
	description:
		'What words of the service mean, where they differ from those that this step knows. Case, blanks and signs do not count.',
	options: [
		{
			displayName: 'Words',
			name: 'words',
			values: [
				{
					displayName: 'Word',
					name: 'word',
					type: 'string',
					default: '',
					placeholder: 'e.g. Partial success',
					description: 'The status as the service says it',
				},
				{
					displayName: 'Means',
					name: 'means',
					type: 'options',
					default: 'completed',
					description: 'What it means for the import',
					options: [
						phase('Cancelled', 'cancelled'),
						phase('Completed', 'completed'),
						phase('Failed', 'failed'),
						phase('Partly Completed', 'partlyCompleted'),
						phase('Still Running', 'running'),
						phase('Waiting for Approval', 'needsApproval'),
					],
				},
			],
		},
	],
};

/** Which operation the step does. */
export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'wait',
	options: [
		{
			name: 'Download Errors',
			value: 'downloadErrors',
			action: 'Download ingestion errors',
			description: 'Get the error file of an import, as a file and as rows',
		},
		{
			name: 'Get Status',
			value: 'getStatus',
			action: 'Get ingestion status',
			description: 'Ask once how far an import is',
		},
		{
			name: 'Wait Until Done',
			value: 'wait',
			action: 'Wait until ingestion is done',
			description: 'Follow an import until Microsoft has finished with it',
		},
	],
};

/** The fields that tell which import an item is about. */
const target: INodeProperties[] = [
	{
		displayName: 'Ingestion ID',
		name: 'ingestionId',
		type: 'string',
		default: '={{ $json.ingestionId }}',
		required: true,
		placeholder: 'e.g. 0b1f8f0e-6f57-4c5e-8c2e-1d5a3c0f7e21',
		description: 'Which import to follow; Viva HR Ingest outputs it under this name',
	},
	{
		displayName: 'Destination',
		name: 'destination',
		type: 'options',
		default: 'fromInput',
		description: 'Where the import was sent',
		options: [
			{
				name: 'From Input',
				value: 'fromInput',
				description: "The field 'destination' of the input item, as Viva HR Ingest outputs it",
			},
			{ name: DESTINATIONS.organizationalData.displayName, value: 'organizationalData' },
			{ name: DESTINATIONS.vivaHr.displayName, value: 'vivaHr' },
			{ name: DESTINATIONS.vivaSurvey.displayName, value: 'vivaSurvey' },
		],
	},
];

const waiting: INodeProperties[] = [
	{
		displayName: 'Waiting',
		name: 'waiting',
		type: 'options',
		noDataExpression: true,
		default: 'durable',
		description: 'What the execution does between two polls of the import',
		hint: "To pause on n8n before 2.41, connect the output 'Still Running' back to the input of this step",
		options: [
			{
				name: 'Keep It Running',
				value: 'inStep',
				description:
					'For short waits. The execution stays in memory and is lost when n8n restarts. Polls as often as you like.',
			},
			{
				name: 'Pause the Execution',
				value: 'durable',
				description:
					'For minutes to days. Survives a restart of n8n, holds no memory, works with queue mode. Polls at most every 70 seconds.',
			},
		],
		...showFor({ operation: ['wait'] }),
	},
	{
		displayName: 'Time Limit (Hours)',
		name: 'limitHours',
		type: 'number',
		typeOptions: { minValue: 0.01, maxValue: 720, numberPrecision: 2 },
		default: 48,
		description: 'How long to follow the import at most; it goes on after that',
		hint: 'Imports take from some minutes to about a day. A time limit set for the workflow counts the pauses too.',
		...showFor({ operation: ['wait'], waiting: ['durable'] }),
	},
	{
		displayName: 'Time Limit (Minutes)',
		name: 'limitMinutes',
		type: 'number',
		typeOptions: { minValue: 0.01, maxValue: 1440, numberPrecision: 2 },
		default: 60,
		description: 'How long to follow the import at most; it goes on after that',
		...showFor({ operation: ['wait'], waiting: ['inStep'] }),
	},
	{
		displayName: 'When the Time Limit Is Reached',
		name: 'atLimit',
		type: 'options',
		noDataExpression: true,
		default: 'error',
		description: 'What to do with an import that has not ended by then',
		options: [
			{
				name: 'Stop With an Error',
				value: 'error',
				description: 'The execution fails, saying how far it was',
			},
			{
				name: "Use the Output 'Still Running'",
				value: 'output',
				description: 'The workflow goes on there; the item says how far it was',
			},
		],
		...showFor({ operation: ['wait'] }),
	},
];

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
};

const downloadErrors: INodeProperties = {
	displayName: 'Download Errors of Failed Imports',
	name: 'downloadErrors',
	type: 'boolean',
	default: true,
	description: 'Whether to get the error file of an import that failed or was taken in part',
};

/** The options of a way of waiting: what sleeps in the database cannot wake up as often as what waits in the step. */
function waitingOptions(way: string, [first, longest, shortest]: readonly number[]): INodeProperties {
	const typeOptions = { minValue: shortest, maxValue: 86_400 };
	return {
		...options,
		options: [
			downloadErrors,
			errorRows,
			{
				displayName: 'First Interval (Seconds)',
				name: 'firstSeconds',
				type: 'number',
				typeOptions,
				default: first,
				description: 'Wait between the first and the second poll; each next one is half as long again',
			},
			{
				displayName: 'Longest Interval (Seconds)',
				name: 'longestSeconds',
				type: 'number',
				typeOptions,
				default: longest,
				description: 'No wait grows longer, unless the service asks for it',
			},
			maximumErrorFileMegabytes,
			maximumErrorRows,
			outputFormOption,
			errorFileField,
			scaleUnit,
			statusWords,
		],
		...showFor({ operation: ['wait'], waiting: [way] }),
	};
}

/** The fields that count for all items together. */
export const shared: INodeProperties[] = [
	operation,
	...waiting,
	waitingOptions('durable', [75, 900, SHORTEST_SLEEP_MS / 1000]),
	waitingOptions('inStep', [10, 300, 1]),
	{
		...options,
		options: [
			errorRows,
			maximumErrorFileMegabytes,
			maximumErrorRows,
			outputFormOption,
			errorFileField,
			scaleUnit,
		],
		...showFor({ operation: ['downloadErrors'] }),
	},
	{
		...options,
		options: [outputFormOption, scaleUnit, statusWords],
		...showFor({ operation: ['getStatus'] }),
	},
];

/** The panel of the step, top to bottom as the user sees it. */
export const parameters: INodeProperties[] = [
	operation,
	...target,
	...shared.slice(1),
	// Set only in the sub-execution in which the step sleeps; see durableWait.ts.
	{ displayName: 'Role', name: 'role', type: 'hidden', default: 'step' },
	{ displayName: 'Waiting Execution', name: 'waitingExecution', type: 'hidden', default: '' },
	{ displayName: 'Waiting Source', name: 'waitingSource', type: 'hidden', default: '' },
];
