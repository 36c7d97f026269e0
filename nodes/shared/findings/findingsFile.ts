import type { Writable } from 'node:stream';
import { BYTE_ORDER_MARK, csvLine, forSpreadsheet } from '../csv/csvText';
import type { Finding } from './finding';

/** Columns of the file of findings. */
const HEADER = ['Row', 'Column', 'Severity', 'Code', 'Message'];

/**
 * Writes findings as CSV for people, as they are made. The file is for reading, and nothing of it is sent.
 * @param sink takes the bytes; with the byte order mark by which Excel knows UTF-8
 * @returns told every finding
 */
export function writeFindings(sink: Writable): (finding: Finding) => void {
	sink.write(Buffer.from(BYTE_ORDER_MARK + csvLine(HEADER), 'utf8'));
	return ({ row, column, severity, code, message }) => {
		const cells = [row === undefined ? '' : String(row), column ?? '', severity, code, message];
		sink.write(Buffer.from(csvLine(cells.map(forSpreadsheet)), 'utf8'));
	};
}
