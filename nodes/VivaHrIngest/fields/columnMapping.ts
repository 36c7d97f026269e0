import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ValueType } from '../../shared/columns/columnPlan';
import type { MappingEntry } from '../../shared/columns/planColumns';
import { EMPLOYEE_NUMBER, MANAGER_NUMBER } from '../../shared/managers/numberAttributes';
import { problem } from '../../shared/core/problem';
import {
	columnMappingParameter,
	readDictionary,
	type ValuePairs,
} from '../../shared/n8n/fields/columnMapping';
import { ATTRIBUTE_SETS } from '../../shared/viva/attributes/attributes';
import type { DestinationId } from '../../shared/viva/service/destinations';

/** Value of the attribute drop-down for a name of the user's own. */
export const OWN_ATTRIBUTE = '__own__';

const VALUE_TYPES: INodePropertyOptions[] = [
	{ name: 'Date', value: 'date' },
	{ name: 'Decimal Number', value: 'double' },
	{ name: 'E-Mail Address', value: 'email' },
	{ name: 'Text', value: 'string' },
	{ name: 'Whole Number', value: 'integer' },
];

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

const NUMBER_OPTIONS: INodePropertyOptions[] = [
	{
		name: 'Employee Number (Not Sent)',
		value: EMPLOYEE_NUMBER,
		description:
			"The employee's own number, by which managers are found whose address the data does not have",
	},
	{
		name: 'Number of the Manager (Becomes the Address)',
		value: MANAGER_NUMBER,
		description: "The manager's employee number; the address of the person with this number is sent",
	},
];

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
			options: [
				...attributes,
				...(ATTRIBUTE_SETS[id].people === undefined ? [] : NUMBER_OPTIONS),
				OWN_ATTRIBUTE_OPTION,
			],
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
	// Only Organizational Data takes rows that delete.
	const deletes = ATTRIBUTE_SETS[id].deletion ? ['createDeletionFile'] : [];
	return columnMappingParameter('e.g. Work_Email', attributes.length > 0 ? choice : free, {
		operation: ['upload', 'validate', 'createSampleFile', ...deletes],
		destination: [id],
	});
}

/** The fields in which the user says which column is what: one for each destination, each with its attributes. */
export const columnMapping: INodeProperties[] = [
	mappingFor('vivaHr'),
	mappingFor('vivaSurvey'),
	mappingFor('organizationalData'),
];

/** A line of 'Column Mapping'. */
export interface MappingRow {
	column: string;
	/** missing where the destination has no list of attributes */
	attribute?: string;
	ownAttribute?: string;
	type?: ValueType;
	values?: ValuePairs;
}

/**
 * Reads the lines of 'Column Mapping'.
 * @throws Problem `configuration` for a line that is not complete
 */
export function readMapping(rows: readonly MappingRow[]): MappingEntry[] {
	return rows.map(({ column, attribute = OWN_ATTRIBUTE, ownAttribute = '', type, values }) => {
		const name = attribute === OWN_ATTRIBUTE ? ownAttribute.trim() : attribute;
		if (name === '') {
			throw problem.configuration(
				`The line of 'Column Mapping' for the column '${column}' names no attribute.`,
				'Fill it in or remove the line.',
			);
		}
		return {
			column,
			attribute: name,
			type: attribute === OWN_ATTRIBUTE ? type : undefined,
			values: readDictionary(column, values),
		};
	});
}
