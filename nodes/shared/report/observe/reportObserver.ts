import type { Findings } from '../../findings/findings';
import type { PeopleIndex } from '../../people/peopleIndex';
import type { ColumnPlan } from '../../columns/columnPlan';
import type { Observer } from '../../pipeline/observers';
import { Examples } from './examples';
import { createFillCounts, type FillCounts } from './fillCounts';
import { managerOverview } from './managerOverview';
import { createOrganizationCounts, type OrganizationCounts } from './organizationCounts';
import type { ReportData } from './reportData';

/** What a report needs to know of the rows; taken while they are read, in memory that does not grow with their number. */
export interface ReportObserver extends Observer {
	/** What was seen; to be asked once, after the last batch. */
	conclude(findings: Findings): SeenRows;
}

/** What the notes come to. */
export type SeenRows = Pick<
	ReportData,
	'rules' | 'countedRows' | 'people' | 'organizations' | 'managers' | 'errors' | 'warnings'
> & {
	/** records with a value in a source column of this name; nothing where nobody counted */
	filledIn(column: string, attribute?: string): number | undefined;
};

/** The attributes that name people and their organization. */
export interface ReportedAttributes {
	person: string;
	manager: string;
	organization: string;
}

/**
 * Makes the observer of one input.
 * @param attributes see {@link ReportedAttributes}; missing where the destination knows none
 */
export function createReportNotes(attributes: ReportedAttributes | undefined): ReportObserver {
	let plan: ColumnPlan | undefined;
	let columns: readonly string[] = [];
	let people: PeopleIndex | undefined;
	let fill: FillCounts | undefined;
	let organizations: OrganizationCounts | undefined;
	let examples = new Examples();
	const indexOf = (role: keyof ReportedAttributes) => {
		const from = plan?.columns.find(({ name }) => name === attributes?.[role])?.sourceIndex ?? -1;
		return from < 0 ? undefined : from;
	};

	return {
		restart() {
			plan = undefined;
			columns = [];
			people = undefined;
			fill = undefined;
			organizations = undefined;
			examples = new Examples();
		},
		onFinding: (finding) => examples.onFinding(finding),
		begin(decided, source) {
			plan = decided;
			columns = source.columns;
			people = source.people;
			fill = createFillCounts(columns.length);
			const organization = indexOf('organization');
			if (organization === undefined) return;
			organizations = createOrganizationCounts({ organization, person: people && indexOf('person') }, people);
		},
		batch(batch, flags) {
			examples.onBatch(batch, plan?.columns.filter(({ sourceIndex }) => sourceIndex >= 0) ?? []);
			fill?.observe(batch, flags);
			organizations?.observe(batch, flags);
		},
		conclude(findings) {
			const concluded = organizations?.conclude();
			const withManagers = people && indexOf('manager') !== undefined;
			return {
				rules: examples.brokenRules(findings.totals()),
				errors: findings.errors,
				warnings: findings.warnings,
				countedRows: fill?.rows ?? 0,
				...(people && { people: countPeople(people) }),
				...(concluded && { organizations: concluded.organizations }),
				...(people && withManagers && { managers: managerOverview(people, concluded?.nameOf) }),
				filledIn(column, attribute) {
					const planned = plan?.columns.find(({ name }) => name === attribute);
					const from = planned?.sourceIndex ?? columns.indexOf(column);
					return fill?.filled[from];
				},
			};
		},
	};
}

function countPeople(people: PeopleIndex): number {
	let count = 0;
	for (let id = 0; id < people.size; id++) if (people.rowOf(id) !== 0) count++;
	return count;
}
