/*
 * Finds records and fields in text: the work of nodes/shared/csv/csvScanner.ts, where the contract is written.
 */

import { at, ends, fields, forms, marks, offsets, put, rows, starts, text } from './memory';
import { block, BLOCK, nextStop, resume, seek, stopsOf, waiting } from './stops';

const LF: u32 = 0x0a;
const CR: u32 = 0x0d;
const QUOTE: u32 = 0x22;
const COMMA: u32 = 0x2c;

/** As `FieldQuoting`. */
const PLAIN: u32 = 0;
const QUOTED: u32 = 1;
const ESCAPED: u32 = 2;

/** A field of the record holds a line break. */
export const MARK_LINE_BREAK: u32 = 1;
/** The record does not stand in the text as a writer of CSV would write it. */
export const MARK_OTHERWISE: u32 = 2;

/** As `ScanFault` in csvMemory.ts. */
const NO_FAULT: u32 = 0;
const NUL_BYTE: u32 = 1;
const UNCLOSED_QUOTE: u32 = 2;
const TEXT_AFTER_QUOTE: u32 = 3;
const TOO_MANY_COLUMNS: u32 = 4;
const TOO_LONG_FIELD: u32 = 5;
const TOO_LONG_RECORD: u32 = 6;

/** What the last scan came to; `faultField` counts from 0. */
export let fault: u32 = NO_FAULT;
export let faultRow: u32 = 0;
export let faultField: u32 = 0;
export let nextAt: u32 = 0;
export let lastRow: u32 = 0;

let mostColumns: u32 = 0;
let mostFieldBytes: u32 = 0;
let mostRecordBytes: u32 = 0;

/** Sets the bounds of fields and records. */
export function limit(columns: u32, fieldBytes: u32, recordBytes: u32): void {
	mostColumns = columns;
	mostFieldBytes = fieldBytes;
	mostRecordBytes = recordBytes;
}

/**
 * Scans the text from `beginAt` up to `endAt`, where one byte more exists, and 63 bytes of readable memory behind it.
 * @returns number of records; what else came out is in `fault`, `nextAt` and `lastRow`
 */
export function scan(beginAt: u32, endAt: u32, rowBefore: u32, last: bool, delimiter: u32, enough: u32): u32 {
	const begin: u32 = text + beginAt;
	const end: u32 = text + endAt;
	// A quote behind the text ends every search.
	store<u8>(end, QUOTE as u8);
	fault = NO_FAULT;
	const usualMarks = delimiter == COMMA ? 0 : MARK_OTHERWISE;
	let row = rowBefore;
	let start = begin;
	let next = begin;
	let first: u32 = 0;
	let f: u32 = 0;
	let r: u32 = 0;
	let complete = true;
	if (begin < end) seek(begin, delimiter);

	while (start < end && f < enough) {
		first = f;
		const room = first + mostColumns;
		let mark = usualMarks;
		let i: u32 = 0;
		complete = false;
		for (;;) {
			// Nearly all fields are passed here, at the pace of the fields, not of the bytes.
			let p: u32 = 0;
			let stop: u32 = 0;
			let stops = waiting;
			let from = block;
			for (;;) {
				while (stops == 0) {
					from += BLOCK;
					stops = stopsOf(from);
				}
				p = (from + (ctz(stops) as usize)) as u32;
				stops &= stops - 1;
				stop = load<u8>(p);
				if (f > room) return failed(TOO_MANY_COLUMNS, row + 1, 0);
				if (stop != delimiter) break;
				putField(f++, start, p, PLAIN);
				start = p + 1;
			}
			resume(from, stops);
			if (stop == QUOTE && p == start && p < end) {
				let form = PLAIN;
				for (;;) {
					p = nextStop() as u32;
					stop = load<u8>(p);
					if (stop != QUOTE) {
						if (stop == 0) return failed(NUL_BYTE, row + 1, 0);
						if ((stop != delimiter || stop == COMMA) && form == PLAIN) form = QUOTED;
						if (stop == LF || stop == CR) mark |= MARK_LINE_BREAK;
						continue;
					}
					if (p >= end) {
						if (last) return failed(UNCLOSED_QUOTE, row + 1, f - first);
						break;
					}
					// Whether this quote closes the field is told by the next byte.
					if (p + 1 == end && !last) break;
					if (p + 1 == end || load<u8>(p + 1) != QUOTE) {
						complete = true;
						break;
					}
					nextStop();
					form = ESCAPED;
				}
				if (!complete) break;
				// A blank in quotes stays distinguishable from nothing at all.
				if (start + 1 == p) form = QUOTED;
				if (form == PLAIN || start + 1 == p) mark |= MARK_OTHERWISE;
				putField(f++, start + 1, p, form);
				i = p + 1;
				stop = i < end ? (load<u8>(i) as u32) : LF;
				if (stop == delimiter) {
					nextStop();
					start = i + 1;
					complete = false;
					continue;
				}
				if (stop != LF && stop != CR) return failed(TEXT_AFTER_QUOTE, row + 1, f - 1 - first);
				if (i < end) nextStop();
				break;
			}
			let form = PLAIN;
			while (stop == COMMA || (stop == QUOTE && p < end)) {
				form = QUOTED;
				mark |= MARK_OTHERWISE;
				p = nextStop() as u32;
				stop = load<u8>(p);
				if (stop == delimiter) break;
			}
			if (stop == 0) return failed(NUL_BYTE, row + 1, 0);
			if (p >= end && !last) break;
			putField(f++, start, p, form);
			if (p >= end || stop != delimiter) {
				i = p;
				complete = true;
				break;
			}
			start = p + 1;
		}
		if (f - first > mostColumns) return failed(TOO_MANY_COLUMNS, row + 1, 0);
		if (!complete) break;

		const length = i - next;
		if (i < end && load<u8>(i) == CR) {
			// Whether a line feed belongs to it is told by the next byte.
			if (i + 1 == end && !last) break;
			if (i + 1 < end && load<u8>(i + 1) == LF) {
				nextStop();
				i++;
			}
		}
		i++;
		row++;
		if (length == 0) f = first;
		else {
			if (length > mostFieldBytes && holdsTooLong(first, f))
				return failed(TOO_LONG_FIELD, row, tooLongField - first);
			if (length > mostRecordBytes) return failed(TOO_LONG_RECORD, row, 0);
			put(rows, r, row);
			put(offsets, r, next - text);
			put(fields, r, first);
			store<u8>(marks + r, mark as u8);
			r++;
			first = f;
		}
		start = i < end ? i : end;
		next = start;
	}

	put(fields, r, first);
	nextAt = next - text;
	lastRow = row;
	return r;
}

function putField(f: u32, start: u32, end: u32, form: u32): void {
	put(starts, f, start - text);
	put(ends, f, end - text);
	store<u8>(forms + f, form as u8);
}

let tooLongField: u32 = 0;

function holdsTooLong(first: u32, afterLast: u32): bool {
	for (let f = first; f < afterLast; f++) {
		if (at(ends, f) - at(starts, f) <= mostFieldBytes) continue;
		tooLongField = f;
		return true;
	}
	return false;
}

function failed(what: u32, row: u32, field: u32): u32 {
	fault = what;
	faultRow = row;
	faultField = field;
	return 0;
}
