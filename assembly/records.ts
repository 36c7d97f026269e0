/*
 * What is asked of all records of a batch, whose first one is number `first` of the last scan. Results stand at the
 * records' numbers, counted from that first one.
 */

import {
	at,
	checks,
	clean,
	days,
	ends,
	fields,
	forms,
	hashes,
	marks,
	out,
	put,
	starts,
	text,
} from './memory';
import { MARK_LINE_BREAK } from './scan';
import {
	hasUsualCharacters,
	isBlank,
	isDouble,
	isEmail,
	isInteger,
	isoDay,
	isUsualText,
	mayBeBlank,
} from './values';

const PLAIN: u32 = 0;
const ESCAPED: u32 = 2;

/** As `FORMS` in csvValidation.ts. */
const EMAIL: u32 = 1;
const INTEGER: u32 = 2;
const DOUBLE: u32 = 3;
const DATE: u32 = 4;
const TEXT: u32 = 5;
/** Added where a value must be there. */
const REQUIRED: u32 = 16;

const BLANK: u32 = 0x20;

/**
 * Tells the records that need a closer look: those with too few or too many fields, a line break, a value that is not surely
 * right, or one that is as long as `notableBytes` or longer than `mostBytes`.
 * @param width fields that a record must have
 * @param checkCount how many checks stand in memory
 * @param mostBytes longest value
 * @param notableBytes length of a value to look at; 0 = none
 * @returns how many records need it; each has a 0 in `clean`
 */
export function judge(
	first: u32,
	records: u32,
	width: u32,
	checkCount: u32,
	mostBytes: u32,
	notableBytes: u32,
): u32 {
	let looks: u32 = 0;
	for (let r: u32 = 0; r < records; r++) {
		const f = at(fields, first + r);
		const ok =
			at(fields, first + r + 1) - f == width &&
			(load<u8>(marks + first + r) & MARK_LINE_BREAK) == 0 &&
			at(ends, f + width - 1) - at(starts, f) <= mostBytes &&
			passes(f, checkCount) &&
			hasUsualCharacters(text + at(starts, f), text + at(ends, f + width - 1)) &&
			(notableBytes == 0 || !holdsLength(f, width, notableBytes));
		store<u8>(clean + r, ok as u8);
		if (!ok) looks++;
	}
	return looks;
}

function passes(firstField: u32, checkCount: u32): bool {
	for (let c: u32 = 0; c < checkCount; c++) {
		const f = firstField + at(checks, 2 * c);
		const kind = at(checks, 2 * c + 1);
		const start = at(starts, f);
		const end = at(ends, f);
		if (start == end) {
			if (kind >= REQUIRED) return false;
		} else if (!isValue(kind & 15, f, text + start, text + end)) return false;
	}
	return true;
}

function isValue(kind: u32, f: u32, start: u32, end: u32): bool {
	// What begins with a blank may be nothing but blanks.
	if (load<u8>(start) <= BLANK) return false;
	if (kind == TEXT) return isUsualText(start, end);
	if (kind == 0) return !mayBeBlank(start);
	if (load<u8>(forms + f) == ESCAPED) return false;
	if (kind == EMAIL) return isEmail(start, end);
	if (kind == DATE) return isoDay(start, end) != 0;
	return kind == INTEGER ? isInteger(start, end) : isDouble(start, end);
}

function holdsLength(firstField: u32, width: u32, length: u32): bool {
	for (let f = firstField; f < firstField + width; f++)
		if (at(ends, f) - at(starts, f) == length) return true;
	return false;
}

/** the latest day of the column that was read last */
export let latestDay: u32 = 0;

/**
 * Reads a column of dates; the day of each field that is written year first goes to `days`, for other fields 0.
 * @returns how many records have another value, or none
 */
export function readDays(first: u32, records: u32, column: u32): u32 {
	let others: u32 = 0;
	let latest: u32 = 0;
	for (let r: u32 = first; r < first + records; r++) {
		const f = at(fields, r) + column;
		if (f >= at(fields, r + 1)) others++;
		else {
			const day = isoDay(text + at(starts, f), text + at(ends, f));
			if (day == 0) others++;
			if (day > latest) latest = day;
			put(days, f, day);
		}
	}
	latestDay = latest;
	return others;
}

const COMMA: u32 = 0x2c;
/** As two bytes. */
const CR_LF: u32 = 0x0a0d;

/**
 * Writes stretches of columns of records that stand as they are to be written, see MARK_OTHERWISE, into `out`.
 * @param stretches how many stand in memory
 * @returns bytes
 */
export function join(first: u32, records: u32, stretches: u32): u32 {
	let to = out;
	for (let r: u32 = first; r < first + records; r++) {
		for (let s: u32 = 0; s < stretches; s++) {
			const a = at(fields, r) + at(checks, 2 * s);
			const z = a + at(checks, 2 * s + 1) - 1;
			// The quotes go along.
			const start = text + at(starts, a) - (load<u8>(forms + a) == PLAIN ? 0 : 1);
			const end = text + at(ends, z) + (load<u8>(forms + z) == PLAIN ? 0 : 1);
			if (s > 0) store<u8>(to++, COMMA as u8);
			// What is copied beyond the end is written over by what follows.
			for (let i: usize = 0; start + i < end; i += 16) v128.store(to + i, v128.load(start + i));
			to += end - start;
		}
		store<u16>(to, CR_LF as u16);
		to += 2;
	}
	return (to - out) as u32;
}

/**
 * Hashes the values of a column as `createPersonHash` in personHash.ts does, into pairs of u32. Two times 0 is what is blank, or
 * holds doubled quotes, or is not there.
 */
export function hashColumn(first: u32, records: u32, column: u32): void {
	for (let r: u32 = 0; r < records; r++) {
		const f = at(fields, first + r) + column;
		const there = f < at(fields, first + r + 1) && load<u8>(forms + f) != ESCAPED;
		if (there) hash(text + at(starts, f), text + at(ends, f), 2 * r);
		else store<u64>(hashes + r * 8, 0);
	}
}

function hash(start: u32, end: u32, into: u32): void {
	let a: u32 = 0x811c9dc5 ^ (end - start);
	let b: u32 = 0x9747b28c;
	if (isBlank(start, end)) {
		store<u64>(hashes + into * 4, 0);
		return;
	}
	let i = start;
	for (; i + 4 <= end; i += 4) {
		const word = lowerCase(load<u32>(i));
		a = (a ^ word) * 0x01000193;
		a ^= a >> 15;
		b = (b ^ word) * 0x85ebca6b;
		b ^= b >> 13;
	}
	if (i < end) {
		let word: u32 = 0;
		if (end - start >= 4) word = load<u32>(end - 4);
		else for (; i < end; i++) word = (word << 8) | load<u8>(i);
		word = lowerCase(word);
		a = (a ^ word) * 0x01000193;
		b = (b ^ word) * 0x85ebca6b;
	}
	put(hashes, into, mixed(a ^ (b >> 7)));
	put(hashes, into + 1, mixed(b) | 1);
}

/** Four bytes with ASCII capitals made small, all at once. */
function lowerCase(word: u32): u32 {
	const low = word & 0x7f7f7f7f;
	const fromA = low + 0x3f3f3f3f;
	const behindZ = low + 0x25252525;
	return word | (((fromA ^ behindZ) & ~word & 0x80808080) >> 2);
}

function mixed(number: u32): u32 {
	let h = number;
	h = (h ^ (h >> 16)) * 0x85ebca6b;
	h = (h ^ (h >> 13)) * 0xc2b2ae35;
	return h ^ (h >> 16);
}
