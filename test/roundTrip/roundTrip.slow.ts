import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import type { Observer } from '../../nodes/shared/pipeline/observers';
import { prepareSignals } from '../../nodes/shared/purview/preparation/prepareSignals';
import { readCsv } from '../../nodes/shared/csv/csvReader';
import { readItems } from '../../nodes/shared/json/itemReader';
import { jsonTable } from '../../nodes/shared/json/jsonReader';
import type { Table } from '../../nodes/shared/records/recordBatch';
import { preparePackage } from '../../nodes/shared/viva/package/preparePackage';
import { packageSettings } from '../fixtures/packageSettings';
import { people, peopleFile, type People } from '../fuzz/inputs/people';
import { createRandom } from '../fuzz/random';
import { inPieces } from '../unit/csv/reading';
import { ensureTools, outputOf } from './tools';
import { bytesOf } from '../helpers/bytesOf';

/* What passes the checks arrives: read by Python cell for cell what the source had, and byte for byte the same by unzip, 7z and yauzl. */

const SEED = Number(process.env.FAST_CHECK_SEED ?? 20_261_121);
const FILES = 240;

/** What must stand in a package, the header first; a day is MM/DD/YYYY, and may also stand there as YYYY-MM-DD. */
type Cells = string[][];

const expected = new Map<string, Cells>();
let folder = '';
interface Found {
	cells: Cells;
	/** of a zip: names and SHA-256 of its files */
	names: string[];
	hashes: string[];
	broken: string | null;
	metadata: object;
}
let found: Record<string, Found>;

beforeAll(async () => {
	await ensureTools();
	folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
	for (let number = 0; number < FILES; number++) {
		if (number % 6 === 5) await writeSignals(number);
		else await writePeople(number);
	}
	found = JSON.parse(outputOf('python3', [join(__dirname, 'readBack.py'), folder]).toString('utf8'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rows that are left out, by their place among the rows. */
function flagged(into: Set<number>, firstRow: number): Observer {
	return {
		restart: () => into.clear(),
		batch(batch, flags) {
			for (let r = 0; r < batch.records; r++) if (flags[r] !== 0) into.add(batch.rows[r] - firstRow);
		},
	};
}

async function writePeople(number: number): Promise<void> {
	const random = createRandom(SEED, number);
	const destination = number % 2 === 0 ? 'vivaHr' : 'organizationalData';
	const form = destination === 'vivaHr' ? 'zip' : random.pick(['csv', 'json'] as const);
	const input = random.pick(['csv', 'json', 'items'] as const);
	const made = people(random, destination, 40);
	if (input !== 'csv') keepTexts(made);
	const left = new Set<number>();
	const prepared = await preparePackage(
		{ open: async () => await tableOf(made, input) },
		packageSettings({
			destination,
			bodyType: form,
			onInvalid: 'leaveOut',
			otherColumns: 'custom',
			level: random.between(0, 9),
		}),
		{ observers: [flagged(left, input === 'csv' ? 2 : input === 'json' ? 1 : 0)] },
	);
	if (!prepared.file) return;
	const name = `${String(number).padStart(4, '0')}-${input}.${form}`;
	writeFileSync(join(folder, name), await bytesOf(prepared.file.open()));
	await prepared.file.dispose();
	const sources = new Map(prepared.mapping.map(({ attribute, column }) => [attribute, column]));
	const columns = prepared.plan.columns.map(({ name }) => name);
	const order = columns.map((name) => made.header.indexOf(sources.get(name) ?? ''));
	const rows = made.rows.flatMap((row, r) =>
		left.has(r) ? [] : [order.map((from) => cellOf(made, row, r, from))],
	);
	expected.set(name, [columns, ...rows]);
}

/** Items and JSON hold texts only, and all of them. */
function keepTexts(made: People): void {
	const width = made.header.length;
	const usable = made.rows.map(
		(row) => row.length === width && row.every((cell) => !/\ufffd/.test(cell.toString())),
	);
	made.days = made.days.filter((_, r) => usable[r]);
	made.rows = made.rows.filter((_, r) => usable[r]);
}

/** A text of nothing but blanks is no value. */
const ONLY_BLANKS = /^[ \t\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]*$/;

function cellOf({ header, days }: People, row: Buffer[], r: number, from: number): string {
	const text = row[from].toString('utf8');
	if (ONLY_BLANKS.test(text)) return '';
	return header[from].endsWith('HireDate') ? (days[r] ?? text) : text;
}

async function tableOf(made: People, input: 'csv' | 'json' | 'items'): Promise<Table> {
	if (input === 'csv') return await readCsv(inPieces(peopleFile(made)), { batchBytes: 512 });
	const items = made.rows.map((row) =>
		Object.fromEntries(row.map((cell, c) => [made.header[c], cell.toString('utf8')])),
	);
	if (items.length === 0) items.push(Object.fromEntries(made.header.map((name) => [name, ''])));
	if (input === 'items') return await readItems(items);
	return await jsonTable(async () => inPieces(JSON.stringify(items), [100]))();
}

async function writeSignals(number: number): Promise<void> {
	const random = createRandom(SEED, number);
	const header = ['UserPrincipalName', 'ResignationDate', 'LastWorkingDate'];
	const rows = random.many(1, 30, () => [
		random.oneIn(8) ? 'nobody' : `person${random.below(1000)}@contoso.com`,
		random.oneIn(8) ? '31.02.2026' : `2026-0${random.between(1, 9)}-1${random.below(10)}`,
		`2026-1${random.below(3)}-2${random.below(9)}`,
	]);
	const left = new Set<number>();
	const file = peopleFile({ header, rows: rows.map((row) => row.map((cell) => Buffer.from(cell))) }, ';');
	const prepared = await prepareSignals(
		{ open: async () => await readCsv(inPieces(file), { batchBytes: 128 }) },
		{
			layout: { scenarios: ['resignation'], headers: {} },
			mapping: [],
			matching: 'sure',
			sendColumns: 'found',
			onInvalid: 'leaveOut',
			longTexts: 'reject',
			chunkLimits: { records: random.between(1, 9), bytes: 10_000 },
			delimiter: ',',
			clean: [],
			severities: {},
			now: new Date('2026-06-30'),
			zone: 'UTC',
		},
		{ observers: [flagged(left, 2)] },
	);
	if (!prepared.file) return;
	const bytes = await bytesOf(prepared.file.open());
	await prepared.file.dispose();
	const kept = rows.filter((_, r) => !left.has(r));
	for (const [c, { offset, length, recordsBefore, records }] of prepared.chunks.entries()) {
		const name = `${String(number).padStart(4, '0')}-chunk${String(c).padStart(3, '0')}.csv`;
		writeFileSync(
			join(folder, name),
			Buffer.concat([prepared.header, bytes.subarray(offset, offset + length)]),
		);
		const instants = kept
			.slice(recordsBefore, recordsBefore + records)
			.map(([user, ...days]) => [user, ...days.map((day) => `${day}T00:00:00.000000Z`)]);
		expected.set(name, [header, ...instants]);
	}
	expect(prepared.chunks.reduce((sum, { records }) => sum + records, 0)).toBe(kept.length);
}

/** A day that may stay in the form of the source. */
function asWritten(cells: Cells): Cells {
	return cells.map((row) => row.map((cell) => cell.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1')));
}

it('writes enough packages of each kind', () => {
	const names = [...expected.keys()];
	for (const kind of [
		'csv.zip',
		'json.zip',
		'items.zip',
		'csv.csv',
		'csv.json',
		'items.csv',
		'items.json',
		'chunk',
	]) {
		expect({ kind, count: names.filter((name) => name.includes(kind)).length > 5 }).toEqual({
			kind,
			count: true,
		});
	}
	expect(readdirSync(folder).sort()).toEqual(names.sort());
});

it('is read by Python cell for cell as the source had it', () => {
	for (const [name, cells] of expected) {
		// A JSON text without a record has no names.
		if (cells.length === 1 && name.endsWith('.json')) continue;
		expect({ name, cells: asWritten(found[name].cells) }).toEqual({ name, cells: asWritten(cells) });
	}
});

it('is a zip of two files that Python calls whole', () => {
	for (const [name, { names, broken, metadata }] of Object.entries(found)) {
		if (!name.endsWith('.zip')) continue;
		expect({ name, names, broken }).toEqual({ name, names: ['data.csv', 'metadata.json'], broken: null });
		const { Mapping } = metadata as { Mapping: Record<string, { name: string }> };
		expect(Object.entries(Mapping).map(([column, entry]) => [column, entry.name])).toEqual(
			expected.get(name)![0].map((column) => [column, column]),
		);
	}
});

/** Bytes of the files of a zip, in its order, as another reader finds them. */
const READERS: Record<string, (path: string, names: string[]) => Promise<Buffer[]> | Buffer[]> = {
	unzip: (path, names) => names.map((name) => outputOf('unzip', ['-p', path, name])),
	'7z': (path, names) => names.map((name) => outputOf('7z', ['e', '-so', path, name])),
	yauzl: async (path) => {
		const zip = await openPromise(path);
		const files: Buffer[] = [];
		for await (const entry of zip.eachEntry())
			files.push(await bytesOf(await zip.openReadStreamPromise(entry)));
		return files;
	},
};

it.each(Object.keys(READERS))('is a zip that holds the same for %s as for Python', async (reader) => {
	for (const [name, { names, hashes }] of Object.entries(found)) {
		if (!name.endsWith('.zip')) continue;
		const files = await READERS[reader](join(folder, name), names);
		const sums = files.map((file) => createHash('sha256').update(file).digest('hex'));
		expect({ name, hashes: sums }).toEqual({ name, hashes });
	}
});
