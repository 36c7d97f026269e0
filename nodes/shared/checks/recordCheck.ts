import { isBlank } from '../core/bytes';
import type { RecordBatch, ValidatedRecord } from '../records/recordBatch';
import { columnChecks, validatedColumn } from './columnChecks';
import { createValueCheck, type RowCheckRequest, type ValueLimits } from './valueCheck';

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
export function createRecordCheck(request: RowCheckRequest, limits: ValueLimits): RecordCheck {
	const { columns, plan, dates, findings } = request;
	const values = createValueCheck(request, limits);
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
	const anyRequired = sent.some(({ required }) => required);
	const { deletingValue, maximumValueBytes } = limits;

	function checkColumns(batch: RecordBatch, r: number, some: typeof all): boolean {
		let bad = false;
		for (let c = 0; c < some.checks.length; c++) if (values.checkValue(batch, r, some.checks[c])) bad = true;
		for (let c = 0; c < some.dates.length; c++) if (values.checkDate(batch, r, some.dates[c])) bad = true;
		return bad;
	}

	function isBlankRow({ bytes, fields, starts, ends }: RecordBatch, r: number): boolean {
		return sent.every(({ sourceIndex }) => {
			const f = fields[r] + sourceIndex;
			return starts[f] === ends[f] || isBlank(bytes, starts[f], ends[f]);
		});
	}

	return {
		wanted: {
			width: columns.length,
			columns: sent.flatMap((column) => validatedColumn(column, takesYearFirst)),
			mostBytes: maximumValueBytes,
			notableBytes: deletingValue === undefined ? 0 : Buffer.byteLength(deletingValue, 'utf8'),
		},
		checkValidated: (batch, r) => checkColumns(batch, r, others),
		checkWhole(batch, r, allText) {
			if (anyRequired && isBlankRow(batch, r)) {
				return findings.add('row-blank', { row: batch.rows[r] }) === 'error';
			}
			let bad = checkColumns(batch, r, all);
			if (deletingValue !== undefined) for (const column of sent) values.noteDeleting(batch, r, column);
			for (const column of sent) if (values.checkLimits(batch, r, column)) bad = true;
			if (!allText) for (const column of sent) if (values.checkText(batch, r, column)) bad = true;
			return bad;
		},
	};
}
