import { skipLinesOptions } from '../../../nodes/shared/n8n/fields/tableFields';
import { readCsv, type CsvOptions } from '../../../nodes/shared/csv/csvReader';
import { FieldQuoting } from '../../../nodes/shared/records/recordBatch';
import { inPieces, readAll } from './reading';

async function read(file: string | Uint8Array, options?: CsvOptions, sizes?: number[]) {
	return await readAll(readCsv(inPieces(file, sizes), options));
}

describe('readCsv', () => {
	it.each<[string, string, string[], string[][], number[]]>([
		[
			'plain',
			'a,b\n1,2\n3,4\n',
			['a', 'b'],
			[
				['1', '2'],
				['3', '4'],
			],
			[2, 3],
		],
		['CRLF', 'a,b\r\n1,2\r\n', ['a', 'b'], [['1', '2']], [2]],
		[
			'CR alone',
			'a,b\r1,2\r3,4',
			['a', 'b'],
			[
				['1', '2'],
				['3', '4'],
			],
			[2, 3],
		],
		[
			'line ends mixed',
			'a,b\r1,2\n3,4\r\n5,6',
			['a', 'b'],
			[
				['1', '2'],
				['3', '4'],
				['5', '6'],
			],
			[2, 3, 4],
		],
		['no line break at the end', 'a,b\n1,2', ['a', 'b'], [['1', '2']], [2]],
		['header only', 'a,b', ['a', 'b'], [], []],
		['byte order mark', '\ufeffa,b\n1,2', ['a', 'b'], [['1', '2']], [2]],
		['byte order mark before a quote', '\ufeff"a",b\n1,2', ['a', 'b'], [['1', '2']], [2]],
		['one column', 'a\n1\n2\n', ['a'], [['1'], ['2']], [2, 3]],
		[
			'blanks',
			'a,b,c\n,,\n1,,\n,,3',
			['a', 'b', 'c'],
			[
				['', '', ''],
				['1', '', ''],
				['', '', '3'],
			],
			[2, 3, 4],
		],
		['blank at the very end', 'a,b\n1,', ['a', 'b'], [['1', '']], [2]],
		['quotes', 'a,b\n"1","2"\n', ['a', 'b'], [['1', '2']], [2]],
		['comma in quotes', 'a,b\n"1,5",2', ['a', 'b'], [['1,5', '2']], [2]],
		['doubled quotes', 'a,b\n"say ""hi""",""""', ['a', 'b'], [['say "hi"', '"']], [2]],
		[
			'blank in quotes',
			'a,b\n"",2\n1,""',
			['a', 'b'],
			[
				['', '2'],
				['1', ''],
			],
			[2, 3],
		],
		['only a quoted blank', 'a\n""\n', ['a'], [['']], [2]],
		['header in quotes', '"a, first","b ""2"""\n1,2', ['a, first', 'b "2"'], [['1', '2']], [2]],
		[
			'blank lines count',
			'a,b\n\n1,2\n\r\n\n3,4\n\n\n',
			['a', 'b'],
			[
				['1', '2'],
				['3', '4'],
			],
			[3, 6],
		],
		['blank lines before the header', '\n\na,b\n1,2', ['a', 'b'], [['1', '2']], [4]],
		[
			'a record over several lines is one row',
			'a,b\n"x\ny\r\nz",2\n3,4',
			['a', 'b'],
			[
				['x\ny\r\nz', '2'],
				['3', '4'],
			],
			[2, 3],
		],
		[
			'quotes within a plain field',
			'a,b\n5" disk,x"y"\n3,4',
			['a', 'b'],
			[
				['5" disk', 'x"y"'],
				['3', '4'],
			],
			[2, 3],
		],
		['blanks around quotes', 'a,b\n "1",2', ['a', 'b'], [[' "1"', '2']], [2]],
		['ragged rows', 'a,b\n1\n1,2,3\n1,2', ['a', 'b'], [['1'], ['1', '2', '3'], ['1', '2']], [2, 3, 4]],
		['other scripts', 'näme,名前\nŻółć,山田 太郎', ['näme', '名前'], [['Żółć', '山田 太郎']], [2]],
		['blank characters stay', 'a,b\n 1 ,\t2\n', ['a', 'b'], [[' 1 ', '\t2']], [2]],
		['Excel names the delimiter', 'sep=;\r\na,x;b\r\n1;2', ['a,x', 'b'], [['1', '2']], [2]],
		['Excel names the delimiter in quotes', '"sep=|"\na|b\n1|2', ['a', 'b'], [['1', '2']], [2]],
	])('%s', async (_, file, columns, rows, numbers) => {
		expect(await read(file)).toEqual({ columns, rows, numbers });
		expect(await read(file, { batchBytes: 16 }, [1])).toEqual({ columns, rows, numbers });
		expect(await read(file, { batchBytes: 17 }, [3, 1])).toEqual({ columns, rows, numbers });
	});

	it('needs each piece only until it asks for the next one', async () => {
		const file = `a,b\n${Array.from({ length: 2000 }, (_, i) => `${i},"x ${'y'.repeat(i % 90)}"\n`).join('')}`;
		async function* overwritten() {
			for await (const piece of inPieces(file, [700, 1, 1500])) {
				yield piece;
				piece.fill('!');
			}
		}
		expect(await readAll(readCsv(overwritten(), { batchBytes: 1000 }))).toEqual(await read(file));
	});

	it('numbers rows alike wherever pieces end, also between CR and LF', async () => {
		const rows = Array.from({ length: 40 }, (_, i) => ['x'.repeat(i % 7), '"y'.repeat(i % 3)]);
		const lines = rows.map(([x, y]) => `${x},"${y.replaceAll('"', '""')}"\r\n`);
		for (let batchBytes = 32; batchBytes < 64; batchBytes++) {
			expect(await read(`a,b\r\n${lines.join('')}`, { batchBytes })).toEqual({
				columns: ['a', 'b'],
				rows,
				numbers: rows.map((_, i) => i + 2),
			});
		}
	});

	it('recognises the delimiter from the records, not from what is in quotes', async () => {
		const bodies: Array<[string, string]> = [
			[';', 'Name;Rate;Org\n"Doe, J";12,50;Sales, EMEA\n"Roe, R";13,75;HR\n'],
			['\t', 'Name\tRate\tOrg\nA\t1,5\tx;y\nB\t2,5\tz\n'],
			['|', 'Name|Org\nA, B|x\nC, D|y\n'],
			[',', 'Name,Org\n"a;b;c;d",x\n"a;b;c;d",y\n'],
			[',', 'Name\nx\n'],
		];
		for (const [delimiter, file] of bodies) {
			const told = await read(file, { delimiter: delimiter as CsvOptions['delimiter'] });
			expect(await read(file)).toEqual(told);
			expect(told.columns[0]).toBe('Name');
		}
		expect((await read(bodies[0][1])).rows[0]).toEqual(['Doe, J', '12,50', 'Sales, EMEA']);
	});

	it('takes the delimiter that it is told', async () => {
		expect(await read('a;b,c\n1;2,3', { delimiter: ',' })).toMatchObject({
			columns: ['a;b', 'c'],
			rows: [['1;2', '3']],
		});
	});

	it('skips a title and a footer, and numbers rows as a spreadsheet does', async () => {
		const file = 'Headcount,"of\nJune"\n\nConfidential\na,b\n1,2\n3,4\nTotal,2\n"Printed ""today""",\n\n\n';
		for (const batchBytes of [16, 20, 262_144]) {
			expect(await read(file, { skipLinesBefore: 3, skipLinesAfter: 2, batchBytes }, [2])).toEqual({
				columns: ['a', 'b'],
				rows: [
					['1', '2'],
					['3', '4'],
				],
				numbers: [5, 6],
			});
		}
		expect(await read('a,b\nTotal,0', { skipLinesAfter: 3 })).toEqual({
			columns: ['a', 'b'],
			rows: [],
			numbers: [],
		});
	});

	it('skips a footer of a file with very many columns', async () => {
		const line = ','.repeat(9_999);
		const file = `a${line}\n${`1${line}\n`.repeat(30)}${`total${line}\n`.repeat(20)}`;
		const { rows } = await read(file, { skipLinesAfter: 20 });
		expect(rows.map(([first]) => first)).toEqual(Array(30).fill('1'));
	});

	it('takes names of columns for a file without a header', async () => {
		expect(await read('1,2\n3,4', { header: ['x', 'y'] })).toEqual({
			columns: ['x', 'y'],
			rows: [
				['1', '2'],
				['3', '4'],
			],
			numbers: [1, 2],
		});
	});

	it('calls a field plain only where it can be copied unseen', async () => {
		const table = await readCsv(inPieces('a;b;c;d;e;f;g;h\nx;"x";1,5;"1,5";a"b;"a""b";"";"x;y"\n'), {
			delimiter: ';',
		});
		for await (const batch of table.batches) {
			const { plain, quoted, escaped } = FieldQuoting;
			expect([...batch.quoting.subarray(0, 8)]).toEqual([
				...[plain, plain, quoted, quoted],
				...[quoted, escaped, quoted, plain],
			]);
		}
	});

	it('forgets the forms of a batch in the next one', async () => {
		const { rows } = await read(
			`a,b\n${'"a""b","c,d"\n'.repeat(3)}${'"1""",2\n'.repeat(1)}${'1,2\n'.repeat(50)}`,
			{
				batchBytes: 32,
			},
		);
		expect(rows.slice(-50)).toEqual(Array(50).fill(['1', '2']));
	});

	it('reads a record that is longer than a batch', async () => {
		const long = 'é"'.repeat(200_000);
		const { rows } = await read(`a,b\n1,"${long.replaceAll('"', '""')}"\n3,4\n`, {}, [65_536]);
		expect(rows).toEqual([
			['1', long],
			['3', '4'],
		]);
	});

	it.each<[string, string | Uint8Array, CsvOptions, string, number | undefined]>([
		['nothing', '', {}, 'The file is empty', undefined],
		['only a byte order mark', '\ufeff', {}, 'The file is empty', undefined],
		['only blank lines', '\n\r\n\n', {}, 'The file is empty', undefined],
		['all skipped', 'a,b\n1,2', { skipLinesBefore: 9 }, 'The file is empty', undefined],
		[
			'header of blanks',
			'\n,, \n1,2,3',
			{},
			'Row 2, which should hold the names of the columns, is blank',
			2,
		],
		['quote never closed', 'a,b\n1,2\n3,"4\n5,6\n', {}, 'Row 3, field 2: a quote opens here', 3],
		['quote never closed, nothing after it', 'a,b\n1,"', {}, 'Row 2, field 2: a quote opens here', 2],
		['quote never closed in the header', '"a,b\n1,2', {}, 'Row 1, field 1: a quote opens here', 1],
		['text after a quote', 'a,b\n\n"1"x,2', {}, 'Row 3, field 1: text follows', 3],
		['blank after a quote', 'a,b\n"1" ,2', {}, 'Row 2, field 1: text follows', 2],
		['NUL', 'a,b\n1,2\n1,\0', {}, 'Row 3 holds a NUL byte', 3],
		['NUL in quotes', 'a,b\n1,"\0"', {}, 'Row 2 holds a NUL byte', 2],
		['UTF-16', Buffer.from('a,b\n1,2\n', 'utf16le'), {}, 'Row 1 holds a NUL byte', 1],
		[
			'field too long',
			`a,b\n1,${'x'.repeat(101)}\n`,
			{ limits: { fieldBytes: 100 } },
			'Row 2, field 2 is longer than 100 bytes',
			2,
		],
		[
			'record too long',
			`a,b\n1,2\n${'x,'.repeat(300)}`,
			{ limits: { recordBytes: 256 } },
			'Row 3 is longer than 256 bytes',
			3,
		],
		[
			'too many columns',
			`a,b\n${','.repeat(3)}\n`,
			{ limits: { columns: 3 } },
			'Row 2 has more than 3 fields',
			2,
		],
		['20,000 columns', 'x,'.repeat(20_000), {}, 'Row 1 has more than 16,384 fields', 1],
	])('says what is wrong: %s', async (_, file, options, message, row) => {
		for (const [batchBytes, size] of [
			[undefined, 1000],
			[16, 1],
			[16, 5],
		]) {
			await expect(read(file, { ...options, batchBytes }, [size!])).rejects.toMatchObject({
				name: 'Problem',
				kind: 'input',
				message: expect.stringContaining(message),
				advice: expect.stringMatching(/\.$/),
				...(row === undefined ? {} : { details: { row } }),
			});
		}
	});

	it('accepts what is just within the limits', async () => {
		const limits = { fieldBytes: 100, recordBytes: 256, columns: 3 };
		const file = `a,b,c\n1,2,${'x'.repeat(100)}\n`;
		expect((await read(file, { limits, batchBytes: 16 })).rows).toEqual([['1', '2', 'x'.repeat(100)]]);
	});

	it('does not read a file into memory whose quote is never closed', async () => {
		let pieces = 0;
		async function* endless() {
			yield Buffer.from('a,b\n1,"');
			for (;;) {
				pieces++;
				yield Buffer.alloc(1 << 20, 'x');
			}
		}
		await expect(readAll(readCsv(endless()))).rejects.toThrow('Row 2 is longer than 16 MB');
		expect(pieces).toBeLessThan(50);
	});

	it.each([-1, 0.5, 101, NaN])('refuses to skip %p lines', async (lines) => {
		await expect(read('a\n1', { skipLinesBefore: lines })).rejects.toMatchObject({ kind: 'configuration' });
		await expect(read('a\n1', { skipLinesAfter: lines })).rejects.toMatchObject({ kind: 'configuration' });
	});

	describe('closes the source', () => {
		let closed: number;
		async function* source(...files: string[]) {
			closed = 0;
			try {
				for (const file of files) yield* inPieces(file, [4]);
			} finally {
				closed++;
			}
		}
		const more = '1\n'.repeat(999);

		it('at the end', async () => {
			const { batches } = await readCsv(source('a\n', more), { batchBytes: 16 });
			for await (const batch of batches) expect(batch.records).toBeGreaterThan(0);
			expect(closed).toBe(1);
		});

		it('when it is given up before the first batch', async () => {
			const { batches } = await readCsv(source('a\n', more), { batchBytes: 16 });
			await batches[Symbol.asyncIterator]().return?.();
			expect(closed).toBe(1);
			expect(await batches[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
		});

		it('when it is given up after the first batch', async () => {
			const { batches } = await readCsv(source('a\n', more), { batchBytes: 16 });
			for await (const batch of batches) {
				expect(batch.records).toBeGreaterThan(0);
				break;
			}
			expect(closed).toBe(1);
		});

		it('at a broken row', async () => {
			const read = readAll(readCsv(source('a\n', '1\n'.repeat(99), '"1"x\n', more), { batchBytes: 16 }));
			await expect(read).rejects.toThrow('Row 101, field 1: text follows');
			expect(closed).toBe(1);
		});

		it('when the header cannot be read', async () => {
			await expect(readCsv(source(',,\n', more), { batchBytes: 16 })).rejects.toThrow('is blank');
			expect(closed).toBe(1);
		});
	});

	it('lets other work run while it reads from memory', async () => {
		const file = Buffer.from(`a,b,c\n${'some,more,"text, quoted"\n'.repeat(3_000_000)}`);
		let turns = 0;
		let reading = true;
		const turn = () => {
			turns++;
			if (reading) setImmediate(turn);
		};
		setImmediate(turn);
		const table = await readCsv(inPieces(file));
		for await (const batch of table.batches) expect(batch.records).toBeGreaterThan(0);
		reading = false;
		// How often depends on the machine and what else it does; a reader that keeps the event loop lets nothing run.
		expect(turns).toBeGreaterThan(2);
	});
});

it('skips as many lines as the panel allows, and no more', async () => {
	for (const { name, typeOptions } of skipLinesOptions) {
		const most = typeOptions?.maxValue ?? NaN;
		const file = 'a,b\n1,2\n'.repeat(most);
		expect((await read(file, { [name]: most })).rows.length).toBeGreaterThan(0);
		await expect(read(file, { [name]: most + 1 })).rejects.toThrow(`lines to skip`);
	}
});
