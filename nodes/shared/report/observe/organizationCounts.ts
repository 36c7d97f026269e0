import { isBlank } from '../../core/bytes';
import type { PeopleIndex } from '../../people/peopleIndex';
import { FieldQuoting, RecordFlag, type RecordBatch } from '../../records/recordBatch';
import { withoutAddresses } from './maskValue';
import { NO_VALUE, ValueIndex } from '../../records/valueIndex';
import type { Organizations } from './reportData';

/** Counts rows by organization, and knows the organization of each person. */
export interface OrganizationCounts {
	/** told each batch after the people index was */
	observe(batch: RecordBatch, flags: Uint8Array): void;
	conclude(): ConcludedOrganizations;
}

/** What came of it. */
export interface ConcludedOrganizations {
	organizations: Organizations;
	/** name of a person's organization, to be shown; nothing where it is not known or not shown */
	nameOf(person: number): string | undefined;
}

/** Where the columns are in the source. */
export interface OrganizationColumns {
	organization: number;
	/** index of the column of the person's address, where there is one */
	person?: number;
}

/** Different names that are told apart: more group nobody. */
const MOST_NAMES = 5_000;
const SHOWN = 15;
/** Rows from which on nearly as many names as rows mean that the column does not hold organizations. */
const FEWEST_ROWS = 20;
const NEARLY_ALL = 0.9;
/** Share of the names with an addition in brackets from which on it is a habit: Workday writes the manager's name there. */
const HABIT = 0.5;
const ADDITION = /^(.*\S)\s*\([^()]*\)\s*$/s;

/**
 * Makes the counters of one reading.
 * @param columns see {@link OrganizationColumns}
 * @param people the index of the same reading
 */
export function createOrganizationCounts(
	columns: OrganizationColumns,
	people: PeopleIndex | undefined,
): OrganizationCounts {
	const index = new ValueIndex(MOST_NAMES);
	let rows = new Uint32Array(64);
	let unnamedRows = 0;
	let blank = 0;
	let counted = 0;
	/** number of a person's organization + 1; 0 = none */
	let ofPerson = new Uint16Array(1024);

	function remember(batch: RecordBatch, r: number, organization: number): void {
		if (!people || columns.person === undefined) return;
		const f = batch.fields[r] + columns.person;
		if (f >= batch.fields[r + 1]) return;
		if (batch.quoting[f] === FieldQuoting.escaped || isBlank(batch.bytes, batch.starts[f], batch.ends[f]))
			return;
		const id = people.idOf(batch.bytes, batch.starts[f], batch.ends[f]);
		// The index keeps the row that counts for a person: the latest.
		if (people.rowOf(id) !== batch.rows[r] + 1) return;
		if (id >= ofPerson.length) {
			const grown = new Uint16Array(Math.max(people.size, Math.ceil(ofPerson.length * 1.5)));
			grown.set(ofPerson);
			ofPerson = grown;
		}
		ofPerson[id] = organization + 1;
	}

	function observe(batch: RecordBatch, flags: Uint8Array): void {
		for (let r = 0; r < batch.records; r++) {
			const f = batch.fields[r] + columns.organization;
			if (flags[r] > RecordFlag.invalid || f >= batch.fields[r + 1]) continue;
			counted++;
			if (isBlank(batch.bytes, batch.starts[f], batch.ends[f])) {
				blank++;
				continue;
			}
			const id = index.idOf(batch, f);
			if (id === NO_VALUE) {
				unnamedRows++;
				continue;
			}
			if (id >= rows.length) {
				const grown = new Uint32Array(rows.length * 2);
				grown.set(rows);
				rows = grown;
			}
			rows[id]++;
			if (flags[r] === 0) remember(batch, r, id);
		}
	}

	function conclude(): ConcludedOrganizations {
		const { texts: names, full } = index;
		const filled = counted - blank;
		const hidden = full || (filled >= FEWEST_ROWS && names.length > filled * NEARLY_ALL);
		const members = countMembers(names.length);
		const shownNames = hidden ? [] : presentable(names);
		const order = names.map((_, id) => id).sort((a, b) => rows[b] - rows[a] || a - b);
		const shown = hidden
			? []
			: order.slice(0, SHOWN).map((id) => ({ name: shownNames[id], rows: rows[id], people: members[id] }));
		const rest = hidden ? order : order.slice(SHOWN);
		return {
			organizations: {
				shown,
				different: names.length,
				others: {
					organizations: rest.length,
					rows: unnamedRows + rest.reduce((sum, id) => sum + rows[id], 0),
					people: rest.reduce((sum, id) => sum + members[id], 0),
				},
				blank,
				...(hidden && { hidden: 'nearlyAllDifferent' as const }),
			},
			nameOf: (person) => shownNames[(ofPerson[person] ?? 0) - 1],
		};
	}

	function countMembers(count: number): Uint32Array {
		const members = new Uint32Array(count);
		const known = Math.min(people?.size ?? 0, ofPerson.length);
		for (let id = 0; id < known; id++) if (ofPerson[id] > 0) members[ofPerson[id] - 1]++;
		return members;
	}

	return { observe, conclude };
}

/**
 * Names as a report shows them: without addresses, and where most end with an addition in brackets, without these, which may be
 * people's names.
 */
function presentable(names: readonly string[]): string[] {
	const withAddition = names.filter((name) => ADDITION.test(name)).length;
	const drop = names.length > 1 && withAddition >= names.length * HABIT;
	return names.map((name) => withoutAddresses(drop ? name.replace(ADDITION, '$1 (…)') : name));
}
