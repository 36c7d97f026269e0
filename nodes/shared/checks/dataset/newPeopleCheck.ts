import { isBlank } from '../../core/bytes';
import type { Findings } from '../../findings/findings';
import { quoted } from '../../columns/headerRules';
import type { ColumnPlan } from '../../columns/columnPlan';
import type { DatasetCheck } from './datasetCheck';

/** What {@link createNewPeopleCheck} needs to know of a destination. */
export interface NewPeopleRules {
	/** columns that people need whom the service does not know yet */
	requiredForNewPeople: readonly string[];
	/** the attribute that names the manager */
	manager?: string;
}

/**
 * Makes the check of an incremental import for people who may be new to the service. Who is new, the service alone knows: what
 * such people would lack is a warning (source A11, A12).
 * @param plan what will be sent
 * @param rules see {@link NewPeopleRules}
 * @param findings takes blank managers as they are met
 */
export function createNewPeopleCheck(
	plan: ColumnPlan,
	{ requiredForNewPeople, manager }: NewPeopleRules,
	findings: Findings,
): DatasetCheck | undefined {
	if (requiredForNewPeople.length === 0) return undefined;
	const missing = requiredForNewPeople.filter((name) => !plan.columns.some((column) => column.name === name));
	const managers = plan.columns.find(({ name, sourceIndex }) => name === manager && sourceIndex >= 0);
	let any = false;
	return {
		observe(batch, flags) {
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				any = true;
				if (!managers) return;
				const f = batch.fields[r] + managers.sourceIndex;
				if (!isBlank(batch.bytes, batch.starts[f], batch.ends[f])) continue;
				findings.add('new-people-manager', { row: batch.rows[r], column: managers.sourceName });
			}
		},
		conclude(into) {
			if (any && missing.length > 0) into.add('new-people-columns', { columns: quoted(missing, 'or') });
		},
	};
}
