import type { INodeProperties } from 'n8n-workflow';
import {
	automaticMatchingOption,
	dateOrderOption,
	cleanValuesOption,
	outputFindingsOption,
	outputFormOption,
	outputReportOption,
	reportLanguageOption,
	ruleSettingsOption,
	skipLinesOptions,
	delimiterOption,
	encodingOption,
	largestDropOption,
	invalidRowsOption,
	maximumInvalidOptions,
	mayDisappearOption,
	minimumPeopleOption,
	optionsParameter,
	previousFieldOption,
} from '../../shared/n8n/fields/tableFields';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import { prepareForOption } from './prepareForOption';
import { sendOption, whereChangesAreSent } from './sendFields';

const SERVICE_TYPES = DESTINATIONS.vivaHr.serviceTypes;

const typeName: INodeProperties = { displayName: 'Type Name', name: 'typeName', type: 'string', default: '' };

const serviceType = (displayName: string, name: keyof typeof SERVICE_TYPES): INodeProperties => ({
	...typeName,
	displayName,
	name,
	default: SERVICE_TYPES[name].word,
});

/** What the panels say of invalid rows. */
export const INVALID_ROWS = {
	rulesOf: 'the destination',
	unchecked:
		'Values are not checked; only header, number of fields and encoding are. The service may refuse the whole import.',
};

/** What most imports can do without: values and files first, the transport last. */
export const options: INodeProperties = optionsParameter(
	[
		invalidRowsOption(INVALID_ROWS),
		sendOption,
		cleanValuesOption,
		dateOrderOption,
		...skipLinesOptions,
		delimiterOption,
		encodingOption,
		{
			displayName: 'Other Columns',
			name: 'otherColumns',
			type: 'options',
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
			displayOptions: { show: { '/destination': ['vivaHr', 'organizationalData'] } },
		},
		{
			...automaticMatchingOption,
			displayOptions: { show: { '/destination': ['vivaHr', 'organizationalData'] } },
		},
		prepareForOption,
		...maximumInvalidOptions(5),
		outputReportOption('Upload'),
		reportLanguageOption,
		outputFormOption,
		outputFindingsOption,
		{
			displayName: 'Output the Package',
			name: 'outputPackage',
			type: 'boolean',
			default: false,
			description: "Whether to give the file that would be sent as binary data in the field 'package'",
			displayOptions: { show: { '/operation': ['validate'] } },
		},
		...whereChangesAreSent({
			displayName: 'Missing People',
			name: 'missingPeople',
			type: 'options',
			default: 'items',
			description: 'What to output for people who are in the previous file but not in this one',
			options: [
				{ name: 'Count Only', value: 'count', description: 'The result says how many they are' },
				{
					name: 'Output as File',
					value: 'file',
					description: "Their addresses are a CSV file in the field 'missing'",
				},
				{ name: 'Output as Items', value: 'items', description: "Their addresses come out at 'Missing'" },
			],
		}),
		...whereChangesAreSent(previousFieldOption('/send')),
		ruleSettingsOption,
		largestDropOption,
		minimumPeopleOption,
		mayDisappearOption,
		{
			displayName: 'When an Earlier Import Is Running',
			name: 'whenBusy',
			type: 'options',
			default: 'fail',
			description: 'The service takes one import at a time',
			options: [
				{ name: 'Skip', value: 'skip', description: "Nothing is sent; the result has the status 'Skipped'" },
				{ name: 'Stop With an Error', value: 'fail', description: 'Nothing is sent; the execution fails' },
				{ name: 'Wait', value: 'wait', description: 'Tries again until the earlier import is done' },
			],
			displayOptions: { show: { '/operation': ['upload'] } },
		},
		{
			displayName: 'Wait at Most (Minutes)',
			name: 'waitMinutes',
			type: 'number',
			default: 30,
			typeOptions: { minValue: 1, maxValue: 1440 },
			description: 'How long to try again before stopping with an error',
			displayOptions: { show: { whenBusy: ['wait'] } },
		},
		{
			displayName: 'Send Again',
			name: 'sendAgain',
			type: 'boolean',
			default: false,
			description:
				'Whether to send although the same content was sent within the last day or is being imported. When off, the result is the import that exists.',
			displayOptions: { show: { '/operation': ['upload'] } },
		},
		{
			displayName: 'Timeout (Minutes)',
			name: 'timeoutMinutes',
			type: 'number',
			default: 60,
			typeOptions: { minValue: 1, maxValue: 720 },
			description: 'How long one upload and its answer may take',
			displayOptions: { show: { '/operation': ['upload'] } },
		},
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
			displayName: 'Compression Level',
			name: 'compressionLevel',
			type: 'number',
			default: 1,
			typeOptions: { minValue: 0, maxValue: 9 },
			description:
				'How hard to compress a zip, from 0 (not at all) to 9. Higher levels cost much more processor time and save few bytes.',
		},
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
	{ operation: ['upload', 'validate'] },
);
