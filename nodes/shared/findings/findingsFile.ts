import type { Writable } from 'node:stream';
import { csvLine } from '../csv/csvText';
import type { Finding } from './finding';

/** Columns of the file of findings. */
const HEADER = ['Row', 'Column', 'Severity', 'Code', 'Message'];
/** Text that spreadsheets take for a formula when it stands first in a cell. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Writes findings as CSV for people, as they are made. A column's name that a spreadsheet would run as a formula gets an apostrophe
 * before it: the file is for reading, and nothing of it is sent.
 * @param sink takes the bytes; with the byte order mark by which Excel knows UTF-8
 * @returns told every finding
 */
export function writeFindings(sink: Writable): (finding: Finding) => void {
	sink.write(Buffer.from(`\uFEFF${csvLine(HEADER)}`, 'utf8'));
	return ({ row, column, severity, code, message }) => {
		const cells = [row === undefined ? '' : String(row), column ?? '', severity, code, message];
		sink.write(Buffer.from(csvLine(cells.map(forReading)), 'utf8'));
	};
}

function forReading(cell: string): string {
	return FORMULA.test(cell) ? `'${cell}` : cell;
}
