import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** How many rows of the editor's data are looked at. */
export const ROWS_LOOKED_AT = 50;

/** Value of the line that is shown while the list is closed. */
export const SUMMARY = 'summary';

/**
 * The first rows that the editor has, as a text, because the editor compares texts to see whether the list must be loaded anew. Blank
 * without data, where an error would keep the list from being loaded at all; and blank while an execution runs, when the editor
 * has stand-ins for the items: of two requests the later answer would win, whichever it is.
 */
const ROWS_OF_THE_EDITOR = `={{ (() => { try {
	const rows = $input.all().slice(0, ${ROWS_LOOKED_AT}).map((item) => item.json);
	return rows.length === 0 || '__isTrimmedManualExecutionDataItem' in rows[0] ? '' : JSON.stringify(rows);
} catch (error) { return ''; } })() }}`;

/** Groups of fields as a text, because the editor compares texts, and as one all groups are alike. */
const asText = (groups: readonly string[]) => `={{ JSON.stringify(${JSON.stringify(groups)}.map((name) => {
	try { return $parameter[name]; } catch (error) { return null; }
})) }}`;

/* eslint-disable n8n-nodes-base/node-param-display-name-wrong-for-dynamic-options, n8n-nodes-base/node-param-description-wrong-for-dynamic-options --
   those words are for lists from which a record with an ID is chosen; this one is only read */
/**
 * A list that only shows: which column of the editor's data would go where. And the first rows of that data, for all lists of columns.
 * @param shown when the list is shown; the rows are there for every destination
 * @param dependsOn the parameters that decide about columns: single ones, and groups of fields
 */
export function columnPreviewParameters(
	{ destination, ...input }: NonNullable<IDisplayOptions['show']>,
	{ single, groups = [] }: { single: readonly string[]; groups?: readonly string[] },
): INodeProperties[] {
	const shown = { ...input, ...(destination && { destination }) };
	return [
		{
			displayName: 'Where the Columns Go',
			name: 'columnPreview',
			type: 'options',
			noDataExpression: true,
			default: SUMMARY,
			description:
				'Open this list to see which column of the input goes where and why, and which are not sent. It only shows; choosing changes nothing.',
			typeOptions: {
				loadOptionsMethod: 'previewColumns',
				loadOptionsDependsOn: ['previewRows', 'previewSettings', ...single],
			},
			options: [],
			displayOptions: { show: shown },
		},
		// The editor works this out with the data it has and sends the result along when it asks for the list. Executions never read it.
		{
			displayName: 'Preview Rows',
			name: 'previewRows',
			type: 'hidden',
			default: ROWS_OF_THE_EDITOR,
			displayOptions: { show: input },
		},
		{
			displayName: 'Preview Settings',
			name: 'previewSettings',
			type: 'hidden',
			default: asText([...groups, 'columnMapping', 'options']),
			displayOptions: { show: shown },
		},
	];
}
/* eslint-enable n8n-nodes-base/node-param-display-name-wrong-for-dynamic-options, n8n-nodes-base/node-param-description-wrong-for-dynamic-options */
