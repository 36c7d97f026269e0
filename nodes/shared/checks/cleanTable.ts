import { isUtf8 } from 'node:buffer';
import { FieldQuoting, fieldText, type RecordBatch, type Table } from '../records/recordBatch';
import type { RuleCode } from '../findings/catalogue';
import type { Findings } from '../findings/findings';
import type { ColumnPlan, PlannedColumn } from '../columns/columnPlan';

/** Kinds of faults in values that can be mended without guessing. */
export type CleaningKind = 'blanks' | 'lineBreaks' | 'letterCase' | 'decimalComma';

/** One way to mend a value; gives the same text back where there is nothing to mend. */
interface Cleaner {
	code: RuleCode;
	applies: (column: PlannedColumn) => boolean;
	mend: (text: string, column: PlannedColumn) => string;
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
		code: 'mended-line-break',
		applies: () => true,
		mend: joinLines,
	},
	blanks: { code: 'mended-blanks', applies: () => true, mend: (text) => text.trim() },
	letterCase: {
		code: 'mended-letter-case',
		applies: ({ oneOf }) => oneOf !== undefined,
		mend: (text, { oneOf = [] }) => oneOf.find((word) => word.toLowerCase() === text.toLowerCase()) ?? text,
	},
	decimalComma: {
		code: 'mended-decimal-comma',
		applies: ({ type }) => type === 'double',
		mend: cleanDecimalComma,
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

/**
 * A table whose values are mended as they are read; each mended value is counted as a warning in the findings.
 * @param table read once
 * @param kinds what may be cleaned
 * @param reading only columns of its plan are cleaned; its findings take a warning for each cleaned value
 */
export function cleanTable(
	table: Table,
	kinds: readonly CleaningKind[],
	{ plan, findings }: { plan: ColumnPlan; findings: Findings },
): Table {
	const work = plan.columns.flatMap((column) => {
		const cleaners = CLEANING_KINDS.filter((kind) => kinds.includes(kind))
			.map((kind) => CLEANERS[kind])
			.filter(({ applies }) => column.sourceIndex >= 0 && applies(column));
		return cleaners.length > 0 ? [{ column, menders: cleaners }] : [];
	});
	if (work.length === 0) return table;

	function cleanBatch(batch: RecordBatch): RecordBatch {
		const extra: Buffer[] = [];
		let length = batch.bytes.length;
		let mended: RecordBatch | undefined;
		for (let r = 0; r < batch.records; r++) {
			for (const { column, menders } of work) {
				const f = batch.fields[r] + column.sourceIndex;
				if (f >= batch.fields[r + 1] || !mayNeedCleaning(batch, f, column)) continue;
				const before = fieldText(batch, f);
				let text = before;
				for (const { code, mend } of menders) {
					const next = mend(text, column);
					if (next !== text) findings.add(code, { row: batch.rows[r], column: column.sourceName });
					text = next;
				}
				if (text === before) continue;
				mended ??= {
					...batch,
					starts: batch.starts.slice(),
					ends: batch.ends.slice(),
					quoting: batch.quoting.slice(),
					validation: undefined,
				};
				const bytes = Buffer.from(text, 'utf8');
				extra.push(bytes);
				mended.starts[f] = length;
				mended.ends[f] = length += bytes.length;
				mended.quoting[f] = /[",\r\n]/.test(text) ? FieldQuoting.quoted : FieldQuoting.plain;
			}
		}
		if (mended) mended.bytes = Buffer.concat([batch.bytes, ...extra], length);
		return mended ?? batch;
	}

	async function* batches(): AsyncGenerator<RecordBatch> {
		for await (const batch of table.batches) yield cleanBatch(batch);
	}
	return { ...table, batches: batches() };
}

/**
 * Most values need no look at their text. What is no UTF-8 must have none: it would become a text with other characters in it, and
 * the rules would no longer find it.
 */
function mayNeedCleaning(batch: RecordBatch, f: number, column: PlannedColumn): boolean {
	return mayLookDifferent(batch, f, column) && isUtf8(batch.bytes.subarray(batch.starts[f], batch.ends[f]));
}

/** Without a blank at either end, a line break, and words or decimals to mend, there is nothing to do. */
function mayLookDifferent(
	{ bytes, starts, ends, quoting }: RecordBatch,
	f: number,
	column: PlannedColumn,
): boolean {
	const start = starts[f];
	const end = ends[f];
	if (start === end) return false;
	if (column.oneOf || column.type === 'double' || quoting[f] !== FieldQuoting.plain) return true;
	const first = bytes[start];
	const last = bytes[end - 1];
	if (first <= 0x20 || last <= 0x20 || first >= 0x80 || last >= 0x80) return true;
	for (let i = start; i < end; i++) if (bytes[i] < 0x20) return true;
	return false;
}
