import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { Problem } from '../../nodes/shared/core/problem';
import { openZip } from '../../nodes/shared/zip/zipReader';
import { oddZip } from '../fuzz/inputs/oddZips';
import { createRandom } from '../fuzz/random';
import { ensureTools, outputOf } from './tools';
import { bytesOf } from '../helpers/bytesOf';

/*
 * Whatever zip we take, Python's zipfile, Info-ZIP's unzip, 7z and yauzl read the same files from it: a prebuilt zip is sent as it
 * is, so what was checked has to be what the service sees. ZIP_CASES and FAST_CHECK_SEED look for more.
 */

const SEED = Number(process.env.FAST_CHECK_SEED ?? 20_261_125);
const CASES = Number(process.env.ZIP_CASES ?? 10_000);

interface Found {
	names: string[];
	/** of each file */
	contents: Buffer[];
}

const taken = new Map<string, Found>();
let folder = '';

beforeAll(async () => {
	await ensureTools();
	folder = mkdtempSync(join(tmpdir(), 'zip-readers-'));
	for (let number = 0; number < CASES; number++) {
		const { file } = oddZip(createRandom(SEED, number));
		const found = await readOurselves(file);
		if (!found) continue;
		const name = `${String(number).padStart(6, '0')}.zip`;
		writeFileSync(join(folder, name), file);
		taken.set(name, found);
	}
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readOurselves(file: Buffer): Promise<Found | undefined> {
	const found: Found = { names: [], contents: [] };
	try {
		for (const entry of await openZip({ buffer: file })) {
			found.names.push(entry.name);
			found.contents.push(await bytesOf(entry.open()));
		}
		return found;
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

it('takes enough zips, of which many are unusual', () => {
	expect(taken.size).toBeGreaterThan(CASES / 3);
	expect(taken.size).toBeLessThan(CASES / 2);
});

it('is read alike by Python', () => {
	const read = JSON.parse(
		outputOf('python3', [join(__dirname, 'readZips.py'), folder]).toString('utf8'),
	) as Record<string, Array<[string, string]> | string>;
	for (const [zip, { names, contents }] of taken) {
		const found = read[zip];
		if (typeof found === 'string') throw new Error(`${zip}: ${found}`);
		expect({ zip, names: found.map(([name]) => name), sums: found.map(([, sum]) => sum) }).toEqual({
			zip,
			names: names,
			sums: contents.map(sha256),
		});
	}
});

it('is read alike by yauzl', async () => {
	for (const [zip, { names, contents }] of taken) {
		const opened = await fromBufferPromise(readFileSync(join(folder, zip)));
		const found: Found = { names: [], contents: [] };
		for await (const entry of opened.eachEntry()) {
			found.names.push(entry.fileName);
			found.contents.push(await bytesOf(await opened.openReadStreamPromise(entry)));
		}
		expect({ zip, names: found.names, sums: found.contents.map(sha256) }).toEqual({
			zip,
			names,
			sums: contents.map(sha256),
		});
	}
});

/** Lists and unpacks zips: writes the names, the files one behind the other, and how the programs ended. */
const READ = `
for zip; do
	unzip -Z1 "$zip" > "$zip.unzip.names" 2>/dev/null; list=$?
	unzip -qq -p "$zip" > "$zip.unzip" 2>"$zip.unzip.told"; echo "$list $?" > "$zip.unzip.code"
	7z l -ba -slt "$zip" > "$zip.7z.names" 2>/dev/null; list=$?
	7z x -so "$zip" > "$zip.7z" 2>"$zip.7z.told"; echo "$list $?" > "$zip.7z.code"
done
`;
const READ_ALL = 'cd "$1" && printf "%s\\0" *.zip | xargs -0 -n 50 -P "$(nproc)" bash -c "$2" bash';

describe('is read alike', () => {
	beforeAll(() => outputOf('bash', ['-c', READ_ALL, 'bash', folder, READ]));

	const read = (zip: string, what: string) => readFileSync(join(folder, `${zip}.${what}`));

	it.each([
		['unzip', (text: string) => text.split('\n').filter((line) => line !== '')],
		['7z', (text: string) => [...text.matchAll(/^Path = (.*)$/gm)].map(([, name]) => name)],
	])('by %s', (reader, namesIn) => {
		for (const [zip, { names, contents }] of taken) {
			// Of a zip without files, unzip says that it is empty.
			if (names.length === 0) continue;
			const found = namesIn(read(zip, `${reader}.names`).toString('utf8'));
			const whole = Buffer.concat(contents);
			expect({
				zip,
				code: read(zip, `${reader}.code`).toString().trim(),
				told: read(zip, `${reader}.told`).toString(),
				names: found,
				same: read(zip, reader).equals(whole),
			}).toEqual({ zip, code: '0 0', told: '', names: names, same: true });
		}
	});
});
