import type { ColumnProposal } from '../columns/columnPlan';
import { mappingLine, type MappingLine, type OtherColumns } from '../columns/planColumns';
import { withoutAddresses } from './observe/maskValue';
import type { LeftOutColumn, SentColumn } from './observe/reportData';
import type { SeenRows } from './observe/reportObserver';

/** Longest name of a column, and longest reason, in characters. */
const LONGEST_NAME = 120;
const LONGEST_REASON = 300;

/** The columns that are sent, with how full they are. */
export function describeSent(
	mapping: readonly MappingLine[],
	filledIn: SeenRows['filledIn'] | undefined,
): SentColumn[] {
	return mapping.map(({ column, attribute, type, by, reason }) => ({
		column: shown(column, LONGEST_NAME),
		attribute: shown(attribute, LONGEST_NAME),
		type,
		by,
		reason: shown(reason, LONGEST_REASON),
		filled: filledIn?.(column, attribute),
	}));
}

/**
 * The columns that are not sent, and why.
 * @param plan the columns, what may be an attribute among them, and what was to happen to columns that match nothing
 * @param filledIn tells how full a column is
 */
export function describeLeftOut(
	{ leftOut, proposals, otherColumns }: LeftOut,
	filledIn: SeenRows['filledIn'] | undefined,
): LeftOutColumn[] {
	return leftOut.map((column) => ({
		column: shown(column, LONGEST_NAME),
		reason: shown(reasonFor(column, proposals, otherColumns), LONGEST_REASON),
		filled: filledIn?.(column),
	}));
}

interface LeftOut {
	leftOut: readonly string[];
	proposals: readonly ColumnProposal[];
	otherColumns: OtherColumns;
}

function reasonFor(column: string, proposals: LeftOut['proposals'], otherColumns: OtherColumns): string {
	const [proposal] = proposals.filter((each) => each.column === column);
	if (proposal) {
		return `It may be ${proposal.attribute}. To send it, add under 'Column Mapping': ${mappingLine(proposal)}.`;
	}
	if (/^\(column \d+\)$/.test(column)) return 'It has no name.';
	if (otherColumns === 'custom') return 'More than one column could be the same attribute; see the findings.';
	return "It matches no attribute, or more than one column could be the same. 'Column Mapping' settles it.";
}

function shown(text: string, longest: number): string {
	const harmless = withoutAddresses(text);
	return harmless.length <= longest ? harmless : `${harmless.slice(0, longest)}…`;
}
