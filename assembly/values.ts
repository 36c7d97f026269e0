/*
 * Whether a value has the form that its type asks for. Each function takes the address of the first byte and that behind the
 * last one, and accepts only what the rule of the same name in nodes/shared/rules accepts: a test compares them. What is not
 * accepted here is looked at again there, where the words are.
 */

const AT: u32 = 0x40;
const DOT: u32 = 0x2e;
const BLANK: u32 = 0x20;
const COMMA: u32 = 0x2c;
const TAB: u32 = 0x09;
const HYPHEN: u32 = 0x2d;
const APOSTROPHE: u32 = 0x27;
const LONGEST_LOCAL_PART: u32 = 64;
const LONGEST_LABEL: u32 = 63;
const LONGEST_EMAIL: u32 = 320;

/** Bit 1: may stand in the local part of an address (#, which guests have, is left to the other rule); bit 2: in a label of its domain. */
const EMAIL_BYTES = memory.data<u8>([
	0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	//  ! " # $ % & ' ( ) * + , - . /
	0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 3, 1, 1,
	// 0 … 9 : ; < = > ?
	3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 1, 0, 1,
	// @ A … Z [ \ ] ^ _
	0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 1, 1,
	// ` a … z { | } ~
	1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 0,
]);

function emailByte(byte: u32): u32 {
	return byte < 128 ? load<u8>(EMAIL_BYTES + byte) : 0;
}

/** As `isEmail` in bytes.ts, but for internationalized top labels (`xn--…`) and what `addressFault` in valueFaults.ts finds. */
export function isEmail(start: u32, end: u32): bool {
	if (load<u8>(start) == APOSTROPHE) return false;
	return end - start <= 64 ? isShortEmail(start, end) : isLongEmail(start, end);
}

/** Kinds of the bytes of an address, one bit a byte, of the 64 bytes from an address on. */
let letters: u64 = 0;
let digits: u64 = 0;
let dots: u64 = 0;
let hyphens: u64 = 0;
let ats: u64 = 0;
/** further bytes of a local part */
let others: u64 = 0;

/** Looks at all bytes at once. */
function isShortEmail(start: u32, end: u32): bool {
	const length = end - start;
	letters = digits = dots = hyphens = ats = others = 0;
	for (let at: u32 = 0; at < length; at += 16) classify(start + at, at);
	const all: u64 = length == 64 ? u64.MAX_VALUE : ((1 as u64) << length) - 1;
	if (((letters | digits | dots | hyphens | ats | others) & all) != all) return false;
	const at = ats & all;
	if (popcnt(at) != 1) return false;
	const hyphen = hyphens & all;
	const dot = dots & all;
	const other = others & all;
	const domain = all & ~((at << 1) - 1);
	const last = (1 as u64) << (length - 1);
	// A dot or the at sign: what lies between two of them must not be empty.
	const border = dot | at;
	if ((border & (border << 1)) != 0 || (border & (1 | last)) != 0) return false;
	// Labels hold letters, digits and hyphens, the latter at neither end.
	if ((other & domain) != 0) return false;
	if ((hyphen & domain & ((border << 1) | (border >> 1) | last)) != 0 || (dot & domain) == 0) return false;
	const topLabel = all & ~(((1 as u64) << (64 - clz(dot))) - 1);
	return popcnt(topLabel) >= 2 && (letters & topLabel) == topLabel;
}

/** Notes the kinds of 16 bytes, the first of which is byte number `at`. */
function classify(address: u32, at: u32): void {
	const text = v128.load(address);
	const small = v128.or(text, i8x16.splat(0x20));
	letters |= maskOf(i8x16.lt_u(i8x16.sub(small, i8x16.splat(0x61)), i8x16.splat(26))) << at;
	digits |= maskOf(i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(10))) << at;
	dots |= maskOf(i8x16.eq(text, i8x16.splat(0x2e))) << at;
	hyphens |= maskOf(i8x16.eq(text, i8x16.splat(0x2d))) << at;
	ats |= maskOf(i8x16.eq(text, i8x16.splat(0x40))) << at;
	const apostrophe = i8x16.eq(text, i8x16.splat(0x27));
	const plus = i8x16.eq(text, i8x16.splat(0x2b));
	const underscore = i8x16.eq(text, i8x16.splat(0x5f));
	others |= maskOf(v128.or(apostrophe, v128.or(plus, underscore))) << at;
}

function maskOf(lanes: v128): u64 {
	return i8x16.bitmask(lanes) as u32 as u64;
}

function isLongEmail(start: u32, end: u32): bool {
	let i = start;
	let dot = true;
	for (; i < end; i++) {
		const byte: u32 = load<u8>(i);
		if (byte == AT) break;
		if ((emailByte(byte) & 1) == 0 || (byte == DOT && dot)) return false;
		dot = byte == DOT;
	}
	if (i == start || i == end || dot || i - start > LONGEST_LOCAL_PART || end - start > LONGEST_EMAIL)
		return false;

	let label = ++i;
	let labels = 1;
	for (; i < end; i++) {
		const byte: u32 = load<u8>(i);
		if (byte == DOT) {
			if (i == label || i - label > LONGEST_LABEL || load<u8>(i - 1) == HYPHEN) return false;
			labels++;
			label = i + 1;
		} else if ((emailByte(byte) & 2) == 0 || (byte == HYPHEN && i == label)) return false;
	}
	const length = end - label;
	if (labels == 1 || length < 2 || length > LONGEST_LABEL) return false;
	// The internationalized ones, `xn--…`, are rare: left to the other rule.
	for (i = label; i < end; i++) {
		const letter: u32 = (load<u8>(i) as u32) | 0x20;
		if (letter < 0x61 || letter > 0x7a) return false;
	}
	return true;
}

/** As `isInteger` in bytes.ts, but for numbers of ten digits, which may be too large. */
export function isInteger(start: u32, end: u32): bool {
	const first = start < end && load<u8>(start) == HYPHEN ? start + 1 : start;
	if (first == end || end - first > 9) return false;
	for (let i = first; i < end; i++) if (!isDigit(load<u8>(i))) return false;
	return true;
}

/** As `isDouble` in bytes.ts. */
export function isDouble(start: u32, end: u32): bool {
	const first = start < end && load<u8>(start) == HYPHEN ? start + 1 : start;
	if (first == end || load<u8>(first) == DOT || load<u8>(end - 1) == DOT) return false;
	let dots = 0;
	for (let i = first; i < end; i++) {
		const byte: u32 = load<u8>(i);
		if (byte == DOT) dots++;
		else if (!isDigit(byte)) return false;
	}
	return dots < 2;
}

function isDigit(byte: u32): bool {
	return byte - 0x30 < 10;
}

/** Years as in dateBytes.ts. */
const FIRST_YEAR: u32 = 1940;
const YEARS_END: u32 = 2070;

/** As `yearFirstDay` in dateBytes.ts: the day as a number that grows with time (see `dayNumber` in calendar.ts), or 0. */
export function isoDay(start: u32, end: u32): u32 {
	if (end - start != 10 || load<u8>(start + 4) != HYPHEN || load<u8>(start + 7) != HYPHEN) return 0;
	const year = two(start) * 100 + two(start + 2);
	const month = two(start + 5);
	const day = two(start + 8);
	if (year < FIRST_YEAR || year >= YEARS_END || month < 1 || month > 12 || day < 1) return 0;
	if (day > 28 && day > daysOf(month, year)) return 0;
	return (year * 12 + month) * 31 + day;
}

/** The number that two digits make; one that is part of no date where they are none. */
function two(address: u32): u32 {
	const tens = (load<u8>(address) as u32) - 0x30;
	const ones = (load<u8>(address + 1) as u32) - 0x30;
	return tens < 10 && ones < 10 ? tens * 10 + ones : 1_000_000;
}

function daysOf(month: u32, year: u32): u32 {
	if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Bit 1: a text that begins so may be one that `textFault` in valueFaults.ts finds; bit 2: a digit or a minus sign. */
const TEXT_BYTES = memory.data<u8>([
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	//  ! " # $ % & ' ( ) * + , - . /
	1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 2, 0, 0,
	// 0 … 9 : ; < = > ?
	2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 1, 1, 0, 0,
	// @ A … N … U … Z [ \ ] ^ _
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
	// ` a … n … u … z { | } ~
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

const SMALL: u32 = 0x20202020;
/** The first four letters of words for nothing, as they lie in memory: null, none, n.a., unde(fined) and not. */
const NULL_WORD: u32 = 0x6c6c756e;
const NONE_WORD: u32 = 0x656e6f6e;
const NA_WORD: u32 = 0x2e612e6e;
const UNDEFINED_WORD: u32 = 0x65646e75;
const NOT_WORD: u32 = 0x20746f6e;
const PLUS: u32 = 0x2b;

/** Whether `textFault` in valueFaults.ts surely finds nothing, and the text does not begin with a blank. */
export function isUsualText(start: u32, end: u32): bool {
	const first: u32 = load<u8>(start);
	if (first >= 128) return !mayBeBlank(start);
	const kind: u32 = load<u8>(TEXT_BYTES + first);
	if (kind == 0) return true;
	const length = end - start;
	if (kind == 2) return length < 5 || (load<u8>(end - 3) != PLUS && load<u8>(end - 4) != PLUS);
	if (kind != 4) return false;
	// Words of three letters: n/a, nil, nan. What lies behind the text can be read.
	if (length == 3) return false;
	const word = load<u32>(start) | SMALL;
	if (length == 4) return word != NULL_WORD && word != NONE_WORD && word != NA_WORD;
	if (word == NOT_WORD) return false;
	if (word == UNDEFINED_WORD) return length != 9 && !isBetweenWords(start + 9);
	return word != NULL_WORD || !isBetweenWords(start + 4);
}

function isBetweenWords(at: u32): bool {
	const byte: u32 = load<u8>(at);
	return byte == BLANK || byte == COMMA;
}

/** Whether a blank outside of ASCII begins here, see `isBlank` in bytes.ts. */
export function mayBeBlank(start: u32): bool {
	return bytesBehindBlank(start) != 0;
}

/** Whether a text holds nothing but blanks, as `isBlank` in bytes.ts has it. */
export function isBlank(start: u32, end: u32): bool {
	for (let i = start; i < end; i++) {
		const byte: u32 = load<u8>(i);
		if (byte == BLANK || byte == TAB) continue;
		const more = bytesBehindBlank(i);
		if (more == 0 || i + more >= end) return false;
		i += more;
	}
	return true;
}

/** How many further bytes a blank outside of ASCII has that begins here; 0 where none does. */
function bytesBehindBlank(at: u32): u32 {
	const first: u32 = load<u8>(at);
	if (first < 0xc2) return 0;
	const second: u32 = load<u8>(at + 1);
	if (first == 0xc2) return second == 0xa0 ? 1 : 0;
	const third: u32 = load<u8>(at + 2);
	if (first == 0xe2 && second == 0x80) return third < 0x8c || third == 0xaf ? 2 : 0;
	if (first == 0xe2) return second == 0x81 && third == 0x9f ? 2 : 0;
	if (first == 0xe3) return second == 0x80 && third == 0x80 ? 2 : 0;
	return first == 0xef && second == 0xbb && third == 0xbf ? 2 : 0;
}

/** Whether `characterFault` in valueFaults.ts surely finds nothing in a stretch of text. */
export function hasUsualCharacters(start: u32, end: u32): bool {
	for (let i = start; i < end; i += 16) {
		let high = i8x16.bitmask(v128.load(i)) as u32;
		while (high != 0) {
			const at = i + ctz(high);
			if (at >= end) return true;
			if (!isUsualCharacter(at)) return false;
			high &= high - 1;
		}
	}
	return true;
}

/** By the first two bytes of a character, and more where these are common. */
function isUsualCharacter(at: u32): bool {
	const first: u32 = load<u8>(at);
	if (first < 0xc2) return true;
	const second: u32 = load<u8>(at + 1);
	const third: u32 = load<u8>(at + 2);
	if (first == 0xc3) {
		if (second == 0x82 || second == 0x83) return third != 0xc2 && third != 0xe2;
		return second != 0xa2 || third != 0xe2;
	}
	if (first == 0xc2) return second >= 0xa0 && second != 0xad;
	if (first == 0xef) return second != 0xbb && second != 0xbf;
	if (first != 0xe2) return true;
	if (second == 0x80)
		return third < 0x8b || third == 0x8c || third == 0x8d || (third > 0x8f && third < 0xaa) || third > 0xae;
	return second != 0x81;
}
