import fc from 'fast-check';
import { Problem } from '../../../nodes/shared/core/problem';
import { JSON_LIMITS, jsonTable } from '../../../nodes/shared/json/jsonReader';
import { jsonRecords, type JsonLimits } from '../../../nodes/shared/json/jsonRecords';
import { inPieces, readAll } from '../csv/reading';

const small: Partial<JsonLimits> = { batchBytes: 16, firstLineBytes: 64 };

async function read(file: string | Uint8Array, sizes?: number[], limits?: Partial<JsonLimits>) {
	return await readAll(jsonTable(async () => inPieces(file, sizes), limits)());
}

const people = [
	{ Name: 'Ann', Mail: 'a@x.com' },
	{ Name: 'Zoë "Z"', Org: 'R, D' },
];
const table = {
	columns: ['Name', 'Mail', 'Org'],
	rows: [
		['Ann', 'a@x.com', ''],
		['Zoë "Z"', '', 'R, D'],
	],
	numbers: [1, 2],
};

describe('jsonTable', () => {
	it.each<[string, string]>([
		['a list', JSON.stringify(people)],
		['a list with blanks', `\n\t${JSON.stringify(people, null, 2)} \r\n`],
		['a byte order mark', `\ufeff${JSON.stringify(people)}`],
		['JSON lines', people.map((item) => JSON.stringify(item)).join('\n')],
		['JSON lines with blank lines', `\n${people.map((item) => `${JSON.stringify(item)}\r\n\r\n`).join('')}`],
		['records over several lines', people.map((item) => JSON.stringify(item, null, 1)).join('\n')],
		['Workday', JSON.stringify({ Report_Entry: people })],
		[
			'OData',
			JSON.stringify({ '@odata.context': 'https://x/$metadata#U', '@odata.count': 2, value: people }),
		],
		['OData 2', JSON.stringify({ d: { results: people, __next: 'https://x' } })],
		[
			'lists of texts beside it',
			JSON.stringify({
				fields: ['"]}', 'b\\'],
				n: [[1], -1.5e3],
				empty: [],
				ok: true,
				list: people,
				z: null,
			}),
		],
	])('reads %s, however it is cut', async (_, file) => {
		expect(await read(file)).toEqual(table);
		expect(await read(file, [1], small)).toEqual(table);
	});

	it('reads a wrapper that is longer than what is looked at first', async () => {
		const file = JSON.stringify({
			title: 'x',
			page: { number: 1, Report_Entry: people },
			end: [1, { a: 2 }],
		});
		expect(await read(file, [7, 3], { ...small, firstLineBytes: 5 })).toEqual(table);
	});

	it('reads one object as one record, unless it holds a list of objects', async () => {
		expect(await read('{"a":"1","b":{"c":["x","y"]}}')).toEqual({
			columns: ['a', 'b.c', 'b.c[1]'],
			rows: [['1', 'x', 'y']],
			numbers: [1],
		});
		expect(await read('{}')).toEqual({ columns: [], rows: [[]], numbers: [1] });
		expect((await read('{"a":1}\n{"b":[{"c":2}]}')).columns).toEqual(['a', 'b.c']);
		expect((await read('{"b":[{"c":2}]}\n{"b":[{"c":3}]}')).rows).toEqual([['2'], ['3']]);
	});

	it('reads files without records', async () => {
		for (const file of ['[]', ' [ ] ', '{"Report_Entry":[]}']) {
			expect(await read(file)).toEqual({ columns: [], rows: [], numbers: [] });
		}
	});

	it('knows a column that only the last of many records has', async () => {
		const items = Array.from({ length: 30_000 }, (_, i) => (i === 29_999 ? { id: i, last: 'x' } : { id: i }));
		for (const file of [
			JSON.stringify({ Report_Entry: items }),
			items.map((item) => JSON.stringify(item)).join('\n'),
		]) {
			const { columns, rows } = await read(file, [65_536]);
			expect(columns).toEqual(['id', 'last']);
			expect(rows.length).toBe(30_000);
			expect(rows[29_999]).toEqual(['29999', 'x']);
			expect(rows.every(([id], i) => id === String(i))).toBe(true);
		}
	});

	it('reads records that are longer than a batch', async () => {
		const long = 'é\\"[{'.repeat(100_000);
		expect((await read(JSON.stringify([{ a: 'x' }, { a: long }, { a: 'y' }]), [10_000])).rows).toEqual([
			['x'],
			[long],
			['y'],
		]);
	});

	it.each<[string, string | Uint8Array, string]>([
		['nothing', '', 'The JSON file is empty'],
		['only blanks', ' \n', 'The JSON file is empty'],
		['a text', '"x"', 'The file holds no JSON records'],
		['a list of lists', '[["a"],["1"]]', 'Record 1 of the JSON file is not an object'],
		['a list of texts', '["a"]', 'Record 1 of the JSON file is not an object'],
		['a null among records', '[{"a":1},null]', 'Record 2 of the JSON file is not an object'],
		['a text among lines', '{"a":1}\n"x"', 'Record 2 of the JSON file is not an object'],
		['no comma', '[{"a":1}{"a":2}]', 'something is wrong after record 1'],
		['a comma too many', '[{"a":1},]', 'Record 2 of the JSON file is not an object'],
		['an invalid record', '[{"a":1},{"a":secret}]', 'something is wrong in record 2'],
		['a wrong bracket', '[{"a":[1}}]', 'something is wrong in record 1'],
		['text behind', '[{"a":1}] x', 'something is wrong after the end of its list'],
		['an invalid wrapper', `{"a" [{"b":1}],"long":"${'x'.repeat(99)}"}`, 'something is wrong'],
		['a list that is cut', '[{"a":1},{"a":2}', 'ends in the middle, after record 2'],
		['a list that is cut in a record', '[{"a":1},{"a":', 'ends in the middle, after record 1'],
		['lines that are cut', '{"a":1}\n{"a":"2', 'ends in the middle, after record 1'],
		[
			'a wrapper that is cut',
			'{"x":1,"list":[{"a":1},{"a":2}]',
			'something is wrong in the object around its list',
		],
		['a wrapper that is cut in a string', '{"x":"1\\', 'ends in the middle, after record 0'],
		['several lists', '{"fields":[{"a":1}],"employees":[{"b":1}]}', 'holds several lists of objects'],
		[
			'no UTF-8',
			Buffer.from('[{"a":"1"},{"a":"\xe9"}]', 'latin1'),
			'Record 2 of the JSON file holds bytes that are not UTF-8',
		],
	])('says what is wrong: %s', async (_, file, message) => {
		for (const sizes of [[1000], [1]]) {
			await expect(read(file, sizes, small)).rejects.toMatchObject({
				name: 'Problem',
				kind: 'input',
				message: expect.stringContaining(message),
				advice: expect.stringMatching(/\.$/),
			});
		}
	});

	it('shows no value of a record that is invalid', async () => {
		await expect(read('[{"a": Secret-4711}]')).rejects.not.toThrow('Secret');
	});

	it('does not read a file into memory that never ends a record', async () => {
		let pieces = 0;
		async function* endless() {
			yield Buffer.from('[{"a":"');
			for (;;) {
				pieces++;
				yield Buffer.alloc(1 << 20, 'x');
			}
		}
		await expect(jsonTable(async () => endless())()).rejects.toThrow(
			'Record 1 of the JSON file is longer than 16 MB',
		);
		expect(pieces).toBeLessThan(50);
	});

	it.each([
		['a list', '[', ','],
		['a wrapper', '{"list":[', ','],
		['JSON lines', '', '\n'],
	])('gives records of %s long before the file ends', async (_, head, between) => {
		let pieces = 0;
		async function* endless() {
			yield Buffer.from(`${head}{"a":"first"}`);
			for (;;) {
				pieces++;
				yield Buffer.from(`${between}{"a":"some text of a record"}`.repeat(1000));
			}
		}
		let runs = 0;
		for await (const items of jsonRecords(endless(), JSON_LIMITS)) {
			expect(items.length).toBeLessThan(20_000);
			if (++runs === 5) break;
		}
		expect(pieces).toBeLessThan(150);
	});

	it.each([
		[
			'a record of many values',
			`[{"a":1},{"a":[${'1,'.repeat(200)}1]}]`,
			'Record 2 of the JSON file holds more than 100 values',
		],
		[
			'many objects in a record',
			`[{"a":[${'{},'.repeat(200)}{}]}]`,
			'Record 1 of the JSON file holds more than 100 values',
		],
		[
			'a long text around the list',
			`{"a":"${'x'.repeat(3000)}","rows":[{"b":1}]}`,
			'around its list of objects, before the first record',
		],
		[
			'many short texts around the list',
			`{"rows":[{"b":1}]${',"a":1'.repeat(500)}}`,
			'around its list of objects, after record 1',
		],
		[
			'another list around the list',
			`{"ids":[${'1,'.repeat(1500)}1],"rows":[{"b":1}]}`,
			'around its list of objects, before the first record',
		],
	])('refuses %s', async (_, file, message) => {
		const limits = { recordBytes: 2000, recordValues: 100, batchBytes: 64, firstLineBytes: 128 };
		for (const sizes of [[], [7]]) await expect(read(file, sizes, limits)).rejects.toThrow(message);
	});

	it('counts values by what stands outside of texts, and only in long records', async () => {
		const limits = { recordValues: 10, batchBytes: 64 };
		const text = `,[{\\",`.repeat(30);
		expect(await read(JSON.stringify([{ a: text }]), [], limits)).toMatchObject({ rows: [[text]] });
		const short = JSON.stringify([{ a: Array.from({ length: 12 }, () => 1) }]);
		expect((await read(short, [], limits)).rows[0]).toHaveLength(12);
	});

	it('refuses names that are longer than any header', async () => {
		const records = Array.from({ length: 9 }, (_, i) => `{"${i}${'x'.repeat(2_000_000)}":1}`);
		const file = `[${records.join(',')}]`;
		await expect(read(file)).rejects.toThrow(
			'With Row 9, the names of the columns have more than 16,777,216',
		);
	});

	it('can be read again and again, and looks for names only once', async () => {
		let opened = 0;
		const open = jsonTable(async () => {
			opened++;
			return inPieces(JSON.stringify(people));
		});
		for (const times of [2, 3]) {
			expect(await readAll(open())).toEqual(table);
			expect(opened).toBe(times);
		}
	});

	it('closes the source, also when it is given up', async () => {
		let open = 0;
		async function* source() {
			open++;
			try {
				yield* inPieces(JSON.stringify(Array.from({ length: 50_000 }, (_, i) => ({ i }))), [50_000]);
			} finally {
				open--;
			}
		}
		const { batches } = await jsonTable(async () => source())();
		for await (const batch of batches) {
			expect(batch.records).toBeGreaterThan(0);
			break;
		}
		expect(open).toBe(0);
	});

	it('reads any records as they were written', async () => {
		const value = fc.oneof(
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ' '), minLength: 1 }),
		);
		const layout = fc.constantFrom(
			(items: object[]) => JSON.stringify(items),
			(items: object[]) => JSON.stringify({ Report_Entry: items }, null, 2),
			(items: object[]) => items.map((item) => JSON.stringify(item)).join('\n'),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ a: value, b: value }), { minLength: 1 }),
				layout,
				fc.integer({ min: 1, max: 50 }),
				async (items, write, cut) => {
					const { rows } = await read(write(items), [cut], { batchBytes: 32 });
					expect(rows).toEqual(items.map(({ a, b }) => [a, b]));
				},
			),
			{ numRuns: 100 },
		);
	});

	it('never fails otherwise than with a problem', async () => {
		const text = fc.string({
			unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', '1', ' ', '\n'),
			maxLength: 40,
		});
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom('', '[{', '{"a":', '[{"a":1},', '{"a":[{'),
				text,
				fc.integer({ min: 1, max: 50 }),
				async (head, tail, cut) => {
					await read(head + tail, [cut], small).catch((error) => expect(error).toBeInstanceOf(Problem));
				},
			),
			{ numRuns: 500 },
		);
	});
});
