import { createHash, randomBytes } from 'node:crypto';
import { fstatSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createSpool, sweepLeftovers } from '../../../nodes/shared/files/spool';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'spool-test-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

/** Every file and folder below `folder`. */
const everything = async () => await readdir(folder, { recursive: true });

async function spoolOf(bytes: Buffer, memoryLimit: number) {
	const spool = createSpool({ memoryLimit, folder });
	const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
		bytes.subarray(i * 1000, (i + 1) * 1000),
	);
	await pipeline(Readable.from(pieces), spool.sink);
	return spool.file();
}

describe.each([
	['in memory', 1_000_000],
	['in a file', 5_000],
])('a spool %s', (_where, memoryLimit) => {
	it('gives back what was written, as often as asked, with size and hash', async () => {
		const bytes = randomBytes(50_123);
		const file = await spoolOf(bytes, memoryLimit);
		expect(file.size).toBe(bytes.length);
		expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
		for (let time = 0; time < 2; time++) {
			expect((await buffer(file.open())).equals(bytes)).toBe(true);
		}
		await file.dispose();
		await file.dispose();
	});
});

it('stays readable when a reader gives up in the middle', async () => {
	const bytes = randomBytes(3_000_000);
	const file = await spoolOf(bytes, 5_000);
	const first = file.open();
	first.once('data', () => first.destroy());
	await new Promise((resolve) => first.once('close', resolve));
	expect((await buffer(file.open())).equals(bytes)).toBe(true);
	await file.dispose();
});

it('keeps no name in the file system while it is in use, and its file is private', async () => {
	const file = await spoolOf(randomBytes(50_000), 5_000);
	const { fd } = file.location as { fd: number };
	expect(fstatSync(fd).mode & 0o777).toBe(0o600);
	const [privateFolder, ...rest] = await everything();
	expect(rest).toEqual([]);
	expect((await stat(join(folder, privateFolder))).mode & 0o777).toBe(0o700);
	await file.dispose();
	expect(() => fstatSync(fd)).toThrow();
});

it('does not use a folder that others may read', async () => {
	const shared = join(folder, `n8n-nodes-microsoft-hr-${process.getuid?.()}`);
	await mkdir(shared, { mode: 0o755 });
	const file = await spoolOf(randomBytes(50_000), 5_000);
	const names = await everything();
	const content = await buffer(file.open());
	await file.dispose();
	// Where the file system forces modes, no folder that we make is private: each must go with its file.
	expect(names).toEqual([basename(shared)]);
	expect(content).toHaveLength(50_000);
});

it('takes what is thrown away in the middle with it', async () => {
	const spool = createSpool({ memoryLimit: 10, folder });
	await new Promise((resolve) => spool.sink.write(randomBytes(100_000), resolve));
	await spool.discard();
	expect((await everything()).filter((name) => name.endsWith('.spool'))).toEqual([]);
});

it('sweeps what a dead process left, and nothing else', async () => {
	const id = '00000000-0000-4000-8000-000000000000';
	const dead = `4194303-${Date.now()}-${id}.spool`;
	const sameNumberButOlder = `${process.pid}-${Date.now() - 3_600_000}-${id}.spool`;
	const parent = `${process.ppid}-${Date.now()}-${id}.spool`;
	for (const name of [dead, sameNumberButOlder, parent, 'notes.txt'])
		await writeFile(join(folder, name), 'x');
	await sweepLeftovers(folder);
	expect((await everything()).sort()).toEqual([parent, 'notes.txt'].sort());
});

it('tells a full or missing temporary folder in our own words', async () => {
	const spool = createSpool({ memoryLimit: 10, folder: '/proc/nowhere' });
	await expect(pipeline(Readable.from([randomBytes(100)]), spool.sink)).rejects.toMatchObject({
		name: 'Problem',
		kind: 'configuration',
		advice: expect.stringContaining('TMPDIR'),
	});
});
