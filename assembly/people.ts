/*
 * Everybody in a file: who has a row, and who manages whom. People are known by the hash of their address (`hashColumn` in
 * records.ts), 63 bits and one that is always set. A WebAssembly program with memory of its own, which is, from low to high: one piece of rows to take
 * notice of, the slots of the hash table, the people. Only the last grows with each person, and it grows in place.
 */

/** Most rows of a piece. */
export const MOST_ROWS: u32 = 1024;
/** u64 a row: hash of the person; 0 = nobody */
export const PERSONS: u32 = 2048;
/** u64 a row: hash of the person's manager; 0 = none */
export const MANAGERS: u32 = PERSONS + MOST_ROWS * 8;
/** u32 a row: its number in the source */
export const ROWS: u32 = MANAGERS + MOST_ROWS * 8;
/** u32 a row: its day; any number that grows with time */
export const DAYS: u32 = ROWS + MOST_ROWS * 4;
/** u8 a row: 1 = does not count */
export const SKIPPED: u32 = DAYS + MOST_ROWS * 4;
const SLOTS: u32 = SKIPPED + MOST_ROWS;

/** Bytes of a person, and what is where: hash, row + 1 (0 = only named as a manager), manager, day. */
const PERSON: u32 = 20;
const ROW: usize = 8;
const MANAGER: usize = 12;
const DAY: usize = 16;
/** What `managerOf` gives as -1: the row names nobody. */
const NO_MANAGER: u32 = 0xffffffff;

/** people known, with a row or without */
export let size: u32 = 0;
/** people with a row */
export let withRows: u32 = 0;
/** the person of the row at which {@link observe} stopped */
export let met: u32 = 0;
/** how many people are in the loop that {@link nextLoop} found */
export let loopLength: u32 = 0;

/** A power of two; at most 70 % of the slots are in use, or searches become long. */
let slotCount: u32 = 2048;
// A slot holds a person's number + 1, and above it, in the bits that no number here needs, part of the hash: nearly all
// slots of others are passed without a look at the people, who lie far off.
let mask: u32 = slotCount - 1;
let people: usize = SLOTS + slotCount * 4;
/** Written so that no compiler leaves the reads of {@link fetch} out. */
let fetched: u32 = 0;

/**
 * Makes room; memory may move.
 * @param more so many further people
 * @returns whether there is memory for them
 */
export function reserve(more: u32): bool {
	let count: u32 = slotCount;
	while (((size + more) as u64) * 10 > (count as u64) * 7) count *= 2;
	const at: usize = SLOTS + count * 4;
	if (!grow((at as u64) + ((size + more) as u64) * PERSON)) return false;
	if (count == slotCount) return true;
	memory.copy(at, people, size * PERSON);
	memory.fill(SLOTS, 0, count * 4);
	people = at;
	slotCount = count;
	mask = count - 1;
	for (let id: u32 = 0; id < size; id++) {
		const key = load<u64>(person(id));
		let slot = (key as u32) & mask;
		while (held(slot) != 0) slot = (slot + 1) & mask;
		hold(slot, key, id);
	}
	return true;
}

function grow(bytes: u64): bool {
	const there = (memory.size() as u64) << 16;
	if (bytes <= there) return true;
	// Some more, so that growing is seldom.
	const pages = ((bytes + bytes / 16 - there) >> 16) + 1;
	return memory.grow(pages as i32) >= 0;
}

function person(id: u32): usize {
	return people + (id as usize) * PERSON;
}

function held(slot: u32): u32 {
	return load<u32>(SLOTS + slot * 4);
}

function hold(slot: u32, key: u64, id: u32): void {
	store<u32>(SLOTS + slot * 4, (((key >> 32) as u32) & ~mask) | (id + 1));
}

/** Whether what a slot holds may be the person of a hash. */
function mayBe(found: u32, key: u64): bool {
	return found != 0 && ((found ^ ((key >> 32) as u32)) & ~mask) == 0;
}

/** Number of the person of a hash, which is made if it is new; {@link reserve} gave room for that. */
export function idOf(key: u64): u32 {
	let slot = (key as u32) & mask;
	for (let found = held(slot); found != 0; found = held(slot)) {
		const id = (found & mask) - 1;
		if (mayBe(found, key) && load<u64>(person(id)) == key) return id;
		slot = (slot + 1) & mask;
	}
	const id = size++;
	const p = person(id);
	hold(slot, key, id);
	store<u64>(p, key);
	store<u32>(p, 0, ROW);
	store<u32>(p, NO_MANAGER, MANAGER);
	store<u32>(p, 0, DAY);
	return id;
}

/**
 * Fetches what {@link observe} will need of the table into the processor's cache: reads that do not depend on each other wait
 * for memory together.
 * @param rows number of rows in the piece
 */
export function fetch(rows: u32): void {
	let sum: u32 = 0;
	for (let r: u32 = 0; r < rows; r++) {
		sum ^= held(load<u32>(PERSONS + r * 8) & mask) ^ held(load<u32>(MANAGERS + r * 8) & mask);
	}
	for (let r: u32 = 0; r < rows; r++) sum ^= fetchPerson(PERSONS + r * 8) ^ fetchPerson(MANAGERS + r * 8);
	fetched = sum;
}

function fetchPerson(at: u32): u32 {
	const key = load<u64>(at);
	const found = held((key as u32) & mask);
	return mayBe(found, key) ? load<u32>(person((found & mask) - 1)) : 0;
}

/**
 * Takes notice of rows, up to one of a person who has a row already. Room for two people a row was made.
 * @param from the first, by its place in the piece
 * @param rows number of rows in the piece
 * @returns the place of that row, whose person is in `met`; `rows` where there is none
 */
export function observe(from: u32, rows: u32): u32 {
	for (let r = from; r < rows; r++) {
		const key = load<u64>(PERSONS + r * 8);
		if (key == 0 || load<u8>(SKIPPED + r) != 0) continue;
		const id = idOf(key);
		if (load<u32>(person(id), ROW) != 0) {
			met = id;
			return r;
		}
		withRows++;
		assign(id, r);
	}
	return rows;
}

/** From now on the row at place `r` is what counts for a person. */
export function assign(id: u32, r: u32): void {
	const p = person(id);
	const manager = load<u64>(MANAGERS + r * 8);
	store<u32>(p, load<u32>(ROWS + r * 4) + 1, ROW);
	store<u32>(p, load<u32>(DAYS + r * 4), DAY);
	store<u32>(p, manager == 0 ? NO_MANAGER : idOf(manager), MANAGER);
}

/** Row of a person, counted from 1; 0 = only named as a manager. */
export function rowOf(id: u32): u32 {
	return load<u32>(person(id), ROW);
}

/** Number of the person's manager; -1 = none. */
export function managerOf(id: u32): i32 {
	return load<i32>(person(id), MANAGER);
}

/** Day of the row that counts for a person. */
export function dayOf(id: u32): u32 {
	return load<u32>(person(id), DAY);
}

/** People with a row that names no manager. */
export function countRoots(): u32 {
	let roots: u32 = 0;
	for (let id: u32 = 0; id < size; id++) if (rowOf(id) != 0 && managerOf(id) == -1) roots++;
	return roots;
}

/** The next person, from a number on, whose row names himself as manager, or somebody without a row; `size` = no more. */
export function nextOddManager(from: u32): u32 {
	let id = from;
	for (; id < size; id++) {
		const manager = managerOf(id);
		if (manager != -1 && (manager == id || rowOf(manager) == 0)) break;
	}
	return id;
}

/** Where {@link nextLoop} goes on. */
let nextChain: u32 = 0;

/**
 * Begins the search for loops of managers, which needs room behind the people.
 * @returns whether there is memory
 */
export function beginLoops(): bool {
	nextChain = 0;
	const seenOn = person(size);
	if (!grow((seenOn as u64) + (size as u64) * 4)) return false;
	memory.fill(seenOn, 0, size * 4);
	return true;
}

/**
 * Follows every chain of managers once, for whoever was seen on an earlier chain needs no second look. Nobody may be added meanwhile.
 * @returns somebody in the next loop of two or more, whose length is in `loopLength`; `size` = no more
 */
export function nextLoop(): u32 {
	const seenOn = person(size);
	while (nextChain < size) {
		const chain = nextChain + 1;
		let at = nextChain++;
		if (load<u32>(seenOn + at * 4) != 0) continue;
		while (at != NO_MANAGER && load<u32>(seenOn + at * 4) == 0) {
			store<u32>(seenOn + at * 4, chain);
			const manager = managerOf(at) as u32;
			at = manager == at ? NO_MANAGER : manager;
		}
		if (at == NO_MANAGER || load<u32>(seenOn + at * 4) != chain) continue;
		loopLength = 1;
		for (let next = managerOf(at) as u32; next != at; next = managerOf(next) as u32) loopLength++;
		return at;
	}
	return size;
}
