import type { DateColumns } from '../rules/dateColumns';
import type { Findings } from '../rules/findings';
import { createPeopleCheck, type PeopleCheck } from '../rules/peopleCheck';
import type { ColumnPlan } from '../rules/plan';
import { ATTRIBUTE_SETS } from './attributes';
import type { DestinationId, RefreshKind } from './destinations';

/**
 * The check of all records together, where destination and file name people.
 * @param destination whose columns name people
 * @param refresh a full refresh is to hold everybody
 * @param plan where the columns are
 * @param dates tells the day of a row
 * @param findings takes duplicates as they are met
 */
export function createPeopleCheckFor(
	destination: DestinationId,
	refresh: RefreshKind,
	plan: ColumnPlan,
	dates: DateColumns,
	findings: Findings,
): PeopleCheck | undefined {
	const { people } = ATTRIBUTE_SETS[destination];
	const column = (name: string | undefined) => plan.columns.find((planned) => planned.name === name);
	const person = column(people?.person);
	if (!person) return undefined;
	const manager = column(people?.manager);
	const date = column(people?.date);
	return createPeopleCheck(
		{
			person: person.from,
			manager: manager?.from,
			date: date && { from: date.from, dayOf: (batch, f) => dates.dayOf(date.from, batch, f) },
			names: { person: person.sourceName, manager: manager?.sourceName ?? '' },
		},
		{ everybody: refresh === 'full' },
		findings,
	);
}
