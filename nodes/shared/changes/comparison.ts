import { isBlank } from '../core/bytes';
import { mixedBits } from '../core/hashing';
import { createPairSet } from '../core/pairSet';
import type { ValueType } from '../columns/columnPlan';
import { createConvertedValues } from '../records/convertedValues';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';
import type { ChangeCounts } from './changeCounts';
import { createPersonTable, PersonState } from './personTable';
import { createRecordHash, sentDay, type HashedColumn } from './recordHash';

/** A column whose values are compared, by the destination's name. */
export interface ComparedColumn {
	name: string;
	type: ValueType;
}

/** Where the columns of a comparison are in one source. */
export interface ComparedSource {
	/** index of the column of the person's address */
	person: number;
	/** the column of the day from which a row counts, where there is one */
	date?: HashedColumn;
	/** the compared columns in the order of the comparison */
	values: readonly HashedColumn[];
}

/** Compares the current file with the previous one, row by row, without keeping any of their values. */
export interface Comparison {
	/** Takes the previous file: tell it each batch, with a flag for each record, 1 = invalid. */
	indexPrevious(source: ComparedSource): (batch: RecordBatch, flags: Uint8Array) => void;
	/** Forgets the previous file, to read it once more. */
	forget(): void;
	/** Begins a reading of the current file, the first or another. */
	compare(source: ComparedSource): Reading;
	/** A mark for each record of a batch of the previous file: 1 = the first row of a person who is missing now and not yet listed. */
	listMissing(source: ComparedSource): (batch: RecordBatch) => Uint8Array;
	/** what the last reading came to */
	counts(): ChangeCounts;
	/**
	 * Whether the current file has to be read once more: a row was passed over because it repeats a person's latest values, and
	 * another row of the person turned out to be new, so that the repetition may say something after all. One more reading is enough.
	 */
	mustReadAgain(): boolean;
	/** bytes in use */
	readonly bytes: number;
}

/** One reading of the current file. */
export interface Reading {
	/**
	 * Chooses what is sent of a batch.
	 * @param flags one byte for each record, 1 = invalid
	 * @returns one byte for each record, 0 = to be sent; valid until the next call
	 */
	choose(batch: RecordBatch, flags: Uint8Array): Uint8Array;
	/** For the batch of the last call: 0 = a valid row of somebody whom the previous file does not hold. */
	readonly known: Uint8Array;
}

/** With more columns than this, the index of people would grow out of proportion. */
const MOST_COUNTED_COLUMNS = 16;

/**
 * Makes a comparison.
 *
 * A row is sent when the previous file does not hold it, that is, no row of the same person and day with the same values. A later
 * row that only repeats the values of the person's latest row in the previous file is not sent: the service applies values until
 * the next dated record (source A10), so it would say nothing. That is what makes exports with a moving date comparable.
 * @param columns the compared columns, without the person's address and the day
 * @param seed 32 bits by chance
 */
export function createComparison(columns: readonly ComparedColumn[], seed: number): Comparison {
	const counted = columns.length <= MOST_COUNTED_COLUMNS ? columns.length : 0;
	let people = createPersonTable(counted);
	/** rows of the previous file that are not their people's latest */
	let earlier = createPairSet();
	let previousPeople = 0;
	const changedIn = new Uint32Array(counted);
	let sentRows = 0;
	let unchangedRows = 0;

	function dayIn({ date }: ComparedSource): (batch: RecordBatch, r: number) => number {
		if (!date || date.sourceIndex < 0) return () => 0;
		const convert = date.conversion && createConvertedValues(date.conversion);
		return (batch, r) => {
			const f = batch.fields[r] + date.sourceIndex;
			return f < batch.fields[r + 1] ? sentDay(batch, f, convert) : 0;
		};
	}

	/** The field of the person's address; -1 where there is none. */
	function personIn(batch: RecordBatch, r: number, person: number): number {
		const f = batch.fields[r] + person;
		if (f >= batch.fields[r + 1] || batch.quoting[f] === FieldQuoting.escaped) return -1;
		return isBlank(batch.bytes, batch.starts[f], batch.ends[f]) ? -1 : f;
	}

	function remember(source: ComparedSource): (batch: RecordBatch, flags: Uint8Array) => void {
		const hash = createRecordHash(source.values, seed);
		const dayOf = dayIn(source);
		return (batch, flags) => {
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				const person = personIn(batch, r, source.person);
				if (person < 0) continue;
				hash.ofPerson(batch, person);
				const before = people.size;
				const id = people.idOf(hash.low, hash.high);
				const day = dayOf(batch, r);
				hash.ofValues(batch, r);
				const { low, high } = hash;
				if (id < before) {
					if (day < people.days[id]) {
						addEarlier(id, day, low, high);
						continue;
					}
					addEarlier(id, people.days[id], people.valuesLow[id], people.valuesHigh[id]);
				}
				people.valuesLow[id] = low;
				people.valuesHigh[id] = high;
				people.days[id] = day;
				for (let c = 0; c < counted; c++) people.columns[id * counted + c] = hash.columns[c];
			}
			previousPeople = people.size;
		};
	}

	function addEarlier(id: number, day: number, low: number, high: number): void {
		earlier.add(rowLow(id, day, low), rowHigh(id, day, high));
	}

	function compare(source: ComparedSource): Reading {
		const hash = createRecordHash(source.values, seed);
		const dayOf = dayIn(source);
		let skip = new Uint8Array(0);
		let known = new Uint8Array(0);
		begin();

		function choose(batch: RecordBatch, flags: Uint8Array): Uint8Array {
			if (skip.length < batch.records) {
				skip = new Uint8Array(batch.records);
				known = new Uint8Array(batch.records);
			}
			for (let r = 0; r < batch.records; r++) {
				skip[r] = 1;
				known[r] = 1;
				const person = personIn(batch, r, source.person);
				if (person < 0) {
					// Nobody's row can be compared with nothing; whoever wants it sent all the same has said so.
					if (flags[r] === 0) skip[r] = sent();
					continue;
				}
				hash.ofPerson(batch, person);
				const id = people.idOf(hash.low, hash.high);
				people.states[id] |= PersonState.here;
				if (flags[r] !== 0) continue;
				people.states[id] |= PersonState.valid;
				if (id >= previousPeople) {
					known[r] = 0;
					skip[r] = sent();
					continue;
				}
				hash.ofValues(batch, r);
				const day = dayOf(batch, r);
				if (isOld(id, day)) unchangedRows++;
				else {
					people.states[id] |= PersonState.sent;
					skip[r] = sent();
					if (day === 0 || day >= people.days[id]) countColumns(id);
				}
			}
			return skip;
		}

		function sent(): 0 {
			sentRows++;
			return 0;
		}

		function isOld(id: number, day: number): boolean {
			const { low, high } = hash;
			const sameValues = people.valuesLow[id] === low && people.valuesHigh[id] === high;
			const latest = people.days[id];
			if (sameValues && day === latest) return true;
			if (earlier.has(rowLow(id, day, low), rowHigh(id, day, high))) return true;
			if (!sameValues || (day !== 0 && day < latest)) return false;
			if ((people.states[id] & PersonState.whole) !== 0) return false;
			people.states[id] |= PersonState.repeated;
			return true;
		}

		function countColumns(id: number): void {
			for (let c = 0; c < counted; c++) {
				if (people.columns[id * counted + c] !== hash.columns[c]) changedIn[c]++;
			}
		}

		return {
			choose,
			get known() {
				return known;
			},
		};
	}

	function begin(): void {
		people.close();
		for (let id = 0; id < people.size; id++) people.states[id] &= PersonState.whole;
		changedIn.fill(0);
		sentRows = 0;
		unchangedRows = 0;
	}

	function listMissing(source: ComparedSource): (batch: RecordBatch) => Uint8Array {
		const hash = createRecordHash([], seed);
		let marks = new Uint8Array(0);
		return (batch) => {
			if (marks.length < batch.records) marks = new Uint8Array(batch.records);
			else marks.fill(0);
			for (let r = 0; r < batch.records; r++) {
				const person = personIn(batch, r, source.person);
				if (person < 0) continue;
				hash.ofPerson(batch, person);
				const id = people.find(hash.low, hash.high);
				if (id < 0 || id >= previousPeople) continue;
				if ((people.states[id] & (PersonState.here | PersonState.listed)) !== 0) continue;
				people.states[id] |= PersonState.listed;
				marks[r] = 1;
			}
			return marks;
		};
	}

	function counts(): ChangeCounts {
		let [newPeople, changedPeople, unchangedPeople, missingPeople, rejectedPeople] = [0, 0, 0, 0, 0];
		for (let id = 0; id < people.size; id++) {
			const state = people.states[id];
			if (id >= previousPeople) newPeople += state & PersonState.valid ? 1 : 0;
			else if ((state & PersonState.here) === 0) missingPeople++;
			else if ((state & PersonState.valid) === 0) rejectedPeople++;
			else if ((state & PersonState.sent) === 0) unchangedPeople++;
			else changedPeople++;
		}
		const counts = columns.slice(0, counted).map(({ name }, c) => ({ column: name, rows: changedIn[c] }));
		return {
			previousPeople,
			newPeople,
			changedPeople,
			unchangedPeople,
			missingPeople,
			rejectedPeople,
			sentRows,
			unchangedRows,
			columns: counts.filter(({ rows }) => rows > 0).sort((x, y) => y.rows - x.rows),
		};
	}

	return {
		indexPrevious: remember,
		compare,
		listMissing,
		counts,
		forget() {
			people = createPersonTable(counted);
			earlier = createPairSet();
			previousPeople = 0;
		},
		mustReadAgain() {
			const both = PersonState.repeated | PersonState.sent;
			let again = false;
			for (let id = 0; id < previousPeople; id++) {
				if ((people.states[id] & both) !== both) continue;
				people.states[id] |= PersonState.whole;
				again = true;
			}
			return again;
		},
		get bytes() {
			return people.bytes + earlier.bytes;
		},
	};
}

function rowLow(id: number, day: number, low: number): number {
	return (mixedBits(Math.imul(id, 0x9e3779b1) ^ day) ^ low) >>> 0;
}

/** Never 0, which marks free places. */
function rowHigh(id: number, day: number, high: number): number {
	return (mixedBits(Math.imul(day, 0x85ebca6b) ^ id) ^ high) >>> 0 || 1;
}
