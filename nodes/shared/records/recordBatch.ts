/**
 * How a field is written: as it is, within quotes, or within quotes and holding doubled quotes.
 *
 * A field is only `plain` if it holds no comma, quote or line break, so that writers can copy it unseen; `quoted` is also
 * what a reader calls a field that holds one of these without quotes around it. A blank is `quoted` where the source has
 * an empty text, and `plain` where it has nothing.
 */
export const FieldQuoting = { plain: 0, quoted: 1, escaped: 2 } as const;

/**
 * A run of records as bytes: one piece of UTF-8 text, and where each field of each record lies in it.
 * Valid only until the next batch is asked for: readers use its memory again.
 *
 * The fields of record `r` are `fields[r] … fields[r + 1] - 1`; the content of field `f` is
 * `bytes[starts[f] … ends[f] - 1]` without its enclosing quotes. Where `quoting[f]` is `FieldQuoting.escaped`, each pair of
 * quotes in it stands for one.
 */
export interface RecordBatch {
	bytes: Buffer;
	/** number of records; the arrays may be longer than what is in use */
	records: number;
	/** the number by which the user knows each record: row of the file (header = 1), or index of the n8n item */
	rows: Uint32Array;
	/** first field of each record, and one more entry: the end of the last */
	fields: Uint32Array;
	starts: Uint32Array;
	ends: Uint32Array;
	quoting: Uint8Array;
	/** where the reader can tell something of all records at once; not for a batch that is changed */
	validation?: BatchValidation;
}

/** How a record stands in the text of its batch; a bit each. */
export const RecordMark = {
	/** a field may hold a line break */
	lineBreak: 1,
	/** not as a CSV file has it that is separated by commas and has quotes only where they are needed */
	otherwise: 2,
} as const;

/** A quick test of one column's values: what passes is right, what does not needs a closer look. */
export interface ValidatedColumn {
	/** index of the column in the source */
	sourceIndex: number;
	/** the form of its values; `text` is one in which nothing is notable, `any` one that nobody looks at */
	form: 'any' | 'text' | 'email' | 'integer' | 'double' | 'date';
	/** a value must be there */
	required: boolean;
}

/** What a record must be like so that rules need not look at it. */
export interface ValidatedRecord {
	/** number of fields */
	width: number;
	columns: readonly ValidatedColumn[];
	/** longest value in bytes */
	mostBytes: number;
	/** length of a value, in bytes, that must be looked at; 0 = none */
	notableBytes: number;
}

/**
 * Looks at one thing in all records of a batch, many times faster than field by field. What it gives is valid until the next call
 * of the same method, or the next batch.
 */
export interface BatchValidation {
	/** the same for a run of the records: from number `from` on, `count` of them */
	part(from: number, count: number): BatchValidation;
	/** for each record bits of {@link RecordMark} */
	marks: Uint8Array;
	/** for each record 1 where it is surely as described; 0 where rules must look */
	validate(wanted: ValidatedRecord): Uint8Array;
	/**
	 * Lines of records whose marks do not say `otherwise`: of each, some stretches of columns.
	 * @param stretches first column and number of columns each, in their order; the records have them all, and no column is in two
	 * @param from number of the first record
	 * @param count number of records
	 * @returns nothing where there are too many stretches
	 */
	joinColumns(
		stretches: ReadonlyArray<{ from: number; count: number }>,
		from: number,
		count: number,
	): Buffer | undefined;
	/**
	 * for each field of a column its day, if it is a date written year first, else 0 (see `dayNumber`), by number of the field; how
	 * many values are none; and the latest day
	 */
	days(from: number): { days: Uint32Array; others: number; latest: number };
	/**
	 * for each record the two hashes of a column's value, see `PersonHash`, by twice the number of the record; 0 too where it
	 * holds doubled quotes or is not there
	 */
	hashes(from: number): Uint32Array;
}

/** What a flag says of a record; 0 = valid. */
export const RecordFlag = {
	/** breaks a rule */
	invalid: 1,
	/** no record at all: a row of delimiters */
	blank: 2,
	/** breaks a rule by its number of fields: they are not in their places */
	misshapen: 3,
} as const;

/** Records of one source, read once from beginning to end. */
export interface Table {
	/** the header: names of the columns as the source has them */
	columns: string[];
	/** what `RecordBatch.rows` counts */
	unit: 'row' | 'item';
	/** the records, in order; reading may throw a `Problem` of kind `input` that names the row */
	batches: AsyncIterable<RecordBatch>;
}

/** A run of a batch's records, from number `from` up to, not including, number `to`; valid as long as the batch. */
export function partOf(batch: RecordBatch, from: number, to: number): RecordBatch {
	if (from === 0 && to === batch.records) return batch;
	return {
		...batch,
		records: to - from,
		rows: batch.rows.subarray(from),
		fields: batch.fields.subarray(from),
		validation: batch.validation?.part(from, to - from),
	};
}

/** Makes field `f` of record `r` blank, in place. */
export function makeBlank({ starts, ends, quoting, validation }: RecordBatch, r: number, f: number): void {
	ends[f] = starts[f];
	quoting[f] = FieldQuoting.plain;
	// Its line in the source no longer is what it is to be in the output.
	if (validation) validation.marks[r] |= RecordMark.otherwise;
}

/** The content of field `f` as text, doubled quotes undone. */
export function fieldText(batch: RecordBatch, f: number): string {
	const text = batch.bytes.toString('utf8', batch.starts[f], batch.ends[f]);
	return batch.quoting[f] === FieldQuoting.escaped ? text.replaceAll('""', '"') : text;
}
