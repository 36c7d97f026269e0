import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { ColumnPlan } from '../../columns/columnPlan';
import { mappingLine, type MappingLine } from '../../columns/planColumns';
import { count } from '../../core/format';
import { createFindings, type Findings } from '../../findings/findings';
import { readItems } from '../../json/itemReader';
import { sampleTable } from '../../records/sampleTable';
import { currentValue, editorRows } from './editorData';
import { ROWS_LOOKED_AT, SUMMARY } from '../fields/columnPreview';
import { readSeverities, type RuleSettings } from '../input/tableOptions';

/** Gives a parameter as the editor has it at this moment, or a value in its place. */
export type ReadCurrent = <T>(name: string, otherwise: T) => T;

/** A line of the list. */
export interface PreviewLine {
	name: string;
	description: string;
}

/** How a step decides about columns. */
export interface PreviewedStep<Row> {
	/** lines of 'Column Mapping', not all of them complete */
	entries: readonly Row[] | undefined;
	ruleSettings: RuleSettings | undefined;
	/** says of a column that it matches nothing: "It matches no attribute of …" */
	unmatched: string;
	/**
	 * Decides as a run does.
	 * @param header names of the columns, and the first rows
	 * @param rows complete lines of 'Column Mapping'
	 * @param findings takes what is wrong with the header
	 * @returns the plan, and lines that only this step has
	 */
	decide(
		header: { columns: string[]; samples: string[][] },
		rows: Row[],
		findings: Findings,
	): { plan: ColumnPlan; mapping: readonly MappingLine[]; further?: readonly PreviewLine[] };
}

/**
 * Fills the list 'Where the Columns Go': what the step would make of the rows that the editor has.
 * @param context as n8n gives it to the method of a list
 * @param readStep reads how the step decides; what it throws becomes the list
 * @returns a summary, then a line for each attribute that must be there and is not, and for each column
 */
export async function fillColumnPreview<Row extends { column: string }>(
	context: ILoadOptionsFunctions,
	readStep: (read: ReadCurrent) => PreviewedStep<Row>,
): Promise<INodePropertyOptions[]> {
	const read: ReadCurrent = <T>(name: string, otherwise: T) => currentValue(context, name, otherwise);
	const lines = await linesFor(editorRows(context), () => readStep(read)).catch(
		(error: Error): PreviewLine[] => [{ name: 'Cannot be shown', description: error.message }],
	);
	// The first line is the one whose value the parameter has, so that a closed list always shows it.
	const closed = read('columnPreview', SUMMARY);
	const values = lines.map((_, index) => (index === 0 ? closed : `line ${index}`));
	return lines.map((line, index) => ({
		...line,
		value: index > 0 && values[index] === closed ? `${closed} again` : values[index],
	}));
}

async function linesFor<Row extends { column: string }>(
	rows: IDataObject[],
	readStep: () => PreviewedStep<Row>,
): Promise<PreviewLine[]> {
	if (rows.length === 0) {
		return [{ name: 'Shown when there is input', description: 'Execute the step before, or pin data to it' }];
	}
	const { entries, ruleSettings, unmatched, decide } = readStep();
	const { table, samples } = await sampleTable(await readItems(rows), ROWS_LOOKED_AT);
	const findings = createFindings({ severities: readSeverities(ruleSettings ?? {}) });
	const complete = (entries ?? [])
		.filter(({ column }) => column?.trim())
		.map((line) => ({ ...line, column: nameOf(line.column, table.columns, samples[0]) }));
	const { plan, mapping, further = [] } = decide({ columns: table.columns, samples }, complete, findings);
	const unproposed = plan.leftOut.filter(
		(column) => !plan.proposals.some((proposal) => proposal.column === column),
	);
	const totals = findings.totals();
	const errors = findings.list.filter(({ severity }) => severity === 'error');
	return [
		{
			name: [
				`${mapping.length} of ${table.columns.length} columns are sent`,
				...(errors.length === 0 ? [] : [count(errors.length, 'error')]),
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
			description: `${unmatched}; a line of 'Column Mapping' sends it`,
		})),
		...further,
	];
}

/** The column that a line names; for a field that was dragged onto it the editor gives the value of the first row. */
function nameOf(text: string, columns: readonly string[], firstRow: readonly string[]): string {
	const holders = columns.filter((_, i) => firstRow[i] === text);
	return columns.includes(text) || holders.length !== 1 ? text : holders[0];
}
