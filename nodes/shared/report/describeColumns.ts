import type { MappingLine, OtherColumns } from '../columns/planColumns';
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
 * @param columns names of the source's columns
 * @param otherColumns what was to happen to columns that match nothing
 * @param filledIn tells how full a column is
 */
export function describeLeftOut(
	columns: readonly string[],
	otherColumns: OtherColumns,
	filledIn: SeenRows['filledIn'] | undefined,
): LeftOutColumn[] {
	return columns.map((column) => ({
		column: shown(column, LONGEST_NAME),
		reason: reasonFor(column, otherColumns),
		filled: filledIn?.(column),
	}));
}

function reasonFor(column: string, otherColumns: OtherColumns): string {
	if (/^\(column \d+\)$/.test(column)) return 'It has no name.';
	if (otherColumns === 'custom') return 'More than one column could be the same attribute; see the findings.';
	return "It matches no attribute, or more than one column could be the same. 'Column Mapping' settles it.";
}

function shown(text: string, longest: number): string {
	const harmless = withoutAddresses(text);
	return harmless.length <= longest ? harmless : `${harmless.slice(0, longest)}…`;
}
