import type { PlannedColumn, ValueType } from '../../../nodes/shared/columns/columnPlan';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { FieldQuoting, type RecordBatch } from '../../../nodes/shared/records/recordBatch';
import { Examples } from '../../../nodes/shared/report/observe/examples';
import { batchOf } from '../../fixtures/batch';

const planned = (sourceName: string, sourceIndex: number, type: ValueType = 'string'): PlannedColumn => ({
	name: sourceName,
	sourceName,
	sourceIndex,
	type,
	required: false,
	reason: '',
});
const SENT = [
	planned('Town', 0),
	planned('Mail', 1, 'email'),
	planned('Layer', 2, 'integer'),
	planned('Pay', 3, 'double'),
];

/** Examples that hear of the findings of one reading. */
function begin(sent: readonly PlannedColumn[] = SENT) {
	const examples = new Examples();
	return {
		examples,
		findings: createFindings({ onFinding: (finding) => examples.onFinding(finding) }),
		onBatch: (batch: RecordBatch) => examples.onBatch(batch, sent),
	};
}
const shownBy = ({ examples, findings }: ReturnType<typeof begin>) => examples.brokenRules(findings.totals());
const placesOf = (begun: ReturnType<typeof begin>) => shownBy(begun).shown.map(({ examples }) => examples);

it('shows place and masked value, errors first', () => {
	const begun = begin();
	begun.findings.add('history-short', { count: 1 });
	begun.findings.add('value-not-email', { row: 3, column: 'Mail', cause: 'no @' });
	begun.onBatch(
		batchOf([
			['Rome', 'ann@x.com', '1', '1'],
			['Ulm', 'ann lee', '2', '2'],
		]),
	);
	const { shown, notShown } = shownBy(begun);
	expect(shown).toMatchObject([
		{
			code: 'value-not-email',
			severity: 'error',
			count: 1,
			sentence: expect.stringMatching(/ \(no @\)\.$/) as string,
			examples: [{ row: 3, column: 'Mail', value: 'xxx␣xxx' }],
		},
		{ code: 'history-short', count: 1, examples: [{}] },
	]);
	expect(shown[0].examples[0]).toStrictEqual({ row: 3, column: 'Mail', value: 'xxx␣xxx' });
	for (const { sentence, advice } of shown)
		expect([sentence, advice]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
	expect(shown[1].examples).toStrictEqual([{}]);
	expect(notShown).toEqual({ kinds: 0, findings: 0 });
});

it('finds the record of each place in a batch, the first and the last', () => {
	const begun = begin();
	const rows = Array.from({ length: 9 }, (_, i) => [`${'x'.repeat(i + 1)}\n`]);
	for (const row of [10, 13, 14, 18]) begun.findings.add('value-newline', { row, column: 'Town' });
	begun.onBatch(batchOf(rows, 10));
	expect(placesOf(begun)[0].map(({ row, value }) => [row, value])).toEqual([
		[10, 'x⏎'],
		[13, 'xxxx⏎'],
		[14, 'xxxxx⏎'],
		[18, 'xxxxxxxxx⏎'],
	]);
});

it('takes the value from the batch that follows the finding, and from no other', () => {
	const begun = begin();
	begun.onBatch(batchOf([['before']], 2));
	begun.findings.add('value-newline', { row: 3, column: 'Town' });
	begun.onBatch(batchOf([['a\n']], 3));
	begun.onBatch(batchOf([['bbb']], 3));
	begun.findings.add('value-newline', { row: 99, column: 'Town' });
	begun.findings.add('value-newline', { row: 1, column: 'Town' });
	begun.onBatch(batchOf([['c\n']], 4));
	begun.onBatch(batchOf([['d\n']], 99));
	expect(placesOf(begun)[0].map(({ row, value }) => [row, value])).toEqual([
		[3, 'x⏎'],
		[99, undefined],
		[1, undefined],
	]);
});

it('shows no value where there is none to show', () => {
	const begun = begin();
	for (const column of ['Nothing', 'Fixed', 'Mail']) begun.findings.add('value-newline', { row: 2, column });
	begun.findings.add('value-newline', { row: 2 });
	begun.findings.add('value-newline', { column: 'Town' });
	begun.findings.add('cleaned-blanks', { row: 2, column: 'Town' });
	begun.findings.add('manager-self', { row: 2, column: 'Town' });
	// Short of the column of addresses; what follows belongs to the next record.
	begun.onBatch(batchOf([['Rome'], ['Ulm', 'ann@x.com']]));
	for (const [example] of placesOf(begun)) expect(example).not.toHaveProperty('value');
	expect(placesOf(begun)).toHaveLength(7);
});

it('shows no value before it is known what is sent', () => {
	const begun = begin([]);
	begun.findings.add('value-newline', { row: 2, column: 'Town' });
	begun.onBatch(batchOf([['a\n']]));
	expect(placesOf(begun)).toEqual([[{ row: 2, column: 'Town' }]]);
});

it.each([
	['Town', 'a12\n', 'x99⏎'],
	['Mail', 'a12', 'x99'],
	['Layer', 'a12', 'x9'],
	['Pay', '1234.56 x', '9.9␣x'],
])('masks a value of %s as its type asks', (column, value, mask) => {
	const begun = begin();
	begun.findings.add('value-newline', { row: 2, column });
	const values = SENT.map(({ sourceName }) => (sourceName === column ? value : 'other'));
	begun.onBatch(batchOf([values]));
	expect(placesOf(begun)[0][0].value).toBe(mask);
});

it('undoubles quotes before it masks, only where they are doubled', () => {
	const begun = begin();
	for (const row of [2, 3]) begun.findings.add('value-newline', { row, column: 'Town' });
	begun.onBatch(
		batchOf([
			[{ bytes: Buffer.from('a""b'), form: FieldQuoting.escaped }],
			[{ bytes: Buffer.from('a""b'), form: FieldQuoting.quoted }],
		]),
	);
	expect(placesOf(begun)[0].map(({ value }) => value)).toEqual(['x"x', 'x""x']);
});

it('tells the length of a value by its characters, and of one that is not read to its end by its bytes', () => {
	const begun = begin();
	for (const row of [2, 3, 4]) begun.findings.add('value-too-long', { row, column: 'Town', limit: 1 });
	begun.onBatch(batchOf([['é'.repeat(100)], ['x'.repeat(4096)], ['x'.repeat(4097)]]));
	expect(placesOf(begun)[0].map(({ value }) => value?.replace(/^[xø]+/, ''))).toEqual([
		'… (100 characters)',
		'… (4,096 characters)',
		'… (4,097 bytes)',
	]);
});

it('tells in a hint what a sentence says besides, and masks addresses', () => {
	const begun = begin();
	const head = 'ann.lee@contoso.com';
	begun.findings.add('header-duplicate', { column: head });
	begun.findings.add('metadata-type-unknown', { column: 'A', found: 'x' });
	begun.findings.add('metadata-type-unknown', { column: 'A', found: 'y' });
	const { shown } = shownBy(begun);
	const [types, duplicate] = [...shown].sort((a, b) => b.count - a.count);
	expect(types.examples[0]).toEqual({ column: 'A' });
	expect(types.examples[1]).toEqual({
		column: 'A',
		hint: types.sentence.replace("'x'", "'y'"),
	});
	expect(duplicate.examples).toEqual([{ column: 'xxx.xxx@xxxxxxx.xxx' }]);
	expect(JSON.stringify(shown)).not.toContain('ann');
});

it('cuts what is longer than 400 characters', () => {
	const begun = begin();
	const name = (length: number) => 'N'.repeat(length);
	for (const length of [400, 401]) begun.findings.add('value-newline', { row: length, column: name(length) });
	const [exact, longer] = shownBy(begun).shown;
	expect(exact.examples[0].column).toBe(name(400));
	expect(longer.examples[0].column).toBe(`${name(400)}…`);
	expect([exact.sentence.length, longer.sentence.length]).toEqual([401, 401]);
});

describe('keeps', () => {
	it('twenty places of a rule and column', () => {
		const begun = begin();
		for (let row = 2; row < 30; row++) begun.findings.add('value-newline', { row, column: 'Town' });
		for (let row = 2; row < 30; row++) begun.findings.add('value-newline', { row, column: 'Mail' });
		expect(placesOf(begun).map((places) => [places.length, places.at(-1)?.row])).toEqual([
			[20, 21],
			[20, 21],
		]);
		expect(shownBy(begun).shown.map(({ count }) => count)).toEqual([28, 28]);
	});

	it('two places of each beyond 500 in all', () => {
		const begun = begin();
		for (let kind = 0; kind < 27; kind++)
			for (let row = 0; row < 20; row++) begun.findings.add('value-newline', { row, column: `C${kind}` });
		expect(placesOf(begun).map(({ length }) => length)).toEqual([...Array<number>(25).fill(20), 2, 2]);
	});

	it('no third place of a kind from the 501st on', () => {
		const begun = begin();
		const add = (column: string, places: number) => {
			for (let i = 0; i < places; i++) begun.findings.add('value-newline', { row: i, column });
		};
		for (let kind = 0; kind < 24; kind++) add(`C${kind}`, 20);
		add('first', 2);
		add('second', 17);
		add('first', 1);
		add('first', 1);
		expect(
			placesOf(begun)
				.slice(-2)
				.map(({ length }) => length)
				.sort(),
		).toEqual([17, 3]);
	});

	it('120 rules and columns, and counts the others', () => {
		const begun = begin();
		for (let kind = 0; kind < 122; kind++) {
			begun.findings.add('value-newline', { row: 2, column: `C${kind}` });
			begun.findings.add('value-newline', { row: 3, column: `C${kind}` });
		}
		const { shown, notShown } = shownBy(begun);
		expect([shown.length, notShown]).toEqual([120, { kinds: 2, findings: 4 }]);
	});
});
