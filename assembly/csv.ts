/*
 * What is done for each byte or field of a large file, as a WebAssembly program. Built by `npm run build:wasm`.
 */

export {
	checks,
	clean,
	days,
	ends,
	fields,
	forms,
	hashes,
	marks,
	offsets,
	out,
	rows,
	starts,
	text,
} from './memory';
export { fault, faultField, faultRow, lastRow, limit, nextAt, scan } from './scan';
export { hashColumn, join, judge, readDays } from './records';
