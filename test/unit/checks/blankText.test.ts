import { Readable } from 'node:stream';
import { createRowCheck } from '../../../nodes/shared/checks/rowCheck';
import type { PlannedColumn } from '../../../nodes/shared/columns/columnPlan';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { createCsvWriter } from '../../../nodes/shared/csv/csvWriter';
import { createFindings } from '../../../nodes/shared/findings/findings';

/** What is sent of a CSV file whose columns are optional texts. */
async function sent(text: string | Buffer, exactShape = false): Promise<{ lines: string[]; told: number }> {
	const table = await readCsv(Readable.from([Buffer.from(text)]));
	const plan = {
		columns: table.columns.map((name, sourceIndex): PlannedColumn => ({
			name,
			sourceName: name,
			sourceIndex,
			type: 'string',
			required: false,
			reason: '',
		})),
		leftOut: [],
		proposals: [],
	};
	const findings = createFindings();
	const check = createRowCheck(
		{ columns: table.columns, plan, findings },
		{ maximumValueBytes: Infinity, lineBreaks: false, exactShape },
	);
	const writer = createCsvWriter(plan.columns);
	let written = writer.begin().toString();
	for await (const batch of table.batches) written += writer.write(batch, check.check(batch)).toString();
	return { lines: written.replace(/\r\n$/, '').split('\r\n'), told: findings.warnings };
}

it.each([
	['in the middle', 'Ann,\u00a0,HR', 'Ann,,HR'],
	['first', '\u00a0,Lee,HR', ',Lee,HR'],
	['last', 'Ann,Lee,\u00a0', 'Ann,Lee,'],
	['within quotes', 'Ann," \u00a0 ",HR', 'Ann,,HR'],
	['of ordinary blanks', 'Ann,   ,HR', 'Ann,,HR'],
	['of tabs', 'Ann,\t\t,HR', 'Ann,,HR'],
	['of wide blanks', 'Ann,\u3000\u2003,HR', 'Ann,,HR'],
])('a text %s of nothing but blanks is sent as none, and no other is touched', async (_where, row, right) => {
	const usual = 'Bob,Roy,IT';
	for (const newline of ['\r\n', '\n']) {
		const { lines, told } = await sent(['A,B,C', usual, row, usual, usual, row].join(newline));
		expect(lines).toEqual(['A,B,C', usual, right, usual, usual, right]);
		expect(told).toBe(2);
	}
});

it('also beside a row whose bytes are no UTF-8', async () => {
	const file = Buffer.concat([Buffer.from('A,B\nAnn,\u00a0\n'), Buffer.from([0xff, 0x2c, 0x62, 0x0a])]);
	expect((await sent(file)).lines[1]).toBe('Ann,');
});

it('a value with blanks beside it stays, and so does a table that is not to be changed', async () => {
	expect((await sent('A,B\nx,\u00a0y')).lines[1]).toBe('x,\u00a0y');
	expect((await sent('A,B\nx,\u00a0', true)).lines[1]).toBe('x,\u00a0');
});
