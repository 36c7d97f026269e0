import type { RecordBatch } from '../table/recordBatch';
import { FieldForm } from '../table/recordBatch';
import { isBlank } from './bytes';
import type { Findings } from './findings';
import { createPeopleIndex, NO_MANAGER, type PeopleIndex } from './peopleIndex';
import { createDaysOfPeople } from './daysOfPeople';
import { createPersonHash } from './personHash';
import type { SetCheck } from './setCheck';

/** Where the columns of people are in the source. */
export interface PeopleColumns {
	/** index of the column of the person's address */
	person: number;
	/** index of the column of the manager's address, where there is one */
	manager?: number;
	/** index of the column of effective dates, where there is one, and what tells their day */
	date?: { from: number; dayOf: (batch: RecordBatch, f: number) => number };
	/** the source's names of the columns, for findings */
	names: { person: string; manager: string };
}

/** Looks at all records together: who is there twice, whose manager is not there, who manages whom. */
export interface PeopleCheck extends SetCheck {
	/** people with a row of their own */
	readonly people: number;
	/** everybody who was named so far, and who manages whom */
	readonly index: PeopleIndex;
	/** bytes in use */
	readonly bytes: number;
}

const UNSEEN = 0;

/**
 * Makes the check of one reading. Takes one pass, and time and memory that grow with the number of people, not faster.
 * @param columns see {@link PeopleColumns}
 * @param options.everybody whether the file is to hold everybody (a full refresh): then managers must be in it too
 * @param findings takes duplicates as they are met
 */
export function createPeopleCheck(
	columns: PeopleColumns,
	options: { everybody: boolean },
	findings: Findings,
): PeopleCheck {
	const people = createPeopleIndex();
	/** further dates of people who have several; their first is in the index */
	const dated = createDaysOfPeople();
	const hashPerson = createPersonHash();
	/** hashes of the batch's people and of their managers, two numbers a record */
	let persons = new Uint32Array(0);
	let managers = persons;
	let withRows = 0;

	/** Hashes first: then the looks into the index, which wait for memory, can overlap. */
	function hashAll(batch: RecordBatch): void {
		if (persons.length < batch.records * 2) {
			persons = new Uint32Array(batch.records * 2);
			managers = new Uint32Array(batch.records * 2);
		}
		hashColumn(batch, columns.person, persons);
		people.expect(persons, batch.records);
		if (columns.manager === undefined) return;
		hashColumn(batch, columns.manager, managers);
		people.expect(managers, batch.records);
	}

	function hashColumn(batch: RecordBatch, from: number, into: Uint32Array): void {
		if (batch.sweep) {
			into.set(batch.sweep.hashes(from).subarray(0, batch.records * 2));
			return;
		}
		const { bytes, fields, starts, ends } = batch;
		for (let r = 0; r < batch.records; r++) {
			const f = fields[r] + from;
			if (f < fields[r + 1]) hashPerson(bytes, starts[f], ends[f], into, r * 2);
		}
	}

	function observe(batch: RecordBatch, flags: Uint8Array): void {
		const { bytes, fields, starts, ends, forms } = batch;
		hashAll(batch);
		for (let r = 0; r < batch.records; r++) {
			if (flags[r] !== 0) continue;
			const person = fields[r] + columns.person;
			if (forms[person] === FieldForm.escaped || isBlank(bytes, starts[person], ends[person])) continue;
			const id = people.idOfHash(persons[r * 2], persons[r * 2 + 1]);
			const row = batch.rows[r] + 1;
			const day = columns.date ? columns.date.dayOf(batch, fields[r] + columns.date.from) : 1;
			const first = people.rows[id] === 0;
			const latest = people.days[id];
			if (first) withRows++;
			else if (day > latest) dated.add(id, latest);
			else if (day === latest || !dated.add(id, day)) {
				findings.add('person-date-duplicate', { row: batch.rows[r], column: columns.names.person });
			}
			// Who manages somebody is what the latest row says.
			if (!first && day < latest) continue;
			people.rows[id] = row;
			people.days[id] = day;
			if (columns.manager !== undefined)
				people.managers[id] = managerOf(batch, r, fields[r] + columns.manager);
		}
	}

	function managerOf({ bytes, starts, ends }: RecordBatch, r: number, f: number): number {
		return isBlank(bytes, starts[f], ends[f])
			? NO_MANAGER
			: people.idOfHash(managers[r * 2], managers[r * 2 + 1]);
	}

	function conclude(into: Findings): void {
		if (columns.manager === undefined) return;
		const column = columns.names.manager;
		const rowOf = (id: number) => people.rows[id] - 1;
		let roots = 0;
		for (let id = 0; id < people.size; id++) {
			if (people.rows[id] === 0) continue;
			const manager = people.managers[id];
			if (manager === NO_MANAGER) roots++;
			else if (manager === id) into.add('manager-self', { row: rowOf(id), column });
			else if (options.everybody && people.rows[manager] === 0) {
				into.add('manager-unknown', { row: rowOf(id), column });
			}
		}
		concludeLoops(into, column, rowOf);
		if (!options.everybody || withRows === 0) return;
		if (roots > 1) into.add('manager-roots', { column, count: roots });
		if (roots === 0) into.add('manager-root-missing', { column });
	}

	/** Follows every chain of managers once: whoever was seen on an earlier chain needs no second look. */
	function concludeLoops(into: Findings, column: string, rowOf: (id: number) => number): void {
		const seenOn = new Uint32Array(people.size);
		for (let id = 0; id < people.size; id++) {
			if (seenOn[id] !== UNSEEN) continue;
			const chain = id + 1;
			let at = id;
			while (at !== NO_MANAGER && seenOn[at] === UNSEEN) {
				seenOn[at] = chain;
				at = people.managers[at] === at ? NO_MANAGER : people.managers[at];
			}
			if (at === NO_MANAGER || seenOn[at] !== chain) continue;
			let length = 1;
			for (let next = people.managers[at]; next !== at; next = people.managers[next]) length++;
			into.add('manager-loop', { row: rowOf(at), column, count: length });
		}
	}

	return {
		observe,
		conclude,
		index: people,
		get people() {
			return withRows;
		},
		get bytes() {
			return people.bytes + dated.bytes;
		},
	};
}
