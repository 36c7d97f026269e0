import { isUtf8 } from 'node:buffer';
import type { ColumnPlan, PlannedColumn } from '../columns/columnPlan';
import { hasLineBreak, isBlank } from '../core/bytes';
import type { DateColumns } from '../dates/dateColumns';
import type { RuleCode } from '../findings/catalogue';
import type { FindingFacts, Findings } from '../findings/findings';
import { FieldQuoting, fieldText, type RecordBatch, type ValidatedRecord } from '../records/recordBatch';
import { columnChecks, validatedColumn, type ColumnCheck } from './columnChecks';

/** Limits of a destination that every value has to keep. */
export interface ValueLimits {
	/** longest value in bytes; source A10 */
	maximumValueBytes: number;
	/** whether a value may hold a line break; source A10 */
	lineBreaks: boolean;
	/** a text that deletes what the service has stored; not for addresses and whole numbers, which have other ways; source B2 */
	deletingValue?: string;
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

/** Looks at records one by one; each method gives whether the record has an error. */
export interface RecordCheck {
	/** what a record is like that a validation of the whole batch may tell to be right */
	wanted: ValidatedRecord;
	/** Checks what no validation can tell of a record that passed it. */
	checkValidated(batch: RecordBatch, r: number): boolean;
	/**
	 * Checks all of a record that has as many fields as the header.
	 * @param allText whether the whole batch is UTF-8
	 */
	checkWhole(batch: RecordBatch, r: number, allText: boolean): boolean;
}

/**
 * Makes the check of single records.
 * @param request see {@link RowCheckRequest}
 * @param limits see {@link ValueLimits}
 */
export function createRecordCheck(
	{ columns, plan, dates, findings }: RowCheckRequest,
	{ maximumValueBytes, lineBreaks, deletingValue }: ValueLimits,
): RecordCheck {
	const sent = plan.columns.filter(({ sourceIndex }) => sourceIndex >= 0);
	const checks = sent.flatMap((column) => columnChecks(column));
	const dateColumns = dates ? sent.filter(({ type }) => type === 'date') : [];
	const anyRequired = sent.some(({ required }) => required);
	const deleting = deletingValue === undefined ? undefined : Buffer.from(deletingValue, 'utf8');

	function note(code: RuleCode, { sourceName, name }: PlannedColumn, facts: FindingFacts): boolean {
		return findings.add(code, { ...facts, column: sourceName, attribute: name }) === 'error';
	}

	function checkValues(batch: RecordBatch, r: number, some: readonly ColumnCheck[]): boolean {
		let bad = false;
		for (let c = 0; c < some.length; c++) if (checkValue(batch, r, some[c])) bad = true;
		return bad;
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
		const escaped = batch.quoting[f] === FieldQuoting.escaped;
		const bytes = escaped ? Buffer.from(fieldText(batch, f), 'utf8') : batch.bytes;
		const ok = escaped ? test(bytes, 0, bytes.length) : test(bytes, start, end);
		return !ok && note(code, column, { ...facts, row });
	}

	function checkDates(batch: RecordBatch, r: number, some: readonly PlannedColumn[]): boolean {
		let bad = false;
		for (let c = 0; c < some.length; c++) if (checkDate(batch, r, some[c])) bad = true;
		return bad;
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
		if (state === 'notADate') return note('value-not-date', column, { row });
		return state === 'blank' && required && note('value-required', column, { row });
	}

	/** Checks what holds for every value, whatever its type. */
	function checkLimits(batch: RecordBatch, r: number, column: PlannedColumn): boolean {
		const f = batch.fields[r] + column.sourceIndex;
		const start = batch.starts[f];
		const end = batch.ends[f];
		const row = batch.rows[r];
		let bad = false;
		if (end - start > maximumValueBytes) {
			bad = note('value-too-long', column, { row, limit: Math.floor(maximumValueBytes / 1024) });
		}
		if (lineBreaks || batch.quoting[f] === FieldQuoting.plain || !hasLineBreak(batch.bytes, start, end)) {
			return bad;
		}
		return note('value-newline', column, { row }) || bad;
	}

	function isBlankRow({ bytes, fields, starts, ends }: RecordBatch, r: number): boolean {
		return sent.every(({ sourceIndex }) => {
			const f = fields[r] + sourceIndex;
			return starts[f] === ends[f] || isBlank(bytes, starts[f], ends[f]);
		});
	}

	function deletes({ bytes, fields, starts, ends }: RecordBatch, r: number, column: PlannedColumn): boolean {
		if (!deleting || column.type === 'email' || column.type === 'integer') return false;
		const f = fields[r] + column.sourceIndex;
		return ends[f] - starts[f] === deleting.length && deleting.compare(bytes, starts[f], ends[f]) === 0;
	}

	function isText({ bytes, fields, starts, ends }: RecordBatch, r: number, column: PlannedColumn): boolean {
		const f = fields[r] + column.sourceIndex;
		return isUtf8(bytes.subarray(starts[f], ends[f]));
	}

	const takesYearFirst = dates?.takesYearFirst ?? false;
	const otherChecks = checks.filter(({ validated }) => !validated);
	const otherDates = takesYearFirst ? [] : dateColumns;
	return {
		wanted: {
			width: columns.length,
			columns: sent.flatMap((column) => validatedColumn(column, takesYearFirst)),
			mostBytes: maximumValueBytes,
			notableBytes: deleting?.length ?? 0,
		},
		checkValidated(batch, r) {
			const bad = checkValues(batch, r, otherChecks);
			return checkDates(batch, r, otherDates) || bad;
		},
		checkWhole(batch, r, allText) {
			const row = batch.rows[r];
			if (anyRequired && isBlankRow(batch, r)) return findings.add('row-blank', { row }) === 'error';
			let bad = checkValues(batch, r, checks);
			if (checkDates(batch, r, dateColumns)) bad = true;
			if (deleting) {
				for (const column of sent) if (deletes(batch, r, column)) note('value-deletes', column, { row });
			}
			for (const column of sent) if (checkLimits(batch, r, column)) bad = true;
			if (allText) return bad;
			for (const column of sent) {
				if (!isText(batch, r, column) && note('value-not-utf8', column, { row })) bad = true;
			}
			return bad;
		},
	};
}
