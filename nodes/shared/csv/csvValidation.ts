import { MOST_CHECKS, type CsvMemory } from './csvMemory';
import type { BatchValidation, ValidatedColumn } from '../records/recordBatch';

/** As assembly/records.ts numbers the forms of values. */
const FORMS: Record<ValidatedColumn['form'], number> = {
	any: 0,
	email: 1,
	integer: 2,
	double: 3,
	date: 4,
	text: 5,
};
const REQUIRED = 16;

/**
 * What the program can tell of records of its last scan.
 * @param memory see {@link CsvMemory}
 * @param first number of the first record in the scan
 * @param records how many there are
 */
export function createCsvValidation(memory: CsvMemory, first: number, records: number): BatchValidation {
	const { program, arrays } = memory;
	return {
		part: (from, count) => createCsvValidation(memory, first + from, count),
		marks: arrays.marks.subarray(first),
		validate({ width, columns, mostBytes, notableBytes }) {
			const { checks, clean } = arrays;
			if (columns.length > MOST_CHECKS) return clean.fill(0, 0, records);
			columns.forEach(({ sourceIndex, form, required }, c) => {
				checks[c * 2] = sourceIndex;
				checks[c * 2 + 1] = FORMS[form] + (required ? REQUIRED : 0);
			});
			program.judge(first, records, width, columns.length, Math.min(mostBytes, 0xffffffff), notableBytes);
			return clean;
		},
		joinColumns(stretches, from, count) {
			const { checks, out } = arrays;
			if (stretches.length > MOST_CHECKS) return undefined;
			stretches.forEach((stretch, s) => {
				checks[s * 2] = stretch.from;
				checks[s * 2 + 1] = stretch.count;
			});
			return out.subarray(0, program.join(first + from, count, stretches.length));
		},
		days(from) {
			const others = program.readDays(first, records, from);
			return { days: arrays.days, others, latest: program.latestDay.value >>> 0 };
		},
		hashes(from) {
			program.hashColumn(first, records, from);
			return arrays.hashes;
		},
	};
}
