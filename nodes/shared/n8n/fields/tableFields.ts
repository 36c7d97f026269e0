import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { MOST_LINES_TO_SKIP } from '../../csv/skippedLines';
import { CATALOGUE } from '../../findings/catalogue';
import { firstPanel, shortPanel } from './panelVersions';

/**
 * The fields that say where the rows are.
 * @param show when they are shown
 * @param copy words that differ from step to step
 */
export function inputParameters(
	show: NonNullable<IDisplayOptions['show']>,
	copy: { file: string; items: string; each: string },
): INodeProperties[] {
	return [
		{
			displayName: 'Input',
			name: 'input',
			type: 'options',
			noDataExpression: true,
			default: 'items',
			description: 'Where the rows are',
			options: [
				{ name: 'File', value: 'file', description: copy.file },
				{ name: 'Items', value: 'items', description: copy.items },
			],
			displayOptions: { show },
		},
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: `The name of the input field that holds the file. ${copy.each}`,
			displayOptions: { show: { ...show, input: ['file'] } },
		},
	];
}

/**
 * The field that says what becomes of invalid rows.
 * @param copy whose rules they break, and what is still looked at where rows are not checked
 * @param show when it is shown
 */
export function invalidRowsParameter(
	copy: { rulesOf: string; unchecked: string },
	show: NonNullable<IDisplayOptions['show']>,
): INodeProperties {
	return {
		displayName: 'Invalid Rows',
		name: 'onInvalidRows',
		type: 'options',
		noDataExpression: true,
		default: 'stop',
		description: `What happens when a row breaks a rule of ${copy.rulesOf}`,
		options: [
			{
				name: 'Leave Out',
				value: 'leaveOut',
				description: "The other rows are sent; the invalid ones come out at 'Rejected'",
			},
			{ name: 'Send Unchecked', value: 'send', description: copy.unchecked },
			{ name: 'Stop', value: 'stop', description: 'Nothing is sent; the error lists every broken rule' },
		],
		displayOptions: { show },
	};
}

/**
 * Option: what becomes of invalid rows, in the panels that have no field for it.
 * @param copy as in {@link invalidRowsParameter}
 */
export const invalidRowsOption = (copy: { rulesOf: string; unchecked: string }): INodeProperties =>
	invalidRowsParameter(copy, shortPanel);

/** The field that names the output field for a file. */
export function outputFileParameter(show: NonNullable<IDisplayOptions['show']>): INodeProperties {
	return {
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output field that holds the file',
		displayOptions: { show },
	};
}

/** Option: which names are enough to send a column. */
export const automaticMatchingOption: INodeProperties = {
	displayName: 'Automatic Matching',
	name: 'automaticMatching',
	type: 'options',
	default: 'sure',
	description:
		'Which columns are sent without a line in Column Mapping. Person, manager, pay, address and rating always need a sure name; what is not sent is listed as a proposal.',
	options: [
		{
			name: 'Also Likely Names',
			value: 'likely',
			description: 'Names that usually mean the attribute are enough, such as Division for the organization',
		},
		{ name: 'Sure Names', value: 'sure', description: 'Only names that mean one thing are enough' },
	],
};

/** Option: how the two numbers of a date are read. */
export const dateOrderOption: INodeProperties = {
	displayName: 'Date Order',
	name: 'dateOrder',
	type: 'options',
	default: 'auto',
	description:
		'How to read dates such as 01/02/2026. The whole column is looked at; only when it says nothing, you have to.',
	options: [
		{ name: 'Day First', value: 'dayFirst' },
		{ name: 'Detect', value: 'auto' },
		{ name: 'Month First', value: 'monthFirst' },
	],
};

/** Option: what parts the fields of a file. */
export const delimiterOption: INodeProperties = {
	displayName: 'Delimiter',
	name: 'delimiter',
	type: 'options',
	default: 'auto',
	description: 'The character between the fields of a CSV file',
	displayOptions: { show: { '/input': ['file'] } },
	options: [
		{ name: 'Comma', value: ',' },
		{ name: 'Detect', value: 'auto' },
		{ name: 'Pipe', value: '|' },
		{ name: 'Semicolon', value: ';' },
		{ name: 'Tab', value: '\t' },
	],
};

/** Option: how a file's text is encoded. */
export const encodingOption: INodeProperties = {
	displayName: 'Encoding',
	name: 'encoding',
	type: 'string',
	default: 'auto',
	placeholder: 'e.g. windows-1252',
	description:
		"How the file's text is encoded. UTF-8 and UTF-16 are detected; older encodings must be told, for example windows-1252 or shift_jis.",
	displayOptions: { show: { '/input': ['file'] } },
};

/**
 * Option: how many rows may be left out; one for each panel, since they look at different fields.
 * @param percent unless the user says otherwise
 */
export function maximumInvalidOptions(percent: number): INodeProperties[] {
	const option: INodeProperties = {
		displayName: 'Maximum Invalid Rows (Percent)',
		name: 'maximumInvalidPercent',
		type: 'number',
		default: percent,
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
		description: 'Nothing is sent when more rows than this would be left out',
	};
	return [
		{ ...option, displayOptions: { show: { ...firstPanel, '/onInvalidRows': ['leaveOut'] } } },
		{ ...option, displayOptions: { show: { ...shortPanel, onInvalidRows: ['leaveOut'] } } },
	];
}

/**
 * The choice between everything and what changed. It adds an input, so no expression can give it.
 * @param copy what is sent: in a sentence, everything, and what changed
 */
export const sendChoice = (copy: {
	description: string;
	everything: string;
	changes: string;
}): INodeProperties => ({
	displayName: 'Send',
	name: 'send',
	type: 'options',
	noDataExpression: true,
	default: 'everything',
	description: copy.description,
	options: [
		{ name: 'Everything', value: 'everything', description: copy.everything },
		{ name: 'Only What Changed', value: 'changes', description: copy.changes },
	],
});

/** Option: where the previous file is. @param changesAt path of the field that says that only changes are sent */
export const previousFieldOption = (changesAt: string): INodeProperties => ({
	displayName: 'Previous File Field Name',
	name: 'previousBinaryPropertyName',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	description:
		"The name of the field that holds the file at the input 'Previous File'; when blank, the only file there is taken",
	displayOptions: { show: { [changesAt]: ['changes'] } },
});

/** Option: see `shrinkCheck`. */
export const mayDisappearOption: INodeProperties = {
	displayName: 'Columns That May Disappear',
	name: 'mayDisappear',
	type: 'string',
	default: '',
	placeholder: 'e.g. Layer, HireDate',
	description:
		'Columns that were sent last time and need not be now, by their names there, with commas between them; * stands for all. A full refresh removes them from everybody.',
};

/** Option: see `shrinkCheck`. Its name is from the time when only missing people of a previous file counted. */
export const largestDropOption: INodeProperties = {
	displayName: 'Largest Drop (Percent)',
	name: 'maximumMissingPercent',
	type: 'number',
	default: 20,
	typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
	description:
		'Nothing is sent when the export was probably cut short: so many fewer people are there than last time, or so many of the previous file are missing',
};

/** Option: see `shrinkCheck`. */
export const minimumPeopleOption: INodeProperties = {
	displayName: 'Minimum People',
	name: 'minimumPeople',
	type: 'number',
	default: 0,
	typeOptions: { minValue: 0 },
	description: 'Nothing is sent when the input has fewer people than this',
};

/** Options: what stands in a file before the header and after the last row. */
export const skipLinesOptions: INodeProperties[] = [
	{
		displayName: 'Lines After the Last Row',
		name: 'skipLinesAfter',
		type: 'number',
		default: 0,
		typeOptions: { minValue: 0, maxValue: MOST_LINES_TO_SKIP },
		description: 'How many lines at the end are no rows, such as a line of totals',
		displayOptions: { show: { '/input': ['file'] } },
	},
	{
		displayName: 'Lines Before the Header',
		name: 'skipLinesBefore',
		type: 'number',
		default: 0,
		typeOptions: { minValue: 0, maxValue: MOST_LINES_TO_SKIP },
		description: "How many lines stand before the header, such as a report's title",
		displayOptions: { show: { '/input': ['file'] } },
	},
];

/** Option: which faults in values are cleaned on the way. */
export const cleanValuesOption: INodeProperties = {
	displayName: 'Clean Values',
	name: 'mendValues',
	type: 'multiOptions',
	default: [],
	description: 'Faults that can be cleaned without guessing. Each cleaned value is counted in the result.',
	options: [
		{ name: 'Blanks Around Values', value: 'blanks' },
		{ name: 'Decimal Commas', value: 'decimalComma' },
		{ name: 'Letter Case of Fixed Words', value: 'letterCase' },
		{ name: 'Line Breaks in Values', value: 'lineBreaks' },
		{ name: 'Zeros Behind Whole Numbers', value: 'wholeNumbers' },
	],
};

/** Option: whether all findings are given out. */
export const outputFindingsOption: INodeProperties = {
	displayName: 'Output All Findings',
	name: 'outputFindings',
	type: 'boolean',
	default: false,
	description:
		"Whether to give all findings as a CSV file in the field 'findings'; without it, the result names the first of each kind",
};

/** Option: how much the result says. The results of the first panel have one form only. */
export const outputFormOption: INodeProperties = {
	displayName: 'Output',
	name: 'outputForm',
	type: 'options',
	default: 'simplified',
	description: 'How much the result says',
	options: [
		{
			name: 'Full',
			value: 'full',
			description: "The same, and every detail under 'details': mapping, findings, what the service answered",
		},
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'A summary in a sentence, and what the next step needs',
		},
	],
	displayOptions: { show: shortPanel },
};

/**
 * The field 'Options'.
 * @param options in the order in which the list shows them: by use, so that who opens it finds first what is wrong with the data
 * @param show when the field is shown
 */
export function optionsParameter(
	options: INodeProperties[],
	show: Record<string, string[]>,
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
		displayOptions: { show },
	};
}

/**
 * Option: whether to give the report.
 * @param sends the operation that sends
 */
export function outputReportOption(sends: string): INodeProperties {
	return {
		displayName: 'Output Report',
		name: 'outputReport',
		type: 'boolean',
		default: false,
		description: `Whether to give a page that people can read as binary data in the field 'report', for e-mail or SharePoint. No personal data can be read in it. When data is refused, Validate gives it, and ${sends} with 'On Error' set to continue.`,
	};
}

/** Option: the language of the report. Names of languages stand in their own language too, for who looks for it. */
export const reportLanguageOption: INodeProperties = {
	displayName: 'Report Language',
	name: 'reportLanguage',
	type: 'options',
	default: 'en',
	description:
		'Language of the report. Detailed sentences of rules, and messages of Microsoft, stay English as in n8n.',
	options: [
		{ name: 'English', value: 'en' },
		{ name: 'French (Français)', value: 'fr' },
		{ name: 'German (Deutsch)', value: 'de' },
		{ name: 'Spanish (Español)', value: 'es' },
	],
	displayOptions: { show: { outputReport: [true] } },
};

/** Option: rules that count for more or less than usual. */
export const ruleSettingsOption: INodeProperties = {
	displayName: 'Rule Settings',
	name: 'ruleSettings',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Rule',
	typeOptions: { multipleValues: true },
	description: 'Rules that are to count for more or less than they usually do',
	options: [
		{
			displayName: 'Rules',
			name: 'rules',
			values: [
				{
					displayName: 'Rule',
					name: 'code',
					type: 'options',
					default: 'manager-unknown',
					description: 'The code is what findings show',
					options: Object.entries(CATALOGUE)
						.map(([code, { sentence }]) => ({
							name: code,
							value: code,
							description: sentence.replace(/\{\w+\}/g, '…'),
						}))
						.sort((a, b) => a.name.localeCompare(b.name)),
				},
				{
					displayName: 'Treat As',
					name: 'severity',
					type: 'options',
					default: 'warning',
					options: [
						{ name: 'Error', value: 'error', description: 'Keeps the row or the file from being sent' },
						{ name: 'Off', value: 'off', description: 'Is not reported' },
						{ name: 'Warning', value: 'warning', description: 'Is reported, and sent all the same' },
					],
				},
			],
		},
	],
};
