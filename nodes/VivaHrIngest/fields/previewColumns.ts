import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readSeverities, type RuleSettings } from '../../shared/n8n/input/tableOptions';
import { createFindings } from '../../shared/findings/findings';
import type { AutomaticMatching } from '../../shared/columns/matchColumns';
import { mappingLine, type OtherColumns } from '../../shared/columns/planColumns';
import { readItems } from '../../shared/json/itemReader';
import { sampleTable } from '../../shared/records/sampleTable';
import {
	DESTINATIONS,
	refreshKindOf,
	type DestinationId,
	type RefreshKind,
} from '../../shared/viva/service/destinations';
import { planImport } from '../../shared/viva/attributes/planImport';
import { readMapping, type MappingRow } from './columnMapping';
import { ROWS_LOOKED_AT, SUMMARY } from './columnPreview';

/** The parameters that the list depends on, as the editor has worked them out. */
interface PreviewParameters {
	previewRows?: unknown;
	destination: DestinationId;
	send?: string;
	refresh: RefreshKind;
	columnMapping: { entries?: MappingRow[] };
	options: {
		automaticMatching?: AutomaticMatching;
		ruleSettings?: RuleSettings;
		otherColumns?: OtherColumns;
	};
	columnPreview: string;
}

type Line = Pick<INodePropertyOptions, 'name'> & { description: string };

/**
 * Fills the list: what the step would make of the rows that the editor has.
 * @returns a summary, then a line for each attribute that must be there and is not, and for each column
 */
export async function previewColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const parameters = readParameters(this);
	const lines = await linesFor(parameters).catch((error: Error): Line[] => [
		{ name: 'Cannot be shown', description: error.message },
	]);
	// The first line is the one whose value the parameter has, so that a closed list always shows it.
	const values = lines.map((_, index) => (index === 0 ? parameters.columnPreview : `line ${index}`));
	return lines.map((line, index) => ({
		...line,
		value: index > 0 && values[index] === values[0] ? `${values[index]} again` : values[index],
	}));
}

function readParameters(context: ILoadOptionsFunctions): PreviewParameters {
	const read = <T>(name: string, otherwise: T) =>
		(context.getCurrentNodeParameter(name) as T | undefined) ?? otherwise;
	return {
		previewRows: read<unknown>('previewRows', undefined),
		destination: read<DestinationId>('destination', 'vivaHr'),
		send: read('send', 'everything'),
		refresh: read<RefreshKind>('refresh', 'full'),
		columnMapping: read('columnMapping', {}),
		options: read('options', {}),
		columnPreview: read('columnPreview', SUMMARY),
	};
}

async function linesFor(parameters: PreviewParameters): Promise<Line[]> {
	const { destination, send, refresh, columnMapping, options } = parameters;
	const rows = readRows(parameters.previewRows);
	if (rows.length === 0) {
		return [{ name: 'Shown when there is input', description: 'Execute the step before, or pin data to it' }];
	}
	const { table, samples } = await sampleTable(await readItems(rows), ROWS_LOOKED_AT);
	const findings = createFindings({ severities: readSeverities(options.ruleSettings ?? {}) });
	const complete = (columnMapping.entries ?? [])
		.filter(({ column }) => column?.trim())
		.map((line) => ({ ...line, column: nameOf(line.column, table.columns, samples[0]) }));
	const { plan, mapping } = planImport(
		{ columns: table.columns, samples },
		{
			destination,
			refresh: refreshKindOf(destination, send === 'changes' ? 'incremental' : refresh),
			mapping: readMapping(complete),
			matching: options.automaticMatching ?? 'sure',
			otherColumns: options.otherColumns ?? 'leaveOut',
		},
		findings,
	);
	const service = DESTINATIONS[destination].displayName;
	const unproposed = plan.leftOut.filter(
		(column) => !plan.proposals.some((proposal) => proposal.column === column),
	);
	const totals = findings.totals();
	const errors = findings.list.filter(({ severity }) => severity === 'error');
	return [
		{
			name: [
				`${mapping.length} of ${table.columns.length} columns are sent`,
				...(errors.length === 0 ? [] : [`${errors.length} ${errors.length === 1 ? 'error' : 'errors'}`]),
			].join('; '),
			description: 'Each column is listed below',
		},
		...errors.map(({ code, column, message }) => ({
			name: `✗ ${message}`,
			description: totals.find((total) => total.code === code && total.column === column)?.advice ?? '',
		})),
		...mapping.map(({ column, attribute, reason }) => ({
			name: `✓ ${column} → ${attribute}`,
			description: reason,
		})),
		...plan.proposals.map((proposal) => ({
			name: `? ${proposal.column} may be ${proposal.attribute}`,
			description: `${proposal.reason} To send it, add under 'Column Mapping': ${mappingLine(proposal)}`,
		})),
		...unproposed.map((column) => ({
			name: `– ${column} is not sent`,
			description: `It matches no attribute of ${service}; a line of 'Column Mapping' sends it`,
		})),
	];
}

/** The column that a line names; for a field that was dragged onto it the editor gives the value of the first row. */
function nameOf(text: string, columns: readonly string[], firstRow: readonly string[]): string {
	const holders = columns.filter((_, i) => firstRow[i] === text);
	return columns.includes(text) || holders.length !== 1 ? text : holders[0];
}

/** None where the editor has no data yet, so that the expression came to nothing. */
function readRows(text: unknown): IDataObject[] {
	return typeof text === 'string' && text.startsWith('[') ? (JSON.parse(text) as IDataObject[]) : [];
}
