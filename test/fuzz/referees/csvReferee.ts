/** One record as the referee reads it. */
export interface RefereeRecord {
	/** line of the file as a spreadsheet counts it */
	row: number;
	/** the fields' bytes, one character each, quotes undone */
	fields: string[];
	/** bytes of the record and of its longest field, as they stand in the file */
	length: number;
	longestField: number;
}

/**
 * Reads CSV in the plainest way, one character at a time and with a string for each: the opposite of the reader that it
 * judges. A text is refused (nothing is given) for a quote that is never closed, text behind a closing quote, and a NUL.
 * @param text bytes as characters (latin1), without byte order mark
 * @param delimiter one character
 */
export function refereeCsv(text: string, delimiter: string): RefereeRecord[] | undefined {
	const records: RefereeRecord[] = [];
	let at = 0;
	let row = 0;
	if (text.includes('\0')) return undefined;

	const endsLine = () => text[at] === '\n' || text[at] === '\r' || at >= text.length;
	while (at < text.length) {
		const begin = at;
		const fields: string[] = [];
		let longestField = 0;
		row++;
		for (;;) {
			let field = '';
			let from = at;
			if (text[at] === '"') {
				from = ++at;
				while (text[at] !== '"' || text[at + 1] === '"') {
					if (at >= text.length) return undefined;
					if (text[at] === '"') at++;
					field += text[at++];
				}
				longestField = Math.max(longestField, at - from);
				at++;
				if (!endsLine() && text[at] !== delimiter) return undefined;
			} else {
				while (!endsLine() && text[at] !== delimiter) field += text[at++];
				longestField = Math.max(longestField, at - from);
			}
			fields.push(field);
			if (endsLine()) break;
			at++;
		}
		const length = at - begin;
		if (length > 0) records.push({ row, fields, length, longestField });
		at += text.startsWith('\r\n', at) ? 2 : 1;
	}
	return records;
}

/** One line of a CSV file as it has to be: in quotes where a value holds a comma, a quote or a line break. */
export function refereeLine(values: readonly string[]): string {
	if (values.length === 1 && values[0] === '') return '""\r\n';
	return `${values.map((value) => (/[",\r\n]/.test(value) ? `"${value.split('"').join('""')}"` : value)).join(',')}\r\n`;
}
