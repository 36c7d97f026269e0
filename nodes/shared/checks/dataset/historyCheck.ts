import type { RecordBatch } from '../../records/recordBatch';
import type { DatasetCheck } from './datasetCheck';

/** Months of history that the service advises for a first import (source A10). */
const ADVISED_MONTHS = 13;
/** Days of a month in the numbers that `dayOf` gives. */
const DAYS_IN_A_MONTH = 31;

/**
 * Makes the check that a full refresh brings enough history.
 * @param from index of the column of effective dates in the source
 * @param sourceName the source's name of that column
 * @param dayOf the day of a value: 31 for each month, growing with time; 0 = no date
 */
export function createHistoryCheck(
	from: number,
	sourceName: string,
	dayOf: (batch: RecordBatch, f: number) => number,
): DatasetCheck {
	let earliest = Infinity;
	let latest = 0;
	return {
		observe(batch, flags) {
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				const day = dayOf(batch, batch.fields[r] + from);
				if (day === 0) continue;
				if (day < earliest) earliest = day;
				if (day > latest) latest = day;
			}
		},
		conclude(findings) {
			if (latest === 0) return;
			const months = Math.floor(latest / DAYS_IN_A_MONTH) - Math.floor(earliest / DAYS_IN_A_MONTH) + 1;
			if (months < ADVISED_MONTHS) findings.add('history-short', { column: sourceName, months });
		},
	};
}
