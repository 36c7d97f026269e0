import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const script = path.resolve(__dirname, '../../../scripts/ensure-installed.mjs');
let root: string;

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'checkout-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const wanted = {
	'': { name: 'ours' },
	'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
	'node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
	'node_modules/for-another-system': { version: '1.0.0', integrity: 'sha512-c', optional: true },
};

function stale(installed: object | null): string[] {
	writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
	mkdirSync(path.join(root, 'node_modules'), { recursive: true });
	const record = path.join(root, 'node_modules', '.package-lock.json');
	rmSync(record, { force: true });
	if (installed) writeFileSync(record, JSON.stringify({ packages: installed }));
	// In a process of its own: it is an ES module, as the first step on a fresh clone must run without a compiler.
	const code = `import(${JSON.stringify(pathToFileURL(script).href)}).then((m) => console.log(JSON.stringify(m.stalePackages(${JSON.stringify(root)}))))`;
	return JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' })) as string[];
}

describe('stalePackages', () => {
	const { 'node_modules/a': a, 'node_modules/b': b } = wanted;

	it('names everything on a fresh clone', () => {
		expect(stale(null)).toEqual(['node_modules/a', 'node_modules/b']);
	});

	it('is empty when all is there; optional packages of other systems may be missing', () => {
		expect(stale({ 'node_modules/a': a, 'node_modules/b': b })).toEqual([]);
	});

	it('names what is missing, another version or another build', () => {
		expect(stale({ 'node_modules/a': a })).toEqual(['node_modules/b']);
		expect(stale({ 'node_modules/a': { ...a, version: '1.0.1' }, 'node_modules/b': b })).toEqual([
			'node_modules/a',
		]);
		expect(stale({ 'node_modules/a': a, 'node_modules/b': { ...b, integrity: 'sha512-x' } })).toEqual([
			'node_modules/b',
		]);
	});
});
