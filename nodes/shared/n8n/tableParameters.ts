import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { DateOrder } from '../rules/dateForms';

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
	description: 'What parts the fields of a CSV file',
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
 * Option: how many rows may be left out.
 * @param percent unless the user says otherwise
 */
export function maximumInvalidOption(percent: number): INodeProperties {
	return {
		displayName: 'Maximum Invalid Rows (Percent)',
		name: 'maximumInvalidPercent',
		type: 'number',
		default: percent,
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
		description: 'Nothing is sent when more rows than this would be left out',
		displayOptions: { show: { '/onInvalidRows': ['leaveOut'] } },
	};
}

/** Values of the options of this file, as a saved workflow has them. */
export interface TableOptionValues {
	dateOrder?: DateOrder | 'auto';
	delimiter?: string;
	encoding?: string;
}

/** What the user says of a table; what is missing is found out. */
export interface TableSettings {
	dateOrder?: DateOrder;
	delimiter?: string;
	encoding?: string;
}

/** Reads the options of this file. */
export function readTableOptions({ dateOrder, delimiter, encoding }: TableOptionValues): TableSettings {
	return {
		dateOrder: dateOrder === 'auto' ? undefined : dateOrder,
		delimiter: told(delimiter),
		encoding: told(encoding),
	};
}

function told(value: string | undefined): string | undefined {
	return value === undefined || value === 'auto' || value === '' ? undefined : value;
}
