import { isBlank } from '../../core/bytes';
import type { Findings } from '../../findings/findings';
import type { ColumnPlan } from '../../columns/columnPlan';
import type { DatasetCheck } from './datasetCheck';

/**
 * Makes the check of attributes that count only together, such as the three names of a person (source B4).
 * @param plan what will be sent
 * @param names the attributes; one that is not sent counts as blank
 * @param findings takes a warning for each record that fills some but not all
 */
export function createNameTripletCheck(
	plan: ColumnPlan,
	names: readonly string[],
	findings: Findings,
): DatasetCheck | undefined {
	const columns = plan.columns.filter(({ name, sourceIndex }) => names.includes(name) && sourceIndex >= 0);
	if (columns.length === 0) return undefined;
	return {
		observe(batch, flags) {
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				let filled = 0;
				let firstFilled = -1;
				for (let c = 0; c < columns.length; c++) {
					const f = batch.fields[r] + columns[c].sourceIndex;
					if (isBlank(batch.bytes, batch.starts[f], batch.ends[f])) continue;
					if (firstFilled < 0) firstFilled = c;
					filled++;
				}
				if (filled === 0 || filled === names.length) continue;
				findings.add('names-incomplete', { row: batch.rows[r], column: columns[firstFilled].sourceName });
			}
		},
		conclude: () => undefined,
	};
}
