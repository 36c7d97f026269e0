import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { createSpool } from '../../../nodes/shared/files/spool';
import {
	chunkBody,
	chunksAfter,
	createChunkWriter,
	type ChunkLimits,
	type RecordRange,
	type SignalText,
} from '../../../nodes/shared/purview/signals/chunks';
import { FILE_TYPES, type SentDelimiter } from '../../../nodes/shared/purview/signals/fileTypes';
import { batchOf } from '../../fixtures/batch';
import { bytesOf } from '../../helpers/bytesOf';

const DELIMITERS = Object.keys(FILE_TYPES) as SentDelimiter[];

const columns = [
	{ name: 'User', sourceIndex: 0 },
	{ name: 'Re"marks, long', sourceIndex: 1 },
];

interface How {
	memoryLimit?: number;
	delimiter?: SentDelimiter;
}

/** Writes batches of rows; rows that begin with an exclamation mark are left out. */
async function written(batches: string[][][], limits: ChunkLimits, how: How = {}) {
	const { memoryLimit, delimiter = ',' } = how;
	const writer = createChunkWriter(columns, limits, delimiter);
	const spool = createSpool({ memoryLimit });
	let row = 2;
	for (const rows of batches) {
		const skip = Uint8Array.from(rows, ([first]) => (first.startsWith('!') ? 1 : 0));
		const bytes = writer.write(batchOf(rows, row), skip);
		await new Promise((taken) => spool.sink.write(bytes, taken));
		row += rows.length;
	}
	await new Promise<void>((resolve) => spool.sink.end(resolve));
	return { file: spool.file(), header: writer.header, delimiter, chunks: writer.chunks() };
}

/** The CSV file within the form. */
async function fileIn(signals: SignalText, range: RecordRange) {
	const body = chunkBody(signals, range, 7);
	const bytes = await bytesOf(body.open());
	expect(bytes.length).toBe(body.length);
	const text = bytes.toString('utf8');
	const [head] = text.split('\r\n\r\n', 1);
	const { ending } = FILE_TYPES[signals.delimiter];
	expect(head.endsWith(`name="file"; filename="signals-0007.${ending}"`)).toBe(true);
	expect(head).not.toMatch(/Content-Type/i);
	return text.slice(head.length + 4, text.lastIndexOf('\r\n--'));
}

const value = fc.string({
	unit: fc.constantFrom('a', '"', ',', '\t', '|', '\n', '\r\n', ' ', 'ł', '佐', '😀'),
	maxLength: 8,
});
const rowOf = fc.tuple(
	value.map((text) => `u${text}`),
	value,
);
const leftOut = fc.tuple(
	value.map((text) => `!${text}`),
	value,
);
const batches = fc.array(
	fc.array(fc.oneof({ weight: 5, arbitrary: rowOf }, { weight: 1, arbitrary: leftOut }), {
		minLength: 1,
		maxLength: 12,
	}),
	{ maxLength: 4 },
);

it('chunks are whole records under a header each, in order, within the limits', async () => {
	await fc.assert(
		fc.asyncProperty(
			batches,
			fc.integer({ min: 1, max: 7 }),
			fc.integer({ min: 100, max: 400 }),
			fc.boolean(),
			fc.constantFrom(...DELIMITERS),
			async (rows, records, bytes, onDisk, delimiter) => {
				const how = { delimiter, memoryLimit: onDisk ? 0 : undefined };
				const signals = await written(rows, { records, bytes }, how);
				const { file, chunks } = signals;
				const kept = rows.flat().filter(([first]) => !first.startsWith('!'));
				const arrived: string[][] = [];
				for (const chunk of chunks) {
					const text = await fileIn(signals, chunk);
					expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
					const [names, ...content] = parse(text, { bom: false, delimiter }) as string[][];
					expect(names).toEqual(['User', 'Re"marks, long']);
					expect(content).toHaveLength(chunk.records);
					expect(content.length).toBeGreaterThan(0);
					expect(content.length).toBeLessThanOrEqual(records);
					expect(chunk.recordsBefore).toBe(arrived.length);
					const numbered = rows.flat();
					expect(numbered[chunk.firstRow - 2]).toEqual(content[0]);
					expect(numbered[chunk.lastRow - 2]).toEqual(content.at(-1));
					arrived.push(...content);
				}
				expect(arrived).toEqual(kept);
				// Without a byte limit in the way, only the last chunk is not full.
				if (bytes > 390 && records === 1) expect(chunks).toHaveLength(kept.length);
				await file.dispose();
			},
		),
		{ numRuns: 150 },
	);
});

it('12,345 records make chunks of 5,000, 5,000 and 2,345, whatever the batches are', async () => {
	const rows = Array.from({ length: 12_345 }, (_, i) => [`u${i}`, '']);
	const cut = [rows.slice(0, 4_999), rows.slice(4_999, 5_001), rows.slice(5_001)];
	const { chunks, file } = await written(cut, { records: 5_000, bytes: 1e9 });
	expect(chunks.map(({ records, firstRow, lastRow }) => [records, firstRow, lastRow])).toEqual([
		[5_000, 2, 5_001],
		[5_000, 5_002, 10_001],
		[2_345, 10_002, 12_346],
	]);
	await file.dispose();
});

it('a record that is larger than a chunk may be is named', () => {
	const writer = createChunkWriter(columns, { records: 10, bytes: 60 }, ',');
	const write = () =>
		writer.write(
			batchOf([
				['u', 'x'],
				['u', 'x'.repeat(80)],
			]),
		);
	expect(write).toThrow('Row 3 alone is larger than a chunk may be.');
});

it('what is left after some records begins with the next one, even within a chunk', async () => {
	const rows = Array.from({ length: 10 }, (_, i) => [`u${i}`, 'é\n']);
	const limits = { records: 4, bytes: 1e6 };
	const signals = await written([rows], limits);
	const { chunks, file } = signals;
	const bytesPerRecord = chunks[0].length / 4;
	for (let done = 0; done <= 10; done++) {
		const rest = chunksAfter(chunks, { records: done, bytes: done * bytesPerRecord, lastRow: 1 + done });
		const arrived: string[][] = [];
		for (const chunk of rest) {
			expect(chunk.recordsBefore).toBe(done + arrived.length);
			expect(chunk.firstRow).toBe(2 + done + arrived.length);
			arrived.push(...(parse(await fileIn(signals, chunk), { fromLine: 2 }) as string[][]));
			expect(chunk.lastRow).toBe(1 + done + arrived.length);
		}
		expect(arrived).toEqual(rows.slice(done));
	}
	await file.dispose();
});

it('a chunk on disk can be sent again after a sending that was given up', async () => {
	const rows = Array.from({ length: 400 }, (_, i) => [`u${i}`, 'x'.repeat(3_000)] as [string, string]);
	const limits = { records: 1_000, bytes: 10_000_000 };
	const signals = await written([rows], limits, { memoryLimit: 0 });
	const { file, chunks } = signals;
	const body = chunkBody(signals, chunks[0], 1);
	const givenUp = body.open();
	let seen = 0;
	givenUp.on('data', (piece: Buffer) => {
		seen += piece.length;
		if (seen > 300_000) givenUp.destroy();
	});
	await new Promise((resolve) => givenUp.once('close', resolve));
	expect(seen).toBeLessThan(body.length);
	expect((await bytesOf(body.open())).length).toBe(body.length);
	await file.dispose();
});
