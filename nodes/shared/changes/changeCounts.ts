/** How a file differs from the previous one. Plain data, for results and reports. */
export interface ChangeCounts {
	/** people of the previous file: those changed, unchanged, missing and rejected together */
	previousPeople: number;
	/** people whom the previous file does not hold */
	newPeople: number;
	/** people of both files of whom at least one row is sent */
	changedPeople: number;
	/** people of both files of whom nothing is sent */
	unchangedPeople: number;
	/** people of the previous file who have no row any more */
	missingPeople: number;
	/** people of the previous file who still have rows, but none that is valid */
	rejectedPeople: number;
	/** rows of new and changed people that are sent */
	sentRows: number;
	/** valid rows that are not sent, because they say nothing new */
	unchangedRows: number;
	/** columns of changed people, most often changed first; empty where there are too many columns to count */
	columns: ColumnChanges[];
}

/** How often the values of one column changed. */
export interface ColumnChanges {
	/** the destination's name of the column */
	column: string;
	/** sent rows of known people in which it has another value than in the person's latest row of the previous file */
	rows: number;
}
