import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { Field, GroupField } from '../parameters/field';
import { nameDraggedColumns } from './draggedColumns';
import { understandValue } from '../parameters/understandValue';

/**
 * Reads a panel for one item: every field that is shown, understood or refused. It knows lists, limits and defaults from
 * the panel itself. n8n's own `validateType` is no help: it takes a blank text for 0 and `true` for 1, before this gate sees
 * them.
 * @param context the step's execution
 * @param properties of the panel, in its order; those on which the others depend among them
 * @param item index of the input item for whose expressions the values are read
 * @returns name → value; a collection holds the defaults of what is not given
 * @throws Problem `configuration` for a value that was not understood; n8n's error for an expression that fails
 */
export function readParameters<T extends object>(
	context: IExecuteFunctions,
	properties: readonly INodeProperties[],
	item: number,
): T {
	// Null where n8n has left the parameter out: it is refused, for its default could be what nobody meant.
	const node = context.getNode();
	return readShown<T>(optionsBefore(properties), node, ({ name }) => {
		const value = context.getNodeParameter(name, item, null);
		return name === 'columnMapping' ? nameDraggedColumns(value, node.parameters[name]) : value;
	});
}

/**
 * Reads a credential, as {@link readParameters} reads a panel. One made by import or by the API may lack what the form
 * would have filled in; that has its default.
 * @param data as n8n has decrypted it, with expressions resolved
 * @throws Problem `configuration` for a value that was not understood
 */
export function readCredentialFields<T extends object>(
	properties: readonly INodeProperties[],
	data: ICredentialDataDecryptedObject,
): T {
	// What is blank is told by the reader of the field, which knows where to find it.
	const optional = properties.map((property) => ({ ...property, required: false }));
	return readShown<T>(optional, null, ({ name, default: value }) =>
		Object.hasOwn(data, name) ? data[name] : value,
	);
}

/** Puts what an option shows or hides behind the options: whether it is shown follows from values read before. */
function optionsBefore(properties: readonly INodeProperties[]): INodeProperties[] {
	const isLater = ({ displayOptions: { show, hide } = {} }: INodeProperties) =>
		Object.keys({ ...show, ...hide }).some((name) => name.startsWith('/options.'));
	return [...properties.filter((property) => !isLater(property)), ...properties.filter(isLater)];
}

function readShown<T extends object>(
	properties: readonly INodeProperties[],
	node: Pick<INode, 'typeVersion'> | null,
	valueOf: (property: INodeProperties) => unknown,
): T {
	const values: INodeParameters = {};
	for (const property of properties) {
		const field = fieldOf(property);
		if (!field || !NodeHelpers.displayParameter(values, property, node, null)) continue;
		const given = understandValue(valueOf(property), field);
		const all = property.type === 'collection' ? { ...defaultsOf(property), ...(given as object) } : given;
		values[property.name] = all as INodeParameters[string];
	}
	return values as T;
}

/**
 * What a property of a panel may hold.
 * @returns undefined for one that holds no wish of the user: a notice, a hidden field, a list that the step loads
 */
export function fieldOf(property: INodeProperties): Field | undefined {
	const { type, displayName: label, typeOptions = {}, required = false } = property;
	switch (type) {
		case 'options':
			if (typeOptions.loadOptionsMethod !== undefined) return undefined;
			return { kind: 'choice', label, choices: choicesOf(property) };
		case 'multiOptions':
			return { kind: 'choices', label, choices: choicesOf(property) };
		case 'number': {
			const { minValue: minimum, maxValue: maximum, numberPrecision } = typeOptions;
			const percent = label.endsWith('(Percent)');
			return { kind: 'number', label, minimum, maximum, whole: numberPrecision === undefined, percent };
		}
		case 'boolean':
			return { kind: 'flag', label };
		case 'string':
			return { kind: 'text', label, mayBeBlank: !required && property.default === '' };
		case 'collection':
			return groupOf(label, property.options as INodeProperties[]);
		case 'fixedCollection': {
			const groups = (property.options as INodePropertyCollection[]).map(
				(option) => [option.name, groupOf(label, option.values, `${label} > `)] as const,
			);
			const list = typeOptions.multipleValues ?? false;
			return { kind: 'groups', label, list, groups: Object.fromEntries(groups) };
		}
		default:
			return undefined;
	}
}

function groupOf(label: string, properties: readonly INodeProperties[], path = ''): GroupField {
	const fields: Record<string, Field> = {};
	for (const property of properties) {
		const field = fieldOf({ ...property, displayName: path + property.displayName });
		if (field) fields[property.name] = field;
	}
	return { kind: 'group', label, fields };
}

function choicesOf({ options = [] }: INodeProperties) {
	return (options as INodePropertyOptions[]).map(({ name, value }) => ({ name, value: String(value) }));
}

/** The defaults of the fields of a collection. */
export function defaultsOf({ options = [] }: INodeProperties): Record<string, unknown> {
	return Object.fromEntries((options as INodeProperties[]).map(({ name, default: value }) => [name, value]));
}
