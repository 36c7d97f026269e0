import {
	NodeHelpers,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { Field, GroupField } from '../parameters/field';
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
	const values: INodeParameters = {};
	for (const property of properties) {
		const field = fieldOf(property);
		if (!field || !NodeHelpers.displayParameter(values, property, context.getNode(), null)) continue;
		// Null where n8n has left the parameter out: it is refused, for its default could be what nobody meant.
		const given = understandValue(context.getNodeParameter(property.name, item, null), field);
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
			const { minValue: minimum, maxValue: maximum } = typeOptions;
			return { kind: 'number', label, minimum, maximum, percent: label.endsWith('(Percent)') };
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

function defaultsOf({ options = [] }: INodeProperties): Record<string, unknown> {
	return Object.fromEntries((options as INodeProperties[]).map(({ name, default: value }) => [name, value]));
}
