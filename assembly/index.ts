/*
 * What is done for each byte or field of a large file, as a WebAssembly program. Built by `npm run build:csv`.
 */

export { layOut } from './memory';
export { fault, faultField, faultRow, lastRow, limit, nextAt, scan } from './scan';
export { hashColumn, join, judge, readDays } from './records';
