import type { Findings } from '../../findings/findings';
import { normalizeColumnName } from '../../columns/normalizeColumnName';
import type { ColumnPlan, PlannedColumn } from '../../columns/columnPlan';
import type { AutomaticMatching } from '../../columns/matchColumns';
import { planColumns, type MappingEntry, type MappingLine } from '../../columns/planColumns';
import { scenarioVocabulary } from './aliases';
import {
	columnsOf,
	headerOf,
	IDENTIFIER_COLUMN,
	needOf,
	USER_COLUMN,
	type FileLayout,
	type ScenarioColumn,
	type ScenarioId,
} from './scenarios';

/** One column of the file that will be sent. */
export interface SignalColumn extends PlannedColumn {
	/** documented name; `name` is what this connector calls it */
	attribute: string;
}

/** What will be sent. */
export interface SignalPlan extends ColumnPlan {
	columns: SignalColumn[];
	/** required columns that the source lacks, by scenario; known only of files for several scenarios */
	missing: Array<{ scenario: ScenarioId; attribute: string }>;
}

/** Input of {@link planSignals}. */
export interface SignalPlanRequest {
	layout: FileLayout;
	/** the header: names of the columns as the source has them */
	columns: readonly string[];
	/** the first rows, each with its values in the order of the columns */
	samples: ReadonlyArray<readonly string[]>;
	mapping: readonly MappingEntry[];
	/** which names are enough to send a column */
	matching: AutomaticMatching;
	/** `all`: optional columns that the source lacks are sent blank; a mapped column must be in the file (source C4) */
	sendColumns: 'all' | 'found';
}

/**
 * Decides which source column goes into which column of the file. What is wrong with the header becomes a finding.
 *
 * A source column that already has the connector's own name for a column is that column.
 * @throws Problem `configuration` where the user's mapping contradicts itself or names a column that is not there
 */
export function planSignals(
	request: SignalPlanRequest,
	findings: Findings,
): { plan: SignalPlan; mapping: MappingLine[] } {
	const { layout, columns, samples, matching } = request;
	const known = columnsOf(layout);
	const several = layout.identifiers !== undefined;
	const { plan, mapping } = planColumns(
		{
			columns,
			samples,
			vocabulary: scenarioVocabulary(layout.scenarios),
			matching,
			mapping: [...request.mapping, ...namedAsInConnector(request, known)],
			otherColumns: 'leaveOut',
			rules: {
				attributes: known,
				people: { person: USER_COLUMN },
				filledWherePresent: [],
				headerPattern: { pattern: /./s },
				systemNames: { names: [], prefixes: [] },
			},
		},
		findings,
	);
	const user = mapping.find(({ attribute }) => attribute === USER_COLUMN);
	if (user?.substitute) findings.add('purview-user-email', { column: user.column });
	const planned = new Map(plan.columns.map((column) => [column.name, column]));
	const signalColumns = known.flatMap((column): SignalColumn[] => {
		const found = planned.get(column.name);
		const name = headerOf(layout, column.name);
		// The form of a user principal name is judged by its own rule.
		const type = column.name === USER_COLUMN ? 'string' : column.type;
		if (found) return [{ ...found, type, name, attribute: column.name }];
		if (request.sendColumns === 'found' && !requiredAnywhere(layout, column.name)) return [];
		return [blankColumn(column, name)];
	});
	return {
		plan: {
			columns: signalColumns,
			leftOut: plan.leftOut,
			proposals: plan.proposals.map((proposal) => ({
				...proposal,
				attribute: headerOf(layout, proposal.attribute),
			})),
			missing: several ? missingOf(layout, planned) : [],
		},
		mapping: mapping.map((line) => ({ ...line, attribute: headerOf(layout, line.attribute) })),
	};
}

/** Mapping lines for source columns that are called as the user says the connector calls them. */
function namedAsInConnector(
	{ layout, columns, mapping }: SignalPlanRequest,
	known: readonly ScenarioColumn[],
): MappingEntry[] {
	const chosen = new Set(
		mapping.flatMap(({ column, attribute }) => [normalizeColumnName(column), normalizeColumnName(attribute)]),
	);
	return known.flatMap(({ name }) => {
		const header = headerOf(layout, name);
		const found = columns.filter((column) => column.trim().toLowerCase() === header.trim().toLowerCase());
		if (header === name || found.length !== 1) return [];
		if (chosen.has(normalizeColumnName(name)) || chosen.has(normalizeColumnName(found[0]))) return [];
		return [{ column: found[0], attribute: name }];
	});
}

function blankColumn(column: ScenarioColumn, name: string): SignalColumn {
	return {
		name,
		attribute: column.name,
		type: 'string',
		sourceIndex: -1,
		sourceName: '',
		fixed: '',
		required: false,
		reason: 'The source has no such column; it is sent blank.',
	};
}

function requiredAnywhere({ scenarios }: FileLayout, column: string): boolean {
	return column === IDENTIFIER_COLUMN || scenarios.some((id) => needOf(id, column) === 'required');
}

function missingOf({ scenarios }: FileLayout, planned: ReadonlyMap<string, PlannedColumn>) {
	return scenarios.flatMap((scenario) =>
		columnsOf({ scenarios: [scenario], headers: {} })
			.filter(({ name, need }) => need === 'required' && name !== USER_COLUMN && !planned.has(name))
			.map(({ name }) => ({ scenario, attribute: name })),
	);
}
