/** Rows that follow one another, numbered as the user knows them; some in between may have been left out. */
export interface RowRange {
	firstRow: number;
	lastRow: number;
	/** how many of them were kept */
	records: number;
}

/** More ranges than that say nothing to a person. */
const RANGES_TOLD = 20;

/**
 * Joins ranges that follow one another, as chunks do.
 * @param ranges in order
 */
function joinRanges(ranges: readonly RowRange[]): RowRange[] {
	const joined: RowRange[] = [];
	for (const { firstRow, lastRow, records } of ranges) {
		const last = joined.at(-1);
		if (last && firstRow === last.lastRow + 1) {
			last.lastRow = lastRow;
			last.records += records;
		} else {
			joined.push({ firstRow, lastRow, records });
		}
	}
	return joined;
}

/**
 * Ranges in words: "rows 2 to 5,001 (5,000)", "none".
 * @param ranges in order
 * @param unit what the rows are called
 */
export function formatRanges(ranges: readonly RowRange[], unit: 'row' | 'item'): string {
	if (ranges.length === 0) return 'none';
	const joined = joinRanges(ranges);
	const spoken = joined
		.slice(0, RANGES_TOLD)
		.map(({ firstRow, lastRow, records }) =>
			firstRow === lastRow
				? `${unit} ${firstRow}`
				: `${unit}s ${firstRow} to ${lastRow} (${records.toLocaleString('en')})`,
		);
	if (joined.length > RANGES_TOLD) spoken.push(`and ${joined.length - RANGES_TOLD} more ranges`);
	return spoken.join(', ');
}

/** Rows as facts that a later step can count with: how many, and which. */
export type RowFacts<Name extends string> = Record<`${Name}Rows`, number> &
	Record<`${Name}Ranges`, RowRange[]>;

/**
 * Makes {@link RowFacts}.
 * @param ranges in order
 */
export function rowFacts<Name extends string>(name: Name, ranges: readonly RowRange[]): RowFacts<Name> {
	const joined = joinRanges(ranges);
	const count = joined.reduce((total, { records }) => total + records, 0);
	return { [`${name}Rows`]: count, [`${name}Ranges`]: joined } as RowFacts<Name>;
}
