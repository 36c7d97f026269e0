import { Readable, Writable } from 'node:stream';
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import { writeArchive } from '../../../nodes/shared/files/zipWriter';

function collector() {
	const pieces: Buffer[] = [];
	const sink = new Writable({
		write(chunk: Buffer, _encoding, done) {
			pieces.push(chunk);
			done();
		},
	});
	return { sink, bytes: () => Buffer.concat(pieces) };
}

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

it.each([0, 1, 6, 9])('writes entries in order at level %i, readable by another library', async (level) => {
	const { sink, bytes } = collector();
	const asked: string[] = [];
	await writeArchive(
		[
			{
				name: 'data.csv',
				content: async function* () {
					asked.push('data');
					yield* pieces('PersonId\r\n', 'élodie@contoso.com\r\n');
				},
			},
			{
				name: 'metadata.json',
				content: async function* () {
					asked.push('metadata');
					yield* pieces('{}');
				},
			},
		],
		sink,
		{ level },
	);
	expect(await unzip(bytes())).toEqual({
		'data.csv': 'PersonId\r\nélodie@contoso.com\r\n',
		'metadata.json': '{}',
	});
	expect(asked).toEqual(['data', 'metadata']);
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
	await writeArchive([{ name: 'data.csv', content }], sink, { level: 1 });
	expect(await unzip(bytes())).toEqual({ 'data.csv': lines.join('') });
});

it('throws what its content throws', async () => {
	const failing = async function* () {
		yield Buffer.from('begin');
		throw new Error('row 7 is broken');
	};
	const { sink } = collector();
	await expect(writeArchive([{ name: 'data.csv', content: failing }], sink, { level: 1 })).rejects.toThrow(
		'row 7 is broken',
	);
});

it('throws what its sink throws', async () => {
	const sink = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });
	const content = () => pieces('x'.repeat(100_000));
	await expect(writeArchive([{ name: 'data.csv', content }], sink, { level: 0 })).rejects.toThrow(
		'disk full',
	);
});

it('stops when it is told to', async () => {
	const controller = new AbortController();
	const endless = async function* () {
		for (let i = 0; ; i++) {
			if (i === 50) controller.abort();
			yield Buffer.alloc(10_000, 'x');
		}
	};
	const { sink } = collector();
	await expect(
		writeArchive([{ name: 'data.csv', content: endless }], sink, { level: 1, signal: controller.signal }),
	).rejects.toThrow(/abort/i);
});

it('holds no more than a few pieces at a time', async () => {
	let produced = 0;
	let ahead = 0;
	let written = 0;
	const counting = new Writable({
		highWaterMark: 16 * 1024,
		write(chunk: Buffer, _encoding, done) {
			written += chunk.length;
			ahead = Math.max(ahead, produced - written);
			setImmediate(done);
		},
	});
	const content = async function* () {
		for (let i = 0; i < 200; i++) {
			produced += 64 * 1024;
			yield Buffer.alloc(64 * 1024, i);
		}
	};
	await writeArchive([{ name: 'data.csv', content: () => Readable.from(content()) }], counting, { level: 0 });
	expect(ahead).toBeLessThan(4 * 1024 * 1024);
});
