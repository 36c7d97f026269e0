import type { INodeProperties } from 'n8n-workflow';
import { outputFileParameter } from '../../shared/n8n/fields/tableFields';
import { ATTRIBUTE_SETS } from '../../shared/viva/attributes/attributes';

const operation = ['createDeletionFile'];
const shown = { displayOptions: { show: { operation, destination: ['organizationalData'] } } };

const { attributes, deletion, people } = ATTRIBUTE_SETS.organizationalData;
const PERSON = people?.person ?? '';
const NOBODY = deletion?.markers.email?.value ?? '';

const deletable = attributes.filter(
	({ name, type }) =>
		name !== PERSON && deletion?.markers[type] !== undefined && !deletion.unknownFor.includes(name),
);

/** The fields of the operation that come before the mapping. */
export const deletionColumns: INodeProperties[] = [
	{
		displayName:
			'The step makes the file and sends nothing. An upload of it deletes stored values for good; check the list of people before.',
		name: 'deletionNotice',
		type: 'notice',
		default: '',
		...shown,
	},
	{
		displayName:
			'Only Organizational Data takes rows that delete. In Viva Insights a full import without a person deletes the person.',
		name: 'noDeletionNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation, destination: ['vivaHr', 'vivaSurvey'] } },
	},
	{
		displayName: 'Address Field',
		name: 'addressField',
		type: 'string',
		default: PERSON,
		required: true,
		description: "Field of each item that holds the person's e-mail address, as in the output 'Missing'",
		...shown,
	},
	{
		displayName: 'Attributes',
		name: 'attributes',
		type: 'multiOptions',
		noDataExpression: true,
		default: [],
		description:
			'Those that the connection has and that are to be deleted; all that can be deleted unless you choose',
		options: deletable
			.map(({ name, description }) => ({ name, value: name, description }))
			.sort((a, b) => a.name.localeCompare(b.name)),
		...shown,
	},
	{
		displayName: 'Substitute Manager',
		name: 'substituteManager',
		type: 'string',
		default: NOBODY,
		required: true,
		description: 'An address that does not exist in your tenant; it takes the place of the manager',
		...shown,
	},
];

/** The fields of the operation that come after the mapping. */
export const deletionForm: INodeProperties[] = [outputFileParameter({ operation })];
