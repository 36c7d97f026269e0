import { CATALOGUE, type RuleCode } from '../../findings/catalogue';
import type { Finding } from '../../findings/finding';
import type { FindingTotal } from '../../findings/findings';
import type { PlannedColumn } from '../../columns/columnPlan';
import { FieldQuoting, type RecordBatch } from '../../records/recordBatch';
import { maskValue, withoutAddresses } from './maskValue';
import { RowsSaved } from './rowsSaved';
import type { BrokenRule, BrokenRules, Example } from './reportData';

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

interface Kept {
	message: string;
	examples: Example[];
}

/** Keeps the first places of each rule, column and cause, with masked values. */
export class Examples {
	private readonly kinds = new Map<string, Kept>();
	private readonly saved = new RowsSaved();
	private kept = 0;
	/** examples whose record is in the batch that comes next */
	private waiting: Array<{ row: number; column: string; example: Example }> = [];

	/** Receives every finding when it is made. */
	onFinding(finding: Finding): void {
		const { row, column, message } = finding;
		if (finding.severity === 'error' && row !== undefined) this.saved.add(keyOf(finding), row);
		const sentence = cut(withoutAddresses(message));
		const key = keyOf(finding);
		let kind = this.kinds.get(key);
		if (!kind) {
			if (this.kinds.size >= MOST_KINDS) return;
			kind = { message: sentence, examples: [] };
			this.kinds.set(key, kind);
		}
		if (kind.examples.length >= (this.kept < KEPT_IN_ALL ? KEPT_OF_A_KIND : KEPT_OF_LATE_KINDS)) return;
		this.kept++;
		const example: Example = {
			...(row !== undefined && { row }),
			...(column !== undefined && { column: cut(withoutAddresses(column)) }),
			...(sentence !== kind.message && { hint: sentence }),
		};
		kind.examples.push(example);
		if (row !== undefined && column !== undefined && isAboutTheValue(finding))
			this.waiting.push({ row, column, example });
	}

	/** Receives each batch after the findings about its records: their values are still there. */
	onBatch(batch: RecordBatch, sent: readonly PlannedColumn[]): void {
		if (this.waiting.length === 0) return;
		const columns = new Map(sent.map((column) => [column.sourceName, column]));
		for (const { row, column, example } of this.waiting) {
			const found = columns.get(column);
			const r = indexOf(batch, row);
			if (!found || r < 0) continue;
			const f = batch.fields[r] + found.sourceIndex;
			if (f < batch.fields[r + 1]) example.value = maskedValue(batch, f, found);
		}
		this.waiting = [];
	}

	/** The findings by rule, column and cause. */
	brokenRules(totals: readonly FindingTotal[]): BrokenRules {
		const shown: BrokenRule[] = [];
		const saved = this.saved.counts();
		const notShown = { kinds: 0, findings: 0 };
		for (const total of totals) {
			const { code, severity, count, advice } = total;
			const kind = this.kinds.get(keyOf(total));
			if (kind)
				shown.push({
					code,
					severity,
					count,
					saves: saved.get(keyOf(total)) ?? 0,
					sentence: kind.message,
					advice,
					examples: kind.examples,
				});
			else {
				notShown.kinds++;
				notShown.findings += count;
			}
		}
		return { shown: shown.sort(byUrgency), notShown };
	}
}

/** What stops the whole file, then what stops rows, the most valuable first, then what is told only. */
function byUrgency(a: BrokenRule, b: BrokenRule): number {
	return urgencyOf(b) - urgencyOf(a) || b.saves - a.saves || b.count - a.count;
}

function urgencyOf({ severity, examples }: BrokenRule): number {
	if (severity === 'warning') return 0;
	return examples.every(({ row }) => row === undefined) ? 2 : 1;
}

function keyOf({ code, column = '', cause = '' }: Pick<Finding, 'code' | 'column' | 'cause'>): string {
	return `${code}\n${column}\n${cause}`;
}

/** Of a cleaned value only the clean form is left, and people's relations are no matter of one value. */
function isAboutTheValue({ code }: Finding): boolean {
	return CATALOGUE[code as RuleCode].scope === 'row' && !code.startsWith('cleaned-');
}

function maskedValue(batch: RecordBatch, f: number, { type }: PlannedColumn): string {
	const start = batch.starts[f];
	const size = batch.ends[f] - start;
	const piece = batch.bytes.toString('utf8', start, start + Math.min(size, LOOKED_AT));
	const text = batch.quoting[f] === FieldQuoting.escaped ? piece.replaceAll('""', '"') : piece;
	const mask = maskValue(text, type === 'integer' || type === 'double' ? 'number' : 'text');
	if (size <= LOOKED_AT) return mask;
	return mask.replace(/ \([\d,]+ characters\)$/, ` (${size.toLocaleString('en')} bytes)`);
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
