import { isUtf8 } from 'node:buffer';
import type { PlannedColumn } from '../columns/columnPlan';
import { isBlank } from '../core/bytes';
import type { Findings } from '../findings/findings';
import { RecordFlag, type RecordBatch, type ValidatedRecord } from '../records/recordBatch';
import { columnChecks, validatedColumn } from './columnChecks';
import { createRecordShape } from './recordShape';
import { createValueCheck, type RowCheckRequest, type ValueLimits } from './valueCheck';

/** What the bytes of a whole batch are; `mixed` holds some that are no UTF-8. */
export type BatchEncoding = 'ascii' | 'utf8' | 'mixed';

function isText({ bytes, fields, starts, ends }: RecordBatch, r: number, column: PlannedColumn): boolean {
	const f = fields[r] + column.sourceIndex;
	return isUtf8(bytes.subarray(starts[f], ends[f]));
}

/** Looks at records one by one; each method gives what is wrong with the record, see {@link RecordFlag}. */
export interface RecordCheck {
	/** what a record is like that a validation of the whole batch may tell to be right */
	wanted: ValidatedRecord;
	/** Checks what no validation can tell of a record that passed it. */
	checkValidated(batch: RecordBatch, r: number): number;
	/** Checks all of a record. */
	checkWhole(batch: RecordBatch, r: number, encoding: BatchEncoding): number;
	/** Adds what only all records together tell. */
	conclude(findings: Findings): void;
}

/**
 * Makes the check of single records.
 * @param request see {@link RowCheckRequest}
 * @param limits see {@link ValueLimits}
 */
export function createRecordCheck(request: RowCheckRequest, limits: ValueLimits): RecordCheck {
	const { columns, plan, dates, findings } = request;
	const { deletingValue, maximumValueBytes, exactShape = false, anyText = false } = limits;
	const values = createValueCheck(request, limits);
	const shape = createRecordShape(columns.length, exactShape);
	const sent = plan.columns.filter(({ sourceIndex }) => sourceIndex >= 0);
	const takesYearFirst = dates?.takesYearFirst ?? false;
	const all = {
		checks: sent.flatMap((column) => columnChecks(column)),
		dates: dates ? sent.filter(({ type }) => type === 'date') : [],
	};
	/** what no validation can tell */
	const others = {
		checks: all.checks.filter(({ validated }) => !validated),
		dates: takesYearFirst ? [] : all.dates,
	};
	const texts = anyText
		? []
		: sent.filter(({ type, oneOf }) => (type === 'string' && !oneOf) || type === 'email');
	const passesBlanks = !exactShape && sent.some(({ required }) => required);

	function checkColumns(batch: RecordBatch, r: number, some: typeof all): boolean {
		let bad = false;
		for (let c = 0; c < some.checks.length; c++) if (values.checkValue(batch, r, some.checks[c])) bad = true;
		for (let c = 0; c < some.dates.length; c++) if (values.checkDate(batch, r, some.dates[c])) bad = true;
		return bad;
	}

	return {
		wanted: {
			width: columns.length,
			columns: anyText ? [] : sent.flatMap((column) => validatedColumn(column, takesYearFirst)),
			mostBytes: maximumValueBytes,
			notableBytes: deletingValue === undefined ? 0 : Buffer.byteLength(deletingValue, 'utf8'),
		},
		conclude: shape.conclude,
		checkValidated(batch, r) {
			shape.noteFitting();
			return checkColumns(batch, r, others) ? RecordFlag.invalid : 0;
		},
		checkWhole(batch, r, encoding) {
			if (passesBlanks && isBlankRow(batch, r)) {
				const severity = findings.add('row-blank', { row: batch.rows[r] });
				return severity === 'error' ? RecordFlag.invalid : RecordFlag.blank;
			}
			if (!shape.fits(batch, r)) {
				const found = batch.fields[r + 1] - batch.fields[r];
				const facts = { row: batch.rows[r], found, expected: columns.length };
				return findings.add('row-ragged', facts) === 'error' ? RecordFlag.misshapen : 0;
			}
			let bad = checkColumns(batch, r, all);
			for (const column of sent) if (values.checkLimits(batch, r, column)) bad = true;
			if (encoding === 'mixed') {
				for (const column of sent) if (values.checkBytes(batch, r, column)) bad = true;
				// What is no UTF-8 has no text to look at.
				for (const column of texts.filter((text) => isText(batch, r, text)))
					values.checkText(batch, r, { column, encoding: 'utf8' });
			} else for (const column of texts) values.checkText(batch, r, { column, encoding });
			return bad ? RecordFlag.invalid : 0;
		},
	};
}

function isBlankRow({ bytes, fields, starts, ends }: RecordBatch, r: number): boolean {
	for (let f = fields[r]; f < fields[r + 1]; f++) {
		if (starts[f] < ends[f] && !isBlank(bytes, starts[f], ends[f])) return false;
	}
	return true;
}
