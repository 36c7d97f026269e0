import { setImmediate, setTimeout } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { writeZip } from '../../../nodes/shared/zip/zipWriter';
import { createRandom } from '../../fuzz/random';
import { collector, endless, entriesOf, tableFile } from './zipFixtures';

/* The memory of a piece is used again: with a ring of two, each of these is red. */
describe.each([0, 1])('fills no memory too early, level %i', (level) => {
	const SEED = 20_261_125;
	const MB = 1024 * 1024;

	it.each([
		['a slow sink', 0, 4],
		['a slow source', 4, 0],
		['both at random', 4, 4],
		['neither', 0, 0],
	])('%s', async (_what, sourceMs, sinkMs) => {
		const random = createRandom(SEED, level * 100 + sourceMs * 10 + sinkMs);
		const pause = (most: number) => async () => {
			if (most === 0 || random.oneIn(2)) await setImmediate();
			else await setTimeout(random.below(most + 1));
		};
		const { sink, bytes } = collector(pause(sinkMs));
		// Each number of four bytes occurs once.
		const expected = Buffer.from(
			Uint32Array.from({ length: 3 * MB }, (_, i) => (i * 2_654_435_761) % 2 ** 32).buffer,
		);
		const content = async function* () {
			for (let at = 0; at < expected.length;) {
				await pause(sourceMs)();
				const end = at + random.between(1, 2 * MB);
				yield expected.subarray(at, end);
				at = end;
			}
		};
		await writeZip(tableFile(content()), sink, { level });
		const [entry] = await entriesOf(bytes());
		const begin = entry.relativeOffsetOfLocalHeader + 30 + 'data.csv'.length;
		const packed = bytes().subarray(begin, begin + entry.compressedSize);
		expect(inflateRawSync(packed).equals(expected)).toBe(true);
	});
});

it('runs that fail leave no memory behind', async () => {
	const once = async () => {
		const { content } = endless((number) => {
			if (number === 12) throw new Error('broken');
		});
		await expect(writeZip(tableFile(content), collector().sink, { level: 1 })).rejects.toThrow('broken');
		// Node gives back what a compressor holds when its event loop rests.
		await setTimeout(5);
	};
	for (let i = 0; i < 20; i++) await once();
	const before = process.memoryUsage().rss;
	for (let i = 0; i < 100; i++) await once();
	// One run holds 3 MB; 100 that stayed would be 300.
	expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
});
