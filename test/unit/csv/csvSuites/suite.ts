import type { CsvOptions } from '../../../../nodes/shared/csv/csvReader';

/** One file of a suite, and what has to come of it. */
export interface CsvCase {
	/** what the case is about; unique within its suite */
	name: string;
	/** the file: text in UTF-8, or bytes of another encoding that are decoded first, as for every file */
	file: string | Uint8Array;
	options?: CsvOptions;
	/** another delimiter than a comma has to be recognised, for which the first batch must hold some records */
	guessed?: boolean;
	/** the header and the records */
	cells?: string[][];
	/** part of the message, for a file that is refused on purpose */
	refused?: string;
	/** why the outcome is not that of the suite; missing where it is */
	because?: string;
}

/** Cases with one origin. */
export interface CsvSuite {
	suite: string;
	/** where the rules stand */
	source: string;
	cases: CsvCase[];
}
