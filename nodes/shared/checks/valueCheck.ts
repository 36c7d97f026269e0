import { isUtf8 } from 'node:buffer';
import type { ColumnPlan, PlannedColumn } from '../columns/columnPlan';
import { hasLineBreak, isBlank } from '../core/bytes';
import type { DateColumns } from '../dates/dateColumns';
import type { RuleCode } from '../findings/catalogue';
import type { FindingFacts, Findings } from '../findings/findings';
import { FieldQuoting, fieldText, type RecordBatch, makeBlank } from '../records/recordBatch';
import type { ColumnCheck } from './columnChecks';
import { causeAdvice, valueCause } from './valueCause';
import { addressFault, characterFault, textFault } from './valueFaults';

/** Limits of a destination that every value has to keep. */
export interface ValueLimits {
	/** longest value in bytes; source A10 */
	maximumValueBytes: number;
	/** whether a value may hold a line break; source A10 */
	lineBreaks: boolean;
	/** a text that deletes what the service has stored; not for other types, which have other ways or none that is documented; source B5 */
	deletingValue?: string;
	/** the file is sent as it is: a row of delimiters and an empty field too many are errors too */
	exactShape?: boolean;
	/** no text is too strange */
	anyText?: boolean;
}

/** What the checks of one reading work on. */
export interface RowCheckRequest {
	/** the header: names of the columns as the source has them */
	columns: readonly string[];
	/** what will be sent */
	plan: ColumnPlan;
	/** understands the columns of dates; without it they pass unseen */
	dates?: DateColumns;
	/** takes what is found */
	findings: Findings;
}

/** Looks at one value of a record at a time; each method gives whether that is an error. */
export interface ValueCheck {
	/** Checks a value by its column. */
	checkValue(batch: RecordBatch, r: number, check: ColumnCheck): boolean;
	checkDate(batch: RecordBatch, r: number, column: PlannedColumn): boolean;
	/** Checks what holds for every value, whatever its type. */
	checkLimits(batch: RecordBatch, r: number, column: PlannedColumn): boolean;
	/** Checks that a value is UTF-8. */
	checkBytes(batch: RecordBatch, r: number, column: PlannedColumn): boolean;
	/** Notes what the service takes but nobody means; nothing but blanks becomes no value. */
	checkText(batch: RecordBatch, r: number, text: { column: PlannedColumn; encoding: 'ascii' | 'utf8' }): void;
}

/**
 * Makes the check of single values.
 * @param request see {@link RowCheckRequest}
 * @param limits see {@link ValueLimits}
 */
export function createValueCheck(
	{ dates, findings }: RowCheckRequest,
	{ maximumValueBytes, lineBreaks, deletingValue, exactShape }: ValueLimits,
): ValueCheck {
	const deleting = deletingValue === undefined ? undefined : Buffer.from(deletingValue, 'utf8');

	function note(code: RuleCode, { sourceName, name }: PlannedColumn, facts: FindingFacts): boolean {
		return findings.add(code, { ...facts, column: sourceName, attribute: name }) === 'error';
	}

	function checkValue(batch: RecordBatch, r: number, check: ColumnCheck): boolean {
		const { column, code, facts, test } = check;
		const f = batch.fields[r] + column.sourceIndex;
		const start = batch.starts[f];
		const end = batch.ends[f];
		const row = batch.rows[r];
		if (isBlank(batch.bytes, start, end)) {
			if (check.required) return note('value-required', column, { row });
			return check.typed && start < end && note('value-only-blanks', column, { row });
		}
		if (!test || deletes(batch, r, column)) return false;
		// A doubled quote never belongs to a value that a test accepts as it stands; free text undoes it first.
		if (batch.quoting[f] !== FieldQuoting.escaped && test(batch.bytes, start, end)) return false;
		const text = fieldText(batch, f);
		const bytes = Buffer.from(text, 'utf8');
		if (test(bytes, 0, bytes.length)) return false;
		const cause = column.causeOf?.(text) ?? valueCause(code, text, column);
		return note(code, column, { ...facts, row, cause, advice: causeAdvice(cause) });
	}

	function checkDate(batch: RecordBatch, r: number, column: PlannedColumn): boolean {
		const { sourceIndex, required, conversion } = column;
		const f = batch.fields[r] + sourceIndex;
		const row = batch.rows[r];
		if (isBlank(batch.bytes, batch.starts[f], batch.ends[f])) {
			// Required values were seen to; converting makes blanks an empty text.
			const stays = !required && !conversion && batch.starts[f] < batch.ends[f];
			return stays && note('value-only-blanks', column, { row });
		}
		const state = dates?.stateOf(sourceIndex, batch, f);
		if (state === 'blank') {
			return required && note('value-required', column, { row, cause: 'a date that stands for none' });
		}
		if (state !== 'notADate') return false;
		return note('value-not-date', column, { row, cause: valueCause('value-not-date', fieldText(batch, f)) });
	}

	function checkLimits(batch: RecordBatch, r: number, column: PlannedColumn): boolean {
		const f = batch.fields[r] + column.sourceIndex;
		const start = batch.starts[f];
		const end = batch.ends[f];
		const row = batch.rows[r];
		let bad = false;
		if (deletes(batch, r, column)) note('value-deletes', column, { row });
		if (end - start > maximumValueBytes) {
			bad = note('value-too-long', column, { row, limit: Math.floor(maximumValueBytes / 1024) });
		}
		if (lineBreaks || batch.quoting[f] === FieldQuoting.plain || !hasLineBreak(batch.bytes, start, end)) {
			return bad;
		}
		return note('value-newline', column, { row }) || bad;
	}

	function deletes({ bytes, fields, starts, ends }: RecordBatch, r: number, column: PlannedColumn): boolean {
		if (!deleting || column.type !== 'string') return false;
		const f = fields[r] + column.sourceIndex;
		return ends[f] - starts[f] === deleting.length && deleting.compare(bytes, starts[f], ends[f]) === 0;
	}

	return {
		checkValue,
		checkDate,
		checkLimits,
		checkBytes({ bytes, fields, starts, ends, rows }, r, column) {
			const f = fields[r] + column.sourceIndex;
			if (isUtf8(bytes.subarray(starts[f], ends[f]))) return false;
			return note('value-not-utf8', column, { row: rows[r] });
		},
		checkText(batch, r, { column, encoding }) {
			const { bytes, fields, starts, ends, rows } = batch;
			const f = fields[r] + column.sourceIndex;
			const [start, end] = [starts[f], ends[f]];
			if (start === end) return;
			const row = rows[r];
			const isAddress = column.type === 'email';
			if (!isAddress && !column.required && isBlank(bytes, start, end)) {
				note('value-blank-text', column, { row });
				// A prebuilt zip goes as it is.
				if (!exactShape) makeBlank(batch, r, f);
				return;
			}
			const fault = (isAddress ? addressFault : textFault)(bytes, start, end);
			if (fault) note(fault, column, { row });
			const unseen = encoding === 'ascii' || isAddress ? undefined : characterFault(bytes, start, end);
			if (unseen) note(unseen, column, { row });
		},
	};
}
