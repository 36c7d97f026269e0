const DELIMITERS = [',', ';', '\t', '|'];
/** Enough lines to see a pattern. */
const LINES_LOOKED_AT = 20;
/** Further fields of a record are left out. */
const MOST_FIELDS = 1_000;
/** Enough characters for that many lines. */
const SAMPLE = 65_536;

/**
 * The delimiter of a text that looks like a table: the one that splits its first lines into the same number of fields, more
 * than one. Undefined for what looks like sentences.
 */
export function likelyDelimiter(text: string): string | undefined {
	const sample = text.slice(0, SAMPLE);
	let best: { delimiter: string; fields: number } | undefined;
	for (const delimiter of DELIMITERS) {
		const counts = delimitedRecords(sample, delimiter, LINES_LOOKED_AT).map((fields) => fields.length);
		// The last line of a sample may lack its end.
		if (sample.length < text.length && counts.length > 1 && counts.length < LINES_LOOKED_AT) counts.pop();
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
		if (fields.length < MOST_FIELDS) fields.push(field);
		field = '';
		started = false;
	};
	const endRecord = () => {
		endField();
		if (fields.length > 1 || fields[0].trim() !== '') records.push(fields);
		fields = [];
	};

	// Runs of plain characters are taken at once: a file of megabytes in one line must not keep n8n busy.
	const run = new RegExp(`[^${delimiter}\\r\\n]+`, 'y');
	let at = 0;
	while (at < text.length && records.length < limit) {
		const character = text[at];
		if (quoted) {
			const found = text.indexOf('"', at);
			const end = found < 0 ? text.length : found;
			const isPair = text[end + 1] === '"';
			field += text.slice(at, isPair ? end + 1 : end);
			quoted = isPair;
			at = end + (isPair ? 2 : 1);
			continue;
		}
		run.lastIndex = at;
		if (character === '"' && !started) {
			quoted = true;
			started = true;
		} else if (character === delimiter) endField();
		else if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) endRecord();
		else if (run.test(text)) {
			field += text.slice(at, run.lastIndex);
			started = true;
			at = run.lastIndex;
			continue;
		}
		at++;
	}
	if (records.length < limit && (field !== '' || fields.length > 0)) endRecord();
	return records;
}
