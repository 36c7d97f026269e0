import type { Findings } from '../findings/findings';
import type { Attribute, PeopleAttributes, PlannedColumn } from './columnPlan';

/** What a destination asks of columns, as far as planning needs it. */
export interface ColumnRules {
	/** those that name people, where the destination knows any, and the one for the day from which a row counts */
	people?: PeopleAttributes & { date?: string };
	/** with `need` as it is for this import */
	attributes: readonly Attribute[];
	/** where these columns are there, every row must have a value */
	filledWherePresent: readonly string[];
	/** what every name that is sent must match */
	headerPattern: { pattern: RegExp; sentence?: string };
	/** names that no column of the user's own may have */
	systemNames: { names: readonly string[]; prefixes: readonly string[] };
	/** highest number of columns */
	maximumAttributes?: { value: number };
	/** above so many, some may be refused */
	doubtfulAttributes?: { value: number };
}

/** How many names a sentence lists before it says "and more". */
const NAMES_IN_A_SENTENCE = 12;

/**
 * Checks a name of the user's own: its characters, and that it is not one of the service's (source A10).
 * @param own the name under which a column is to be sent, and the source's name of that column
 */
export function checkName(
	{ attribute, column }: { attribute: string; column: string },
	rules: ColumnRules,
	findings: Findings,
): void {
	const folded = attribute.toLowerCase();
	const expected = rules.attributes.find(({ name }) => name.toLowerCase() === folded)?.name;
	if (!rules.headerPattern.pattern.test(attribute)) {
		findings.add('header-characters', { column, attribute, allowed: rules.headerPattern.sentence ?? '' });
	} else if (expected !== undefined && expected !== attribute) {
		findings.add('header-letter-case', { column, attribute, expected });
	} else if (isSystemName(attribute, rules)) {
		findings.add('header-system-name', { column, attribute });
	}
}

/** Whether the service keeps a name for itself; letters count without case. */
export function isSystemName(name: string, rules: ColumnRules): boolean {
	const folded = name.toLowerCase();
	if (rules.attributes.some((attribute) => attribute.name === name)) return false;
	const { names, prefixes } = rules.systemNames;
	return (
		names.some((kept) => kept.toLowerCase() === folded) ||
		prefixes.some((prefix) => folded.startsWith(prefix.toLowerCase()))
	);
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
	const { length: count } = planned;
	if (count > limit) findings.add('columns-too-many', { count, limit });
	const doubtful = rules.doubtfulAttributes?.value ?? Infinity;
	if (count > doubtful) findings.add('columns-perhaps-too-many', { count, limit: doubtful });
}

/**
 * Names in quotes, parted by commas, not too many of them.
 * @param last the word before the last name; a comma where it is missing
 */
export function quoted(names: readonly string[], last?: 'and' | 'or'): string {
	const shown = names.slice(0, NAMES_IN_A_SENTENCE).map((name) => `'${name}'`);
	if (names.length > shown.length) shown.push(`and ${names.length - shown.length} more`);
	if (last === undefined || shown.length < 2) return shown.join(', ');
	return `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}
