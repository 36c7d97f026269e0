import fc from 'fast-check';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { createJsonWriter, type JsonColumn } from '../../../nodes/shared/json/jsonWriter';
import { readItems } from '../../../nodes/shared/json/itemReader';
import type { Table } from '../../../nodes/shared/records/recordBatch';
import { inPieces } from '../csv/reading';

async function write(
	source: Table | Promise<Table>,
	columns?: JsonColumn[],
	skip?: (row: number) => boolean,
): Promise<string> {
	const table = await source;
	const writer = createJsonWriter(
		columns ?? table.columns.map((name, from) => ({ name, sourceIndex: from, type: 'string' })),
	);
	const pieces = [writer.begin()];
	for await (const batch of table.batches) {
		const flags = Uint8Array.from({ length: batch.records }, (_, r) => (skip?.(batch.rows[r]) ? 1 : 0));
		pieces.push(Buffer.from(writer.write(batch, skip && flags)));
	}
	pieces.push(writer.end());
	return Buffer.concat(pieces).toString();
}

const columnsOf = (...types: Array<JsonColumn['type']>): JsonColumn[] =>
	types.map((type, sourceIndex) => ({ name: `c${sourceIndex}`, sourceIndex, type }));

describe('createJsonWriter', () => {
	it('writes one array of flat objects', async () => {
		expect(await write(readCsv(inPieces('a,b\n1,"x,y"\n2,z\n')))).toBe(
			'[{"a":"1","b":"x,y"},{"a":"2","b":"z"}]\n',
		);
		expect(await write(readCsv(inPieces('a,b\n')))).toBe('[]\n');
	});

	it('keeps commas between batches and around records that are left out', async () => {
		const file = `a\n${Array.from({ length: 50 }, (_, i) => `value${i}\n`).join('')}`;
		const odd = (row: number) => row % 2 === 1 || row < 10;
		const written = await write(readCsv(inPieces(file), { batchBytes: 32 }), undefined, odd);
		expect(JSON.parse(written)).toEqual(
			Array.from({ length: 50 }, (_, i) => ({ a: `value${i}` })).filter((_, i) => !odd(i + 2)),
		);
	});

	it('escapes what JSON asks for, and nothing else', async () => {
		const all =
			Array.from({ length: 0x24 }, (_, i) => String.fromCharCode(i)).join('') + '\\/\u007fé山👩\u2028';
		const written = await write(readItems([{ [all]: all, plain: 'a/b' }]));
		expect(JSON.parse(written)).toEqual([{ [all]: all, plain: 'a/b' }]);
		expect(written).toContain('"\\u0000\\u0001');
		expect(written).toContain('\\b\\t\\n\\u000b\\f\\r');
		expect(written).toContain('"plain":"a/b"');
		expect(written).toContain('é山👩');
	});

	it('undoes doubled quotes', async () => {
		expect(await write(readCsv(inPieces('a,b,c\n"x""y","""",a"b\n')))).toBe(
			'[{"a":"x\\"y","b":"\\"","c":"a\\"b"}]\n',
		);
	});

	it.each([
		['3', '3'],
		['-3', '-3'],
		['0', '0'],
		['-0.50', '-0.50'],
		['23.75', '23.75'],
		['12345678901234567890.123456789', '12345678901234567890.123456789'],
		['007', '"007"'],
		['+1', '"+1"'],
		['1.', '"1."'],
		['.5', '".5"'],
		['1e5', '"1e5"'],
		['-', '"-"'],
		['1,5', '"1,5"'],
		['1.2.3', '"1.2.3"'],
		[' 1', '" 1"'],
		['x', '"x"'],
	])('writes %s as a number only where JSON has it', async (text, written) => {
		const columns = columnsOf('double', 'integer', 'string', 'date', 'email');
		const items = [{ a: text, b: text, c: text, d: text, e: text }];
		const asText = JSON.stringify(text);
		expect(await write(readItems(items), columns)).toBe(
			`[{"c0":${written},"c1":${written},"c2":${asText},"c3":${asText},"c4":${asText}}]\n`,
		);
	});

	it('tells nothing from an empty text where a text may be', async () => {
		const columns = columnsOf('string', 'string', 'double', 'date');
		const nothing = '{"c0":"","c1":null,"c2":null,"c3":null}';
		expect(await write(readItems([{ a: '', b: null, c: '', d: '' }]), columns)).toBe(`[${nothing}]\n`);
		expect(await write(readCsv(inPieces('a,b,c,d\n"",,"",\n""\n')), columns)).toBe(
			`[${nothing},${nothing}]\n`,
		);
	});

	it('picks, repeats, fills and converts', async () => {
		const columns: JsonColumn[] = [
			{
				name: 'B',
				sourceIndex: 1,
				type: 'double',
				conversion: { convert: (text) => text.replace(',', '.') },
			},
			{ name: 'Fixed "1"', sourceIndex: -1, type: 'string', fixed: 'a "b"' },
			{ name: 'Number', sourceIndex: -1, type: 'integer', fixed: '7' },
			{ name: 'Blank', sourceIndex: -1, type: 'string' },
			{ name: 'A', sourceIndex: 0, type: 'string' },
			{
				name: 'A2',
				sourceIndex: 0,
				type: 'string',
				conversion: { convert: (text) => (text === 'gone' ? '' : `${text}"`) },
			},
		];
		const common = { 'Fixed "1"': 'a "b"', Number: 7, Blank: null };
		expect(JSON.parse(await write(readCsv(inPieces('a;b\nx;1,5\ngone;\n;2\ny\n')), columns))).toEqual([
			{ B: 1.5, ...common, A: 'x', A2: 'x"' },
			{ B: null, ...common, A: 'gone', A2: null },
			{ B: 2, ...common, A: null, A2: null },
			{ B: null, ...common, A: 'y', A2: 'y"' },
		]);
	});

	it('has room for what grows sixfold, in many columns', async () => {
		const item = Object.fromEntries(
			Array.from({ length: 300 }, (_, i) => [`column ${i}`, '\u0001"'.repeat(i)]),
		);
		const items = [item, item, {}];
		const columns = Array.from(
			{ length: 300 },
			(_, i) => ({ name: `column ${i}`, sourceIndex: i, type: 'string' }) as const,
		);
		const [first, second, third] = JSON.parse(await write(readItems(items), columns)) as object[];
		expect(first).toEqual({ ...item });
		expect(second).toEqual(first);
		expect(Object.values(third)).toEqual(Array(300).fill(null));
	});

	it('writes any texts so that JSON.parse reads the same', async () => {
		const text = fc.oneof(
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.string({ unit: fc.constantFrom('"', '\\', ',', '\n', '\t', 'a'), minLength: 1 }),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.record({ a: text, b: text })), async (items) => {
				expect(JSON.parse(await write(readItems(items)))).toEqual(items.map((item) => ({ ...item })));
			}),
			{ numRuns: 200 },
		);
	});
});
