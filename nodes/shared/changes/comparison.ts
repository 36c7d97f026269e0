import { isBlank } from '../core/bytes';
import { mixedBits } from '../core/hashing';
import { PairSet } from '../core/pairSet';
import type { ValueType } from '../columns/columnPlan';
import { createConvertedValues } from '../records/convertedValues';
import { FieldQuoting, type RecordBatch } from '../records/recordBatch';
import type { ChangeCounts } from './changeCounts';
import { PersonState, PersonTable } from './personTable';
import { RecordHash, sentDay, type HashedColumn, type HashPair } from './recordHash';

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

/** What is known of the people of both files, and what a reading of the current one came to. */
class ComparedPeople {
	readonly people: PersonTable;
	/** rows of the previous file that are not their people's latest */
	readonly earlier = new PairSet();
	previousPeople = 0;
	/** rows in which each column changed, by number of the column */
	readonly changedIn: Uint32Array;
	sentRows = 0;
	unchangedRows = 0;

	constructor(readonly countedColumns: number) {
		this.people = new PersonTable(countedColumns);
		this.changedIn = new Uint32Array(countedColumns);
	}

	/** Takes a valid row of the previous file. */
	addPrevious(day: number, person: HashPair, hash: RecordHash): void {
		const { people, countedColumns } = this;
		const before = people.size;
		const id = people.idOf(person.low, person.high);
		if (id < before) {
			if (day < people.days[id]) {
				this.addEarlier(id, day, hash);
				return;
			}
			this.addEarlier(id, people.days[id], { low: people.valuesLow[id], high: people.valuesHigh[id] });
		}
		people.valuesLow[id] = hash.low;
		people.valuesHigh[id] = hash.high;
		people.days[id] = day;
		for (let c = 0; c < countedColumns; c++) people.columns[id * countedColumns + c] = hash.columns[c];
	}

	private addEarlier(id: number, day: number, values: HashPair): void {
		this.earlier.add(rowLow(id, day, values.low), rowHigh(id, day, values.high));
	}

	/** Whether a row says nothing new. */
	isOld(id: number, day: number, { low, high }: HashPair): boolean {
		const { people } = this;
		const sameValues = people.valuesLow[id] === low && people.valuesHigh[id] === high;
		const latest = people.days[id];
		if (sameValues && day === latest) return true;
		if (this.earlier.has(rowLow(id, day, low), rowHigh(id, day, high))) return true;
		if (!sameValues || (day !== 0 && day < latest)) return false;
		if ((people.states[id] & PersonState.whole) !== 0) return false;
		people.states[id] |= PersonState.repeated;
		return true;
	}

	countColumns(id: number, { columns }: RecordHash): void {
		const { countedColumns, changedIn, people } = this;
		for (let c = 0; c < countedColumns; c++) {
			if (people.columns[id * countedColumns + c] !== columns[c]) changedIn[c]++;
		}
	}
}

/**
 * Compares the current file with the previous one, row by row, without keeping any of their values.
 *
 * A row is sent when the previous file does not hold it, that is, no row of the same person and day with the same values. A later
 * row that only repeats the values of the person's latest row in the previous file is not sent: the service applies values until
 * the next dated record (source A10), so it would say nothing. That is what makes exports with a moving date comparable.
 */
export class Comparison {
	private known: ComparedPeople;

	/**
	 * @param columns the compared columns, without the person's address and the day
	 * @param seed 32 bits by chance
	 */
	constructor(
		private readonly columns: readonly ComparedColumn[],
		private readonly seed: number,
	) {
		this.known = new ComparedPeople(columns.length <= MOST_COUNTED_COLUMNS ? columns.length : 0);
	}

	/** Takes the previous file: each batch, with a flag for each record, 1 = invalid. */
	indexPrevious(source: ComparedSource): (batch: RecordBatch, flags: Uint8Array) => void {
		const { known } = this;
		const hash = new RecordHash(source.values, this.seed);
		const dayOf = createDayOf(source);
		const person = { low: 0, high: 0 };
		return (batch, flags) => {
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				const f = personField(batch, r, source.person);
				if (f < 0) continue;
				hash.ofPerson(batch, f);
				person.low = hash.low;
				person.high = hash.high;
				hash.ofValues(batch, r);
				known.addPrevious(dayOf(batch, r), person, hash);
			}
			known.previousPeople = known.people.size;
		};
	}

	/** Forgets the previous file, to read it once more. */
	forget(): void {
		this.known = new ComparedPeople(this.known.countedColumns);
	}

	/** Begins a reading of the current file, the first or another. */
	compare(source: ComparedSource): Reading {
		const { known } = this;
		const { people, previousPeople } = known;
		const hash = new RecordHash(source.values, this.seed);
		const dayOf = createDayOf(source);
		people.close();
		for (let id = 0; id < people.size; id++) people.states[id] &= PersonState.whole;
		known.changedIn.fill(0);
		known.sentRows = known.unchangedRows = 0;

		function isSent(batch: RecordBatch, r: number, id: number): boolean {
			if (id >= previousPeople) return true;
			hash.ofValues(batch, r);
			const day = dayOf(batch, r);
			if (known.isOld(id, day, hash)) {
				known.unchangedRows++;
				return false;
			}
			people.states[id] |= PersonState.sent;
			if (day === 0 || day >= people.days[id]) known.countColumns(id, hash);
			return true;
		}

		let skip = new Uint8Array(0);
		const reading = {
			known: new Uint8Array(0),
			choose(batch: RecordBatch, flags: Uint8Array): Uint8Array {
				if (skip.length < batch.records) {
					skip = new Uint8Array(batch.records);
					reading.known = new Uint8Array(batch.records);
				}
				skip.fill(1);
				reading.known.fill(1);
				for (let r = 0; r < batch.records; r++) {
					const f = personField(batch, r, source.person);
					let id = -1;
					if (f >= 0) {
						hash.ofPerson(batch, f);
						id = people.idOf(hash.low, hash.high);
						people.states[id] |= flags[r] === 0 ? PersonState.here | PersonState.valid : PersonState.here;
						if (flags[r] === 0 && id >= previousPeople) reading.known[r] = 0;
					}
					// Nobody's row can be compared with nothing; the user wants it sent all the same.
					if (flags[r] !== 0 || (id >= 0 && !isSent(batch, r, id))) continue;
					skip[r] = 0;
					known.sentRows++;
				}
				return skip;
			},
		};
		return reading;
	}

	/** A mark for each record of a batch of the previous file: 1 = the first row of a person who is missing now and not yet listed. */
	listMissing(source: ComparedSource): (batch: RecordBatch) => Uint8Array {
		const { people, previousPeople } = this.known;
		const hash = new RecordHash([], this.seed);
		let marks = new Uint8Array(0);
		return (batch) => {
			if (marks.length < batch.records) marks = new Uint8Array(batch.records);
			else marks.fill(0);
			for (let r = 0; r < batch.records; r++) {
				const f = personField(batch, r, source.person);
				if (f < 0) continue;
				hash.ofPerson(batch, f);
				const id = people.find(hash.low, hash.high);
				if (id < 0 || id >= previousPeople) continue;
				if ((people.states[id] & (PersonState.here | PersonState.listed)) !== 0) continue;
				people.states[id] |= PersonState.listed;
				marks[r] = 1;
			}
			return marks;
		};
	}

	/** what the last reading came to */
	counts(): ChangeCounts {
		const { people, previousPeople, sentRows, unchangedRows, changedIn } = this.known;
		let [newPeople, changedPeople, unchangedPeople, missingPeople, rejectedPeople] = [0, 0, 0, 0, 0];
		for (let id = 0; id < people.size; id++) {
			const state = people.states[id];
			if (id >= previousPeople) newPeople += state & PersonState.valid ? 1 : 0;
			else if ((state & PersonState.here) === 0) missingPeople++;
			else if ((state & PersonState.valid) === 0) rejectedPeople++;
			else if ((state & PersonState.sent) === 0) unchangedPeople++;
			else changedPeople++;
		}
		const columns = [...changedIn]
			.map((rows, c) => ({ column: this.columns[c].name, rows }))
			.filter(({ rows }) => rows > 0)
			.sort((x, y) => y.rows - x.rows);
		const peopleCounts = { newPeople, changedPeople, unchangedPeople, missingPeople, rejectedPeople };
		return { previousPeople, ...peopleCounts, sentRows, unchangedRows, columns };
	}

	/**
	 * Whether the current file has to be read once more: a row was passed over because it repeats a person's latest values, and
	 * another row of the person turned out to be new, so that the repetition may say something after all. One more reading is enough.
	 */
	mustReadAgain(): boolean {
		const { people, previousPeople } = this.known;
		const both = PersonState.repeated | PersonState.sent;
		let again = false;
		for (let id = 0; id < previousPeople; id++) {
			if ((people.states[id] & both) !== both) continue;
			people.states[id] |= PersonState.whole;
			again = true;
		}
		return again;
	}

	/** bytes in use */
	get bytes(): number {
		return this.known.people.bytes + this.known.earlier.bytes;
	}
}

function createDayOf({ date }: ComparedSource): (batch: RecordBatch, r: number) => number {
	if (!date || date.sourceIndex < 0) return () => 0;
	const convert = date.conversion && createConvertedValues(date.conversion);
	return (batch, r) => {
		const f = batch.fields[r] + date.sourceIndex;
		return f < batch.fields[r + 1] ? sentDay(batch, f, convert) : 0;
	};
}

/** The field of the person's address; -1 where there is none. */
function personField(batch: RecordBatch, r: number, person: number): number {
	const f = batch.fields[r] + person;
	if (f >= batch.fields[r + 1] || batch.quoting[f] === FieldQuoting.escaped) return -1;
	return isBlank(batch.bytes, batch.starts[f], batch.ends[f]) ? -1 : f;
}

function rowLow(id: number, day: number, low: number): number {
	return (mixedBits(Math.imul(id, 0x9e3779b1) ^ day) ^ low) >>> 0;
}

/** Never 0, which marks free places. */
function rowHigh(id: number, day: number, high: number): number {
	return (mixedBits(Math.imul(day, 0x85ebca6b) ^ id) ^ high) >>> 0 || 1;
}
