import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { Problem } from '../../../nodes/shared/core/problem';
import { createCsvWriter } from '../../../nodes/shared/csv/csvWriter';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { readItems } from '../../../nodes/shared/json/itemReader';
import { inPieces, readAll } from './reading';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Texts as they make trouble in CSV. */
const value = fc.oneof(
	fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', '\t', '|', ' ', 'é', '山', '👩') }),
	fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
	fc.constantFrom('', 'Doe, John', 'say "hi"'),
);
const delimiter = fc.constantFrom(...DELIMITERS);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const batchBytes = fc.constantFrom(16, 17, 33, 100, 262_144);

/** A header and records of the same width, none of them a blank line. */
const table = fc.integer({ min: 1, max: 6 }).chain((width) => {
	const record = fc.array(value, { minLength: width, maxLength: width });
	return fc.record({
		header: record.filter((names) => names.some((name) => name.trim() !== '')),
		rows: fc.array(record),
	});
});

describe('CSV', () => {
	it('reads what it wrote, however it is cut, and csv-parse reads the same', async () => {
		await fc.assert(
			fc.asyncProperty(table, sizes, batchBytes, async ({ header, rows }, cut, size) => {
				const items = rows.map((row) => Object.fromEntries(row.map((text, c) => [`c${c}`, text])));
				const source = await readItems(items);
				const writer = createCsvWriter(header.map((name, from) => ({ name, sourceIndex: from })));
				const pieces = [writer.begin()];
				for await (const batch of source.batches) pieces.push(Buffer.from(writer.write(batch)));
				const file = Buffer.concat(pieces);

				expect(parse(file, { record_delimiter: '\r\n' })).toEqual([header, ...rows]);
				const read = await readAll(readCsv(inPieces(file, cut), { delimiter: ',', batchBytes: size }));
				expect({ header: read.columns, rows: read.rows }).toEqual({ header, rows });
			}),
			{ numRuns: 300 },
		);
	});

	it('reads any text as csv-parse does', async () => {
		const text = fc.string({
			unit: fc.constantFrom('a', 'b', 'é', ' ', ',', ',', ';', '"', '"', '\n', '\r\n', '\r', '|'),
			maxLength: 60,
		});
		let same = 0;
		await fc.assert(
			fc.asyncProperty(text, sizes, batchBytes, delimiter, async (file, cut, size, separator) => {
				let expected: string[][] | undefined;
				try {
					expected = parse(file, {
						delimiter: separator,
						record_delimiter: ['\r\n', '\n', '\r'],
						relax_column_count: true,
						skip_empty_lines: true,
					});
				} catch {
					// Quotes that csv-parse refuses are judged by the cases of the reader's own test.
				}
				let found: string[][] | undefined;
				try {
					const options = { delimiter: separator, batchBytes: size, header: ['a'] };
					found = (await readAll(readCsv(inPieces(file, cut), options))).rows;
				} catch (error) {
					expect(error).toBeInstanceOf(Problem);
				}
				if (expected && expected.length > 0) {
					expect(found).toEqual(expected);
					same++;
				}
			}),
			{ numRuns: 1500 },
		);
		expect(same).toBeGreaterThan(250);
	});

	it('gives the same however the file is cut, or a problem either way', async () => {
		// Mostly right, so that reading gets beyond the first pieces.
		const piece = fc.oneof(
			{ weight: 20, arbitrary: fc.constantFrom('a', 'é', ',', ',', ';', '\r\n', '\r\n', '\r', '\n') },
			{ weight: 4, arbitrary: fc.constantFrom('"x",', '"a,b"\r\n', ',"\r\n"""', 'a"b') },
			{ weight: 1, arbitrary: fc.constantFrom('"', '\0') },
		);
		const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
		const outcome = async (file: string, cut: number[], size: number) =>
			await readAll(readCsv(inPieces(file, cut), { batchBytes: size, delimiter: ',' })).catch(
				(error: Error) => error,
			);
		await fc.assert(
			fc.asyncProperty(text, sizes, batchBytes, async (file, cut, size) => {
				const [cutUp, whole] = [await outcome(file, cut, size), await outcome(file, [1000], 1000)];
				// Of two faults in a file, either may be met first.
				if (whole instanceof Error) expect(cutUp).toBeInstanceOf(Problem);
				else expect(cutUp).toEqual(whole);
			}),
			{ numRuns: 1000 },
		);
	});

	it('rewrites any file to one that csv-parse reads alike, from any delimiter and in any order of columns', async () => {
		await fc.assert(
			fc.asyncProperty(
				table,
				delimiter,
				fc.boolean(),
				fc.gen(),
				async ({ header, rows }, separator, all, gen) => {
					const quote = (text: string) =>
						all || text === '' || new RegExp(`["\\r\\n${separator === '|' ? '\\|' : separator}]`).test(text)
							? `"${text.replaceAll('"', '""')}"`
							: text;
					const file = [header, ...rows].map((row) => row.map(quote).join(separator)).join('\n');
					const order = gen(() => fc.array(fc.nat(header.length - 1), { minLength: 1, maxLength: 8 }));
					const source = await readCsv(inPieces(file, [7]), { delimiter: separator, batchBytes: 64 });
					const writer = createCsvWriter(order.map((from) => ({ name: 'x', sourceIndex: from })));
					const pieces: Buffer[] = [];
					for await (const batch of source.batches) pieces.push(Buffer.from(writer.write(batch)));
					expect(parse(Buffer.concat(pieces), { record_delimiter: '\r\n' })).toEqual(
						rows.map((row) => order.map((from) => row[from])),
					);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('never fails otherwise than with a problem, whatever the bytes are', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), sizes, async (bytes, cut) => {
				try {
					await readAll(readCsv(inPieces(bytes, cut), { batchBytes: 64 }));
				} catch (error) {
					expect(error).toBeInstanceOf(Problem);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
