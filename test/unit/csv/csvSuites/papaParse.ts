import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { CSV_DELIMITERS, type CsvDelimiter } from '../../../../nodes/shared/csv/csvDelimiter';
import type { CsvCase, CsvSuite } from './suite';

/** A case as Papa Parse publishes it with its package. */
interface PapaCase {
	description: string;
	input: string;
	config?: Record<string, unknown>;
	expected: {
		data: Array<string[] | Record<string, string | string[]>>;
		errors: Array<{ type: string; code: string }>;
	};
}

/** Settings of Papa Parse that have a counterpart here, or change nothing that is compared. */
const KNOWN_SETTINGS = ['delimiter', 'newline', 'header', 'skipEmptyLines', 'skipFirstNLines'];

const SPACE_AFTER_QUOTE =
	'Papa Parse drops the spaces, other readers keep them, RFC 4180 knows none: nothing is guessed.';
const EVERY_LINE_END =
	'A line ends at each CR, LF and CRLF, whichever came first: joined reports have several.';
const NO_HEADER = 'Papa Parse finds no records. A file without a header is no table.';
const NAMES_STAY =
	'Papa Parse renames columns of one name; the header stays here, and the mapping names them.';

const afterQuote = (row: number, field: number) => ({
	refused: `Row ${row}, field ${field}: text follows after the closing quote`,
	because: SPACE_AFTER_QUOTE,
});
const spaces = 'Quoted fields with spaces';

/** What comes of a case here, where that is something else on purpose. */
const DECIDED_OTHERWISE: Record<string, Pick<CsvCase, 'cells' | 'refused' | 'because'>> = {
	[`${spaces} between closing quote and next delimiter`]: afterQuote(1, 2),
	[`${spaces} between closing quote and next new line`]: afterQuote(1, 4),
	[`${spaces} after closing quote`]: afterQuote(1, 2),
	[`${spaces} between closing quote and next delimiter and contains delimiter`]: afterQuote(1, 2),
	[`${spaces} between closing quote and newline and contains newline`]: afterQuote(1, 3),
	'Mixed slash n and slash r should choose first as precident': {
		cells: [
			['a', 'b', 'c'],
			['d', 'e', 'f'],
			['g', 'h', 'i'],
		],
		because: EVERY_LINE_END,
	},
	'Empty input string': { refused: 'The file is empty', because: NO_HEADER },
	'Simple duplicated header names': {
		cells: [
			['A', 'A', 'A', 'A'],
			['1', '2', '3', '4'],
		],
		because: NAMES_STAY,
	},
	'Duplicated header names existing column': {
		cells: [
			['c', 'c', 'c', 'c_1'],
			['1', '2', '3', '4'],
		],
		because: NAMES_STAY,
	},
	'Duplicate header names with __proto__ field': {
		cells: [
			['__proto__', '__proto__', '__proto__'],
			['1', '2', '3'],
		],
		because: NAMES_STAY,
	},
	'Skip empty lines, with empty input': { refused: 'The file is empty', because: NO_HEADER },
};

/**
 * The cases of Papa Parse's own tests of reading (MIT; its npm package holds them) that need no setting which this
 * package lacks: comments, other quotes, types, previews, functions.
 * @param list name of the list in its file
 * @param suite name of the suite
 */
export function papaParseSuite(list: 'CORE_PARSER_TESTS' | 'PARSE_TESTS', suite: string): CsvSuite {
	const file = join(dirname(require.resolve('papaparse/package.json')), 'tests', 'test-cases.js');
	const nothing = Object.assign(() => undefined, { skip: () => undefined });
	// The file registers its tests as it is loaded: only its lists are wanted.
	const lists: Record<string, unknown> = { chai: {}, Papa: {}, describe: nothing, it: nothing };
	runInNewContext(readFileSync(file, 'utf8'), lists);
	return {
		suite,
		source: 'https://github.com/mholt/PapaParse/blob/master/tests/test-cases.js',
		cases: (lists[list] as PapaCase[])
			.filter(isWithinReach)
			.map((found) => toCase(found, list === 'CORE_PARSER_TESTS')),
	};
}

function isWithinReach({ config = {} }: PapaCase): boolean {
	const set = Object.keys(config).filter((key) => config[key] !== undefined);
	return (
		set.every((key) => KNOWN_SETTINGS.includes(key)) &&
		(config.delimiter === undefined || CSV_DELIMITERS.includes(config.delimiter as CsvDelimiter)) &&
		config.skipEmptyLines !== 'greedy' &&
		!((config.skipFirstNLines as number) < 0)
	);
}

/** @param told the list has no guessing of delimiters: it is a comma where nothing is said */
function toCase({ description, input, config = {}, expected }: PapaCase, told: boolean): CsvCase {
	const skip = (config.skipFirstNLines as number | undefined) ?? 0;
	// A blank line is a record of one blank there, and no record here.
	const rows = expected.data
		.map((row) => (Array.isArray(row) ? [...row] : Object.values(row).flat()))
		.filter((row) => row.length > 1 || row[0] !== '');
	let header: string[] | undefined;
	if (config.header !== true) {
		const width = Math.max(1, ...rows.map((row) => row.length));
		header = Array.from({ length: width }, (_, i) => `column ${i + 1}`);
		rows.unshift(header);
	} else if (!Array.isArray(expected.data[0])) rows.unshift(headerOf(input, skip));
	const options = {
		delimiter: (config.delimiter as CsvDelimiter | undefined) ?? (told ? (',' as const) : undefined),
		skipLinesBefore: skip,
		header,
	};
	const decided = DECIDED_OTHERWISE[description] ?? {};
	const refused = decided.refused ?? refusal(expected.errors);
	const otherCells = decided.cells && header ? [header, ...decided.cells] : decided.cells;
	return {
		name: description,
		file: input,
		options,
		guessed: options.delimiter === undefined && /[;|\t]/.test(input),
		...(refused ? { refused } : { cells: otherCells ?? rows }),
		because: decided.because,
	};
}

/** The names of columns, where the expected records name only the fields that they have. */
function headerOf(input: string, skip: number): string[] {
	const line = input.replace('\ufeff', '').split(/\r\n|\r|\n/)[skip];
	return line.split(',').map((name) => name.replaceAll('"', ''));
}

/** What is said here of a file in which Papa Parse finds misplaced quotes. */
function refusal(errors: PapaCase['expected']['errors']): string | undefined {
	const [quotes] = errors.filter(({ type }) => type === 'Quotes');
	if (!quotes) return undefined;
	return quotes.code === 'InvalidQuotes' ? 'text follows after the closing quote' : 'is never closed';
}
