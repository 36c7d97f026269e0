import { isAscii, isUtf8 } from 'node:buffer';
import type { Findings } from '../findings/findings';
import { RecordFlag, type RecordBatch } from '../records/recordBatch';
import { checkCurrencies } from './currencyCheck';
import { createRecordCheck } from './recordCheck';
import type { RowCheckRequest, ValueLimits } from './valueCheck';

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
	const { dates, findings, plan } = request;
	const recordCheck = createRecordCheck(request, limits);
	let flags = new Uint8Array(0);
	let records = 0;
	let rejected = 0;
	let errors = 0;
	checkCurrencies(plan, findings);

	function check(batch: RecordBatch): Uint8Array {
		const errorsBefore = findings.errors;
		dates?.observe(batch);
		if (flags.length < batch.records) flags = new Uint8Array(batch.records);
		else flags.fill(0, 0, batch.records);
		const encoding = isAscii(batch.bytes) ? 'ascii' : isUtf8(batch.bytes) ? 'utf8' : 'mixed';
		// Nearly all records are right, and nearly always this is told of all at once.
		const right = encoding === 'mixed' ? undefined : batch.validation?.validate(recordCheck.wanted);
		for (let r = 0; r < batch.records; r++) {
			const flag =
				right !== undefined && right[r] === 1
					? recordCheck.checkValidated(batch, r)
					: recordCheck.checkWhole(batch, r, encoding);
			if (flag === 0) continue;
			flags[r] = flag;
			if (flag === RecordFlag.blank) records--;
			else rejected++;
		}
		records += batch.records;
		errors += findings.errors - errorsBefore;
		return flags;
	}

	return {
		check,
		conclude: recordCheck.conclude,
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
 * or become something else: records with too few or too many fields, and bytes that are no text. Dates are still observed, since
 * they may have to be rewritten.
 * @param request see {@link RowCheckRequest}
 */
export function createShapeCheck(request: RowCheckRequest): RowCheck {
	const columns = request.columns.map((name, sourceIndex) => ({
		name,
		sourceName: name,
		sourceIndex,
		type: 'string' as const,
		required: false,
		reason: '',
	}));
	const plan = { columns, leftOut: [], proposals: [] };
	return createRowCheck(
		{ ...request, plan },
		{ maximumValueBytes: Infinity, lineBreaks: true, anyText: true },
	);
}
