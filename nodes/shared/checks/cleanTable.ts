import { isUtf8 } from 'node:buffer';
import { count } from '../core/format';
import { FieldQuoting, fieldText, type RecordBatch, type Table } from '../records/recordBatch';
import { rewriteBatch } from '../records/rewriteBatch';
import type { RuleCode } from '../findings/catalogue';
import type { Findings } from '../findings/findings';
import type { ColumnPlan, PlannedColumn } from '../columns/columnPlan';

/** Kinds of faults in values that can be cleaned without guessing. */
export type CleaningKind = 'blanks' | 'lineBreaks' | 'letterCase' | 'decimalComma' | 'wholeNumbers';

/** One way to clean a value; gives the same text back where there is nothing to clean. */
interface Cleaner {
	code: RuleCode;
	applies: (column: PlannedColumn) => boolean;
	clean: (text: string, column: PlannedColumn) => string;
}

/** Puts the lines of a text on one, without the blanks around the breaks. */
function joinLines(text: string): string {
	const lines = text.split(/[\r\n]+/);
	const last = lines.length - 1;
	return lines
		.map((line, index) => (index === 0 ? line : line.trimStart()))
		.map((line, index) => (index === last ? line : line.trimEnd()))
		.join(' ');
}

/** In the order in which they are applied. */
const CLEANERS: Record<CleaningKind, Cleaner> = {
	lineBreaks: {
		code: 'cleaned-line-break',
		applies: () => true,
		clean: joinLines,
	},
	blanks: { code: 'cleaned-blanks', applies: () => true, clean: (text) => text.trim() },
	letterCase: {
		code: 'cleaned-letter-case',
		applies: ({ oneOf }) => oneOf !== undefined,
		clean: (text, { oneOf = [] }) => oneOf.find((word) => word.toLowerCase() === text.toLowerCase()) ?? text,
	},
	decimalComma: {
		code: 'cleaned-decimal-comma',
		applies: ({ type }) => type === 'double',
		clean: cleanDecimalComma,
	},
	wholeNumbers: {
		code: 'cleaned-whole-number',
		applies: ({ type }) => type === 'integer',
		clean: (text) => text.replace(/^(-?\d+)\.0+$/, '$1'),
	},
};

/** Kinds in the order in which they are applied. */
const CLEANING_KINDS = Object.keys(CLEANERS) as CleaningKind[];

/**
 * `1.234,5` and `23,75` become `1234.5` and `23.75`. `1,234` stays: nobody can tell whether it is more than a thousand or little
 * more than one.
 */
function cleanDecimalComma(text: string): string {
	const parts = /^(-?\d{1,3}(?:\.\d{3})+|-?\d+),(\d+)$/.exec(text);
	if (!parts || (parts[2].length === 3 && !parts[1].includes('.'))) return text;
	return `${parts[1].replaceAll('.', '')}.${parts[2]}`;
}

/** How the values of one column are cleaned. */
interface ColumnCleaning {
	column: PlannedColumn;
	cleaners: Cleaner[];
	/** values with decimal commas were met */
	commas: boolean;
	/** values such as `1.234`, which are a thousand and more where decimals have commas, and the first of their rows */
	thousands: number;
	firstThousand: number;
}

/** What is cleaned, and where that is noted. */
export interface CleaningRequest {
	/** only columns that are sent are cleaned */
	plan: ColumnPlan;
	/** what may be cleaned */
	kinds: readonly CleaningKind[];
	/** takes a warning for each cleaned value */
	findings: Findings;
}

/**
 * A table whose values are cleaned as they are read; each cleaned value is counted as a warning in the findings.
 * @param table read once
 * @param request see {@link CleaningRequest}
 */
export function cleanTable(table: Table, { plan, kinds, findings }: CleaningRequest): Table {
	const work = plan.columns.flatMap((column): ColumnCleaning[] => {
		const cleaners = CLEANING_KINDS.filter((kind) => kinds.includes(kind))
			.map((kind) => CLEANERS[kind])
			.filter(({ applies }) => column.sourceIndex >= 0 && applies(column));
		return cleaners.length > 0 ? [{ column, cleaners, commas: false, thousands: 0, firstThousand: 0 }] : [];
	});
	if (work.length === 0) return table;

	async function* batches(): AsyncGenerator<RecordBatch> {
		for await (const batch of table.batches) yield cleanBatch(batch, work, findings);
		for (const { column, commas, thousands, firstThousand } of work) {
			if (!commas || thousands === 0) continue;
			const facts = { column: column.sourceName, found: count(thousands, 'value'), row: firstThousand };
			findings.add('numbers-ambiguous', facts);
		}
	}
	return { ...table, batches: batches() };
}

function cleanBatch(batch: RecordBatch, work: readonly ColumnCleaning[], findings: Findings): RecordBatch {
	const columns = work.map(({ column }) => column.sourceIndex);
	return rewriteBatch(batch, columns, (r, f, index) => {
		const cleaning = work[index];
		if (!mayNeedCleaning(batch, f, cleaning.column)) return undefined;
		const before = fieldText(batch, f);
		const text = cleanValue(before, cleaning, { row: batch.rows[r], findings });
		return text === before ? undefined : text;
	});
}

function cleanValue(
	value: string,
	cleaning: ColumnCleaning,
	{ row, findings }: { row: number; findings: Findings },
): string {
	const { column, cleaners } = cleaning;
	let text = value;
	for (const { code, clean } of cleaners) {
		const next = clean(text, column);
		if (next !== text) findings.add(code, { row, column: column.sourceName });
		if (clean === cleanDecimalComma) {
			if (next !== text) cleaning.commas = true;
			else if (/^-?\d{1,3}\.\d{3}$/.test(text) && cleaning.thousands++ === 0) cleaning.firstThousand = row;
		}
		text = next;
	}
	return text;
}

/**
 * Most values need no look at their text. What is no UTF-8 must have none: it would become a text with other characters in it, and
 * the rules would no longer find it.
 */
function mayNeedCleaning(batch: RecordBatch, f: number, column: PlannedColumn): boolean {
	return mayLookDifferent(batch, f, column) && isUtf8(batch.bytes.subarray(batch.starts[f], batch.ends[f]));
}

const HYPHEN = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Without a blank at either end, a line break, and words or separators of numbers to clean, there is nothing to do. */
function mayLookDifferent(
	{ bytes, starts, ends, quoting }: RecordBatch,
	f: number,
	column: PlannedColumn,
): boolean {
	const start = starts[f];
	const end = ends[f];
	if (start === end) return false;
	if (column.oneOf || quoting[f] !== FieldQuoting.plain) return true;
	const { type } = column;
	if (type === 'integer' || type === 'double') {
		for (let i = start; i < end; i++) {
			const byte = bytes[i];
			if ((byte >= ZERO && byte <= NINE) || byte === HYPHEN) continue;
			if (byte !== DOT || type === 'integer' || bytes[end - 4] === DOT) return true;
		}
		return false;
	}
	const first = bytes[start];
	const last = bytes[end - 1];
	if (first <= 0x20 || last <= 0x20 || first >= 0x80 || last >= 0x80) return true;
	for (let i = start; i < end; i++) if (bytes[i] < 0x20) return true;
	return false;
}
