import { isUtf8 } from 'node:buffer';
import {
	FieldQuoting,
	fieldText,
	type RecordBatch,
	type ValidatedColumn,
	type ValidatedRecord,
} from '../records/recordBatch';
import { hasLineBreak, isBlank, isDouble, isEmail, isInteger } from '../core/bytes';
import type { RuleCode } from '../findings/catalogue';
import type { DateColumns } from '../dates/dateColumns';
import type { Findings } from '../findings/findings';
import type { ColumnPlan, PlannedColumn, ValueType } from '../columns/columnPlan';

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

/** Checks the records of one source, batch by batch. */
export interface RowCheck {
	/**
	 * Looks at every record of a batch.
	 * @returns one byte per record, 1 = the record has an error; valid until the next call
	 */
	check(batch: RecordBatch): Uint8Array;
	/** records looked at so far */
	readonly records: number;
	/** records with at least one error */
	readonly rejected: number;
	/** errors in records: the rest of the findings' errors concern the file or its header */
	readonly errors: number;
	/** Puts what only all records together tell into the findings; for the end. */
	conclude?(findings: Findings): void;
}

interface ColumnCheck {
	column: PlannedColumn;
	from: number;
	/** a blank value is an error */
	required: boolean;
	/** nothing but blanks is no value of this type */
	typed: boolean;
	/** tests a value that is not blank */
	test?: (bytes: Uint8Array, start: number, end: number) => boolean;
	code: RuleCode;
	facts: Record<string, string | number>;
	/** a sweep tells the records that pass */
	swept: boolean;
}

const TESTS: Partial<
	Record<ValueType, { code: RuleCode; test: (bytes: Uint8Array, start: number, end: number) => boolean }>
> = {
	email: { code: 'value-not-email', test: isEmail },
	integer: { code: 'value-not-integer', test: isInteger },
	double: { code: 'value-not-double', test: isDouble },
};

/**
 * Makes the row checks of one source.
 * @param request see {@link RowCheckRequest}
 * @param limits what holds for every value of the destination
 */
export function createRowCheck(
	{ columns, plan, dates, findings }: RowCheckRequest,
	limits: ValueLimits,
): RowCheck {
	const width = columns.length;
	const sent = plan.columns.filter((column) => column.sourceIndex >= 0);
	const checks = sent.flatMap((column) => columnChecks(column));
	const froms = Uint32Array.from(sent, ({ sourceIndex }) => sourceIndex);
	const wanted: ValidatedRecord = {
		width,
		columns: sent.flatMap((column) => sweptColumn(column, dates?.takesYearFirst ?? false)),
		mostBytes: limits.maximumValueBytes,
		notableBytes: limits.deletingValue === undefined ? 0 : Buffer.byteLength(limits.deletingValue, 'utf8'),
	};
	/** what no sweep can tell */
	const besides = checks.filter(({ swept }) => !swept);
	const anyRequired = sent.some(({ required }) => required);
	const deleting = limits.deletingValue === undefined ? undefined : Buffer.from(limits.deletingValue, 'utf8');
	const dateColumns = dates ? sent.filter(({ type }) => type === 'date') : [];
	const datesBesides = dates?.takesYearFirst ? [] : dateColumns;
	let flags = new Uint8Array(0);
	let records = 0;
	let rejected = 0;
	let errors = 0;

	function check(batch: RecordBatch): Uint8Array {
		const errorsBefore = findings.errors;
		dates?.observe(batch);
		if (flags.length < batch.records) flags = new Uint8Array(batch.records);
		else flags.fill(0, 0, batch.records);
		const { bytes, fields, starts, ends, quoting } = batch;
		const cleanText = isUtf8(bytes);
		// Nearly all records are right, and nearly always this is told of all at once.
		const right = cleanText ? batch.validation?.validate(wanted) : undefined;

		for (let r = 0; r < batch.records; r++) {
			const start = fields[r];
			const found = fields[r + 1] - start;
			let bad = false;
			if (right !== undefined && right[r] === 1) {
				for (let c = 0; c < besides.length; c++) if (checkValue(batch, r, start, besides[c])) bad = true;
				for (let c = 0; c < datesBesides.length; c++) {
					if (checkDate(batch, r, start, datesBesides[c])) bad = true;
				}
			} else if (found !== width) {
				bad = findings.add('row-ragged', { row: batch.rows[r], found, expected: width }) === 'error';
			} else if (anyRequired && isBlankRow(batch, start)) {
				bad = findings.add('row-blank', { row: batch.rows[r] }) === 'error';
			} else {
				for (let c = 0; c < checks.length; c++) {
					if (checkValue(batch, r, start, checks[c])) bad = true;
				}
				for (let c = 0; c < dateColumns.length; c++) {
					if (checkDate(batch, r, start, dateColumns[c])) bad = true;
				}
				if (deleting) noteDeleting(batch, r, start);
				for (let c = 0; c < froms.length; c++) {
					const f = start + froms[c];
					if (ends[f] - starts[f] > limits.maximumValueBytes && tooLong(batch, r, sent[c])) bad = true;
					if (
						!limits.lineBreaks &&
						quoting[f] !== FieldQuoting.plain &&
						hasLineBreak(bytes, starts[f], ends[f]) &&
						note('value-newline', batch, r, sent[c])
					)
						bad = true;
				}
				if (!cleanText && notUtf8(batch, r, start)) bad = true;
			}
			if (bad) {
				flags[r] = 1;
				rejected++;
			}
		}
		records += batch.records;
		errors += findings.errors - errorsBefore;
		return flags;
	}

	function checkValue(batch: RecordBatch, r: number, firstField: number, check: ColumnCheck): boolean {
		const f = firstField + check.from;
		const start = batch.starts[f];
		const end = batch.ends[f];
		if (isBlank(batch.bytes, start, end)) {
			if (check.required) return note('value-required', batch, r, check.column);
			return check.typed && start < end && note('value-only-blanks', batch, r, check.column);
		}
		if (!check.test || (deleting && deletes(batch, f, check.column))) return false;
		// A doubled quote never belongs to a value that a test accepts as it stands; free text undoes it first.
		const ok =
			batch.quoting[f] === FieldQuoting.escaped
				? testText(fieldText(batch, f), check.test)
				: check.test(batch.bytes, start, end);
		return !ok && note(check.code, batch, r, check.column, check.facts);
	}

	function checkDate(batch: RecordBatch, r: number, firstField: number, column: PlannedColumn): boolean {
		const f = firstField + column.sourceIndex;
		if (isBlank(batch.bytes, batch.starts[f], batch.ends[f])) {
			// Required values were seen to; converting makes blanks an empty text.
			const stays = !column.required && !column.conversion && batch.starts[f] < batch.ends[f];
			return stays && note('value-only-blanks', batch, r, column);
		}
		const state = dates?.stateOf(column.sourceIndex, batch, f);
		if (state === 'notADate') return note('value-not-date', batch, r, column);
		return state === 'blank' && column.required && note('value-required', batch, r, column);
	}

	function isBlankRow({ bytes, starts, ends }: RecordBatch, firstField: number): boolean {
		for (let c = 0; c < sent.length; c++) {
			const f = firstField + sent[c].sourceIndex;
			if (starts[f] < ends[f] && !isBlank(bytes, starts[f], ends[f])) return false;
		}
		return true;
	}

	function noteDeleting(batch: RecordBatch, r: number, firstField: number): void {
		for (const column of sent) {
			if (deletes(batch, firstField + column.sourceIndex, column)) note('value-deletes', batch, r, column);
		}
	}

	function tooLong(batch: RecordBatch, r: number, column: PlannedColumn): boolean {
		const limit = Math.floor(limits.maximumValueBytes / 1024);
		return note('value-too-long', batch, r, column, { limit });
	}

	function notUtf8(batch: RecordBatch, r: number, firstField: number): boolean {
		let bad = false;
		for (const column of sent) {
			const f = firstField + column.sourceIndex;
			if (isUtf8(batch.bytes.subarray(batch.starts[f], batch.ends[f]))) continue;
			if (note('value-not-utf8', batch, r, column)) bad = true;
		}
		return bad;
	}

	function deletes({ bytes, starts, ends }: RecordBatch, f: number, { type }: PlannedColumn): boolean {
		if (!deleting || ends[f] - starts[f] !== deleting.length) return false;
		if (type === 'email' || type === 'integer') return false;
		return deleting.compare(bytes, starts[f], ends[f]) === 0;
	}

	function note(
		code: RuleCode,
		batch: RecordBatch,
		r: number,
		column: PlannedColumn,
		facts: Record<string, string | number> = {},
	): boolean {
		const where = { row: batch.rows[r], column: column.sourceName, attribute: column.name };
		return findings.add(code, { ...facts, ...where }) === 'error';
	}

	return {
		check,
		get records() {
			return records;
		},
		get rejected() {
			return rejected;
		},
		get errors() {
			return errors;
		},
	};
}

/**
 * Makes a check for those who want records sent as they are: it only finds what cannot be sent so, because half of it would be lost
 * or become something else. Dates are still taken notice of, since they may have to be rewritten.
 * @param request its `findings` take records with too few or too many fields, and bytes that are no text
 */
export function createShapeCheck({ columns, dates, findings }: RowCheckRequest): RowCheck {
	const width = columns.length;
	let flags = new Uint8Array(0);
	let records = 0;
	let rejected = 0;
	let errors = 0;

	function check(batch: RecordBatch): Uint8Array {
		const errorsBefore = findings.errors;
		dates?.observe(batch);
		if (flags.length < batch.records) flags = new Uint8Array(batch.records);
		else flags.fill(0, 0, batch.records);
		const { bytes, fields, rows } = batch;
		const cleanText = isUtf8(bytes);
		for (let r = 0; r < batch.records; r++) {
			const found = fields[r + 1] - fields[r];
			let bad = false;
			if (found !== width)
				bad = findings.add('row-ragged', { row: rows[r], found, expected: width }) === 'error';
			else if (!cleanText) bad = holdsNoText(batch, r);
			if (bad) {
				flags[r] = 1;
				rejected++;
			}
		}
		records += batch.records;
		errors += findings.errors - errorsBefore;
		return flags;
	}

	function holdsNoText({ bytes, fields, starts, ends, rows }: RecordBatch, r: number): boolean {
		let bad = false;
		for (let f = fields[r]; f < fields[r + 1]; f++) {
			if (isUtf8(bytes.subarray(starts[f], ends[f]))) continue;
			const column = columns[f - fields[r]];
			if (findings.add('value-not-utf8', { row: rows[r], column, attribute: column }) === 'error') bad = true;
		}
		return bad;
	}

	return {
		check,
		get records() {
			return records;
		},
		get rejected() {
			return rejected;
		},
		get errors() {
			return errors;
		},
	};
}

function testText(text: string, test: (bytes: Uint8Array, start: number, end: number) => boolean): boolean {
	const bytes = Buffer.from(text, 'utf8');
	return test(bytes, 0, bytes.length);
}

function columnChecks(column: PlannedColumn): ColumnCheck[] {
	const base = { column, from: column.sourceIndex, facts: {}, typed: false, swept: false };
	const checks: ColumnCheck[] = [];
	const typed = TESTS[column.type];
	if (typed) checks.push({ ...base, required: column.required, typed: true, swept: true, ...typed });
	else if (column.required) checks.push({ ...base, required: true, swept: true, code: 'value-required' });

	const { oneOf, minimum, maximum } = column;
	if (oneOf) {
		const allowed = new Set(oneOf);
		checks.push({
			...base,
			required: false,
			typed: true,
			code: 'value-not-allowed',
			facts: { allowed: oneOf.join(', ') },
			test: (bytes, start, end) => allowed.has(Buffer.from(bytes.subarray(start, end)).toString('utf8')),
		});
	}
	if (minimum !== undefined || maximum !== undefined) {
		const low = minimum ?? -Infinity;
		const high = maximum ?? Infinity;
		checks.push({
			...base,
			required: false,
			code: 'value-out-of-range',
			facts: { range: rangeOf(minimum, maximum) },
			test: (bytes, start, end) => {
				// What is no number at all has its own finding.
				if (!isDouble(bytes, start, end)) return true;
				const value = Number(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
				return value >= low && value <= high;
			},
		});
	}
	return checks;
}

/** The part of a column's checks that a sweep can take over. */
function sweptColumn(
	{ sourceIndex, type, required }: PlannedColumn,
	takesYearFirst: boolean,
): ValidatedColumn[] {
	if (type !== 'string' && (type !== 'date' || takesYearFirst))
		return [{ sourceIndex, required, form: type }];
	return required ? [{ sourceIndex, required, form: 'any' }] : [];
}

/** Bounds as a sentence tells them. */
function rangeOf(minimum: number | undefined, maximum: number | undefined): string {
	if (maximum === undefined) return `${minimum} or more`;
	return minimum === undefined ? `${maximum} or less` : `between ${minimum} and ${maximum}`;
}
