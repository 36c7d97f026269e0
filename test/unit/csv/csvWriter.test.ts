import { parse } from 'csv-parse/sync';
import { readCsv, type CsvOptions } from '../../../nodes/shared/csv/csvReader';
import { csvLine } from '../../../nodes/shared/csv/csvText';
import { createCsvWriter, type WrittenColumn } from '../../../nodes/shared/csv/csvWriter';
import { FieldQuoting, type RecordBatch } from '../../../nodes/shared/records/recordBatch';
import { inPieces } from './reading';

/** Reads a file and writes the columns of its header's names, by default all as they are. */
async function rewrite(
	file: string,
	columns?: WrittenColumn[],
	options?: CsvOptions & { skip?: (row: number) => boolean },
): Promise<string> {
	const table = await readCsv(inPieces(file), options);
	const writer = createCsvWriter(columns ?? table.columns.map((name, from) => ({ name, sourceIndex: from })));
	const pieces = [writer.begin()];
	for await (const batch of table.batches) {
		const skip = Uint8Array.from({ length: batch.records }, (_, r) =>
			options?.skip?.(batch.rows[r]) ? 1 : 0,
		);
		pieces.push(Buffer.from(writer.write(batch, options?.skip && skip)));
	}
	pieces.push(writer.end());
	return Buffer.concat(pieces).toString();
}

describe('createCsvWriter', () => {
	it.each<[string, string, string]>([
		[
			'what is right already stays as it is',
			'a,b\r\n1,"2,5"\r\n"x""y",\r\n',
			'a,b\r\n1,"2,5"\r\n"x""y",\r\n',
		],
		['line ends become CRLF', 'a,b\n1,2\r3,4', 'a,b\r\n1,2\r\n3,4\r\n'],
		['blank lines vanish', 'a,b\r\n\r\n1,2\r\n\r\n3,4\r\n\r\n', 'a,b\r\n1,2\r\n3,4\r\n'],
		['quotes that nothing needs vanish', '"a","b"\r\n"1",""\r\n"","2"\r\n', 'a,b\r\n1,\r\n,2\r\n'],
		['quotes stay around line breaks', 'a,b\r\n"x\ny","x\ry"\r\n', 'a,b\r\n"x\ny","x\ry"\r\n'],
		['quotes within a plain field are doubled', 'a,b\r\nx"y,2\r\n', 'a,b\r\n"x""y",2\r\n'],
		[
			'other delimiters become commas',
			'a;b;c;d\r\n1;2,5;"x;y";3\r\n4;5;6;7\r\n',
			'a,b,c,d\r\n1,"2,5",x;y,3\r\n4,5,6,7\r\n',
		],
		['tabs too', 'a\tb\r\n1,5\t"2"\r\n', 'a,b\r\n"1,5",2\r\n'],
		['a blank record of one column stays a record', 'a\r\n""\r\n1\r\n', 'a\r\n""\r\n1\r\n'],
		['short records are filled up, long ones cut', 'a,b,c\r\n1\r\n1,2,3,4\r\n', 'a,b,c\r\n1,,\r\n1,2,3\r\n'],
		['other scripts', 'é,名\r\nŻ,"山,田"\r\n', 'é,名\r\nŻ,"山,田"\r\n'],
	])('%s', async (_, file, written) => {
		expect(await rewrite(file)).toBe(written);
	});

	it('picks, repeats and reorders columns, and fills those that the source lacks', async () => {
		const columns: WrittenColumn[] = [
			{ name: 'C', sourceIndex: 2 },
			{ name: 'Fixed, too', sourceIndex: -1, fixed: 'x, "y"' },
			{ name: 'A', sourceIndex: 0 },
			{ name: 'B', sourceIndex: 1 },
			{ name: 'Blank', sourceIndex: -1 },
			{ name: 'A2', sourceIndex: 0 },
		];
		expect(await rewrite('a,b,c,d\n1,"2,5",3,4\n5,6\n', columns)).toBe(
			'C,"Fixed, too",A,B,Blank,A2\r\n3,"x, ""y""",1,"2,5",,1\r\n,"x, ""y""",5,6,,5\r\n',
		);
	});

	it('writes only made columns', async () => {
		expect(await rewrite('a\n1\n2', [{ name: 'x', sourceIndex: -1, fixed: 'y' }])).toBe('x\r\ny\r\ny\r\n');
		expect(await rewrite('a\n1\n2', [{ name: 'x', sourceIndex: -1 }])).toBe('x\r\n""\r\n""\r\n');
	});

	it('leaves records out', async () => {
		const file = 'a,b\r\n1,2\r\n3,4\r\n5,6\r\n7,8\r\n';
		expect(await rewrite(file, undefined, { skip: (row) => row === 2 || row === 4 })).toBe(
			'a,b\r\n3,4\r\n7,8\r\n',
		);
		expect(await rewrite(file, undefined, { skip: () => true })).toBe('a,b\r\n');
	});

	it('converts values that are there, once for each different text', async () => {
		const asked: string[] = [];
		const convert = (text: string) => {
			asked.push(text);
			return text === 'q' ? 'say "q", please' : `<${text}>`;
		};
		const file = `a,b\n1,q\n1,"q"\n,x\n${'1,q\n'.repeat(50)}"a""b",${'x'.repeat(41)}\n1\n`;
		const written = await rewrite(file, [
			{ name: 'b', sourceIndex: 1, conversion: { convert } },
			{ name: 'a', sourceIndex: 0, conversion: { convert } },
		]);
		expect(written).toBe(
			`b,a\r\n${'"say ""q"", please",<1>\r\n'.repeat(2)}<x>,\r\n${'"say ""q"", please",<1>\r\n'.repeat(50)}` +
				`<${'x'.repeat(41)}>,"<a""b>"\r\n,<1>\r\n`,
		);
		expect(asked.sort()).toEqual(['1', 'a"b', 'q', 'x', 'x'.repeat(41)].sort());
	});

	it('keeps apart converted texts that share a place in its memory', async () => {
		const values = Array.from({ length: 60_000 }, (_, i) => `v${i % 30_000}`);
		const written = await rewrite(`a,b\n${values.map((value) => `${value},`).join('\n')}\n`, [
			{ name: 'a', sourceIndex: 0, conversion: { convert: (text) => text.toUpperCase() } },
		]);
		expect(written).toBe(`a\r\n${values.map((value) => `${value.toUpperCase()}\r\n`).join('')}`);
	});

	it('keeps apart converted texts of the same bytes but another form', async () => {
		// Without quotes around it, a doubled quote is two.
		const rows = Array.from({ length: 20_000 }, (_, i) => [`v${i}""`, `"v${i}"""`]);
		const written = await rewrite(`a\n${rows.flat().join('\n')}\n`, [
			{ name: 'a', sourceIndex: 0, conversion: { convert: (text) => `${text.length - text.indexOf('"')}` } },
		]);
		expect(written).toBe(`a\r\n${'2\r\n1\r\n'.repeat(20_000)}`);
	});

	it('writes batches whose fields do not stand one behind the other', () => {
		// "b" comes first in the bytes, a quote happens to stand before and behind "x,y", and lengths vary.
		const bytes = Buffer.from('b"x,y"a,,"",');
		const batch: RecordBatch = {
			bytes,
			records: 2,
			rows: Uint32Array.of(0, 1),
			fields: Uint32Array.of(0, 3, 6),
			starts: Uint32Array.of(6, 0, 2, 8, 9, 0),
			ends: Uint32Array.of(7, 1, 5, 8, 11, 6),
			quoting: Uint8Array.of(0, 0, FieldQuoting.quoted, 0, FieldQuoting.escaped, FieldQuoting.quoted),
		};
		const columns = ['1', '2', '3'].map((name, from) => ({ name, sourceIndex: from }));
		const written = createCsvWriter(columns).write(batch).toString();
		expect(parse(written)).toEqual([
			['a', 'b', 'x,y'],
			['', '"', 'b"x,y"'],
		]);
	});

	it('gives bytes that later batches leave alone', async () => {
		const table = await readCsv(inPieces(`a,b\n${'1,"x,y"\n'.repeat(20)}${'2,z\n'.repeat(40)}`), {
			batchBytes: 64,
		});
		const writer = createCsvWriter([
			{ name: 'a', sourceIndex: 0 },
			{ name: 'b', sourceIndex: 1 },
		]);
		const written: Buffer[] = [];
		for await (const batch of table.batches) written.push(Buffer.from(writer.write(batch)));
		expect(written.length).toBeGreaterThan(2);
		expect(Buffer.concat(written).toString()).toBe('1,"x,y"\r\n'.repeat(20) + '2,z\r\n'.repeat(40));
	});
});

describe('csvLine', () => {
	it('quotes only what needs it', () => {
		expect(csvLine(['a', 'b c', '1,5', 'x"y', 'l\nm', ''])).toBe('a,b c,"1,5","x""y","l\nm",\r\n');
		expect(csvLine([''])).toBe('""\r\n');
	});
});

it('takes memory once for all batches of a size', async () => {
	const table = await readCsv(inPieces(`a,b\n${'x,y\n'.repeat(1_000)}`), { batchBytes: 1_000 });
	const writer = createCsvWriter(['a', 'b'].map((name, from) => ({ name, sourceIndex: from })));
	const taken = jest.spyOn(Buffer, 'allocUnsafeSlow');
	let batches = 0;
	for await (const batch of table.batches) {
		writer.write(batch);
		batches++;
	}
	expect(batches).toBeGreaterThan(3);
	expect(taken).toHaveBeenCalledTimes(1);
	taken.mockRestore();
});
