import type { RowError } from '../model';

/** At most so many errors are kept word for word; all are counted. */
const kept = 10_000;

/** Where validation writes down what it finds. */
export interface FindingList {
	errors: RowError[];
	errorCount: number;
	warnings: RowError[];
	error(row: number | null, column: string | null, rule: string, message: string): void;
	warn(row: number | null, column: string | null, rule: string, message: string): void;
}

/** Makes an empty {@link FindingList}. */
export function startFindings(): FindingList {
	const list: FindingList = {
		errors: [],
		errorCount: 0,
		warnings: [],
		error(row, column, rule, message) {
			list.errorCount += 1;
			if (list.errors.length < kept) list.errors.push({ row, column, rule, message });
		},
		warn(row, column, rule, message) {
			if (list.warnings.length < kept) list.warnings.push({ row, column, rule, message });
		},
	};
	return list;
}
