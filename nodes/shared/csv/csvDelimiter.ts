import type { CsvScanner } from './csvScanner';

/** The delimiters that are recognised, in the order in which they win a tie. */
export const CSV_DELIMITERS = [',', ';', '\t', '|'] as const;

/** What separates the fields of a CSV file. */
export type CsvDelimiter = (typeof CSV_DELIMITERS)[number];

/** How much of a file decides, in bytes, fields and records. */
const SAMPLE_BYTES = 65_536;
const SAMPLE_FIELDS = 8192;
const SAMPLE_RECORDS = 100;

/**
 * Recognises the delimiter from the beginning of a file: the one that cuts the most records into as many fields as the
 * header has. Delimiters within quotes do not count, because the file is read with each candidate as it would be.
 * @param scanner whose text is the beginning of a CSV file
 * @param bytes that text; the byte behind `end` exists
 * @param begin first byte of the header's line or of a line before it
 * @param end behind the last byte that was read so far
 * @param rowsToSkip rows before the header
 * @param last nothing follows after `end`
 * @returns comma where nothing speaks for another one
 */
export function detectDelimiter(
	scanner: CsvScanner,
	bytes: Uint8Array,
	begin: number,
	end: number,
	rowsToSkip: number,
	last: boolean,
): CsvDelimiter {
	const sampleEnd = Math.min(end, begin + SAMPLE_BYTES);
	const behind = bytes[sampleEnd];
	let best: CsvDelimiter = ',';
	let bestScore = 0;
	for (const delimiter of CSV_DELIMITERS) {
		const score = scoreOf(delimiter);
		if (score > bestScore) {
			best = delimiter;
			bestScore = score;
		}
	}
	bytes[sampleEnd] = behind;
	return best;

	function scoreOf(delimiter: CsvDelimiter): number {
		let found;
		try {
			found = scanner.scan({
				delimiter,
				begin,
				end: sampleEnd,
				row: 0,
				last: last && sampleEnd === end,
				enoughFields: SAMPLE_FIELDS,
			});
		} catch {
			// A file that reads as broken with this delimiter may be right with another one.
			return 0;
		}
		let header = 0;
		while (header < found.records && found.rows[header] <= rowsToSkip) header++;
		if (header === found.records) return 0;
		const width = widthOf(header);
		if (width < 2) return 0;
		const until = Math.min(found.records, header + SAMPLE_RECORDS);
		let alike = 0;
		for (let r = header; r < until; r++) if (widthOf(r) === width) alike++;
		// Records that agree weigh more than any number of columns; the header's width decides between equals.
		return Math.round((100 * alike) / (until - header)) * 100_000 + width;

		function widthOf(r: number): number {
			return found!.fields[r + 1] - found!.fields[r];
		}
	}
}
