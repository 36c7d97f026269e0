import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { problem } from '../../core/problem';

/** Operations that read rows, so that the editor may know their columns. */
const READS_ROWS = ['upload', 'send', 'validate'];

/** What is sent for the words of a column. */
const valueDictionary: INodeProperties = {
	displayName: 'Values',
	name: 'values',
	type: 'fixedCollection',
	placeholder: 'Add Value',
	default: {},
	typeOptions: { multipleValues: true },
	description:
		'What to send for the words of this column, for example Mngr for Manager. Case counts, blanks around a word do not. Words without a line stay as they are, with a warning.',
	options: [
		{
			displayName: 'Values',
			name: 'pairs',
			values: [
				{
					displayName: 'In the Column',
					name: 'from',
					type: 'string',
					default: '',
					placeholder: 'e.g. Manager',
					description: 'The word as it arrives in this step',
				},
				{
					displayName: 'Send',
					name: 'to',
					type: 'string',
					default: '',
					placeholder: 'e.g. Mngr',
					description: 'The value that is sent for it; blank sends none',
				},
			],
		},
	],
};

/** Lines of {@link valueDictionary}, as the panel gives them. */
export interface ValuePairs {
	pairs?: ReadonlyArray<{ from: string; to: string }>;
}

/**
 * Reads what is sent for the words of a column.
 * @param column the column, for sentences
 * @returns undefined where nothing is said
 * @throws Problem `configuration` for a line without a word, or two lines for one
 */
export function readDictionary(
	column: string,
	{ pairs = [] }: ValuePairs = {},
): ReadonlyMap<string, string> | undefined {
	const values = new Map<string, string>();
	for (const { from, to } of pairs) {
		const word = from.trim();
		if (word !== '' && !values.has(word)) values.set(word, to.trim());
		else {
			throw problem.configuration(
				word === ''
					? `A line of 'Values' for the column '${column}' says nothing under 'In the Column'.`
					: `The 'Values' of the column '${column}' have two lines for '${word}'.`,
				'Write each word once, as it arrives in this step.',
			);
		}
	}
	return values.size > 0 ? values : undefined;
}

const sourceColumn: INodeProperties = {
	displayName: 'Column',
	name: 'column',
	type: 'string',
	default: '',
	required: true,
	description: 'Name of the column (or item field) as it arrives in this step',
};

/**
 * The field that names a column: a list of those that came in where rows are items, else a text, because the editor has nothing of a
 * file. All hold the same name, so that nothing is lost when the input changes.
 * @param placeholder an example of a column's name
 * @param operations of the step that have the mapping
 */
function sourceColumns(placeholder: string, operations: readonly string[]): INodeProperties[] {
	const reading = operations.filter((operation) => READS_ROWS.includes(operation));
	const others = operations.filter((operation) => !READS_ROWS.includes(operation));
	const typed = { ...sourceColumn, placeholder };
	return [
		{
			...sourceColumn,
			type: 'options',
			options: [],
			typeOptions: {
				loadOptionsMethod: 'incomingColumns',
				loadOptionsDependsOn: ['previewRows'],
			},
			description:
				'Column of the input. If it is not in the list, select Expression and enter its name, or drag the field here.',
			displayOptions: { show: { '/operation': reading, '/input': ['items'] } },
		},
		{ ...typed, displayOptions: { show: { '/operation': reading, '/input': ['file'] } } },
		...(others.length === 0 ? [] : [{ ...typed, displayOptions: { show: { '/operation': others } } }]),
	];
}

/**
 * The table in which the user says which column is what.
 * @param placeholder an example of a column's name
 * @param target the fields that say what a column is
 * @param show when it is shown
 */
export function columnMappingParameter(
	placeholder: string,
	target: INodeProperties[],
	show: NonNullable<IDisplayOptions['show']> & { operation: string[] },
): INodeProperties {
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
				values: [...sourceColumns(placeholder, show.operation), ...target, valueDictionary],
			},
		],
		displayOptions: { show },
	};
}
