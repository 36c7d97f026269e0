import { isBlank, isDouble } from '../core/bytes';
import { monthFirstDay, yearFirstDay } from '../dates/dateBytes';
import { mixedBits } from '../core/hashing';
import type { PlannedColumn, ValueType } from '../columns/columnPlan';
import { createConvertedValues } from '../records/convertedValues';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';

/** What of a column decides what is sent: its place in the source (-1: every value is blank), its type, its conversion. */
export type HashedColumn = Pick<PlannedColumn, 'sourceIndex' | 'type' | 'conversion'>;

/** A hash of 64 bits as two unsigned numbers. */
export interface HashPair {
	low: number;
	high: number;
}

const QUOTE = 0x22;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
/** Goes before the number of a day; no byte is so large. */
const DATE = 0x100;

/**
 * The hash of the records of one source: two times 32 bits by which values are compared. Values that the service takes for the same
 * are the same: addresses with other capitals, numbers with other zeros at their ends, dates in another form. With a fresh seed for
 * each run nobody can make two values that look alike; two different ones do by accident once in 2^64.
 */
export class RecordHash implements HashPair {
	/** the result of the last call, as unsigned numbers */
	low = 0;
	high = 0;
	/** 16 bits of each column, of the last call of `ofValues` */
	readonly columns: Uint16Array;
	private readonly from: Int32Array;
	private readonly types: ValueType[];
	private readonly convert: Array<ReturnType<typeof createConvertedValues> | undefined>;
	private readonly seedA: number;
	private readonly seedB: number;
	private a = 0;
	private b = 0;

	/**
	 * @param values the columns that are compared, in the same order for every source
	 * @param seed any 32 bits, the same for every source that is compared
	 */
	constructor(values: readonly HashedColumn[], seed: number) {
		this.columns = new Uint16Array(values.length);
		this.from = Int32Array.from(values, (column) => column.sourceIndex);
		this.types = values.map(({ type }) => type);
		this.convert = values.map(({ conversion }) => conversion && createConvertedValues(conversion));
		this.seedA = mixedBits(seed ^ 0x2545f491);
		this.seedB = mixedBits(seed ^ 0x6c8e9cf5);
	}

	/** Hashes one value, letters without case. */
	ofPerson({ bytes, starts, ends }: RecordBatch, f: number): void {
		this.a = this.seedA;
		this.b = this.seedB;
		this.addAddress(bytes, starts[f], ends[f]);
		this.low = mixedBits(this.a ^ (this.b >>> 16)) >>> 0;
		this.high = mixedBits(this.b) >>> 0;
	}

	/** Hashes the values of record `r`, column by column. */
	ofValues(batch: RecordBatch, r: number): void {
		const { fields } = batch;
		const { columns, from, seedA, seedB } = this;
		let low = seedA;
		let high = seedB;
		for (let c = 0; c < from.length; c++) {
			this.a = (seedA + c) | 0;
			this.b = (seedB - c) | 0;
			const f = fields[r] + from[c];
			if (from[c] >= 0 && f < fields[r + 1]) this.addField(batch, f, c);
			const x = mixedBits(this.a ^ (this.b >>> 16));
			const y = mixedBits(this.b);
			columns[c] = y >>> 16;
			low = (mixedBits(low ^ x) + c) | 0;
			high = mixedBits(Math.imul(high, 0xcc9e2d51) ^ y);
		}
		this.low = low >>> 0;
		this.high = high >>> 0;
	}

	private addField(batch: RecordBatch, f: number, c: number): void {
		const { bytes, quoting } = batch;
		const start = batch.starts[f];
		const end = batch.ends[f];
		if (start === end) return;
		const type = this.types[c];
		const sent = type === 'string' ? this.convert[c]?.(batch, f) : undefined;
		if (sent) this.addText(sent, 0, sent.length);
		else if (quoting[f] === FieldQuoting.escaped) this.addEscaped(bytes, start, end);
		else if (type === 'string') this.addText(bytes, start, end);
		else if (type === 'email') this.addAddress(bytes, start, end);
		else if (type === 'date') {
			const day = sentDay(batch, f, this.convert[c]);
			if (day > 0) {
				this.add(DATE);
				this.add(day);
			} else if (!isBlank(bytes, start, end)) this.addText(bytes, start, end);
		} else this.addNumber(bytes, start, end);
	}

	private addText(bytes: Uint8Array, start: number, end: number): void {
		let { a, b } = this;
		for (let i = start; i < end; i++) {
			a = Math.imul(a ^ bytes[i], 0x9e3779b1);
			a ^= a >>> 15;
			b = Math.imul(b ^ bytes[i], 0x85ebca6b);
			b ^= b >>> 13;
		}
		this.a = a;
		this.b = b;
	}

	/** Doubled quotes count once, whatever made them necessary. */
	private addEscaped(bytes: Uint8Array, start: number, end: number): void {
		for (let i = start; i < end; i++) {
			this.add(bytes[i]);
			if (bytes[i] === QUOTE) i++;
		}
	}

	private addAddress(bytes: Uint8Array, start: number, end: number): void {
		for (let i = start; i < end; i++) {
			const byte = bytes[i];
			this.add(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);
		}
	}

	/** `007`, `7.0` and `7` are one number. */
	private addNumber(bytes: Uint8Array, start: number, end: number): void {
		let first = start;
		let last = end;
		if (!isDouble(bytes, start, end)) return this.addText(bytes, start, end);
		if (bytes[first] === HYPHEN) this.add(bytes[first++]);
		while (first < last - 1 && bytes[first] === ZERO && bytes[first + 1] !== DOT) first++;
		let dot = first;
		while (dot < last && bytes[dot] !== DOT) dot++;
		if (dot < last) {
			while (bytes[last - 1] === ZERO) last--;
			if (dot === last - 1) last--;
		}
		this.addText(bytes, first, last);
	}

	private add(value: number): void {
		const a = Math.imul(this.a ^ value, 0x9e3779b1);
		const b = Math.imul(this.b ^ value, 0x85ebca6b);
		this.a = a ^ (a >>> 15);
		this.b = b ^ (b >>> 13);
	}
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
	const day = yearFirstDay(batch.bytes, start, end);
	if (day > 0) return day;
	const sent = convert?.(batch, f);
	return sent ? dayOf(sent, 0, sent.length) : dayOf(batch.bytes, start, end);
}

/** The day in one of the two forms in which days are sent. */
function dayOf(bytes: Uint8Array, start: number, end: number): number {
	return yearFirstDay(bytes, start, end) || monthFirstDay(bytes, start, end);
}
