import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	dateOrderOption,
	mendOption,
	outputFindingsOption,
	ruleSettingsOption,
	skipLinesOptions,
	delimiterOption,
	encodingOption,
	inputParameters,
	maximumInvalidOption,
} from '../shared/n8n/tableParameters';
import { ATTRIBUTE_SETS } from '../shared/viva/attributes';
import { DESTINATIONS, type DestinationId } from '../shared/viva/destinations';

/** Value of the attribute drop-down for a name of the user's own. */
export const OWN_ATTRIBUTE = '__own__';

const showFor = (conditions: Record<string, string[]>) => ({ displayOptions: { show: conditions } });

const dataOperations = { operation: ['upload', 'validate'] };

const operation: INodeProperties = {
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
			description: 'Try the sign-in, the scale unit and the connector, one by one',
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
	options: [
		{
			name: DESTINATIONS.organizationalData.displayName,
			value: 'organizationalData',
			description: 'Adds to and changes the people profiles of Microsoft 365',
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
	file: 'A file in the input: CSV, JSON, or a ready zip with its data and metadata files',
	items: 'Each input item is a row; all items together become one import',
	each: 'Each input item with a file becomes an import of its own.',
});

const refresh: INodeProperties[] = [
	{
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
		...showFor({ ...dataOperations, destination: ['vivaHr', 'vivaSurvey'] }),
	},
	{
		displayName:
			"A full refresh replaces everything that was imported before, history included. Send all people with their whole history, or choose 'Incremental'.",
		name: 'fullRefreshNotice',
		type: 'notice',
		default: '',
		...showFor({ operation: ['upload'], destination: ['vivaHr', 'vivaSurvey'], refresh: ['full'] }),
	},
];

const VALUE_TYPES: INodePropertyOptions[] = [
	{ name: 'Date', value: 'date' },
	{ name: 'Decimal Number', value: 'double' },
	{ name: 'E-Mail Address', value: 'email' },
	{ name: 'Text', value: 'string' },
	{ name: 'Whole Number', value: 'integer' },
];

const mappingColumn: INodeProperties = {
	displayName: 'Column',
	name: 'column',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Work_Email',
	description: 'Name of the column (or item field) as it arrives in this step',
};

const mappingAttribute: INodeProperties = {
	displayName: 'Attribute',
	name: 'attribute',
	type: 'options',
	default: '',
	options: [],
	description: 'What the column is called at the destination',
};

const OWN_ATTRIBUTE_OPTION: INodePropertyOptions = {
	name: 'Custom Attribute',
	value: OWN_ATTRIBUTE,
	description: 'An attribute with a name of your own',
};

const ownType: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 'string',
	options: VALUE_TYPES,
	description: 'Kind of values in this column',
};

function mappingFor(id: DestinationId): INodeProperties {
	const attributes = ATTRIBUTE_SETS[id].attributes.map(({ name, description }): INodePropertyOptions => ({
		name,
		value: name,
		description,
	}));
	attributes.sort((a, b) => a.name.localeCompare(b.name));
	const choice: INodeProperties[] = [
		{
			...mappingAttribute,
			// The one that every import needs; the first of the alphabet would be picked by accident.
			default: ATTRIBUTE_SETS[id].attributes[0]?.name ?? OWN_ATTRIBUTE,
			options: [...attributes, OWN_ATTRIBUTE_OPTION],
		},
		{
			displayName: 'Attribute Name',
			name: 'ownAttribute',
			type: 'string',
			default: '',
			placeholder: 'e.g. Cost_Center',
			description: 'Letters, digits and underscore',
			displayOptions: { show: { attribute: [OWN_ATTRIBUTE] } },
		},
		{ ...ownType, displayOptions: { show: { attribute: [OWN_ATTRIBUTE] } } },
	];
	const free: INodeProperties[] = [
		{
			displayName: 'Attribute Name',
			name: 'ownAttribute',
			type: 'string',
			default: '',
			placeholder: 'e.g. PersonId',
			description: 'What the column is called at the destination',
		},
		ownType,
	];
	return {
		displayName: 'Column Mapping',
		name: 'columnMapping',
		type: 'fixedCollection',
		placeholder: 'Add Column',
		default: {},
		noDataExpression: true,
		typeOptions: { multipleValues: true },
		description:
			'Columns are matched by their names by themselves. Add here only those that are not, or that are matched wrongly; the result of Validate shows what goes where and why.',
		options: [
			{
				displayName: 'Column',
				name: 'entries',
				values: [mappingColumn, ...(attributes.length > 0 ? choice : free)],
			},
		],
		...showFor({ ...dataOperations, destination: [id] }),
	};
}

const columns: INodeProperties[] = [
	mappingFor('vivaHr'),
	mappingFor('vivaSurvey'),
	mappingFor('organizationalData'),
	{
		displayName: 'Other Columns',
		name: 'otherColumns',
		type: 'options',
		noDataExpression: true,
		default: 'leaveOut',
		description: 'What happens to columns that match no attribute and are not in the mapping',
		options: [
			{ name: 'Leave Out', value: 'leaveOut', description: 'They are not sent; the result lists them' },
			{
				name: 'Send as Custom Attributes',
				value: 'custom',
				description: 'They are sent as text, under their own names',
			},
			{ name: 'Stop', value: 'error', description: 'Nothing is sent while there is such a column' },
		],
		...showFor({ ...dataOperations, destination: ['vivaHr', 'organizationalData'] }),
	},
];

const policies: INodeProperties[] = [
	{
		displayName: 'Invalid Rows',
		name: 'onInvalidRows',
		type: 'options',
		noDataExpression: true,
		default: 'stop',
		description: 'What happens when a row breaks a rule of the destination',
		options: [
			{
				name: 'Leave Out',
				value: 'leaveOut',
				description: "The other rows are sent; the invalid ones come out at 'Rejected'",
			},
			{
				name: 'Send Unchecked',
				value: 'send',
				description:
					'Rows are not checked; only header and columns are. The service may refuse the whole import.',
			},
			{ name: 'Stop', value: 'stop', description: 'Nothing is sent; the error lists every broken rule' },
		],
		...showFor(dataOperations),
	},
	{
		displayName: 'When an Earlier Import Is Running',
		name: 'whenBusy',
		type: 'options',
		noDataExpression: true,
		default: 'fail',
		description: 'The service takes one import at a time',
		options: [
			{ name: 'Skip', value: 'skip', description: "Nothing is sent; the result has the status 'Skipped'" },
			{ name: 'Stop With an Error', value: 'fail', description: 'Nothing is sent; the execution fails' },
			{ name: 'Wait', value: 'wait', description: 'Tries again until the earlier import is done' },
		],
		...showFor({ operation: ['upload'] }),
	},
	{
		displayName: 'Wait at Most (Minutes)',
		name: 'waitMinutes',
		type: 'number',
		default: 30,
		typeOptions: { minValue: 1, maxValue: 1440 },
		description: 'How long to try again before stopping with an error',
		...showFor({ operation: ['upload'], whenBusy: ['wait'] }),
	},
	{
		displayName: 'Output the Package',
		name: 'outputPackage',
		type: 'boolean',
		default: false,
		description: "Whether to give the file that would be sent as binary data in the field 'package'",
		...showFor({ operation: ['validate'] }),
	},
];

const SERVICE_TYPES = DESTINATIONS.vivaHr.serviceTypes;

const typeName: INodeProperties = { displayName: 'Type Name', name: 'typeName', type: 'string', default: '' };

const serviceType = (displayName: string, name: keyof typeof SERVICE_TYPES): INodeProperties => ({
	...typeName,
	displayName,
	name,
	default: SERVICE_TYPES[name].word,
});

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Compression Level',
			name: 'compressionLevel',
			type: 'number',
			default: 1,
			typeOptions: { minValue: 0, maxValue: 9 },
			description:
				'How hard to compress a zip, from 0 (not at all) to 9. Higher levels cost much more processor time and save few bytes.',
		},
		dateOrderOption,
		delimiterOption,
		encodingOption,
		{
			displayName: 'Form Part',
			name: 'formPart',
			type: 'options',
			default: 'info',
			description:
				'Name of the part that carries the zip file; Microsoft documents one and its samples send the other',
			options: [
				{ name: 'File (as Documented)', value: 'file' },
				{ name: 'Info (as in the Samples)', value: 'info' },
			],
			displayOptions: { show: { '/destination': ['vivaHr', 'vivaSurvey'] } },
		},
		...skipLinesOptions,
		maximumInvalidOption(5),
		mendOption,
		outputFindingsOption,
		ruleSettingsOption,
		{
			displayName: 'Send As',
			name: 'bodyForm',
			type: 'options',
			default: 'auto',
			description: 'Form of what is sent',
			options: [
				{
					name: 'CSV',
					value: 'csv',
					description: 'The table alone, without mapping and kind of refresh',
				},
				{
					name: 'JSON',
					value: 'json',
					description: 'The table alone as a JSON array, without mapping and kind of refresh',
				},
				{
					name: 'Recommended',
					value: 'auto',
					description: 'Zip for Viva Insights, CSV for Organizational Data',
				},
				{
					name: 'Zip',
					value: 'zip',
					description: 'Zip with the data and metadata files (Viva Insights only)',
				},
			],
		},
		{
			displayName: 'Timeout (Minutes)',
			name: 'timeoutMinutes',
			type: 'number',
			default: 60,
			typeOptions: { minValue: 1, maxValue: 720 },
			description: 'How long one upload and its answer may take',
		},
		{
			displayName: 'Type Names',
			name: 'serviceTypes',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Type Names',
			description:
				"The service's words for types in the metadata file. Microsoft publishes no complete list: change them if your connection's sample differs.",
			displayOptions: { show: { '/destination': ['vivaHr', 'vivaSurvey'] } },
			options: [
				{
					displayName: 'Type Names',
					name: 'names',
					values: [
						serviceType('Date', 'date'),
						serviceType('Decimal Number', 'double'),
						serviceType('E-Mail Address', 'email'),
						serviceType('Text', 'string'),
						serviceType('Whole Number', 'integer'),
					],
				},
			],
		},
	],
	...showFor(dataOperations),
};

/** The form of the step, top to bottom as the user sees it. */
export const parameters: INodeProperties[] = [
	operation,
	destination,
	...input,
	...refresh,
	...columns,
	...policies,
	options,
];
