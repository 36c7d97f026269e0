import { createFindings } from '../../../nodes/shared/findings/findings';
import type { PlannedColumn } from '../../../nodes/shared/columns/columnPlan';
import { createRowCheck } from '../../../nodes/shared/checks/rowCheck';
import { FieldQuoting } from '../../../nodes/shared/records/recordBatch';
import { batchOf, type FixtureValue } from '../../fixtures/batch';

const column = (name: string, from: number, more: Partial<PlannedColumn> = {}): PlannedColumn => ({
	name,
	sourceName: `src ${name}`,
	sourceIndex: from,
	type: 'string',
	required: false,
	reason: '',
	...more,
});

const PLAN = [
	column('PersonId', 0, { type: 'email', required: true }),
	column('Organization', 1, { required: true }),
	column('Layer', 2, { type: 'integer', minimum: 0 }),
	column('HourlyRate', 3, { type: 'double' }),
	column('SupervisorIndicator', 4, { oneOf: ['IC', 'Mngr', 'Mngr+'] }),
	column('WeeklyBadgeOnsiteDays', 5, { type: 'double', minimum: 0, maximum: 7 }),
];
const GOOD: FixtureValue[] = ['ann@contoso.com', 'HR', '1', '23.75', 'IC', '3.5'];

function check(rows: FixtureValue[][]) {
	const findings = createFindings();
	const columns = PLAN.map(({ sourceName }) => sourceName);
	const limits = { maximumValueBytes: 1024, lineBreaks: false };
	const rowCheck = createRowCheck(
		{ columns, plan: { columns: PLAN, leftOut: [], proposals: [] }, findings },
		limits,
	);
	const flags = [...rowCheck.check(batchOf(rows))].slice(0, rows.length);
	return { findings, flags, rowCheck };
}

const withValue = (at: number, value: FixtureValue) => GOOD.map((good, i) => (i === at ? value : good));

it('finds nothing in good rows, with optional values blank', () => {
	const { findings, flags, rowCheck } = check([GOOD, ['bob@contoso.com', 'HR', '', '', '', '']]);
	expect(findings.list).toEqual([]);
	expect(flags).toEqual([0, 0]);
	expect([rowCheck.records, rowCheck.rejected]).toEqual([2, 0]);
});

it.each<[string, number, FixtureValue, string, string]>([
	['an address that is none', 0, 'ann', 'value-not-email', "'src PersonId' is not an e-mail address"],
	['a missing address', 0, '', 'value-required', "'PersonId' must be filled"],
	['blanks for a required text', 1, '  ', 'value-required', "'Organization' must be filled"],
	['a word for a whole number', 2, 'one', 'value-not-integer', 'whole number'],
	['a number that is too small', 2, '-1', 'value-out-of-range', 'must be 0 or more'],
	['a decimal comma', 3, '23,75', 'value-not-double', 'a number such as 23.75'],
	['a word that is not in the list', 4, 'Manager', 'value-not-allowed', 'IC, Mngr, Mngr+'],
	['a number that is too large', 5, '7.5', 'value-out-of-range', 'between 0 and 7'],
	['a line break', 1, 'H\nR', 'value-newline', 'line break'],
	['a value that is too long', 1, 'x'.repeat(1025), 'value-too-long', 'longer than 1 KB'],
	['bytes that are no text', 1, { bytes: Buffer.from([0x48, 0xe4, 0x52]) }, 'value-not-utf8', 'not UTF-8'],
	[
		'quotes in an address',
		0,
		{ bytes: Buffer.from('an""n@contoso.com'), form: FieldQuoting.escaped },
		'value-not-email',
		'e-mail',
	],
])('finds %s', (_what, at, value, code, sentence) => {
	const { findings, flags } = check([GOOD, withValue(at, value)]);
	expect(findings.list).toHaveLength(1);
	expect(findings.list[0]).toMatchObject({ code, severity: 'error', row: 3, column: `src ${PLAN[at].name}` });
	expect(findings.list[0].message).toContain(sentence);
	expect(flags).toEqual([0, 1]);
});

it('finds rows with too few and too many fields, and nothing else in them', () => {
	const { findings, flags } = check([GOOD.slice(1), GOOD, [...GOOD, 'x']]);
	expect(findings.list.map(({ code, row }) => [code, row])).toEqual([
		['row-ragged', 2],
		['row-ragged', 4],
	]);
	expect(findings.list[0].message).toContain('5 fields, the header has 6');
	expect(flags).toEqual([3, 0, 3]);
});

it('never puts a value into a finding', () => {
	const secret = 'S3CRETVALUE';
	const rows = PLAN.map((_, at) => withValue(at, `${secret}\n`));
	const { findings } = check([...rows, [secret]]);
	expect(findings.errors).toBeGreaterThan(6);
	expect(JSON.stringify([findings.list, findings.totals()])).not.toContain(secret);
});

it('counts everything and keeps a limited number', () => {
	const { findings, rowCheck } = check(Array.from({ length: 1000 }, () => withValue(0, 'ann')));
	expect(findings.list).toHaveLength(20);
	expect(findings.errors).toBe(1000);
	expect(rowCheck).toMatchObject({ records: 1000, rejected: 1000, errors: 1000 });
	expect(findings.totals()).toEqual([
		expect.objectContaining({ code: 'value-not-email', count: 1000, firstRow: 2, column: 'src PersonId' }),
	]);
});

it('obeys changed severities', () => {
	const findings = createFindings({ severities: { 'value-not-email': 'warning', 'value-required': 'off' } });
	expect(findings.add('value-not-email', { row: 2 })).toBe('warning');
	findings.add('value-required', { row: 3 });
	expect([findings.errors, findings.warnings, findings.list.length]).toEqual([0, 1, 1]);
});

it('finds a long value beside one that was mended, which lies behind the text of the batch', () => {
	const batch = batchOf([withValue(1, 'x'.repeat(1025))]);
	const mended = Buffer.from('bob@contoso.com');
	batch.starts[0] = batch.bytes.length;
	batch.ends[0] = batch.bytes.length + mended.length;
	batch.bytes = Buffer.concat([batch.bytes, mended]);
	const findings = createFindings();
	const columns = PLAN.map(({ sourceName }) => sourceName);
	const limits = { maximumValueBytes: 1024, lineBreaks: false };
	createRowCheck({ columns, plan: { columns: PLAN, leftOut: [], proposals: [] }, findings }, limits).check(
		batch,
	);
	expect(findings.totals().map(({ code }) => code)).toEqual(['value-too-long']);
});
