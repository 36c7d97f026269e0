import { parse } from 'csv-parse/sync';
import { readItems } from '../../../nodes/shared/json/itemReader';
import { createCsvWriter } from '../../../nodes/shared/csv/csvWriter';
import type { Item } from '../../../nodes/shared/json/itemColumns';
import { FieldQuoting } from '../../../nodes/shared/records/recordBatch';
import { readAll } from '../csv/reading';

/** The items as objects of text, blanks left out. */
async function records(items: Item[]): Promise<Array<Record<string, string>>> {
	const { columns, rows } = await readAll(readItems(items));
	return rows.map((row) =>
		Object.fromEntries(columns.map((name, c) => [name, row[c]]).filter(([, text]) => text !== '')),
	);
}

describe('readItems', () => {
	it('has the columns of all items in order of first appearance, and numbers records by item', async () => {
		const items = [{ b: '1', a: '2' }, {}, { c: '3', a: '4' }, { a: '5', b: '6' }];
		const { columns, rows, numbers } = await readAll(readItems(items));
		expect(columns).toEqual(['b', 'a', 'c']);
		expect(rows).toEqual([
			['1', '2', ''],
			['', '', ''],
			['', '4', '3'],
			['6', '5', ''],
		]);
		expect(numbers).toEqual([0, 1, 2, 3]);
		expect((await readItems(items)).unit).toBe('item');
	});

	it.each<[unknown, string]>([
		['text', 'text'],
		[' stays ', ' stays '],
		['a,b', 'a,b'],
		['say "hi"', 'say "hi"'],
		['"', '"'],
		['line\nbreak\r\n', 'line\nbreak\r\n'],
		['ümlaut, "Ω" 山田 👩‍💻', 'ümlaut, "Ω" 山田 👩‍💻'],
		['=1+1', '=1+1'],
		[0, '0'],
		[-0, '0'],
		[1.5, '1.5'],
		[-12_345.678, '-12345.678'],
		[0.1 + 0.2, '0.30000000000000004'],
		[9_007_199_254_740_991, '9007199254740991'],
		[1e-7, '0.0000001'],
		[-1.5e-9, '-0.0000000015'],
		[5e-324, `0.${'0'.repeat(323)}5`],
		[10n ** 30n, '1000000000000000000000000000000'],
		[true, 'true'],
		[false, 'false'],
		[new Date('2026-01-31T00:00:00Z'), '2026-01-31T00:00:00.000Z'],
		[
			{ isLuxonDateTime: true, toISO: () => '2026-01-31T00:00:00.000+02:00' },
			'2026-01-31T00:00:00.000+02:00',
		],
	])('writes %p', async (value, text) => {
		const { rows } = await readAll(readItems([{ before: 'x', value, after: 'y' }]));
		expect(rows).toEqual([['x', text, 'y']]);
	});

	it('tells an empty text from nothing', async () => {
		const { batches } = await readItems([{ a: '', b: null, c: undefined, d: {}, e: [] }, {}]);
		const { plain, quoted } = FieldQuoting;
		for await (const batch of batches) {
			expect([...batch.quoting.subarray(0, 10)]).toEqual([quoted, ...Array(9).fill(plain)]);
		}
	});

	it('takes groups and lists apart by documented paths', async () => {
		expect(
			await records([
				{
					Worker: { Name: { First: 'Ann' }, 'Work Email': 'a@x.com' },
					Group: [{ Field: '1', Other: '2' }],
					Emails: [{ Value: 'a' }, { Value: 'b' }],
					Tags: ['x', 'y'],
					Matrix: [['p', 'q'], ['r']],
				},
				{ Emails: [{ Value: 'c' }], Tags: [], Group: [], Worker: null },
			]),
		).toEqual([
			{
				'Worker.Name.First': 'Ann',
				'Worker.Work Email': 'a@x.com',
				'Group.Field': '1',
				'Group.Other': '2',
				'Emails.Value': 'a',
				'Emails[1].Value': 'b',
				Tags: 'x',
				'Tags[1]': 'y',
				'Matrix[0]': 'p',
				'Matrix[0][1]': 'q',
				'Matrix[1]': 'r',
			},
			{ 'Emails.Value': 'c' },
		]);
	});

	it('keeps a value apart from a group of the same name', async () => {
		const items = [{ M: 'plain' }, { M: { Mail: 'a' } }, { M: ['first', 'second'] }, { M: [{ Mail: 'b' }] }];
		expect(await records(items)).toEqual([
			{ M: 'plain' },
			{ 'M.Mail': 'a' },
			{ M: 'first', 'M[1]': 'second' },
			{ 'M.Mail': 'b' },
		]);
	});

	it('makes no column of its own for the null that stands for a missing group', async () => {
		const { columns } = await readItems([
			{ M: null, N: null, E: {} },
			{ M: { Mail: 'a' }, N: [], E: null },
		]);
		expect(columns).toEqual(['M.Mail', 'N', 'E'].sort((a, b) => 'NEM'.indexOf(a[0]) - 'NEM'.indexOf(b[0])));
	});

	it('is not misled by names that all objects know', async () => {
		const item = JSON.parse(
			'{"constructor":"c","__proto__":"p","toString":"t","hasOwnProperty":{"valueOf":"v"}}',
		) as Item;
		const expected: unknown[] = [
			{ constructor: 'c', ['__proto__']: 'p', toString: 't', 'hasOwnProperty.valueOf': 'v' },
			{},
		];
		expect(await records([item, {}])).toEqual(expected);
	});

	it('reads an iterable that is no array, twice but without keeping it', async () => {
		let begun = 0;
		const items = {
			*[Symbol.iterator]() {
				begun++;
				for (let i = 0; i < 3; i++) yield { i };
			},
		};
		expect((await readAll(readItems(items))).rows).toEqual([['0'], ['1'], ['2']]);
		expect(begun).toBe(2);
	});

	it.each<[string, unknown, string]>([
		['binary data', Buffer.from('x'), 'binary data'],
		['a map', new Map(), 'binary data or a collection'],
		['a function', () => 1, 'a function'],
		['a symbol', Symbol('x'), 'a symbol'],
		['NaN', NaN, 'a number that is not finite'],
		['a number that JavaScript has rounded', 2 ** 53, 'a number of 16 or more digits'],
		['a number with a large exponent', -1.25e25, 'a number of 16 or more digits'],
		['infinity', -Infinity, 'a number that is not finite'],
		['an impossible date', new Date(NaN), 'a date that does not exist'],
		['an impossible Luxon date', { toISO: () => null }, 'a date that does not exist'],
	])('refuses %s, naming item and column', async (_, value, what) => {
		await expect(readAll(readItems([{ a: 'x' }, { a: 'y', Deep: [{ b: value }] }]))).rejects.toMatchObject({
			kind: 'input',
			message: expect.stringContaining(`Item 1, column 'Deep.b' holds ${what}`),
			details: { row: 1, column: 'Deep.b' },
		});
	});

	it('refuses what cannot be a record', async () => {
		const circle: Item = {};
		circle.self = circle;
		const list: unknown[] = [];
		list.push(list);
		const wide = Object.fromEntries(Array.from({ length: 16_385 }, (_, i) => [`c${i}`, 1]));
		await expect(readItems([{}, circle])).rejects.toThrow('Item 1 is nested more than 16 levels deep');
		await expect(readItems([{ list }])).rejects.toThrow('Item 0 is nested more than 16 levels deep');
		await expect(readItems([wide])).rejects.toThrow('With Item 0, the rows have more than 16,384 columns');
		await expect(readItems([{}, [] as unknown as Item])).rejects.toThrow('Item 1 is not a record');
		await expect(readItems([null as unknown as Item])).rejects.toThrow('Item 0 is not a record');
		await expect(readAll(readItems([{ a: 'x'.repeat(1_048_577) }]))).rejects.toThrow(
			"Item 0, column 'a' is longer than 1 MB",
		);
		const long = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`c${i}`, 'x'.repeat(1_000_000)]));
		await expect(readAll(readItems([long]))).rejects.toThrow('Item 0 is longer than 16 MB');
	});

	it('marks half a surrogate pair as no UTF-8 instead of replacing it', async () => {
		const { batches } = await readItems([{ a: 'x\ud83dy' }, { a: '\udc69' }]);
		for await (const batch of batches) {
			const field = (f: number) => batch.bytes.subarray(batch.starts[f], batch.ends[f]);
			expect(field(0)).toEqual(Buffer.from([0x78, 0xed, 0xa0, 0xbd, 0x79]));
			expect(field(1)).toEqual(Buffer.from([0xed, 0xb1, 0xa9]));
		}
	});

	it('gives many items in batches, and long texts too', async () => {
		const items = Array.from({ length: 20_000 }, (_, i) => ({
			id: i,
			text: i % 5000 === 0 ? '"é,'.repeat(150_000) : `text "${i}"`,
		}));
		let batchCount = 0;
		const { batches, columns } = await readItems(items);
		const writer = createCsvWriter(columns.map((name, from) => ({ name, sourceIndex: from })));
		const written: Buffer[] = [];
		for await (const batch of batches) {
			batchCount++;
			written.push(Buffer.from(writer.write(batch)));
		}
		expect(batchCount).toBeGreaterThan(4);
		const read = parse(Buffer.concat(written)) as string[][];
		expect(read.length).toBe(20_000);
		expect(read.every(([id, text], i) => id === String(i) && text === items[i].text)).toBe(true);
	});

	it('begins with small batches, so that code which is not compiled yet does not hold up n8n', async () => {
		const sizes: number[] = [];
		const { batches } = await readItems(Array.from({ length: 12_000 }, (_, i) => ({ n: i })));
		for await (const { records } of batches) sizes.push(records);
		expect(sizes).toEqual([300, 600, 1200, 2400, 4096, 3404]);
	});

	it('gives lines that a CSV writer only has to copy', async () => {
		const { batches } = await readItems([
			{ a: 'x', b: 'y, z' },
			{ a: 'say "hi"', b: '' },
		]);
		for await (const { bytes } of batches) {
			expect(bytes.toString()).toBe('x,"y, z"\r\n"say ""hi""",\r\n');
		}
	});
});

describe('an item that holds the records', () => {
	const people = [{ Work_Email: 'ann@contoso.com' }, { Work_Email: 'bob@contoso.com' }];

	it.each([
		['Report_Entry', { Report_Entry: people }],
		['value', { '@odata.context': 'https://x/$metadata', value: people, '@odata.nextLink': 'https://x' }],
		['d.results', { d: { results: people } }],
		['data.items', { data: { items: people, page: 1, totalCount: 2 } }],
	])('is refused with the step that splits %s', async (field, item) => {
		await expect(readItems([item])).rejects.toMatchObject({
			kind: 'input',
			message: `Item 0 holds a list of 2 records in '${field}', not one record.`,
			advice: `Add the step 'Split Out' before this one, and enter ${field} into its 'Fields To Split Out'.`,
		});
	});

	it.each([
		[{ Report_Entry: [people[0]] }],
		[{ Work_Email: 'ann@contoso.com', Jobs: [{ a: 1 }, { a: 2 }] }],
		[{ Emails: ['a@contoso.com', 'b@contoso.com'] }],
		[{ a: { b: { c: people } } }],
		[{}],
	])('is not %j', async (item) => {
		await expect(readItems([item])).resolves.toBeDefined();
	});
});
