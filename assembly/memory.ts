/*
 * Where things lie in the program's memory. Whoever makes an instance lays them out (nodes/shared/csv/csvMemory.ts) and
 * sets these addresses. The arrays are those of `ScannedRecords` and `RecordBatch`.
 */

/** the text; offsets of records and borders of fields count from here */
export let text: usize = 0;
/** u32 a record: its row in the file */
export let rows: usize = 0;
/** u32 a record: its first byte */
export let offsets: usize = 0;
/** u8 a record: see MARK_ in scan.ts */
export let marks: usize = 0;
/** u32 a record, and one more: its first field */
export let fields: usize = 0;
/** u32 a field: first byte of its content */
export let starts: usize = 0;
/** u32 a field: behind the last byte of its content */
export let ends: usize = 0;
/** u8 a field: a `FieldQuoting` */
export let forms: usize = 0;
/** u32 a field: the day of a date */
export let days: usize = 0;
/** u32 a record, two of them: hashes of one column */
export let hashes: usize = 0;
/** two u32 each: column and kind of a check, or first column and number of columns of a stretch */
export let checks: usize = 0;
/** u8 a record: 1 = nothing about it needs a closer look */
export let clean: usize = 0;
/** bytes that are to be sent */
export let out: usize = 0;

/** Number `index` of an array of u32. */
export function at(array: usize, index: u32): u32 {
	return load<u32>(array + ((index as usize) << 2));
}

/** Sets number `index` of an array of u32. */
export function put(array: usize, index: u32, value: u32): void {
	store<u32>(array + ((index as usize) << 2), value);
}
