const DELIMITERS = [',', ';', '\t', '|'];
/** Enough lines to see a pattern. */
const LINES_LOOKED_AT = 20;

/**
 * The delimiter of a text that looks like a table: the one that splits its first lines into the same number of fields, more
 * than one. Undefined for what looks like sentences.
 */
export function likelyDelimiter(text: string): string | undefined {
	let best: { delimiter: string; fields: number } | undefined;
	for (const delimiter of DELIMITERS) {
		const counts = delimitedRecords(text, delimiter, LINES_LOOKED_AT).map((fields) => fields.length);
		const fields = counts[0] ?? 0;
		const even = counts.filter((count) => count === fields).length;
		// Messages with stray commas make some lines longer; most of them must still agree with the first.
		if (fields < 2 || even < Math.max(1, Math.ceil(counts.length * 0.6))) continue;
		if (best === undefined || fields > best.fields) best = { delimiter, fields };
	}
	return best?.delimiter;
}

/**
 * Splits a text into records and fields as RFC 4180 does, forgiving what that forbids: quotes within unquoted fields, text
 * after a closing quote, a quote that is never closed. Blank lines are left out.
 * @param limit highest number of records to give
 */
export function delimitedRecords(text: string, delimiter: string, limit: number): string[][] {
	const records: string[][] = [];
	let fields: string[] = [];
	let field = '';
	let quoted = false;
	let started = false;

	const endField = () => {
		fields.push(field);
		field = '';
		started = false;
	};
	const endRecord = () => {
		endField();
		if (fields.length > 1 || fields[0].trim() !== '') records.push(fields);
		fields = [];
	};

	for (let i = 0; i < text.length && records.length < limit; i++) {
		const character = text[i];
		if (quoted) {
			if (character !== '"') field += character;
			else if (text[i + 1] === '"') {
				field += '"';
				i++;
			} else quoted = false;
		} else if (character === '"' && !started) {
			quoted = true;
			started = true;
		} else if (character === delimiter) endField();
		else if (character === '\n') endRecord();
		else if (character !== '\r') {
			field += character;
			started = true;
		}
	}
	if (records.length < limit && (field !== '' || fields.length > 0)) endRecord();
	return records;
}
