import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTokenFile } from '../../../../nodes/shared/entra/federated/tokenFile';
import { problemOf } from '../../../helpers/thrownBy';

jest.mock('node:fs/promises', () => {
	const actual = jest.requireActual<typeof files>('node:fs/promises');
	return { ...actual, open: jest.fn(actual.open) };
});

const SECRET = 'planted-token';
let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'token-file-'));
	mkdirSync(join(folder, 'tokens'));
	path = join(folder, 'tokens', 'azure-identity-token');
});
afterEach(() => rmSync(folder, { recursive: true }));

const refusal = async () => await problemOf(readTokenFile(path), [SECRET, folder]);

/** Puts a token there as Kubernetes does: in a folder of its own, to which `..data` leads; the one before goes. */
function mount(token: string, version: string): void {
	const tokens = join(folder, 'tokens');
	const [data, link] = [join(tokens, '..data'), join(tokens, '..data_tmp')];
	mkdirSync(join(tokens, version));
	writeFileSync(join(tokens, version, 'azure-identity-token'), token);
	symlinkSync(version, link);
	renameSync(link, data);
	rmSync(path, { force: true });
	symlinkSync(join('..data', 'azure-identity-token'), path);
}

it('is read without the blanks around it', async () => {
	writeFileSync(path, ' a.b.c\n');
	expect(await readTokenFile(path)).toBe('a.b.c');
});

it('is read as Kubernetes mounts it, and anew when it was renewed', async () => {
	mount('first', '..2026_11_27_06_00_00.1');
	expect(await readTokenFile(path)).toBe('first');
	mount('second', '..2026_11_27_07_00_00.2');
	expect(await readTokenFile(path)).toBe('second');
});

it('is read where its folder is reached through a link, as /var/run is', async () => {
	writeFileSync(path, SECRET);
	symlinkSync(folder, `${folder}-link`);
	try {
		path = join(`${folder}-link`, 'tokens', 'azure-identity-token');
		expect(await readTokenFile(path)).toBe(SECRET);
	} finally {
		rmSync(`${folder}-link`);
	}
});

it('is read where Kubernetes renews it between finding and opening it', async () => {
	mount('first', '..1');
	jest.mocked(files.open).mockImplementationOnce(async (...all) => {
		mount('second', '..2');
		rmSync(join(folder, 'tokens', '..1'), { recursive: true });
		return await jest.requireActual<typeof files>('node:fs/promises').open(...all);
	});
	expect(await readTokenFile(path)).toBe('second');
});

describe('is refused', () => {
	it.each<[string, () => void, string]>([
		['where there is none', () => undefined, 'does not exist.'],
		['that is a folder', () => mkdirSync(path), 'is not a regular file.'],
		['that nobody writes to', () => execFileSync('mkfifo', [path]), 'is not a regular file.'],
		['larger than a token', () => writeFileSync(path, SECRET.repeat(2_000)), 'is too large for a token.'],
		[
			'that is a link out of its folder',
			() => {
				writeFileSync(join(folder, 'other'), SECRET);
				symlinkSync(join('..', 'other'), path);
			},
			'is a link that leads out of its folder.',
		],
		[
			'in a folder whose name begins like its own',
			() => {
				mkdirSync(join(folder, 'tokens-of-others'));
				writeFileSync(join(folder, 'tokens-of-others', 'a'), SECRET);
				symlinkSync(join('..', 'tokens-of-others', 'a'), path);
			},
			'is a link that leads out of its folder.',
		],
	])('one %s', async (_, make, words) => {
		make();
		const { kind, message, advice } = await refusal();
		expect([kind, message]).toEqual([
			'configuration',
			`The token file that AZURE_FEDERATED_TOKEN_FILE names ${words}`,
		]);
		expect(advice).toContain('Ask who runs n8n');
	});

	it('one that n8n may not read', async () => {
		jest.mocked(files.open).mockRejectedValueOnce(Object.assign(new Error(path), { code: 'EACCES' }));
		writeFileSync(path, SECRET);
		expect((await refusal()).message).toContain('may not be read by n8n');
	});
});
