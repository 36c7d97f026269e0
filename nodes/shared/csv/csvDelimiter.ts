import type { ByteWindow } from '../records/byteWindow';
import type { CsvScanner, ScannedRecords } from './csvScanner';

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
 * @param scanner whose text is that of the window
 * @param window the beginning of a CSV file, from the line of the header or a line before it
 * @param skipBefore rows before the header
 * @returns comma where nothing speaks for another one
 */
export function detectDelimiter(scanner: CsvScanner, window: ByteWindow, skipBefore: number): CsvDelimiter {
	const { bytes, begin, end } = window;
	const sampleEnd = Math.min(end, begin + SAMPLE_BYTES);
	// A scan writes behind its end.
	const behind = bytes[sampleEnd];
	const sample = { begin, end: sampleEnd, row: 0, last: window.last && sampleEnd === end };
	let best: CsvDelimiter = ',';
	let bestScore = 0;
	for (const delimiter of CSV_DELIMITERS) {
		const score = scoreOf(
			() => scanner.scan({ ...sample, delimiter, enoughFields: SAMPLE_FIELDS }),
			skipBefore,
		);
		if (score > bestScore) [best, bestScore] = [delimiter, score];
	}
	bytes[sampleEnd] = behind;
	return best;
}

function scoreOf(scan: () => ScannedRecords, skipBefore: number): number {
	let found: ScannedRecords;
	try {
		found = scan();
	} catch {
		// A file that reads as broken with this delimiter may be right with another one.
		return 0;
	}
	const { records, rows, fields } = found;
	const widthOf = (r: number) => fields[r + 1] - fields[r];
	let header = 0;
	while (header < records && rows[header] <= skipBefore) header++;
	if (header === records || widthOf(header) < 2) return 0;
	const until = Math.min(records, header + SAMPLE_RECORDS);
	let alike = 0;
	for (let r = header; r < until; r++) if (widthOf(r) === widthOf(header)) alike++;
	// Records that agree weigh more than any number of columns; the header's width decides between equals.
	return Math.round((100 * alike) / (until - header)) * 100_000 + widthOf(header);
}
