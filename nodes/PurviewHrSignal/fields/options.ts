import type { INodeProperties } from 'n8n-workflow';
import {
	automaticMatchingOption,
	cleanValuesOption,
	dateOrderOption,
	delimiterOption,
	encodingOption,
	largestDropOption,
	invalidRowsOption,
	maximumInvalidOptions,
	mayDisappearOption,
	minimumPeopleOption,
	outputFindingsOption,
	outputFormOption,
	outputReportOption,
	reportLanguageOption,
	ruleSettingsOption,
	skipLinesOptions,
	optionsParameter,
	previousFieldOption,
	sendChoice,
} from '../../shared/n8n/fields/tableFields';
import {
	DEFAULT_CHUNK_ROWS,
	MAXIMUM_CHUNK_ROWS,
	POLICY_WARNING_DAYS,
	PROFILE_REFRESH_DAYS,
} from '../../shared/purview/signals/scenarios';

const whenSending = { displayOptions: { show: { '/operation': ['send'] } } };

const forProfiles = (option: INodeProperties): INodeProperties => ({
	...option,
	displayOptions: { show: { '/scenario': ['employeeProfile'] } },
});

const delimiterSentOption: INodeProperties = {
	displayName: 'Delimiter Sent',
	name: 'delimiterSent',
	type: 'options',
	default: ',',
	description: 'The character between the fields of what is sent; the connector was set up for one of these',
	options: [
		{ name: 'Comma', value: ',' },
		{ name: 'Pipe', value: '|' },
		{ name: 'Tab', value: '\t' },
	],
};

/** Rows that went out before are kept by Purview; but profiles are deleted unless they are sent again (source C5). */
const sendOption: INodeProperties = {
	...sendChoice({
		description: 'Which rows of the input are sent',
		everything: 'All rows of the input',
		changes: "Rows that last time's file does not hold; it comes in at a second input, 'Previous File'",
	}),
	builderHint: {
		propertyHint:
			"With 'changes' the step has a second input, 'Previous File': connect the file of the last run that ended well to it.",
	},
	displayOptions: { hide: { '/scenario': ['employeeProfile'] } },
};

/** What the panels say of invalid rows. */
export const INVALID_ROWS = {
	rulesOf: 'the scenario',
	unchecked: 'Rows are not checked; only what cannot be read at all still stops',
};

/** What most runs can do without: values and files first, the transport last. */
export const options: INodeProperties = optionsParameter(
	[
		invalidRowsOption(INVALID_ROWS),
		sendOption,
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
		delimiterSentOption,
		automaticMatchingOption,
		...maximumInvalidOptions(50),
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
		previousFieldOption('send'),
		outputReportOption('Send'),
		reportLanguageOption,
		outputFormOption,
		{
			displayName: 'Output Items',
			name: 'output',
			type: 'options',
			default: 'summary',
			description: "What comes out at 'Signals'",
			options: [
				{ name: 'One Item per Chunk', value: 'chunks', description: 'The result of each chunk' },
				{ name: 'One Summary', value: 'summary', description: 'One item for each job: what was sent in all' },
			],
			...whenSending,
		},
		outputFindingsOption,
		{
			displayName: 'Skip When Unchanged',
			name: 'skipUnchanged',
			type: 'boolean',
			default: false,
			description:
				'Whether to send nothing when the data is the same as what the last run of this job sent, file by file',
			...whenSending,
		},
		{
			displayName: 'Skip for at Most (Days)',
			name: 'skipDays',
			type: 'number',
			default: POLICY_WARNING_DAYS,
			typeOptions: { minValue: 1, maxValue: 365 },
			description: `After so many days even unchanged data is sent again. Purview's policies warn when nothing comes for ${POLICY_WARNING_DAYS} days; employee profiles are never skipped for more than ${PROFILE_REFRESH_DAYS}.`,
			...whenSending,
		},
		{
			displayName: 'Start Over',
			name: 'startOver',
			type: 'boolean',
			default: false,
			description:
				'Whether to send everything again, even if an earlier run with the same data has sent some of it',
			...whenSending,
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
			...whenSending,
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
			...whenSending,
		},
		{
			displayName: 'Attempts per Chunk',
			name: 'attempts',
			type: 'number',
			default: 6,
			typeOptions: { minValue: 1, maxValue: 30 },
			description:
				'How often a chunk is sent when the network, too many requests or a fault of the service come in between. A wrong job ID or app is never tried again.',
			...whenSending,
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
	{ operation: ['send', 'validate'] },
);

/** The sample file has the delimiter of the files that follow it. */
export const sampleOptions: INodeProperties = optionsParameter([delimiterSentOption], {
	operation: ['createSampleFile'],
});

/** What a test row may need: how the connector was set up, and how much the result says. */
export const testRowOptions: INodeProperties = optionsParameter([delimiterSentOption, outputFormOption], {
	operation: ['sendTestRow'],
});
