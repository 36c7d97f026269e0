import type { PlannedColumn } from '../../columns/columnPlan';
import type { RecordBatch } from '../../records/recordBatch';
import type { DatasetCheck } from './datasetCheck';

/** Rows whose addresses are compared; enough to see which kind of addresses a column holds. */
const COMPARED_ROWS = 20_000;
/** With fewer managers than this, their domain may differ by chance. */
const FEWEST_MANAGERS = 2;
const AT = 0x40;

/**
 * Makes the check that persons and managers have addresses of the same kind. Private ones beside those of the company show that a
 * wrong column is sent.
 * @param person the column of the person's address
 * @param manager the column of the manager's address
 */
export function createDomainCheck(person: PlannedColumn, manager: PlannedColumn): DatasetCheck {
	const persons = new Domains();
	const managers = new Domains();
	let rows = 0;
	return {
		observe(batch, flags) {
			for (let r = 0; r < batch.records && rows < COMPARED_ROWS; r++) {
				if (flags[r] !== 0) continue;
				rows++;
				persons.add(batch, batch.fields[r] + person.sourceIndex);
				managers.add(batch, batch.fields[r] + manager.sourceIndex);
			}
		},
		conclude(findings) {
			if (managers.addresses < FEWEST_MANAGERS || persons.addresses === 0) return;
			if ([...managers.names].some((name) => persons.names.has(name))) return;
			findings.add('domains-differ', { column: person.sourceName, manager: manager.sourceName });
		},
	};
}

class Domains {
	readonly names = new Set<string>();
	addresses = 0;

	add({ bytes, starts, ends }: RecordBatch, f: number): void {
		const at = bytes.lastIndexOf(AT, ends[f] - 1);
		if (at < starts[f] || starts[f] === ends[f]) return;
		this.addresses++;
		this.names.add(bytes.toString('latin1', at + 1, ends[f]).toLowerCase());
	}
}
