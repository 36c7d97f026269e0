import type { PlannedColumn } from '../../columns/columnPlan';
import { ValueIndex } from '../../records/valueIndex';
import type { DatasetCheck } from './datasetCheck';

/** Different values that are told apart; a column with more does not group people. */
const MOST_VALUES = 5_000;
const ROWS_SHOWN = 5;

/**
 * Makes the check for names that differ only in capitals or blanks: the service takes each for a name of its own.
 * @param column the column whose values group people
 */
export function createSpellingCheck({ sourceIndex, sourceName }: PlannedColumn): DatasetCheck {
	const index = new ValueIndex(MOST_VALUES);
	const known = new Set<string>();
	const rows: number[] = [];
	let seen = 0;
	let spellings = 0;
	return {
		observe(batch, flags) {
			for (let r = 0; r < batch.records; r++) {
				if (flags[r] !== 0) continue;
				// Each value is looked at once.
				if (index.idOf(batch, batch.fields[r] + sourceIndex) < seen) continue;
				seen++;
				const name = index.texts.at(-1)?.normalize('NFKC').toLowerCase().replace(/\s+/gu, '') ?? '';
				if (!known.has(name)) known.add(name);
				else if (spellings++ < ROWS_SHOWN) rows.push(batch.rows[r]);
			}
		},
		conclude(findings) {
			if (spellings === 0) return;
			const facts = {
				found: spellings,
				rows: `first in ${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`,
			};
			findings.add('organizations-spelled', { column: sourceName, ...facts });
		},
	};
}
