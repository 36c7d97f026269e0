import { isBlank, isDouble } from '../core/bytes';
import { isIsoDateBytes, isMonthDayYearBytes } from '../dates/dateBytes';
import { mixedBits } from '../core/hashing';
import type { PlannedColumn } from '../columns/columnPlan';
import { createConvertedValues } from '../records/convertedValues';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';

/** What of a column decides what is sent: its place in the source (-1: every value is blank), its type, its conversion. */
export type HashedColumn = Pick<PlannedColumn, 'sourceIndex' | 'type' | 'conversion'>;

/**
 * Two times 32 bits by which values are compared. With a fresh seed for each run nobody can make two values that look alike;
 * two different ones do by accident once in 2^64.
 */
export interface RecordHash {
	/** the values of record `r`, column by column */
	ofValues(batch: RecordBatch, r: number): void;
	/** one value, letters without case */
	ofPerson(batch: RecordBatch, f: number): void;
	/** the result of the last call, as unsigned numbers */
	low: number;
	high: number;
	/** 16 bits of each column, of the last call of `ofValues` */
	readonly columns: Uint16Array;
}

const QUOTE = 0x22;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
/** Goes before the number of a day; no byte is so large. */
const DATE = 0x100;

/**
 * Makes the hash of the records of one source. Values that the service takes for the same are the same: addresses with other
 * capitals, numbers with other zeros at their ends, dates in another form.
 * @param values the columns that are compared, in the same order for every source
 * @param seed any 32 bits, the same for every source that is compared
 */
export function createRecordHash(values: readonly HashedColumn[], seed: number): RecordHash {
	const width = values.length;
	const from = Int32Array.from(values, (column) => column.sourceIndex);
	const types = values.map(({ type }) => type);
	const convert = values.map(({ conversion }) => conversion && createConvertedValues(conversion));
	const seedA = mixedBits(seed ^ 0x2545f491);
	const seedB = mixedBits(seed ^ 0x6c8e9cf5);
	const columns = new Uint16Array(width);
	let a = 0;
	let b = 0;

	/** Doubled quotes count once, whatever made them necessary. */
	function addText(bytes: Uint8Array, start: number, end: number, escaped: boolean): void {
		for (let i = start; i < end; i++) {
			const byte = bytes[i];
			add(byte);
			if (escaped && byte === QUOTE) i++;
		}
	}

	function add(value: number): void {
		a = Math.imul(a ^ value, 0x9e3779b1);
		a ^= a >>> 15;
		b = Math.imul(b ^ value, 0x85ebca6b);
		b ^= b >>> 13;
	}

	function addAddress(bytes: Uint8Array, start: number, end: number): void {
		for (let i = start; i < end; i++) {
			const byte = bytes[i];
			add(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);
		}
	}

	/** `007`, `7.0` and `7` are one number. */
	function addNumber(bytes: Uint8Array, start: number, end: number): void {
		let first = start;
		let last = end;
		if (!isDouble(bytes, start, end)) return addText(bytes, start, end, false);
		if (bytes[first] === HYPHEN) add(bytes[first++]);
		while (first < last - 1 && bytes[first] === ZERO && bytes[first + 1] !== DOT) first++;
		let dot = first;
		while (dot < last && bytes[dot] !== DOT) dot++;
		if (dot < last) {
			while (bytes[last - 1] === ZERO) last--;
			if (dot === last - 1) last--;
		}
		addText(bytes, first, last, false);
	}

	function addField(batch: RecordBatch, f: number, c: number): void {
		const { bytes, quoting } = batch;
		const start = batch.starts[f];
		const end = batch.ends[f];
		if (start === end) return;
		const escaped = quoting[f] === FieldQuoting.escaped;
		const type = types[c];
		if (type === 'string' || escaped) addText(bytes, start, end, escaped);
		else if (type === 'email') addAddress(bytes, start, end);
		else if (type === 'date') {
			const day = sentDay(batch, f, convert[c]);
			if (day > 0) {
				add(DATE);
				add(day);
			} else if (!isBlank(bytes, start, end)) addText(bytes, start, end, false);
		} else addNumber(bytes, start, end);
	}

	const hash: RecordHash = {
		low: 0,
		high: 0,
		columns,
		ofPerson({ bytes, starts, ends }, f) {
			a = seedA;
			b = seedB;
			addAddress(bytes, starts[f], ends[f]);
			hash.low = mixedBits(a ^ (b >>> 16)) >>> 0;
			hash.high = mixedBits(b) >>> 0;
		},
		ofValues(batch, r) {
			const { fields } = batch;
			let low = seedA;
			let high = seedB;
			for (let c = 0; c < width; c++) {
				a = (seedA + c) | 0;
				b = (seedB - c) | 0;
				const f = fields[r] + from[c];
				if (from[c] >= 0 && f < fields[r + 1]) addField(batch, f, c);
				const x = mixedBits(a ^ (b >>> 16));
				const y = mixedBits(b);
				columns[c] = y >>> 16;
				low = (mixedBits(low ^ x) + c) | 0;
				high = mixedBits(Math.imul(high, 0xcc9e2d51) ^ y);
			}
			hash.low = low >>> 0;
			hash.high = high >>> 0;
		},
	};
	return hash;
}

/**
 * The day that is sent for a value of a column of dates, as a number that grows with time; 0 for what is no date.
 * @param convert the column's conversion, which may depend on all its values
 */
export function sentDay(
	batch: RecordBatch,
	f: number,
	convert?: (batch: RecordBatch, f: number) => Buffer | undefined,
): number {
	const start = batch.starts[f];
	const end = batch.ends[f];
	if (start === end) return 0;
	const sent = isIsoDateBytes(batch.bytes, start, end) ? undefined : convert?.(batch, f);
	return sent ? dayOf(sent, 0, sent.length) : dayOf(batch.bytes, start, end);
}

/** The day in one of the two forms in which dates are sent. */
function dayOf(bytes: Uint8Array, start: number, end: number): number {
	if (isIsoDateBytes(bytes, start, end)) {
		return number(bytes, start, 4) * 10_000 + number(bytes, start + 5, 2) * 100 + number(bytes, start + 8, 2);
	}
	if (!isMonthDayYearBytes(bytes, start, end)) return 0;
	return number(bytes, start + 6, 4) * 10_000 + number(bytes, start, 2) * 100 + number(bytes, start + 3, 2);
}

function number(bytes: Uint8Array, start: number, digits: number): number {
	let value = 0;
	for (let i = start; i < start + digits; i++) value = value * 10 + bytes[i] - ZERO;
	return value;
}
