import { CATALOGUE, type RuleCode } from '../../findings/catalogue';
import type { Finding } from '../../findings/finding';
import type { FindingTotal } from '../../findings/findings';
import type { ColumnPlan, PlannedColumn } from '../../columns/columnPlan';
import { FieldQuoting, type RecordBatch } from '../../records/recordBatch';
import { maskValue, withoutAddresses } from './maskValue';
import type { BrokenRule, BrokenRules, Example } from './reportData';
import { valueHint } from './valueHint';

/** Places that are kept of one rule and column. */
const KEPT_OF_A_KIND = 20;
/** Places that are kept in all; beyond, each rule and column still gets a few. */
const KEPT_IN_ALL = 500;
const KEPT_OF_LATE_KINDS = 2;
/** Rules and columns that a report shows. */
const MOST_KINDS = 120;
/** Longest part of a value that is looked at, in bytes. */
const LOOKED_AT = 4096;
/** Longest sentence: names of columns may be long. */
const LONGEST_SENTENCE = 400;

/** Keeps the first places of each rule and column, with masked values. */
export interface Examples {
	/** told every finding when it is made */
	onFinding(finding: Finding): void;
	/** told each batch after the findings about its records: their values are still there */
	onBatch(batch: RecordBatch): void;
	/** the findings by rule and column */
	brokenRules(totals: readonly FindingTotal[]): BrokenRules;
}

interface Kept {
	message: string;
	examples: Example[];
}

/**
 * Makes an empty collection.
 * @param planned tells what is sent, once that is known
 */
export function createExamples(planned: () => ColumnPlan | undefined): Examples {
	const kinds = new Map<string, Kept>();
	let kept = 0;
	/** examples whose record is in the batch that comes next */
	let waiting: Array<{ code: RuleCode; row: number; column: string; example: Example }> = [];

	function lookAt(batch: RecordBatch, columns: ReadonlyMap<string, PlannedColumn>): void {
		for (const { code, row, column, example } of waiting) {
			const found = columns.get(column);
			const r = indexOf(batch, row);
			if (!found || r < 0) continue;
			const f = batch.fields[r] + found.sourceIndex;
			if (f < batch.fields[r + 1]) Object.assign(example, maskedField({ code, column: found }, batch, f));
		}
	}

	return {
		onFinding({ code, row, column, message }) {
			const key = `${code}\n${column ?? ''}`;
			let kind = kinds.get(key);
			if (!kind) {
				if (kinds.size >= MOST_KINDS) return;
				kind = { message: cut(withoutAddresses(message)), examples: [] };
				kinds.set(key, kind);
			}
			const room = kept < KEPT_IN_ALL ? KEPT_OF_A_KIND : KEPT_OF_LATE_KINDS;
			if (kind.examples.length >= room) return;
			kept++;
			const example: Example = {};
			if (row !== undefined) example.row = row;
			if (column !== undefined) example.column = cut(withoutAddresses(column));
			const sentence = cut(withoutAddresses(message));
			if (sentence !== kind.message) example.hint = sentence;
			kind.examples.push(example);
			const rule = code as RuleCode;
			if (row !== undefined && column !== undefined && isAboutTheValue(rule)) {
				waiting.push({ code: rule, row, column, example });
			}
		},
		onBatch(batch) {
			if (waiting.length === 0) return;
			const columns = planned()?.columns.filter(({ sourceIndex }) => sourceIndex >= 0) ?? [];
			lookAt(batch, new Map(columns.map((column) => [column.sourceName, column])));
			waiting = [];
		},
		brokenRules(totals) {
			const shown: BrokenRule[] = [];
			const notShown = { kinds: 0, findings: 0 };
			for (const { code, severity, column, count, advice } of totals) {
				const kind = kinds.get(`${code}\n${column ?? ''}`);
				if (kind) {
					const { message: sentence, examples } = kind;
					shown.push({ code, severity, count, sentence, advice, examples });
				} else {
					notShown.kinds++;
					notShown.findings += count;
				}
			}
			return { shown, notShown };
		},
	};
}

/** Of a mended value only the mended form is left, and people's relations are no matter of one value. */
function isAboutTheValue(code: RuleCode): boolean {
	return CATALOGUE[code].scope === 'row' && !code.startsWith('mended-');
}

/** Masked value and hint of a field. */
function maskedField(
	{ code, column }: { code: RuleCode; column: PlannedColumn },
	batch: RecordBatch,
	f: number,
): Partial<Example> {
	const start = batch.starts[f];
	const end = batch.ends[f];
	const shortened = end - start > LOOKED_AT;
	const piece = batch.bytes.toString('utf8', start, shortened ? start + LOOKED_AT : end);
	const text = batch.quoting[f] === FieldQuoting.escaped ? piece.replaceAll('""', '"') : piece;
	const kind = column.type === 'integer' || column.type === 'double' ? 'number' : 'text';
	const bytes = `${(end - start).toLocaleString('en')} bytes`;
	const value = maskValue(text, kind).replace(/ \([\d,]+ characters\)$/, shortened ? ` (${bytes})` : '$&');
	const hint = valueHint(code, text, column);
	return { value, ...(hint !== undefined && { hint }) };
}

/** Place of the record with this number; numbers grow within a batch. */
function indexOf({ rows, records }: RecordBatch, row: number): number {
	let low = 0;
	let high = records - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		if (rows[middle] === row) return middle;
		if (rows[middle] < row) low = middle + 1;
		else high = middle - 1;
	}
	return -1;
}

function cut(text: string): string {
	return text.length <= LONGEST_SENTENCE ? text : `${text.slice(0, LONGEST_SENTENCE)}…`;
}
