import type { Findings } from './findings';
import type { Attribute, PlannedColumn } from './plan';

/** What a destination asks of columns, as far as planning needs it. */
export interface ColumnRules {
	/** with `need` as it is for this import */
	attributes: readonly Attribute[];
	/** where these columns are there, every row must have a value */
	filledWherePresent: readonly string[];
	/** what every name that is sent must match */
	headerPattern: { pattern: RegExp };
	/** names that no column of the user's own may have */
	systemNames: { names: readonly string[]; prefixes: readonly string[] };
	/** highest number of columns */
	maximumAttributes?: { value: number };
}

/** How many names a sentence lists before it says "and more". */
const NAMES_IN_A_SENTENCE = 12;

/**
 * Checks a name of the user's own: its characters, and that the service does not keep it for itself (source A10).
 * @param attribute the name under which the column is to be sent
 * @param column the source's name of the column
 */
export function checkName(attribute: string, column: string, rules: ColumnRules, findings: Findings): void {
	const { names, prefixes } = rules.systemNames;
	const folded = attribute.toLowerCase();
	if (!rules.headerPattern.pattern.test(attribute)) {
		findings.add('header-characters', { column, attribute });
	} else if (
		names.some((name) => name.toLowerCase() === folded) ||
		prefixes.some((prefix) => folded.startsWith(prefix.toLowerCase()))
	) {
		findings.add('header-system-name', { column, attribute });
	}
}

/**
 * Checks all columns that are to be sent together: none twice, and not too many (source A10, A11). Letters count without case.
 */
export function checkPlannedColumns(
	planned: readonly PlannedColumn[],
	rules: ColumnRules,
	findings: Findings,
): void {
	const byName = new Map<string, PlannedColumn[]>();
	for (const column of planned) {
		const key = column.name.toLowerCase();
		byName.set(key, [...(byName.get(key) ?? []), column]);
	}
	for (const same of byName.values()) {
		if (same.length < 2) continue;
		findings.add('column-mapped-twice', {
			attribute: same[0].name,
			columns: quoted(same.map(({ sourceName }) => sourceName)),
		});
	}
	const limit = rules.maximumAttributes?.value ?? Infinity;
	if (planned.length > limit) findings.add('columns-too-many', { count: planned.length, limit });
}

/** Names in quotes, parted by commas, not too many of them. */
export function quoted(names: readonly string[]): string {
	const shown = names.slice(0, NAMES_IN_A_SENTENCE).map((name) => `'${name}'`);
	if (names.length > shown.length) shown.push(`and ${names.length - shown.length} more`);
	return shown.join(', ');
}
