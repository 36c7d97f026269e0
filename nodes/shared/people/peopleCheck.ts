import { FieldQuoting, partOf, type RecordBatch } from '../records/recordBatch';
import { DaysOfPeople } from './daysOfPeople';
import type { Findings } from '../findings/findings';
import { PeopleRegister, type PeopleIndex } from './peopleIndex';
import { PersonHash } from './personHash';
import type { DatasetCheck } from '../checks/dataset/datasetCheck';

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
export interface PeopleCheck extends DatasetCheck {
	/** people with a row of their own */
	readonly people: number;
	/** everybody who was named so far, and who manages whom */
	readonly index: PeopleIndex;
	/** bytes in use */
	readonly bytes: number;
}

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
	const people = new PeopleRegister();
	/** further dates of people who have several; their first is in the index */
	const dated = new DaysOfPeople();
	const hash = new PersonHash();

	function observe(batch: RecordBatch, flags: Uint8Array): void {
		for (let from = 0; from < batch.records; from += people.mostRows) {
			const to = Math.min(from + people.mostRows, batch.records);
			observePiece(partOf(batch, from, to), flags.subarray(from, to));
		}
	}

	function observePiece(batch: RecordBatch, flags: Uint8Array): void {
		const { records, rows, fields } = batch;
		const piece = people.begin(records);
		piece.rows.set(rows.subarray(0, records));
		piece.skipped.set(flags);
		hashColumn(batch, columns.person, piece.persons);
		if (columns.manager !== undefined) hashColumn(batch, columns.manager, piece.managers);
		for (let r = 0; r < records; r++) {
			// What is skipped may lack the field.
			if (flags[r] !== 0) continue;
			piece.days[r] = columns.date ? columns.date.dayOf(batch, fields[r] + columns.date.from) : 1;
		}
		for (let at = people.observe(0); at < records; at = people.observe(at + 1)) {
			const id = people.met;
			if (noteFurther(id, piece.days[at], rows[at])) people.assign(id, at);
		}
	}

	/** Notes a further row of a person; gives whether it counts now: who manages somebody is what the latest row says. */
	function noteFurther(id: number, day: number, row: number): boolean {
		const latest = people.dayOf(id);
		if (day > latest) dated.add(id, latest);
		else if (day === latest || !dated.add(id, day)) {
			findings.add('person-date-duplicate', { row, column: columns.names.person });
		}
		return day >= latest;
	}

	function hashColumn(batch: RecordBatch, from: number, into: Uint32Array): void {
		if (batch.validation) {
			into.set(batch.validation.hashes(from).subarray(0, batch.records * 2));
			return;
		}
		const { bytes, fields, starts, ends, quoting } = batch;
		for (let r = 0; r < batch.records; r++) {
			const f = fields[r] + from;
			const there = f < fields[r + 1] && quoting[f] !== FieldQuoting.escaped;
			if (there) hash.of(bytes, starts[f], ends[f]);
			into[r * 2] = there ? hash.low : 0;
			into[r * 2 + 1] = there ? hash.high : 0;
		}
	}

	function conclude(into: Findings): void {
		if (columns.manager === undefined) return;
		const column = columns.names.manager;
		const rowOf = (id: number) => people.rowOf(id) - 1;
		for (const id of people.oddManagers()) {
			if (people.managerOf(id) === id) into.add('manager-self', { row: rowOf(id), column });
			else if (options.everybody) into.add('manager-unknown', { row: rowOf(id), column });
		}
		for (const { id, length } of people.loops()) {
			into.add('manager-loop', { row: rowOf(id), column, count: length });
		}
		if (!options.everybody || people.withRows === 0) return;
		const roots = people.countRoots();
		if (roots > 1) into.add('manager-roots', { column, count: roots });
		if (roots === 0) into.add('manager-root-missing', { column });
	}

	return {
		observe,
		conclude,
		index: people,
		get people() {
			return people.withRows;
		},
		get bytes() {
			return people.bytes + dated.bytes;
		},
	};
}
