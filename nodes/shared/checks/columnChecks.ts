import type { PlannedColumn, ValueType } from '../columns/columnPlan';
import { isDouble, isEmail, isInteger } from '../core/bytes';
import type { RuleCode } from '../findings/catalogue';
import type { FindingFacts } from '../findings/findings';
import type { ValidatedColumn } from '../records/recordBatch';

type BytesTest = (bytes: Uint8Array, start: number, end: number) => boolean;

/** One thing that is checked of the values of one column. */
export interface ColumnCheck {
	column: PlannedColumn;
	/** a blank value is an error */
	required: boolean;
	/** nothing but blanks is no value of this type */
	typed: boolean;
	/** tests a value that is not blank */
	test?: BytesTest;
	/** what a value breaks that does not pass */
	code: RuleCode;
	facts: FindingFacts;
	/** a validation of whole batches tells the records that pass */
	validated: boolean;
}

const TYPE_TESTS: Partial<Record<ValueType, { code: RuleCode; test: BytesTest }>> = {
	email: { code: 'value-not-email', test: isEmail },
	integer: { code: 'value-not-integer', test: isInteger },
	double: { code: 'value-not-double', test: isDouble },
};

/** The checks of a column's values; dates have their own. */
export function columnChecks(column: PlannedColumn): ColumnCheck[] {
	const { type, required, oneOf, minimum, maximum } = column;
	const base = { column, required: false, typed: false, validated: false, facts: {} };
	const checks: ColumnCheck[] = [];
	const typed = TYPE_TESTS[type];
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

/**
 * The part of a column's checks that a validation of whole batches takes over.
 * @param takesYearFirst see `DateColumns`
 */
export function validatedColumn(column: PlannedColumn, takesYearFirst: boolean): ValidatedColumn[] {
	const { sourceIndex, type, required, oneOf } = column;
	if (type === 'string') return [{ sourceIndex, required, form: oneOf ? 'any' : 'text' }];
	if (type === 'date' && !takesYearFirst) return required ? [{ sourceIndex, required, form: 'any' }] : [];
	return [{ sourceIndex, required, form: type }];
}

/** Bounds as a sentence tells them. */
function rangeOf(minimum: number | undefined, maximum: number | undefined): string {
	if (maximum === undefined) return `${minimum} or more`;
	return minimum === undefined ? `${maximum} or less` : `between ${minimum} and ${maximum}`;
}
