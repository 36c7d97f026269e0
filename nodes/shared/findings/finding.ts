/** How bad a finding is: an error keeps the row (or the file) from being sent, a warning does not. */
export type Severity = 'error' | 'warning';

/** One thing that a check found. Never holds a value of a row: findings reach logs, e-mails and execution data. */
export interface Finding {
	/** the rule's code in the catalogue, stable for ever: users silence rules by it */
	code: string;
	severity: Severity;
	/** number of the record as the user knows it (see `Table.unit`); absent for findings about the whole file */
	row?: number;
	/** the source's name of the column; absent where no column is concerned */
	column?: string;
	/** what about the value breaks the rule, in a few words that do not tell the value */
	cause?: string;
	/** one sentence for an HR admin: what is wrong and what would be right */
	message: string;
}
