import { createCardinalityCheck } from '../checks/dataset/cardinalityCheck';
import { createDomainCheck } from '../checks/dataset/domainCheck';
import { createSpellingCheck } from '../checks/dataset/spellingCheck';
import type { DatasetCheck } from '../checks/dataset/datasetCheck';
import { createHistoryCheck } from '../checks/dataset/historyCheck';
import { createNameTripletCheck } from '../checks/dataset/nameTripletCheck';
import { createNewPeopleCheck, type NewPeopleRules } from '../checks/dataset/newPeopleCheck';
import type { ColumnPlan, PlannedColumn } from '../columns/columnPlan';
import type { DateColumns } from '../dates/dateColumns';
import type { Findings } from '../findings/findings';
import { createPeopleCheck } from '../people/peopleCheck';
import type { PeopleIndex } from '../people/peopleIndex';
import type { RecordBatch } from '../records/recordBatch';

/** What a destination asks of all records together; columns are told by their attributes. */
export interface DatasetRules {
	/** who is in a row, who manages them, and from which day the row counts */
	people?: { person: string; manager: string; organization?: string; date?: string };
	/** attributes that count only together */
	together?: readonly (readonly string[])[];
	/** attributes of the service's own: what a custom one is for is known to its owner alone */
	attributes: readonly { name: string }[];
	/** the records hold everybody, so that managers are among them and columns tell people apart */
	everybody: boolean;
	/** the records are to bring history with them */
	history: boolean;
	/** some people may be new to the service, and these columns are needed for them */
	newPeople?: NewPeopleRules;
}

/** The checks of all records together, as one, and the people that they come to know. */
export interface DatasetChecks extends DatasetCheck {
	/** missing where no column names people */
	people?: PeopleIndex;
}

/**
 * Makes the checks of all records together for one reading.
 * @param rules see {@link DatasetRules}
 * @param reading the header of the source, what will be sent, what tells the day of a row, and what takes findings on the way
 */
export function createDatasetChecks(
	rules: DatasetRules,
	reading: { columns: readonly string[]; plan: ColumnPlan; dates: DateColumns; findings: Findings },
): DatasetChecks {
	const { everybody, together = [], newPeople } = rules;
	const { plan, dates, findings } = reading;
	const width = reading.columns.length;
	const planned = (name: string | undefined) => plan.columns.find((column) => column.name === name);
	const person = planned(rules.people?.person);
	const manager = planned(rules.people?.manager);
	const date = planned(rules.people?.date);
	const organization = planned(rules.people?.organization);
	const dayOf =
		({ sourceIndex }: PlannedColumn) =>
		(batch: RecordBatch, f: number) =>
			dates.dayOf(sourceIndex, batch, f);

	const people =
		person &&
		createPeopleCheck(
			{
				person: person.sourceIndex,
				manager: manager?.sourceIndex,
				date: date && { from: date.sourceIndex, dayOf: dayOf(date) },
				names: { person: person.sourceName, manager: manager?.sourceName ?? '' },
			},
			{ everybody },
			findings,
		);
	const known = plan.columns.filter(({ name }) =>
		rules.attributes.some((attribute) => attribute.name === name),
	);
	const checks = [
		...together.map((names) => createNameTripletCheck(plan, names, findings)),
		people,
		newPeople && createNewPeopleCheck(plan, newPeople, findings),
		date && rules.history && createHistoryCheck(date.sourceIndex, date.sourceName, dayOf(date)),
		everybody && createCardinalityCheck(known),
		organization && createSpellingCheck(organization),
		person && manager && createDomainCheck(person, manager),
	].filter((check) => typeof check === 'object');
	return {
		people: people?.index,
		observe(batch, flags) {
			const usable = withoutRagged(batch, flags, width);
			for (const check of checks) check.observe(batch, usable);
		},
		conclude(into) {
			for (const check of checks) check.conclude(into);
		},
	};
}

/** The flags, and 1 for records with too few fields too, which nobody has flagged where rows are not checked. */
function withoutRagged({ records, fields }: RecordBatch, flags: Uint8Array, width: number): Uint8Array {
	let usable = flags;
	for (let r = 0; r < records; r++) {
		if (fields[r + 1] - fields[r] >= width || usable[r] !== 0) continue;
		if (usable === flags) usable = flags.slice(0, records);
		usable[r] = 1;
	}
	return usable;
}
