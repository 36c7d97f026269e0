import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readItems } from '../../json/itemReader';
import { currentValue, editorRows } from './editorData';

/** Lines of 'Column Mapping' as the editor has them. */
interface Entries {
	entries?: Array<{ column?: unknown }>;
}

const WITHOUT_ROWS = {
	name: 'Execute the step before to see its columns',
	description: 'Or select Expression, and enter the name',
};

/**
 * Fills the list from which a line of 'Column Mapping' takes its column: those of the rows that the editor has, and those that lines
 * name already, which would else be shown as not supported.
 * @param context as n8n gives it to the method of a list
 */
export async function listColumns(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const rows = editorRows(context);
	const { entries = [] } = currentValue<Entries>(context, 'columnMapping', {});
	const named = entries.map(({ column }) => column).filter(isName);
	const incoming = await columnsOf(rows).catch((): readonly string[] => []);
	const others = [...new Set(named)].filter((name) => !incoming.includes(name));
	const lines = [
		...incoming.map((name) => ({ name, value: name })),
		...others.map((name) => ({ name, value: name, description: 'Not among the columns of the input' })),
	];
	if (incoming.length > 0) return lines;
	return [{ ...WITHOUT_ROWS, value: '' }, ...lines.map(({ name, value }) => ({ name, value }))];
}

const isName = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

async function columnsOf(rows: IDataObject[]): Promise<readonly string[]> {
	return rows.length === 0 ? [] : (await readItems(rows)).columns;
}
