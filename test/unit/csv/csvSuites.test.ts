import { parse } from 'csv-parse/sync';
import { createCsvWriter } from '../../../nodes/shared/csv/csvWriter';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { decodeText } from '../../../nodes/shared/files/encoding';
import { papaParseSuite } from './csvSuites/papaParse';
import { STANDARDS } from './csvSuites/standards';
import type { CsvCase } from './csvSuites/suite';
import { TRAPS } from './csvSuites/traps';
import { inPieces, readAll } from './reading';

/* Public suites of CSV beside csv-spectrum: each case is read whole and in single bytes, written, and read elsewhere. */
const suites = [
	...STANDARDS,
	...TRAPS,
	papaParseSuite('CORE_PARSER_TESTS', 'Papa Parse, its parser'),
	papaParseSuite('PARSE_TESTS', 'Papa Parse, its settings'),
];

/** Sizes of pieces and of batches: whole, and in single bytes. */
const WAYS: Array<{ sizes: number[]; batchBytes?: number }> = [
	{ sizes: [] },
	{ sizes: [1] },
	{ sizes: [1], batchBytes: 16 },
	{ sizes: [3, 1], batchBytes: 17 },
];

const waysOf = ({ guessed }: CsvCase) => (guessed ? WAYS.filter(({ batchBytes }) => !batchBytes) : WAYS);

async function open({ file, options }: CsvCase, { sizes, batchBytes }: (typeof WAYS)[number]) {
	const pieces = inPieces(file, sizes);
	const text = typeof file === 'string' ? pieces : await decodeText(pieces, 'auto');
	return await readCsv(text, { ...options, batchBytes });
}

async function rewritten(found: CsvCase, way: (typeof WAYS)[number]): Promise<Buffer> {
	const { columns, batches } = await open(found, way);
	const writer = createCsvWriter(columns.map((name, from) => ({ name, sourceIndex: from })));
	const pieces = [writer.begin()];
	for await (const batch of batches) pieces.push(Buffer.from(writer.write(batch)));
	return Buffer.concat(pieces);
}

it('has all cases of the suites, and none twice', () => {
	const counts = suites.map(({ suite, cases }) => [suite, cases.length]);
	expect(Object.fromEntries(counts)).toEqual({
		'RFC 4180': 12,
		'csv-test-data': 20,
		'CSV on the Web': 14,
		Unicode: 9,
		'Known traps': 14,
		'Papa Parse, its parser': 46,
		'Papa Parse, its settings': 57,
	});
	for (const { cases } of suites) {
		expect(new Set(cases.map(({ name, file }) => `${name} ${file}`)).size).toBe(cases.length);
	}
	const all = suites.flatMap(({ cases }) => cases);
	for (const { cells, refused } of all) expect([cells, refused].filter(Boolean)).toHaveLength(1);
	// As many as are decided otherwise, so that none of those goes by unused.
	expect(all.filter(({ because }) => because)).toHaveLength(25);
});

describe.each(suites)('$suite', ({ cases }) => {
	const taken = cases.filter(({ cells }) => cells);
	const refused = cases.filter((found) => found.refused);

	it.each(taken)('$name: is read', async (found) => {
		for (const way of waysOf(found)) {
			const { columns, rows } = await readAll(open(found, way));
			expect([columns, ...rows]).toEqual(found.cells);
		}
	});

	it.each(taken)('$name: is written as csv-parse reads it', async (found) => {
		const [header, ...rows] = found.cells!;
		// A line of a package has every column of the header, and no more.
		const whole = rows.map((row) => header.map((_, i) => row[i] ?? ''));
		for (const way of waysOf(found)) {
			const file = await rewritten(found, way);
			expect(parse(file, { record_delimiter: '\r\n' })).toEqual([header, ...whole]);
		}
	});

	if (refused.length > 0) {
		it.each(refused)('$name: is refused', async (found) => {
			for (const way of waysOf(found)) {
				await expect(readAll(open(found, way))).rejects.toMatchObject({
					name: 'Problem',
					kind: 'input',
					message: expect.stringContaining(found.refused!),
					advice: expect.stringMatching(/\.$/),
				});
			}
		});
	}
});
