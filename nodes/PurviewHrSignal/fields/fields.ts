import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	columnMappingParameter,
	automaticMatchingOption,
	dateOrderOption,
	delimiterOption,
	encodingOption,
	inputParameters,
	invalidRowsParameter,
	largestDropOption,
	maximumInvalidOption,
	mayDisappearOption,
	minimumPeopleOption,
	cleanValuesOption,
	outputFileParameter,
	outputFindingsOption,
	ruleSettingsOption,
	skipLinesOptions,
} from '../../shared/n8n/fields/tableFields';
import {
	columnsOf,
	DEFAULT_CHUNK_ROWS,
	IDENTIFIER_COLUMN,
	MAXIMUM_CHUNK_ROWS,
	POLICY_WARNING_DAYS,
	PROFILE_KEPT_DAYS,
	PROFILE_REFRESH_DAYS,
	SCENARIO_IDS,
	SCENARIOS,
	type ScenarioId,
} from '../../shared/purview/signals/scenarios';

const showFor = (conditions: Record<string, string[]>) => ({ displayOptions: { show: conditions } });

const dataOperations = { operation: ['send', 'validate'] };

/** All but Check Connection. */
const scenarioOperations = { operation: ['send', 'validate', 'createSampleFile'] };

/** Which operation the step does. */
export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'send',
	options: [
		{
			name: 'Check Connection',
			value: 'checkConnection',
			action: 'Check connection',
			description: 'Try the sign-in and the way to Purview, and tell what only Send can show',
		},
		{
			name: 'Create Sample File',
			value: 'createSampleFile',
			action: 'Create a sample file',
			description: 'A file with the header only, to upload when the connector is set up',
		},
		{
			name: 'Send',
			value: 'send',
			action: 'Send HR signals',
			description: 'Check the data and send it to the connector in chunks',
		},
		{
			name: 'Validate',
			value: 'validate',
			action: 'Validate HR signals',
			description: 'Check the data as Send does, but send nothing',
		},
	],
};

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => a.name.localeCompare(b.name);

const scenarioOptions: INodePropertyOptions[] = SCENARIO_IDS.map((id) => ({
	name: SCENARIOS[id].displayName,
	value: id,
	description: SCENARIOS[id].description,
}));

const anyIdentifierValue: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	description: 'Upper and lower case make no difference',
};

const identifierValue = (id: ScenarioId): INodeProperties => ({
	...anyIdentifierValue,
	displayName: SCENARIOS[id].displayName,
	name: id,
	default: SCENARIOS[id].identifier,
	placeholder: `e.g. ${SCENARIOS[id].identifier}`,
});

const scenario: INodeProperties[] = [
	{
		displayName: 'Scenario',
		name: 'scenario',
		type: 'options',
		noDataExpression: true,
		default: 'resignation',
		description: 'What the rows tell of employees; the same as chosen when the connector was set up',
		options: [
			...scenarioOptions,
			{
				name: 'Several in One File',
				value: 'several',
				description: 'Each row tells its scenario in a column of its own',
			},
		].sort(byName),
		...showFor(scenarioOperations),
	},
	{
		displayName: 'Scenarios',
		name: 'scenarios',
		type: 'multiOptions',
		noDataExpression: true,
		default: ['resignation', 'jobLevelChange', 'performanceReview', 'performanceImprovementPlan'],
		description: 'All scenarios that the connector was set up for',
		options: [...scenarioOptions].sort(byName),
		...showFor({ ...scenarioOperations, scenario: ['several'] }),
	},
	{
		displayName: 'Identifier Column',
		name: 'identifierColumn',
		type: 'string',
		default: IDENTIFIER_COLUMN,
		required: true,
		placeholder: `e.g. ${IDENTIFIER_COLUMN}`,
		description: 'Name of the column that tells the scenario of a row, as the connector has it',
		...showFor({ ...scenarioOperations, scenario: ['several'] }),
	},
	{
		displayName: 'Identifier Values',
		name: 'identifierValues',
		type: 'collection',
		default: {},
		placeholder: 'Add Value',
		description:
			"What tells each scenario in that column, as the connector has it, if not Microsoft's examples",
		options: SCENARIO_IDS.map(identifierValue).sort((a, b) => a.displayName.localeCompare(b.displayName)),
		...showFor({ ...scenarioOperations, scenario: ['several'] }),
	},
	{
		displayName: `Microsoft deletes employee profiles that are not sent again within ${PROFILE_KEPT_DAYS} days. Run this workflow at least every ${PROFILE_REFRESH_DAYS} days; 'Skip When Unchanged' never skips profiles for longer than that. A connector of its own is recommended for them.`,
		name: 'profileNotice',
		type: 'notice',
		default: '',
		...showFor({ ...dataOperations, scenario: ['employeeProfile'] }),
	},
];

const job: INodeProperties = {
	displayName: 'Job ID',
	name: 'jobId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 01234567-89ab-cdef-0123-456789abcdef',
	hint: 'Purview portal > Settings > Data connectors > My connectors > your HR connector',
	description:
		"Two executions never send the same data to the same job at once. In queue mode this needs workers that share n8n's user folder; where they do not, let only one execution of this workflow run at a time.",
	...showFor({ operation: ['send'] }),
};

const knownColumns = (ids: readonly ScenarioId[], several: boolean): INodePropertyOptions[] =>
	columnsOf({
		scenarios: ids,
		headers: {},
		...(several ? { identifiers: identifiersByDefault } : {}),
	})
		.map(({ name, description }) => ({ name, value: name, description }))
		.sort(byName);

const identifiersByDefault = Object.fromEntries(
	SCENARIO_IDS.map((id) => [id, SCENARIOS[id].identifier]),
) as Record<ScenarioId, string>;

const attribute = (options: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Purview Column',
	name: 'attribute',
	type: 'options',
	default: 'UserPrincipalName',
	description: "Microsoft's name for what the column holds",
	options,
});

type ScenarioChoice = ScenarioId | 'several';

const SCENARIO_CHOICES: readonly ScenarioChoice[] = [...SCENARIO_IDS, 'several'];

const columnsFor = (value: ScenarioChoice): INodePropertyOptions[] =>
	value === 'several' ? knownColumns(SCENARIO_IDS, true) : knownColumns([value], false);

/** Which source column is which: a table for each scenario. */
const columnMapping = SCENARIO_CHOICES.map((value) =>
	columnMappingParameter('e.g. Termination_Date', [attribute(columnsFor(value))], {
		...dataOperations,
		scenario: [value],
	}),
);

/** What the connector calls a column: a table for each scenario. */
const headerNames = SCENARIO_CHOICES.map((value): INodeProperties => ({
	displayName: 'Header Names',
	name: 'headerNames',
	type: 'fixedCollection',
	placeholder: 'Add Header Name',
	default: {},
	noDataExpression: true,
	typeOptions: { multipleValues: true },
	description:
		"Names that the connector was set up with, where they are not Microsoft's. Not needed when the connector was set up with the sample file of this step.",
	options: [
		{
			displayName: 'Header',
			name: 'entries',
			values: [
				attribute(columnsFor(value).filter(({ name }) => name !== IDENTIFIER_COLUMN)),
				{
					displayName: 'Header Name',
					name: 'header',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. EmailAddress',
					description: 'What the connector calls this column',
				},
			],
		},
	],
	...showFor({ ...scenarioOperations, scenario: [value] }),
}));

const invalidRows = invalidRowsParameter(
	{
		rulesOf: 'the scenario',
		unchecked: 'Rows are not checked; only what cannot be read at all still stops',
	},
	dataOperations,
);

const sendOption = { displayOptions: { show: { '/operation': ['send'] } } };

const forProfiles = (option: INodeProperties): INodeProperties => ({
	...option,
	displayOptions: { show: { '/scenario': ['employeeProfile'] } },
});

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	// By use, not by name: who opens the list looks for what is wrong with the data.
	// eslint-disable-next-line n8n-nodes-base/node-param-collection-type-unsorted-items
	options: [
		cleanValuesOption,
		dateOrderOption,
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Berlin',
			description: "Zone of dates that name none; the workflow's own time zone unless given",
		},
		...skipLinesOptions,
		delimiterOption,
		encodingOption,
		{
			displayName: 'Columns to Send',
			name: 'sendColumns',
			type: 'options',
			default: 'all',
			description: 'A column that the connector maps must be in every file, even if it is blank',
			options: [
				{
					name: 'All of the Scenario',
					value: 'all',
					description: 'As in the sample file; optional ones that are missing are sent blank',
				},
				{
					name: 'Only Those That Are There',
					value: 'found',
					description: 'Optional columns that the input lacks are not sent',
				},
			],
		},
		automaticMatchingOption,
		maximumInvalidOption(50),
		{
			displayName: 'Long Remarks and Ratings',
			name: 'longTexts',
			type: 'options',
			default: 'reject',
			description: 'Remarks may have 200 characters, ratings 25',
			options: [
				{ name: 'Cut', value: 'cut', description: 'Longer ones are cut; the result says where' },
				{ name: 'Reject', value: 'reject', description: 'Rows with longer ones are invalid' },
			],
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'summary',
			description: "What comes out at 'Signals'",
			options: [
				{ name: 'One Item per Chunk', value: 'chunks', description: 'The result of each chunk' },
				{ name: 'One Summary', value: 'summary', description: 'One item for each job: what was sent in all' },
			],
			...sendOption,
		},
		outputFindingsOption,
		{
			displayName: 'Skip When Unchanged',
			name: 'skipUnchanged',
			type: 'boolean',
			default: false,
			description:
				'Whether to send nothing when the data is the same as what the last run of this job sent, file by file',
			...sendOption,
		},
		{
			displayName: 'Skip for at Most (Days)',
			name: 'skipDays',
			type: 'number',
			default: POLICY_WARNING_DAYS,
			typeOptions: { minValue: 1, maxValue: 365 },
			description: `After so many days even unchanged data is sent again. Purview's policies warn when nothing comes for ${POLICY_WARNING_DAYS} days; employee profiles are never skipped for more than ${PROFILE_REFRESH_DAYS}.`,
			...sendOption,
		},
		{
			displayName: 'Start Over',
			name: 'startOver',
			type: 'boolean',
			default: false,
			description:
				'Whether to send everything again, even if an earlier run with the same data has sent some of it',
			...sendOption,
		},
		{
			displayName: 'Rows in Doubt',
			name: 'whenInDoubt',
			type: 'options',
			default: 'sendAgain',
			description:
				'What happens when a connection breaks after a whole chunk has left, so that nobody can say whether it arrived',
			options: [
				{
					name: 'Send Again',
					value: 'sendAgain',
					description: 'No row is lost; the result tells which rows may have arrived twice',
				},
				{
					name: 'Stop',
					value: 'stop',
					description: 'The error tells which rows are in doubt; a later run stops too until you decide',
				},
				{
					name: 'Take as Sent',
					value: 'takeAsSent',
					description:
						"Like Stop, but a later run goes on after these rows. For when the connector's log shows that they arrived.",
				},
			],
			...sendOption,
		},
		ruleSettingsOption,
		forProfiles(largestDropOption),
		forProfiles(minimumPeopleOption),
		forProfiles(mayDisappearOption),
		{
			displayName: 'Retry For (Minutes)',
			name: 'retryMinutes',
			type: 'number',
			default: 15,
			typeOptions: { minValue: 0, maxValue: 720, numberPrecision: 2 },
			description: 'After this time no further attempt is made with a chunk',
			...sendOption,
		},
		{
			displayName: 'Attempts per Chunk',
			name: 'attempts',
			type: 'number',
			default: 6,
			typeOptions: { minValue: 1, maxValue: 30 },
			description:
				'How often a chunk is sent when the network, too many requests or a fault of the service come in between. A wrong job ID or app is never tried again.',
			...sendOption,
		},
		{
			displayName: 'Rows per Chunk',
			name: 'chunkRows',
			type: 'number',
			default: DEFAULT_CHUNK_ROWS,
			typeOptions: { minValue: 1, maxValue: MAXIMUM_CHUNK_ROWS },
			description:
				"How many rows are sent at a time. Microsoft's page allows 500; its own script sends 5,000.",
		},
		{
			displayName: 'Maximum Chunk Size (MB)',
			name: 'maximumChunkMegabytes',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 0.01, maxValue: 500, numberPrecision: 2 },
			description: 'A chunk ends before it would become larger than this',
		},
	],
	...showFor(dataOperations),
};

const outputFile = outputFileParameter({ operation: ['createSampleFile'] });

/** The form of the step, top to bottom as the user sees it. */
export const parameters: INodeProperties[] = [
	operation,
	...scenario,
	job,
	...inputParameters(dataOperations, {
		file: 'A file in the input, with one row for each signal',
		items: 'Each input item is a row; all items together are sent as one file',
		each: 'The file of each input item is sent on its own.',
	}),
	...columnMapping,
	invalidRows,
	...headerNames,
	outputFile,
	options,
];
