import type { DateColumns } from '../../dates/dateColumns';
import type { Findings } from '../../findings/findings';
import { createHistoryCheck } from '../../checks/historyCheck';
import { createPeopleCheck } from '../../people/peopleCheck';
import type { PeopleIndex } from '../../people/peopleIndex';
import type { ColumnPlan, PlannedColumn } from '../../columns/columnPlan';
import type { DatasetCheck } from '../../checks/datasetCheck';
import { createCardinalityCheck } from '../../checks/cardinalityCheck';
import { createNameTripletCheck } from '../../checks/nameTripletCheck';
import type { RecordBatch } from '../../records/recordBatch';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import type { DestinationId, RefreshKind } from '../service/destinations';
import { createNewPeopleCheck } from '../../checks/newPeopleCheck';

/** What decides which checks of all records together there are. */
export interface DatasetCheckRequest {
	/** whose columns name people */
	destination: DestinationId;
	/** a full refresh is to hold everybody, with history */
	refresh: RefreshKind;
	/** number of columns of the source */
	width: number;
	/** where the columns are */
	plan: ColumnPlan;
	/** tells the day of a row */
	dates: DateColumns;
	/** the records hold everybody, but only changes are sent; who is new is known then and checked elsewhere */
	onlyChanges?: boolean;
}

/**
 * The checks of all records together that a destination and a plan ask for, as one.
 * @param request see {@link DatasetCheckRequest}
 * @param findings takes what is met on the way
 * @returns the checks, and the people that they come to know, where a column names them
 */
export function createDatasetChecks(
	{ destination, refresh, width, plan, dates, onlyChanges = false }: DatasetCheckRequest,
	findings: Findings,
): DatasetCheck & { people?: PeopleIndex } {
	const { people, together = [], attributes, requiredForNewPeople } = ATTRIBUTE_SETS[destination];
	const planned = (name: string | undefined) => plan.columns.find((column) => column.name === name);
	const person = planned(people?.person);
	const manager = planned(people?.manager);
	const date = planned(people?.date);
	const dayOf =
		({ sourceIndex }: PlannedColumn) =>
		(batch: RecordBatch, f: number) =>
			dates.dayOf(sourceIndex, batch, f);
	let index: PeopleIndex | undefined;
	const everybody = refresh === 'full' || (onlyChanges && refresh === 'incremental');

	const checks: Array<DatasetCheck | undefined> = together.map((names) =>
		createNameTripletCheck(plan, names, findings),
	);
	if (person) {
		const columns = {
			person: person.sourceIndex,
			manager: manager?.sourceIndex,
			date: date && { from: date.sourceIndex, dayOf: dayOf(date) },
			names: { person: person.sourceName, manager: manager?.sourceName ?? '' },
		};
		const check = createPeopleCheck(columns, { everybody }, findings);
		index = check.index;
		checks.push(check);
	}
	if (refresh === 'incremental' && !onlyChanges) {
		const rules = { requiredForNewPeople, manager: people?.manager };
		checks.push(createNewPeopleCheck(plan, rules, findings));
	}
	if (date && refresh === 'full')
		checks.push(createHistoryCheck(date.sourceIndex, date.sourceName, dayOf(date)));
	// Only attributes of the service: what a custom one is for is known to its owner alone.
	const known = plan.columns.filter(({ name }) => attributes.some((attribute) => attribute.name === name));
	if (everybody) checks.push(createCardinalityCheck(known));

	const made = checks.filter((check) => check !== undefined);
	return {
		people: index,
		observe(batch, flags) {
			const usable = withoutRagged(batch, flags, width);
			for (const check of made) check.observe(batch, usable);
		},
		conclude(into) {
			for (const check of made) check.conclude(into);
		},
	};
}

/** The flags, and 1 for records with too few or too many fields too, which nobody has flagged where rows are not checked. */
function withoutRagged({ records, fields }: RecordBatch, flags: Uint8Array, width: number): Uint8Array {
	let usable = flags;
	for (let r = 0; r < records; r++) {
		if (fields[r + 1] - fields[r] === width || usable[r] !== 0) continue;
		if (usable === flags) usable = flags.slice(0, records);
		usable[r] = 1;
	}
	return usable;
}
