import type { Findings } from '../findings/findings';

/** The first lines of a source, of which the first was taken for the header. */
export interface FirstLines {
	columns: readonly string[];
	/** the lines below, each with its values, and their numbers as the user counts */
	samples: ReadonlyArray<readonly string[]>;
	rows: readonly number[];
	unit: 'row' | 'item';
}

/** Lines among which the header is looked for: no title is longer. */
const MOST_TITLE_LINES = 20;
/** Columns from which on a line may be a header. */
const FEWEST_COLUMNS = 3;
const LONGEST_NAME = 60;
/** As the panel calls them. */
const DELIMITER_NAMES: Readonly<Record<string, string>> = {
	';': 'Semicolon',
	',': 'Comma',
	'\t': 'Tab',
	'|': 'Pipe',
};
/** What no name of a column looks like: addresses, and what begins with a digit. */
const VALUE = /@|^[\d+-]/;

/**
 * Says what is unusual about a header, and why it may lack columns: its line is one of a title, or the fields of a line were not separated.
 * @param lines see {@link FirstLines}
 * @param findings takes what is found
 */
export function explainHeader({ columns, samples, rows, unit }: FirstLines, findings: Findings): void {
	if (columns[0] === 'METADATA') findings.add('header-record-kinds', { column: columns[0] });
	if (findings.errors === 0) return;
	const names = columns.filter((name) => name.trim() !== '');
	if (names.length === 1) {
		const [delimiter] = /[;,\t|]/.exec(names[0]) ?? [];
		if (delimiter !== undefined && names[0].split(delimiter).length >= FEWEST_COLUMNS) {
			const named = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
			findings.add('header-one-field', {
				column: names[0].slice(0, LONGEST_NAME),
				delimiter: named,
				choice:
					unit === 'item' ? `${named} in the step that reads the file` : `'${DELIMITER_NAMES[delimiter]}'`,
			});
			return;
		}
	}
	if (unit === 'item') return;
	const header = samples.slice(0, MOST_TITLE_LINES).findIndex((values) => mayBeHeader(values, names.length));
	if (header < 0) return;
	findings.add('header-not-first', { found: rows[header], lines: rows[header] - 1 });
}

function mayBeHeader(values: readonly string[], titleFields: number): boolean {
	const names = values.filter((value) => value.trim() !== '');
	if (names.length < Math.max(FEWEST_COLUMNS, titleFields * 2) || names.length < values.length / 2)
		return false;
	return new Set(names).size === names.length && !names.some((name) => VALUE.test(name.trim()));
}
