import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { columnPreviewParameters } from '../../shared/n8n/fields/columnPreview';
import { firstPanel } from '../../shared/n8n/fields/panelVersions';
import { columnMappingParameter } from '../../shared/n8n/fields/columnMapping';
import {
	inputParameters,
	invalidRowsParameter,
	outputFileParameter,
} from '../../shared/n8n/fields/tableFields';
import {
	columnsOf,
	IDENTIFIER_COLUMN,
	PROFILE_KEPT_DAYS,
	PROFILE_REFRESH_DAYS,
	SCENARIO_IDS,
	SCENARIOS,
	type ScenarioId,
} from '../../shared/purview/signals/scenarios';
import { INVALID_ROWS, options, sampleOptions, testRowOptions } from './options';

const showFor = (conditions: Record<string, string[]>) => ({ displayOptions: { show: conditions } });

const dataOperations = { operation: ['send', 'validate'] };

/** All but Check Connection. */
const scenarioOperations = { operation: ['send', 'sendTestRow', 'validate', 'createSampleFile'] };

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
			name: 'Send Test Row',
			value: 'sendTestRow',
			action: 'Send a test row',
			description: 'Send one made-up resignation of an account that you choose, to try a job ID',
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

/** Scenarios of a file for several: profiles are better sent to a connector of their own (source C5). */
export const DEFAULT_SCENARIOS: readonly ScenarioId[] = SCENARIO_IDS.filter((id) => id !== 'employeeProfile');

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
		default: [...DEFAULT_SCENARIOS],
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
	...showFor({ operation: ['send', 'sendTestRow'] }),
};

/** Microsoft names no way to take a signal back, so only a person may choose whom it is about (source C5). */
const testRow: INodeProperties[] = [
	{
		displayName:
			'This sends a real signal: Purview takes the account for an employee who resigns today and leaves in 30 days. Policies for departing users may put the account under watch, and no signal can be taken back. Use a test account.',
		name: 'testRowNotice',
		type: 'notice',
		default: '',
		...showFor({ operation: ['sendTestRow'] }),
	},
	{
		displayName: 'User Principal Name',
		name: 'testUser',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. test.leaver@contoso.com',
		description: 'The Microsoft Entra account that the made-up resignation is about',
		hint: 'Sent once, however many items come in',
		...showFor({ operation: ['sendTestRow'] }),
	},
];

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

const invalidRows = invalidRowsParameter(INVALID_ROWS, { ...firstPanel, ...dataOperations });

const outputFile = outputFileParameter({ operation: ['createSampleFile'] });

/** The form of the step, top to bottom as the user sees it. */
export const parameters: INodeProperties[] = [
	operation,
	...scenario,
	job,
	...testRow,
	...inputParameters(dataOperations, {
		file: 'A file in the input, with one row for each signal',
		items: 'Each input item is a row; all items together are sent as one file',
		each: 'The file of each input item is sent on its own.',
	}),
	...columnPreviewParameters(
		{ ...dataOperations, input: ['items'] },
		{ single: ['scenario', 'identifierColumn'], groups: ['scenarios', 'identifierValues', 'headerNames'] },
	),
	...columnMapping,
	invalidRows,
	...headerNames,
	outputFile,
	options,
	sampleOptions,
	testRowOptions,
];
