import { collectRejectedRows } from '../../../nodes/shared/n8n/input/rejectedRows';
import type { ColumnPlan } from '../../../nodes/shared/columns/columnPlan';
import { batchOf } from '../../fixtures/batch';

it('a column of a file named like a member of every object is given out like any other', () => {
	const columns = ['__proto__', 'constructor', 'PersonId'];
	const rejected = collectRejectedRows([{ json: {} }], 0);
	rejected.begin?.({} as ColumnPlan, { columns } as never);
	rejected.batch?.(batchOf([['a', 'b', 'c']]), Uint8Array.of(1));
	expect(Object.entries(rejected.items[0].json)).toEqual([
		['__proto__', 'a'],
		['constructor', 'b'],
		['PersonId', 'c'],
		['rejectedRow', 2],
		['rejectedBecause', []],
	]);
});
