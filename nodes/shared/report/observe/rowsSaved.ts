/** So many invalid rows are remembered; of more, the first ones decide. */
const MOST_ROWS = 200_000;

/** Stands for a row with errors of more than one kind. */
const SEVERAL = -1;

/** Counts, for each kind of error, the rows that would be valid without it. */
export class RowsSaved {
	private readonly kinds = new Map<string, number>();
	/** row → number of its only kind of error */
	private readonly rows = new Map<number, number>();

	/** Receives each error of a row. */
	add(kind: string, row: number): void {
		let number = this.kinds.get(kind);
		if (number === undefined) this.kinds.set(kind, (number = this.kinds.size));
		const known = this.rows.get(row);
		if (known === undefined) {
			if (this.rows.size < MOST_ROWS) this.rows.set(row, number);
		} else if (known !== number) this.rows.set(row, SEVERAL);
	}

	/** Rows that have errors of one kind only, by kind. */
	counts(): ReadonlyMap<string, number> {
		const byNumber = new Array<number>(this.kinds.size).fill(0);
		for (const number of this.rows.values()) if (number !== SEVERAL) byNumber[number]++;
		return new Map([...this.kinds].map(([kind, number]) => [kind, byNumber[number]]));
	}
}
