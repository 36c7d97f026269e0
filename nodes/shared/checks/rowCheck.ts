import { isAscii, isUtf8 } from 'node:buffer';
import {
	FieldQuoting,
	fieldText,
	RecordFlag,
	type RecordBatch,
	type ValidatedColumn,
	type ValidatedRecord,
} from '../records/recordBatch';
import { hasLineBreak, isBlank, isDouble, isEmail, isInteger } from '../core/bytes';
import type { RuleCode } from '../findings/catalogue';
import type { DateColumns } from '../dates/dateColumns';
import type { FindingFacts, Findings } from '../findings/findings';
import type { ColumnPlan, PlannedColumn, ValueType } from '../columns/columnPlan';
import { checkCurrencies } from './currencyCheck';
import { valueCause } from './valueCause';
import { addressFault, characterFault, textFault } from './valueFaults';

/** Limits of a destination that every value has to keep. */
export interface ValueLimits {
	/** longest value in bytes; source A10 */
	maximumValueBytes: number;
	/** whether a value may hold a line break; source A10 */
	lineBreaks: boolean;
	/** a text that deletes what the service has stored; not for addresses and whole numbers, which have other ways; source B2 */
	deletingValue?: string;
	/** the file is sent as it is: a row of delimiters and an empty field too many are errors too */
	exactShape?: boolean;
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
	 * @returns one byte per record, see {@link RecordFlag}; valid until the next call
	 */
	check(batch: RecordBatch): Uint8Array;
	/** records looked at so far, without blank ones */
	readonly records: number;
	/** records with at least one error */
	readonly rejected: number;
	/** errors in records: the rest of the findings' errors concern the file or its header */
	readonly errors: number;
	/** Puts what only all records together tell into the findings; for the end. */
	conclude?(findings: Findings): void;
}

/**
 * Makes the row checks of one source.
 * @param request see {@link RowCheckRequest}
 * @param limits what holds for every value of the destination
 */
export function createRowCheck(request: RowCheckRequest, limits: ValueLimits): RowCheck {
	checkCurrencies(request.plan, request.findings);
	return new ValueCheck(request, limits);
}

/**
 * Makes a check for those who want records sent as they are: it only finds what cannot be sent so, because half of it would be lost
 * or become something else. Dates are still taken notice of, since they may have to be rewritten.
 * @param request its `findings` take records with too few or too many fields, and bytes that are no text
 */
export function createShapeCheck(request: RowCheckRequest): RowCheck {
	return new ShapeCheck(request);
}

/** Whether records have as many fields as the header, and hold text. */
class ShapeCheck implements RowCheck {
	records = 0;
	rejected = 0;
	errors = 0;
	protected readonly findings: Findings;
	/** number of the record that is looked at, as the user knows it */
	protected row = 0;
	/** a record with as many fields as the header was met */
	protected anyFits = false;
	private flags = new Uint8Array(0);
	/** the first record with one more field, an empty one at its end */
	private surplusRow?: number;

	constructor(protected readonly request: RowCheckRequest) {
		this.findings = request.findings;
	}

	check(batch: RecordBatch): Uint8Array {
		const errorsBefore = this.findings.errors;
		this.request.dates?.observe(batch);
		if (this.flags.length < batch.records) this.flags = new Uint8Array(batch.records);
		else this.flags.fill(0, 0, batch.records);
		const isText = isUtf8(batch.bytes);
		const passed = this.begin(batch, isText);
		for (let r = 0; r < batch.records; r++) {
			this.row = batch.rows[r];
			const flag =
				passed !== undefined && passed[r] === 1
					? this.checkPassed(batch, r)
					: this.checkRecord(batch, r, isText);
			if (flag === 0) continue;
			this.flags[r] = flag;
			if (flag === RecordFlag.blank) this.records--;
			else this.rejected++;
		}
		this.records += batch.records;
		this.errors += this.findings.errors - errorsBefore;
		return this.flags;
	}

	conclude(findings: Findings): void {
		if (this.surplusRow === undefined) return;
		const expected = this.request.columns.length;
		// Where only some records have it, a value may hold a delimiter, and all behind it are in the wrong column.
		if (this.anyFits) findings.add('row-ragged', { row: this.surplusRow, found: expected + 1, expected });
		else findings.add('rows-surplus-field');
	}

	/** Begins a batch; gives for each record 1 where nothing more than {@link checkPassed} is needed. */
	protected begin(_batch: RecordBatch, _isText: boolean): Uint8Array | undefined {
		return undefined;
	}

	protected checkPassed(_batch: RecordBatch, _r: number): number {
		return 0;
	}

	protected checkRecord(batch: RecordBatch, r: number, isText: boolean): number {
		if (!this.fits(batch, r)) return this.noteRagged(batch, r);
		if (isText) return 0;
		const columns = this.request.columns.map((name, c) => ({ name, sourceName: name, sourceIndex: c }));
		return this.noteBytes(batch, r, columns) ? RecordFlag.invalid : 0;
	}

	/** Whether a record has as many fields as the header. One more that is empty does no harm where all records have it. */
	protected fits({ fields, starts, ends }: RecordBatch, r: number): boolean {
		const more = fields[r + 1] - fields[r] - this.request.columns.length;
		if (more === 0) this.anyFits = true;
		if (more !== 1) return more === 0;
		const last = fields[r + 1] - 1;
		if (starts[last] < ends[last] || this.anyFits) return false;
		this.surplusRow ??= this.row;
		return true;
	}

	protected noteRagged({ fields }: RecordBatch, r: number): number {
		const expected = this.request.columns.length;
		const facts = { row: this.row, found: fields[r + 1] - fields[r], expected };
		return this.findings.add('row-ragged', facts) === 'error' ? RecordFlag.misshapen : 0;
	}

	/** Notes values that are no UTF-8; gives whether one of them is an error. */
	protected noteBytes(
		{ bytes, fields, starts, ends }: RecordBatch,
		r: number,
		columns: ReadonlyArray<Pick<PlannedColumn, 'name' | 'sourceName' | 'sourceIndex'>>,
	): boolean {
		let bad = false;
		for (const { name, sourceName, sourceIndex } of columns) {
			const f = fields[r] + sourceIndex;
			if (isUtf8(bytes.subarray(starts[f], ends[f]))) continue;
			const facts = { row: this.row, column: sourceName, attribute: name };
			if (this.findings.add('value-not-utf8', facts) === 'error') bad = true;
		}
		return bad;
	}
}

type ValueTest = (bytes: Uint8Array, start: number, end: number) => boolean;

interface ColumnCheck {
	column: PlannedColumn;
	from: number;
	/** a blank value is an error */
	required: boolean;
	/** nothing but blanks is no value of this type */
	typed: boolean;
	/** tests a value that is not blank */
	test?: ValueTest;
	code: RuleCode;
	facts: FindingFacts;
	/** what the reader validates at once has passed it */
	validated: boolean;
}

const TESTS: Partial<Record<ValueType, { code: RuleCode; test: ValueTest }>> = {
	email: { code: 'value-not-email', test: isEmail },
	integer: { code: 'value-not-integer', test: isInteger },
	double: { code: 'value-not-double', test: isDouble },
};

/** Whether every value keeps the rules of its column. */
class ValueCheck extends ShapeCheck {
	private readonly sent: readonly PlannedColumn[];
	private readonly checks: readonly ColumnCheck[];
	/** what the reader cannot validate */
	private readonly besides: readonly ColumnCheck[];
	private readonly dateColumns: readonly PlannedColumn[];
	private readonly datesBesides: readonly PlannedColumn[];
	private readonly texts: readonly PlannedColumn[];
	private readonly passesBlanks: boolean;
	private readonly deleting?: Buffer;
	private readonly wanted: ValidatedRecord;
	private isAscii = true;

	constructor(
		request: RowCheckRequest,
		private readonly limits: ValueLimits,
	) {
		super(request);
		const takesYearFirst = request.dates?.takesYearFirst ?? false;
		this.sent = request.plan.columns.filter(({ sourceIndex }) => sourceIndex >= 0);
		this.checks = this.sent.flatMap(columnChecks);
		this.besides = this.checks.filter(({ validated }) => !validated);
		this.dateColumns = request.dates ? this.sent.filter(({ type }) => type === 'date') : [];
		this.datesBesides = takesYearFirst ? [] : this.dateColumns;
		this.texts = this.sent.filter(({ type, oneOf }) => (type === 'string' && !oneOf) || type === 'email');
		this.passesBlanks = !limits.exactShape && this.sent.some(({ required }) => required);
		// Then no record may have one field more.
		this.anyFits = limits.exactShape ?? false;
		const { deletingValue, maximumValueBytes } = limits;
		this.deleting = deletingValue === undefined ? undefined : Buffer.from(deletingValue, 'utf8');
		this.wanted = {
			width: request.columns.length,
			columns: this.sent.flatMap((column) => validatedColumn(column, takesYearFirst)),
			mostBytes: maximumValueBytes,
			notableBytes: this.deleting?.length ?? 0,
		};
	}

	protected override begin({ bytes, validation }: RecordBatch, isText: boolean): Uint8Array | undefined {
		this.isAscii = isAscii(bytes);
		// Nearly all records are right, and nearly always this is known of all at once.
		return isText ? validation?.validate(this.wanted) : undefined;
	}

	protected override checkPassed(batch: RecordBatch, r: number): number {
		this.anyFits = true;
		let bad = false;
		const first = batch.fields[r];
		for (let c = 0; c < this.besides.length; c++)
			if (this.checkValue(batch, first, this.besides[c])) bad = true;
		for (let c = 0; c < this.datesBesides.length; c++) {
			if (this.checkDate(batch, first, this.datesBesides[c])) bad = true;
		}
		return bad ? RecordFlag.invalid : 0;
	}

	protected override checkRecord(batch: RecordBatch, r: number, isText: boolean): number {
		const first = batch.fields[r];
		if (this.passesBlanks && isBlankRow(batch, r)) {
			const severity = this.findings.add('row-blank', { row: this.row });
			return severity === 'error' ? RecordFlag.invalid : RecordFlag.blank;
		}
		if (!this.fits(batch, r)) return this.noteRagged(batch, r);
		let bad = false;
		for (const check of this.checks) if (this.checkValue(batch, first, check)) bad = true;
		for (const column of this.dateColumns) if (this.checkDate(batch, first, column)) bad = true;
		for (const column of this.sent)
			if (this.checkLimits(batch, first + column.sourceIndex, column)) bad = true;
		if (isText) for (const column of this.texts) this.checkText(batch, first + column.sourceIndex, column);
		else if (this.noteBytes(batch, r, this.sent)) bad = true;
		return bad ? RecordFlag.invalid : 0;
	}

	private checkValue(batch: RecordBatch, first: number, check: ColumnCheck): boolean {
		const { column, required, typed, test, code, facts } = check;
		const f = first + check.from;
		const start = batch.starts[f];
		const end = batch.ends[f];
		if (isBlank(batch.bytes, start, end)) {
			if (required) return this.note('value-required', column);
			return typed && start < end && this.note('value-only-blanks', column);
		}
		if (!test || this.deletes(batch, f, column)) return false;
		// A doubled quote never belongs to a value that a test accepts as it stands; free text undoes it first.
		if (batch.quoting[f] !== FieldQuoting.escaped && test(batch.bytes, start, end)) return false;
		const text = fieldText(batch, f);
		const bytes = Buffer.from(text, 'utf8');
		if (test(bytes, 0, bytes.length)) return false;
		return this.note(code, column, { ...facts, cause: valueCause(code, text, column) });
	}

	private checkDate(batch: RecordBatch, first: number, column: PlannedColumn): boolean {
		const f = first + column.sourceIndex;
		if (isBlank(batch.bytes, batch.starts[f], batch.ends[f])) {
			// Required values were seen to; converting makes blanks an empty text.
			const stays = !column.required && !column.conversion && batch.starts[f] < batch.ends[f];
			return stays && this.note('value-only-blanks', column);
		}
		const state = this.request.dates?.stateOf(column.sourceIndex, batch, f);
		if (state === 'blank') return column.required && this.note('value-required', column);
		if (state !== 'notADate') return false;
		return this.note('value-not-date', column, { cause: valueCause('value-not-date', fieldText(batch, f)) });
	}

	private checkLimits(batch: RecordBatch, f: number, column: PlannedColumn): boolean {
		const { maximumValueBytes, lineBreaks } = this.limits;
		const start = batch.starts[f];
		const end = batch.ends[f];
		let bad = false;
		if (this.deletes(batch, f, column)) this.note('value-deletes', column);
		if (end - start > maximumValueBytes) {
			bad = this.note('value-too-long', column, { limit: Math.floor(maximumValueBytes / 1024) });
		}
		if (!lineBreaks && batch.quoting[f] !== FieldQuoting.plain && hasLineBreak(batch.bytes, start, end)) {
			bad = this.note('value-newline', column) || bad;
		}
		return bad;
	}

	/** Notes what the service takes but nobody means. */
	private checkText({ bytes, starts, ends }: RecordBatch, f: number, column: PlannedColumn): void {
		const [start, end] = [starts[f], ends[f]];
		if (start === end) return;
		const fault = column.type === 'email' ? addressFault(bytes, start, end) : textFault(bytes, start, end);
		if (fault) this.note(fault, column);
		const other = this.isAscii || column.type === 'email' ? undefined : characterFault(bytes, start, end);
		if (other) this.note(other, column);
	}

	private deletes({ bytes, starts, ends }: RecordBatch, f: number, { type }: PlannedColumn): boolean {
		const { deleting } = this;
		if (!deleting || ends[f] - starts[f] !== deleting.length) return false;
		if (type === 'email' || type === 'integer') return false;
		return deleting.compare(bytes, starts[f], ends[f]) === 0;
	}

	/** Notes a finding about a value of the row; gives whether it is an error. */
	private note(code: RuleCode, { sourceName, name }: PlannedColumn, facts?: FindingFacts): boolean {
		const where = { row: this.row, column: sourceName, attribute: name };
		return this.findings.add(code, { ...facts, ...where }) === 'error';
	}
}

function isBlankRow({ bytes, fields, starts, ends }: RecordBatch, r: number): boolean {
	for (let f = fields[r]; f < fields[r + 1]; f++) {
		if (starts[f] < ends[f] && !isBlank(bytes, starts[f], ends[f])) return false;
	}
	return true;
}

function columnChecks(column: PlannedColumn): ColumnCheck[] {
	const base = {
		column,
		from: column.sourceIndex,
		facts: {},
		required: false,
		typed: false,
		validated: false,
	};
	const checks: ColumnCheck[] = [];
	const typed = TESTS[column.type];
	const { required, oneOf, minimum, maximum } = column;
	if (typed) checks.push({ ...base, required, typed: true, validated: true, ...typed });
	else if (required) checks.push({ ...base, required, validated: true, code: 'value-required' });
	if (oneOf) {
		const allowed = new Set(oneOf);
		checks.push({
			...base,
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

/** The part of a column's checks that the reader can take over. */
function validatedColumn(column: PlannedColumn, takesYearFirst: boolean): ValidatedColumn[] {
	const { sourceIndex, type, required, oneOf } = column;
	if (type === 'string') return [{ sourceIndex, required, form: oneOf ? 'any' : 'text' }];
	if (type === 'date' && !takesYearFirst) return required ? [{ sourceIndex, required, form: 'any' }] : [];
	return [{ sourceIndex, required, form: type }];
}

/** Bounds as a sentence has them. */
function rangeOf(minimum: number | undefined, maximum: number | undefined): string {
	if (maximum === undefined) return `${minimum} or more`;
	return minimum === undefined ? `${maximum} or less` : `between ${minimum} and ${maximum}`;
}
