import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	lastAcceptedByAll,
	openImports,
	type AcceptedImport,
	type ImportFacts,
	type ImportTarget,
	type OpenAttempt,
} from '../../../nodes/shared/imports/importStore';
import { readLastProfiles } from '../../../nodes/shared/purview/delivery/lastProfiles';
import { sentWithLocks } from '../../../nodes/shared/storage/lock';

let folder: string;
beforeEach(() => {
	folder = join(mkdtempSync(join(tmpdir(), 'imports-')), 'step');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const target: ImportTarget = { baseUrl: 'https://x.example/1.0', tenantId: 'T', destination: 'vivaHr' };
const hash = (digit: string) => digit.repeat(64);
const facts = (more: Partial<ImportFacts> = {}): ImportFacts => ({
	contentHash: hash('a'),
	refresh: 'full',
	rows: 500,
	people: 490,
	columns: ['PersonId', 'Organization'],
	...more,
});
const sender = { run: 'run 1', executionId: '17' };
const started = (more: Partial<ImportFacts> = {}): OpenAttempt => ({
	...facts(more),
	...sender,
	startedAt: '2026-03-14T04:59:00.000Z',
});
const accepted = (more: Partial<AcceptedImport> = {}): AcceptedImport => ({
	...facts(),
	...sender,
	ingestionId: 'i-1',
	status: 'NotStarted',
	acceptedAt: '2026-03-14T05:00:00.000Z',
	possiblyDuplicated: false,
	...more,
});
const open = (more: Partial<ImportTarget> = {}) => openImports(folder, { ...target, ...more });
const names = () => readdirSync(folder).sort();
const DAY_MS = 86_400_000;

/** Makes a note older by the clock of the file system. */
function makeOlder(name: string, ms: number): void {
	const at = (statSync(join(folder, name)).mtimeMs - ms) / 1000;
	utimesSync(join(folder, name), at, at);
}

it('knows nothing where nothing was sent, and makes no file by asking', async () => {
	const store = open();
	expect(await store.openAttempt(hash('a'))).toBeUndefined();
	expect(await store.accepted(hash('a'))).toBeUndefined();
	expect(await store.lastAccepted('full')).toBeUndefined();
	expect(await store.sentInRun('run 1')).toEqual({ accepted: [], open: [] });
	expect(() => names()).toThrow(/ENOENT/);
});

it('an attempt stays until its end is noted, also for those who open the store later', async () => {
	await open().begin(started());
	expect(await open().openAttempt(hash('a'))).toMatchObject(started());
	expect(await open().openAttempt(hash('b'))).toBeUndefined();
	await open().forgetAttempt(hash('a'));
	expect(await open().openAttempt(hash('a'))).toBeUndefined();
	expect(await open().accepted(hash('a'))).toBeUndefined();
});

it('an accepted import is told by its content, as the last of its kind, and as one of its run', async () => {
	const store = open();
	await store.begin(started());
	await store.accept(accepted());
	expect(await store.openAttempt(hash('a'))).toBeUndefined();
	expect(await store.accepted(hash('a'))).toMatchObject(accepted());
	expect(await store.lastAccepted('full')).toMatchObject(accepted());
	expect(await store.lastAccepted('incremental')).toBeUndefined();
	const second = accepted({ contentHash: hash('b'), ingestionId: 'i-2', refresh: 'incremental', rows: 3 });
	await store.accept(second);
	expect(await store.lastAccepted('full')).toMatchObject(accepted());
	expect(await store.lastAccepted('incremental')).toMatchObject(second);
	await store.begin(started({ contentHash: hash('c') }));
	const sent = await store.sentInRun('run 1');
	expect(sent.accepted.map(({ ingestionId }) => ingestionId).sort()).toEqual(['i-1', 'i-2']);
	expect(sent.open).toMatchObject([{ contentHash: hash('c') }]);
	expect(await store.sentInRun('run 2')).toEqual({ accepted: [], open: [] });
});

it.each<Partial<ImportTarget>>([
	{ baseUrl: 'https://y.example/1.0' },
	{ tenantId: 'U' },
	{ destination: 'organizationalData' },
])('another target knows nothing of it: %j', async (more) => {
	await open().accept(accepted());
	await open().begin(started());
	const other = open(more);
	expect(other.lockKey(hash('a'))).not.toBe(open().lockKey(hash('a')));
	expect(await other.accepted(hash('a'))).toBeUndefined();
	expect(await other.openAttempt(hash('a'))).toBeUndefined();
	expect(await other.lastAccepted('full')).toBeUndefined();
	expect(await other.sentInRun('run 1')).toEqual({ accepted: [], open: [] });
	expect(await open({ tenantId: 't' }).accepted(hash('a'))).toBeDefined();
});

it('whoever knows no tenant finds the last import to a destination, where all went to one tenant', async () => {
	const last = async () => await lastAcceptedByAll(folder, 'vivaHr', 'full');
	expect(await last()).toBeUndefined();
	await open({ destination: 'organizationalData' }).accept(accepted());
	await open().accept(accepted({ refresh: 'incremental' }));
	expect(await last()).toBeUndefined();
	await open().accept(accepted({ rows: 7 }));
	expect(await last()).toMatchObject({ rows: 7 });
	await open({ tenantId: 'U' }).accept(accepted());
	expect(await last()).toBeUndefined();
});

it('ages are those of the file system', async () => {
	await open().accept(accepted());
	expect((await open().accepted(hash('a')))?.ageMs).toBeLessThan(DAY_MS);
	makeOlder(
		names().find((name) => name.startsWith('import-'))!,
		2 * DAY_MS,
	);
	expect((await open().accepted(hash('a')))?.ageMs).toBeGreaterThanOrEqual(2 * DAY_MS);
});

it('old notes go, but what a later import is compared with stays', async () => {
	await open().accept(accepted());
	for (const name of names()) makeOlder(name, 400 * DAY_MS);
	await open().accept(accepted({ contentHash: hash('b'), refresh: 'incremental' }));
	expect(names().filter((name) => name.startsWith('import-'))).toHaveLength(1);
	expect(await open().lastAccepted('full')).toMatchObject(accepted());
});

it('files are private, and hold hashes, counts and names of columns', async () => {
	await open().accept(accepted());
	await open().begin(started());
	expect(names().map((name) => name.replace(/[0-9a-f]{40}/g, '#'))).toEqual([
		'attempt-#-#.json',
		'import-#-#.json',
		'last-#.json',
	]);
	for (const name of names()) {
		expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
		const known = [...Object.keys(accepted()), 'startedAt', 'tenantId', 'destination'];
		expect(known).toEqual(
			expect.arrayContaining(Object.keys(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object)),
		);
	}
});

it('a note of an attempt that was cut still says that something was sent; a cut one of an import says nothing', async () => {
	await open().begin(started());
	await open().accept(accepted({ contentHash: hash('b') }));
	for (const name of names()) writeFileSync(join(folder, name), '{"rows');
	expect(await open().openAttempt(hash('a'))).toMatchObject({ contentHash: hash('a'), run: '' });
	expect(await open().accepted(hash('b'))).toBeUndefined();
	expect(await open().lastAccepted('full')).toBeUndefined();
});

it('a folder that cannot be used is told', async () => {
	writeFileSync(folder, 'a file');
	await expect(open().begin(started())).rejects.toMatchObject({
		kind: 'configuration',
		message: 'The note of what was sent could not be kept.',
	});
});

it.each<[string, () => Promise<unknown>]>([
	['what a run has sent', async () => await open().sentInRun('run 1')],
	['the last import to any tenant', async () => await lastAcceptedByAll(folder, 'vivaHr', 'full')],
	['the last profiles', async () => await readLastProfiles(folder, undefined)],
	['what was sent with locks', async () => await sentWithLocks(folder)],
])('a folder that cannot be listed is an error, not one where nothing was sent: %s', async (_, read) => {
	writeFileSync(folder, 'a file');
	await expect(read()).rejects.toMatchObject({ kind: 'configuration' });
});
