import { parse } from 'csv-parse/sync';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { csvLine } from '../../../nodes/shared/csv/csvText';
import type { WrittenColumn } from '../../../nodes/shared/csv/csvWriter';
import { createDelimitedWriter } from '../../../nodes/shared/csv/delimitedWriter';
import { batchOf } from '../../fixtures/batch';
import { inPieces } from './reading';

type Delimiter = Parameters<typeof createDelimitedWriter>[1];

/** Reads a CSV file and writes its columns, by default all as they are. */
async function rewrite(file: string, delimiter: Delimiter, columns?: WrittenColumn[]): Promise<string> {
	const table = await readCsv(inPieces(file), { batchBytes: 40 });
	const own = table.columns.map((name, from) => ({ name, sourceIndex: from }));
	const writer = createDelimitedWriter(columns ?? own, delimiter);
	const pieces = [writer.begin()];
	for await (const batch of table.batches) pieces.push(Buffer.from(writer.write(batch)));
	pieces.push(writer.end());
	return Buffer.concat(pieces).toString();
}

describe('createDelimitedWriter', () => {
	it.each<[string, Delimiter, string, string]>([
		['commas are no delimiters', '\t', 'a,b\r\n1,"2,5"\r\n', 'a\tb\r\n1\t2,5\r\n'],
		['a tab in a plain field gets quotes', '\t', 'a,b\r\nx\ty,1\r\n', 'a\tb\r\n"x\ty"\t1\r\n'],
		['a pipe in a plain field too', '|', 'a,b\r\nx|y,x\ty\r\n', 'a|b\r\n"x|y"|x\ty\r\n'],
		['doubled quotes stay doubled', '|', 'a,b\r\n"say ""x|y""",1\r\n', 'a|b\r\n"say ""x|y"""|1\r\n'],
		['a quote without quotes around is doubled', '\t', 'a,b\r\nx"y,2\r\n', 'a\tb\r\n"x""y"\t2\r\n'],
		['line breaks keep their quotes', '|', 'a,b\r\n"x\ny","x\ry"\r\n', 'a|b\r\n"x\ny"|"x\ry"\r\n'],
		['short records are filled up, long ones cut', '\t', 'a,b\r\n1\r\n1,2,3\r\n', 'a\tb\r\n1\t\r\n1\t2\r\n'],
		['a blank record of one column stays a record', '|', 'a\r\n""\r\n1\r\n', 'a\r\n""\r\n1\r\n'],
		['names of columns too', '|', '"x|y",b\r\n1,2\r\n', '"x|y"|b\r\n1|2\r\n'],
		['other scripts', '\t', 'é,名\r\nŻ,"山,田"\r\n', 'é\t名\r\nŻ\t山,田\r\n'],
	])('%s', async (_, delimiter, file, written) => {
		expect(await rewrite(file, delimiter)).toBe(written);
	});

	it('picks, repeats and converts columns, and fills those that the source lacks', async () => {
		const convert = (text: string) => (text === 'q' ? 'say "q"' : `${text}|`);
		const columns: WrittenColumn[] = [
			{ name: 'B', sourceIndex: 1 },
			{ name: 'Fixed', sourceIndex: -1, fixed: 'x|y' },
			{ name: 'Loud', sourceIndex: 0, conversion: { convert } },
			{ name: 'Same', sourceIndex: 0, conversion: { convert, stays: () => true } },
			{ name: 'Blank', sourceIndex: -1 },
		];
		expect(await rewrite('a,b\nq,1\nw|,2\n,3\n', '|', columns)).toBe(
			'B|Fixed|Loud|Same|Blank\r\n1|"x|y"|"say ""q"""|q|\r\n2|"x|y"|"w||"|"w|"|\r\n3|"x|y"|||\r\n',
		);
	});

	it('leaves records out and counts the others', () => {
		const writer = createDelimitedWriter(
			['a', 'b'].map((name, from) => ({ name, sourceIndex: from })),
			'\t',
		);
		const batch = batchOf([
			['1', '2'],
			['3', '4'],
			['5', '6'],
		]);
		expect(writer.write(batch, Uint8Array.of(0, 1, 0)).toString()).toBe('1\t2\r\n5\t6\r\n');
		expect(writer.records).toBe(2);
	});

	it('a value of nothing but quotes is read back whole, however long it is', async () => {
		const value = '"'.repeat(50_000);
		const file = await rewrite(`a,b\n"${value}${value}",x\n`, '|');
		expect(parse(file, { delimiter: '|' })).toEqual([
			['a', 'b'],
			[value, 'x'],
		]);
	});
});

it('csvLine quotes what holds its delimiter, and nothing else', () => {
	expect(csvLine(['a,b', 'a|b', 'a\tb', '"'], '|')).toBe('a,b|"a|b"|a\tb|""""\r\n');
	expect(csvLine(['a,b', 'a|b', 'a\tb'], '\t')).toBe('a,b\ta|b\t"a\tb"\r\n');
});
