import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

/** A parameter as the editor has it at this moment, or a value in its place. */
export function currentValue<T>(context: ILoadOptionsFunctions, name: string, otherwise: T): T {
	return (context.getCurrentNodeParameter(name) as T | undefined) ?? otherwise;
}

/** The first rows that the editor has; none where it has no data yet, so that the expression came to nothing. */
export function editorRows(context: ILoadOptionsFunctions): IDataObject[] {
	const text = currentValue<unknown>(context, 'previewRows', undefined);
	return typeof text === 'string' && text.startsWith('[') ? (JSON.parse(text) as IDataObject[]) : [];
}
