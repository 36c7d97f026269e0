import { setImmediate, setTimeout } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import { writeZip } from '../../../nodes/shared/zip/zipWriter';
import { createRandom } from '../../fuzz/random';
import { collector, endless, entriesOf, tableFile } from './zipFixtures';

async function* pieces(...texts: string[]) {
	for (const text of texts) yield Buffer.from(text);
}

async function unzip(bytes: Buffer): Promise<Record<string, string>> {
	const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])), { checkSignature: true });
	const files: Record<string, string> = {};
	for (const entry of await reader.getEntries()) {
		if (!entry.directory) files[entry.filename] = await entry.getData(new TextWriter());
	}
	return files;
}

it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('deflates two files in order at level %i', async (level) => {
	const { sink, bytes } = collector();
	const text = 'PersonId\r\nélodie@contoso.com\r\n';
	const written = await writeZip(tableFile(pieces(text.slice(0, 12), text.slice(12))), sink, { level });
	expect(await unzip(bytes())).toEqual({ 'data.csv': text, 'metadata.json': '{}' });
	const entries = await entriesOf(bytes());
	expect(entries.map(({ fileName, compressionMethod }) => [fileName, compressionMethod])).toEqual([
		['data.csv', 8],
		['metadata.json', 8],
	]);
	expect(written).toEqual({ size: entries[0].uncompressedSize, checksum: entries[0].crc32 });
});

it.each([0, 1, 6, 9])(
	'the same content is the same bytes, whenever and in whatever pieces: level %i',
	async (level) => {
		const text = Array.from({ length: 20_000 }, (_, i) => `p${i}@contoso.com,${(i * 7919) % 1_000}\r\n`).join(
			'',
		);
		const random = createRandom(7, 0);
		const cut = (most: number) => {
			const parts: string[] = [];
			for (let from = 0; from < text.length;) {
				const to = from + 1 + random.below(most);
				parts.push(text.slice(from, to));
				from = to;
			}
			return parts;
		};
		const packed: string[] = [];
		for (const parts of [[text], cut(300), cut(100_000)]) {
			jest.useFakeTimers({ now: new Date(2026, packed.length, 3), doNotFake: ['setImmediate', 'nextTick'] });
			const { sink, bytes } = collector();
			await writeZip(tableFile(pieces(...parts)), sink, { level });
			packed.push(bytes().toString('hex'));
		}
		jest.useRealTimers();
		expect(new Set(packed).size).toBe(1);
	},
);

it('writes an empty table', async () => {
	const { sink, bytes } = collector();
	expect(await writeZip(tableFile(pieces()), sink, { level: 1 })).toEqual({ size: 0, checksum: 0 });
	expect(await unzip(bytes())).toEqual({ 'data.csv': '', 'metadata.json': '{}' });
});

it.each([-1, 10, 1.5, NaN, Infinity, '6' as unknown as number])('refuses level %p', async (level) => {
	const { sink } = collector();
	await expect(writeZip(tableFile(pieces('a')), sink, { level })).rejects.toMatchObject({
		kind: 'configuration',
		message: "The option 'Compression Level' is not a whole number from 0 to 9.",
	});
});

it('needs each piece only until it asks for the next one', async () => {
	const { sink, bytes } = collector();
	const lines = Array.from({ length: 300 }, (_, i) => `${i},${'x'.repeat((i * 37) % 5000)}\r\n`);
	const content = async function* () {
		const same = Buffer.alloc(6000);
		for (const line of lines) {
			yield same.subarray(0, same.write(line));
			same.fill('!');
		}
	};
	await writeZip(tableFile(content()), sink, { level: 1 });
	expect((await unzip(bytes()))['data.csv']).toBe(lines.join(''));
});

/** A rejected promise or an event that nobody hears of turns the test red while it waits. */
async function settle(): Promise<void> {
	for (let i = 0; i < 20; i++) await setTimeout(1);
}

describe('an end before the end', () => {
	it('throws what its table throws, at once and later, and ends the sink', async () => {
		for (const at of [1, 2, 60]) {
			const { sink } = collector();
			const { state, content } = endless((number) => {
				if (number === at) throw new Error(`row ${number} is broken`);
			});
			await expect(writeZip(tableFile(content), sink, { level: 1 })).rejects.toThrow(`row ${at} is broken`);
			await settle();
			expect({ closed: state.closed, given: state.given, destroyed: sink.destroyed }).toEqual({
				closed: 1,
				given: at,
				destroyed: true,
			});
		}
	});

	it('throws what its sink throws, at once and later, and closes the table', async () => {
		for (const at of [1, 5, 40]) {
			let taken = 0;
			const sink = new Writable({
				write: (_chunk, _encoding, done) => done(++taken === at ? new Error('disk full') : null),
			});
			const { state, content } = endless();
			await expect(writeZip(tableFile(content), sink, { level: 0 })).rejects.toThrow('disk full');
			await settle();
			const { given } = state;
			await settle();
			expect({ closed: state.closed, given: state.given, taken }).toEqual({ closed: 1, given, taken: at });
		}
	});

	it('stops when it is told to, before, meanwhile and while nothing moves, and closes the table', async () => {
		const controllers = [0, 1, 2].map(() => new AbortController());
		controllers[0].abort();
		const stuck = new Writable({ write: () => setTimeout(1).then(() => controllers[2].abort()) });
		for (const [i, sink] of [collector().sink, collector().sink, stuck].entries()) {
			const { state, content } = endless((number) => {
				if (i === 1 && number === 50) controllers[1].abort();
			});
			const { signal } = controllers[i];
			await expect(writeZip(tableFile(content), sink, { level: 0, signal })).rejects.toThrow(/abort/i);
			await settle();
			// A generator that never began has nothing to close.
			expect(state.closed).toBe(Math.min(1, state.given));
			expect(sink.destroyed).toBe(true);
		}
	});
});

it('holds no more than a few pieces at a time', async () => {
	let ahead = 0;
	let given = 0;
	let taken = 0;
	const counting = new Writable({
		highWaterMark: 16 * 1024,
		write(chunk: Buffer, _encoding, done) {
			taken += chunk.length;
			ahead = Math.max(ahead, given - taken);
			void setImmediate().then(() => done());
		},
	});
	const content = async function* () {
		for (let i = 0; i < 800; i++) {
			given += 64 * 1024;
			yield Buffer.alloc(64 * 1024, i);
		}
	};
	await writeZip(tableFile(content()), counting, { level: 0 });
	expect(ahead).toBeLessThan(10 * 1024 * 1024);
});
