import { crc32 } from 'node:zlib';
import { text as readAsText } from 'node:stream/consumers';
import { ZipArchive } from 'archiver';
import crcOfArchiver from 'crc-32';
import { countChecksumNatively } from '../../../nodes/shared/zip/nativeChecksum';
import { entriesOf } from './zipFixtures';

const TABLE = 'PersonId\r\n' + 'élodie@contoso.com\r\n'.repeat(20_000);

/** A zip of the table and an empty file, packed by archiver. */
async function pack(archive: ZipArchive): Promise<string> {
	const date = new Date('2000-01-01T00:00:00Z');
	archive.append(Buffer.from(TABLE), { name: 'data.csv', date, store: false });
	archive.append(Buffer.alloc(0), { name: 'empty.csv', date, store: false });
	void archive.finalize();
	archive.setEncoding('latin1');
	return await readAsText(archive);
}

const archiveOf = (level: number) => new ZipArchive({ zlib: { level } });

it.each([0, 1, 9])('gives the same zip as archiver alone, without its checksum: level %i', async (level) => {
	const counted = jest.spyOn(crcOfArchiver, 'buf');
	const alone = await pack(archiveOf(level));
	expect(counted).toHaveBeenCalled();
	counted.mockClear();
	const archive = archiveOf(level);
	expect(countChecksumNatively(archive)).toBe(true);
	const ours = await pack(archive);
	expect(ours).toBe(alone);
	// What is stored as it is, such as an empty file, does not go through the compressor.
	expect(counted.mock.calls.filter(([bytes]) => bytes.length > 0)).toEqual([]);
	const [data] = await entriesOf(Buffer.from(ours, 'latin1'));
	expect(data.crc32).toBe(crc32(TABLE));
});

it.each([
	['without a format', {}],
	['with a format of another make', { _module: { engine: { entry: () => undefined } } }],
])('leaves an archive %s as it is', (_, archive) => {
	const before = { ...archive };
	expect(countChecksumNatively(archive)).toBe(false);
	expect(archive).toEqual(before);
});

it('leaves a compressor of another make as it is', () => {
	const transform = () => undefined;
	const engine = { _smartStream: () => ({ _transform: transform }) };
	countChecksumNatively({ _module: { engine } });
	expect(engine._smartStream()._transform).toBe(transform);
});
