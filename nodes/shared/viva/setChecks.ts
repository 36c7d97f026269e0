import type { DateColumns } from '../rules/dateColumns';
import type { Findings } from '../rules/findings';
import { createHistoryCheck } from '../rules/historyCheck';
import { createPeopleCheck } from '../rules/peopleCheck';
import type { ColumnPlan, PlannedColumn } from '../rules/plan';
import type { SetCheck } from '../rules/setCheck';
import { createSpreadCheck } from '../rules/spreadCheck';
import { createTogetherCheck } from '../rules/togetherCheck';
import type { RecordBatch } from '../table/recordBatch';
import { ATTRIBUTE_SETS } from './attributes';
import type { DestinationId, RefreshKind } from './destinations';
import { createNewPeopleCheck } from './newPeople';

/**
 * The checks of all records together that a destination and a plan ask for, as one.
 * @param destination whose columns name people
 * @param refresh a full refresh is to hold everybody, with history
 * @param plan where the columns are
 * @param dates tells the day of a row
 * @param findings takes what is met on the way
 * @param onlyChanges the records hold everybody, but only changes are sent; who is new is known then and checked elsewhere
 */
export function createSetChecks(
	destination: DestinationId,
	refresh: RefreshKind,
	plan: ColumnPlan,
	dates: DateColumns,
	findings: Findings,
	onlyChanges = false,
): SetCheck {
	const { people, together = [], attributes, requiredForNewPeople } = ATTRIBUTE_SETS[destination];
	const planned = (name: string | undefined) => plan.columns.find((column) => column.name === name);
	const person = planned(people?.person);
	const manager = planned(people?.manager);
	const date = planned(people?.date);
	const dayOf =
		({ from }: PlannedColumn) =>
		(batch: RecordBatch, f: number) =>
			dates.dayOf(from, batch, f);
	const everybody = refresh === 'full' || (onlyChanges && refresh === 'incremental');

	const checks: Array<SetCheck | undefined> = together.map((names) =>
		createTogetherCheck(plan, names, findings),
	);
	if (person) {
		const columns = {
			person: person.from,
			manager: manager?.from,
			date: date && { from: date.from, dayOf: dayOf(date) },
			names: { person: person.sourceName, manager: manager?.sourceName ?? '' },
		};
		checks.push(createPeopleCheck(columns, { everybody }, findings));
	}
	if (refresh === 'incremental' && !onlyChanges) {
		const rules = { requiredForNewPeople, manager: people?.manager };
		checks.push(createNewPeopleCheck(plan, rules, findings));
	}
	if (date && refresh === 'full') checks.push(createHistoryCheck(date.from, date.sourceName, dayOf(date)));
	// Only attributes of the service: what a custom one is for is known to its owner alone.
	const known = plan.columns.filter(({ name }) => attributes.some((attribute) => attribute.name === name));
	if (everybody) checks.push(createSpreadCheck(known));

	const made = checks.filter((check) => check !== undefined);
	return {
		observe(batch, flags) {
			for (const check of made) check.observe(batch, flags);
		},
		conclude(into) {
			for (const check of made) check.conclude(into);
		},
	};
}
