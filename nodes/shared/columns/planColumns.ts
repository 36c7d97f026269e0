import type { ColumnVocabulary, Sureness } from './alias';
import type { Findings } from '../findings/findings';
import { normalizeColumnName } from './normalizeColumnName';
import { strip } from '../core/strip';
import { checkName, checkPlannedColumns, quoted, type ColumnRules } from './headerRules';
import type { MatchedBy } from './candidates';
import { matchColumns, type AutomaticMatching, type ColumnMatches } from './matchColumns';
import type { Attribute, ColumnPlan, ColumnProposal, PlannedColumn, ValueType } from './columnPlan';

/** One line of the user's mapping. */
export interface MappingEntry {
	/** the source's name of the column */
	column: string;
	/** an attribute of the destination, or a name of the user's own */
	attribute: string;
	/** type of the values, for a name of the user's own; `string` unless told */
	type?: ValueType;
	/** what is sent for the words of this column */
	values?: ReadonlyMap<string, string>;
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
	sureness: Sureness;
	/** the name is another one than that by which the destination knows people */
	substitute?: true;
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
	vocabulary: ColumnVocabulary;
	mapping: readonly MappingEntry[];
	/** see {@link AutomaticMatching} */
	matching: AutomaticMatching;
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
	const found = matchColumns({
		columns,
		attributes: rules.attributes,
		vocabulary: request.vocabulary,
		people: rules.people,
		samples: request.samples,
		userMapping: entries,
		matching: request.matching,
	});
	const { matches, ambiguous } = found;

	const planned: PlannedColumn[] = [];
	const lines: MappingLine[] = [];
	const add = (column: PlannedColumn, match: Pick<MappingLine, 'by' | 'sureness' | 'substitute'>) => {
		const values = entries.find(({ attribute }) => attribute === column.name)?.values;
		planned.push(values ? { ...column, values } : column);
		lines.push({
			column: column.sourceName,
			attribute: column.name,
			type: column.type,
			...match,
			reason: column.reason,
		});
	};

	for (const { from, column, attribute, by, sureness, reason, substitute } of matches) {
		const definition = known.get(normalizeColumnName(attribute));
		const match = { by, sureness, ...(substitute && { substitute }) };
		if (definition?.name === attribute) {
			add(knownColumn(definition, rules, { sourceIndex: from, sourceName: column, reason }), match);
		} else {
			const type = entries.find((entry) => entry.attribute === attribute)?.type ?? 'string';
			checkName({ attribute, column }, rules, findings);
			add({ name: attribute, type, sourceIndex: from, sourceName: column, required: false, reason }, match);
		}
	}
	const proposals = [...found.proposals, ...undecidedProposals(ambiguous, rules)];
	addColumnFindings(found, rules, findings);

	const used = new Set(planned.map(({ sourceIndex }) => sourceIndex));
	const contested = new Set(ambiguous.flatMap(({ candidates }) => candidates));
	const leftOut: string[] = [];
	columns.forEach((column, from) => {
		if (used.has(from)) return;
		if (request.otherColumns === 'custom' && !contested.has(column)) {
			const custom = customColumn({ column, from }, rules, findings);
			if (custom) add(custom, { by: 'custom', sureness: 'sure' });
			return;
		}
		if (request.otherColumns === 'error' && !contested.has(column)) {
			findings.add('column-unmatched', { column: label(column, from) });
		}
		leftOut.push(label(column, from));
	});

	// Of two columns with one name nobody can tell which is meant; those that are left out do no harm.
	const twice = new Set(columns.filter((column, from) => columns.indexOf(column) !== from));
	for (const column of twice) {
		if (planned.some(({ sourceName }) => sourceName === column)) findings.add('header-duplicate', { column });
	}
	const nameable = planned.filter(({ sourceName }) => !twice.has(sourceName));
	checkPlannedColumns(nameable, rules, findings);
	// In the order of the source, so that writers copy whole stretches of a record: the services do not care (source A11).
	const inSourceOrder = [...planned].sort((a, b) => a.sourceIndex - b.sourceIndex);
	return { plan: { columns: inSourceOrder, leftOut, proposals }, mapping: lines };
}

/** What is wrong with the columns of attributes that nothing became. */
function addColumnFindings(
	{ ambiguous, missing, proposals, refusals }: ColumnMatches,
	rules: ColumnRules,
	findings: Findings,
): void {
	const needed = new Set(rules.attributes.filter(isNeeded).map(({ name }) => name));
	for (const { attribute, candidates } of ambiguous) {
		const columns = quoted(candidates);
		if (!needed.has(attribute)) findings.add('column-undecided', { attribute, columns });
		else if (new Set(candidates).size === 1) findings.add('header-duplicate', { column: candidates[0] });
		else findings.add('column-ambiguous', { attribute, columns });
	}
	for (const attribute of missing) {
		const proposed = proposals.filter((proposal) => proposal.attribute === attribute);
		const refused = refusals.filter((refusal) => refusal.attribute === attribute);
		const expected = valuesOf(rules.attributes.find(({ name }) => name === attribute));
		const unfit = refused.filter(({ why }) => why === 'values').map(({ column }) => column);
		if (!needed.has(attribute)) {
			for (const column of unfit) findings.add('column-unfit', { column, attribute, expected });
			if (attribute === rules.people?.date) findings.add('effective-date-missing');
		} else if (proposed.length > 0) {
			findings.add('column-required-unsure', {
				attribute,
				columns: quoted(
					proposed.map(({ column }) => column),
					'or',
				),
				line: mappingLine(proposed[0]),
			});
		} else if (unfit.length > 0) {
			findings.add('column-required-unfit', { attribute, columns: quoted(unfit, 'and'), expected });
		} else if (refused.length > 0) {
			const columns = quoted(
				refused.map(({ column }) => column),
				'and',
			);
			findings.add('column-required-owner', { attribute, columns });
		} else findings.add('column-required-missing', { attribute });
	}
}

function isNeeded({ need }: Attribute): boolean {
	return need === 'required';
}

/** Columns that are equally good for an attribute that the import does not need: one of them may be it. */
function undecidedProposals(
	ambiguous: ColumnMatches['ambiguous'],
	{ attributes }: ColumnRules,
): ColumnProposal[] {
	const optional = new Set(attributes.filter((attribute) => !isNeeded(attribute)).map(({ name }) => name));
	return ambiguous
		.filter(({ attribute }) => optional.has(attribute))
		.flatMap(({ attribute, candidates }) =>
			namedOnce(candidates).map((column) => ({
				column,
				attribute,
				sureness: 'likely' as const,
				reason: `The columns ${quoted(candidates, 'and')} could each be ${attribute}.`,
			})),
		);
}

/** No line under 'Column Mapping' can say which of two columns with one name is meant. */
function namedOnce(columns: readonly string[]): string[] {
	return columns.filter((column) => columns.indexOf(column) === columns.lastIndexOf(column));
}

/** What to add under 'Column Mapping', in words. */
export function mappingLine({ column, attribute }: Pick<ColumnProposal, 'column' | 'attribute'>): string {
	return `Column '${column}', Attribute '${attribute}'`;
}

const VALUES: Readonly<Record<ValueType, string>> = {
	string: 'of that kind',
	email: 'e-mail addresses',
	date: 'dates',
	integer: 'whole numbers',
	double: 'numbers',
};

/** What the values of an attribute are, in words. */
function valuesOf(attribute: Attribute | undefined): string {
	return attribute?.oneOf ? `all among ${attribute.oneOf.join(', ')}` : VALUES[attribute?.type ?? 'string'];
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
	const { name, type, need, mayBeBlank, oneOf, minimum, maximum, maximumLength } = attribute;
	const { dateStyle, currency, isRecent } = attribute;
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
		isRecent,
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
