import type { Alias } from './alias';
import type { Findings } from '../findings/findings';
import { normalizeColumnName } from './normalizeColumnName';
import { strip } from '../core/strip';
import { checkName, checkPlannedColumns, quoted, type ColumnRules } from './headerRules';
import { matchColumns, type MatchedBy } from './matchColumns';
import type { Attribute, ColumnPlan, PlannedColumn, ValueType } from './columnPlan';

/** One line of the user's mapping. */
export interface MappingEntry {
	/** the source's name of the column */
	column: string;
	/** an attribute of the destination, or a name of the user's own */
	attribute: string;
	/** type of the values, for a name of the user's own; `string` unless told */
	type?: ValueType;
}

/** What happens to columns that match no attribute. */
export type OtherColumns = 'leaveOut' | 'custom' | 'error';

/** One line of the mapping as it is shown to the user. */
export interface MappingLine {
	/** the source's name of the column */
	column: string;
	/** the name under which it is sent */
	attribute: string;
	type: ValueType;
	by: MatchedBy | 'custom';
	/** why, in one sentence */
	reason: string;
}

/** Input of {@link planColumns}. */
export interface PlanRequest {
	/** the header: names of the columns as the source has them */
	columns: readonly string[];
	/** the first rows, each with its values in the order of the columns */
	samples: ReadonlyArray<readonly string[]>;
	rules: ColumnRules;
	aliases: readonly Alias[];
	mapping: readonly MappingEntry[];
	otherColumns: OtherColumns;
}

/**
 * Decides which columns are sent, under which name and with which checks. What is wrong with the header becomes a
 * finding; the plan then holds what could be decided.
 * @param request columns, rules of the destination and wishes of the user
 * @param findings takes what is wrong with the header
 * @returns the plan, and the mapping in words
 * @throws Problem `configuration` where the user's mapping contradicts itself or names a column that is not there
 */
export function planColumns(
	request: PlanRequest,
	findings: Findings,
): { plan: ColumnPlan; mapping: MappingLine[] } {
	const { columns, rules } = request;
	const known = new Map(
		rules.attributes.map((attribute) => [normalizeColumnName(attribute.name), attribute]),
	);
	const entries = request.mapping.map((entry) => ({
		...entry,
		attribute: known.get(normalizeColumnName(entry.attribute))?.name ?? entry.attribute.trim(),
	}));
	const { matches, ambiguous, missing } = matchColumns({
		columns,
		attributes: rules.attributes,
		aliases: request.aliases,
		people: rules.people,
		samples: request.samples,
		userMapping: entries,
	});

	const planned: PlannedColumn[] = [];
	const lines: MappingLine[] = [];
	const add = (column: PlannedColumn, by: MappingLine['by']) => {
		planned.push(column);
		lines.push({
			column: column.sourceName,
			attribute: column.name,
			type: column.type,
			by,
			reason: column.reason,
		});
	};

	for (const { from, column, attribute, by, reason } of matches) {
		const definition = known.get(normalizeColumnName(attribute));
		if (definition?.name === attribute) {
			add(knownColumn(definition, rules, { sourceIndex: from, sourceName: column, reason }), by);
		} else {
			const type = entries.find((entry) => entry.attribute === attribute)?.type ?? 'string';
			checkName({ attribute, column }, rules, findings);
			add({ name: attribute, type, sourceIndex: from, sourceName: column, required: false, reason }, by);
		}
	}

	const twice = new Set(columns.filter((column, from) => columns.indexOf(column) !== from));
	for (const { attribute, candidates } of ambiguous) {
		if (candidates.every((candidate) => candidate === candidates[0])) {
			findings.add('header-duplicate', { column: candidates[0] });
			twice.delete(candidates[0]);
		} else findings.add('column-ambiguous', { attribute, columns: quoted(candidates) });
	}
	for (const name of missing) {
		const definition = known.get(normalizeColumnName(name));
		if (definition?.need === 'required') findings.add('column-required-missing', { attribute: name });
		else if (name === rules.people?.date) findings.add('effective-date-missing');
	}

	const used = new Set(planned.map(({ sourceIndex }) => sourceIndex));
	const contested = new Set(ambiguous.flatMap(({ candidates }) => candidates));
	const leftOut: string[] = [];
	columns.forEach((column, from) => {
		if (used.has(from)) return;
		if (request.otherColumns === 'custom' && !contested.has(column)) {
			const custom = customColumn({ column, from }, rules, findings);
			if (custom) add(custom, 'custom');
			return;
		}
		if (request.otherColumns === 'error' && !contested.has(column)) {
			findings.add('column-unmatched', { column: label(column, from) });
		}
		leftOut.push(label(column, from));
	});

	// Of two columns with one name nobody can tell which is meant; those that are left out do no harm.
	for (const column of twice) {
		if (planned.some(({ sourceName }) => sourceName === column)) findings.add('header-duplicate', { column });
	}
	const nameable = planned.filter(({ sourceName }) => !twice.has(sourceName));
	checkPlannedColumns(nameable, rules, findings);
	// In the order of the source, so that writers copy whole stretches of a record: the services do not care (source A11).
	const inSourceOrder = [...planned].sort((a, b) => a.sourceIndex - b.sourceIndex);
	return { plan: { columns: inSourceOrder, leftOut }, mapping: lines };
}

/**
 * A column that is an attribute of the destination.
 * @param attribute what the destination says of it
 * @param rules which attributes need a value in every row
 * @param source where the column is, and why it is this attribute
 */
export function knownColumn(
	attribute: Attribute,
	rules: Pick<ColumnRules, 'filledWherePresent'>,
	source: Pick<PlannedColumn, 'sourceIndex' | 'sourceName' | 'reason'>,
): PlannedColumn {
	const { name, type, need, mayBeBlank, oneOf, minimum, maximum, maximumLength, dateStyle, currency } =
		attribute;
	const required = !mayBeBlank && (need === 'required' || rules.filledWherePresent.includes(name));
	return {
		name,
		type,
		mayBeBlank,
		oneOf,
		minimum,
		maximum,
		maximumLength,
		dateStyle,
		currency,
		required,
		...source,
	};
}

function customColumn(
	{ column, from }: { column: string; from: number },
	rules: ColumnRules,
	findings: Findings,
): PlannedColumn | undefined {
	if (column.trim() === '') {
		findings.add('header-empty', { position: from + 1 });
		return undefined;
	}
	const name = rules.headerPattern.pattern.test(column) ? column : legalName(column);
	if (name !== column && name !== '') findings.add('header-renamed', { column, attribute: name });
	checkName({ attribute: name || column, column }, rules, findings);
	const reason =
		name === column
			? `The column "${column}" matches no attribute and is sent as a custom attribute.`
			: `The column "${column}" matches no attribute and is sent as the custom attribute ${name}.`;
	return {
		name: name || column,
		type: 'string',
		sourceIndex: from,
		sourceName: column,
		required: false,
		reason,
	};
}

/** The nearest name of ASCII letters, digits and underscores; blank where nothing is left of the name. */
function legalName(column: string): string {
	const ascii = column.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '');
	return strip(ascii.replace(/[^A-Za-z0-9_]+/g, '_'), '_');
}

function label(column: string, from: number): string {
	return column.trim() === '' ? `(column ${from + 1})` : column;
}
