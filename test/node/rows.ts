import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** Rows as items. */
export const asItems = (rows: readonly IDataObject[]): INodeExecutionData[] => rows.map((json) => ({ json }));

/** Rows as a CSV file in which every field is quoted. */
export const asCsv = (rows: readonly IDataObject[], delimiter = ','): string =>
	[Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]
		.map((line) => `${line.map(quoted).join(delimiter)}\n`)
		.join('');

const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;
