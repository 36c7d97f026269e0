import { Readable } from 'node:stream';
import type { ColumnPlan, PlannedColumn } from '../../../nodes/shared/columns/columnPlan';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { translateTable } from '../../../nodes/shared/pipeline/translateTable';
import { fieldText } from '../../../nodes/shared/records/recordBatch';

const column = (sourceIndex: number, values?: Record<string, string>): PlannedColumn => ({
	name: `column ${sourceIndex}`,
	type: 'string',
	sourceIndex,
	sourceName: 'Role',
	required: false,
	reason: '',
	...(values && { values: new Map(Object.entries(values)) }),
});
const planOf = (...columns: PlannedColumn[]): ColumnPlan => ({ columns, leftOut: [], proposals: [] });

async function translated(csv: string, plan: ColumnPlan, batchBytes?: number) {
	const findings = createFindings();
	const source = await readCsv(Readable.from([Buffer.from(csv)]), { batchBytes });
	const table = translateTable(source, plan, findings);
	const rows: string[][] = [];
	for await (const batch of table.batches) {
		for (let r = 0; r < batch.records; r++) {
			const fields = Array.from(
				{ length: batch.fields[r + 1] - batch.fields[r] },
				(_, i) => batch.fields[r] + i,
			);
			rows.push(fields.map((f) => fieldText(batch, f)));
		}
	}
	return { rows, findings: findings.list.map(({ code, row }) => [code, row]), same: table === source };
}

describe('values of a column', () => {
	const roles = { Manager: 'Mngr', 'Individual, senior': 'IC', None: '', Über: 'a "quoted", text' };

	it.each([undefined, 16])('are sent as their dictionary says (batches of %p bytes)', async (batchBytes) => {
		const { rows, findings } = await translated(
			'Name,Role\nann, Manager \nbob,"Individual, senior"\ncyd,None\ndan,Über\neve,\nfay,Mngr\n',
			planOf(column(0), column(1, roles)),
			batchBytes,
		);
		expect(rows).toEqual([
			['ann', 'Mngr'],
			['bob', 'IC'],
			['cyd', ''],
			['dan', 'a "quoted", text'],
			['eve', ''],
			['fay', 'Mngr'],
		]);
		expect(findings).toEqual([]);
	});

	it('that no line lists, or that differ in case, stay and are told', async () => {
		const { rows, findings } = await translated(
			'Name,Role\nann,manager\nbob,Chief\n',
			planOf(column(1, roles)),
		);
		expect(rows).toEqual([
			['ann', 'manager'],
			['bob', 'Chief'],
		]);
		expect(findings).toEqual([
			['value-not-listed', 2],
			['value-not-listed', 3],
		]);
	});

	it('without a dictionary are not looked at', async () => {
		expect(await translated('Name,Role\nann,Manager\n', planOf(column(1)))).toMatchObject({ same: true });
		expect(await translated('Name\nann\n', planOf(column(-1, roles)))).toMatchObject({ same: true });
	});

	it('of a row that is too short are none', async () => {
		const { rows } = await translated('Name,Role\nann\n', planOf(column(1, roles)));
		expect(rows).toEqual([['ann']]);
	});
});
