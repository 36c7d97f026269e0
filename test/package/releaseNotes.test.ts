import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const script = path.resolve(__dirname, '../../scripts/release-notes.mjs');
let root: string;

beforeAll(() => {
	root = mkdtempSync(path.join(tmpdir(), 'release-'));
	mkdirSync(path.join(root, 'scripts'));
	cpSync(script, path.join(root, 'scripts/release-notes.mjs'));
	writeFileSync(path.join(root, 'package.json'), '{"version":"1.2.0"}');
});
afterAll(() => rmSync(root, { recursive: true }));

function notes(tag: string, changelog: string) {
	writeFileSync(path.join(root, 'CHANGELOG.md'), changelog);
	const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release-notes.mjs', tag], {
		cwd: root,
		encoding: 'utf8',
	});
	return { status, stdout, stderr };
}

const CHANGELOG =
	'# Changelog\n\n## 1.2.0 (2026-12-31)\n\n- New.\n- Better.\n\n## 1.1.0 (2026-11-30)\n\n- Old.\n';

it('gives what the changelog says of the version', () => {
	expect(notes('v1.2.0', CHANGELOG)).toEqual({ status: 0, stdout: '- New.\n- Better.\n', stderr: '' });
});

it.each([
	['v1.1.0', CHANGELOG, 'The tag is v1.1.0, but package.json says 1.2.0.'],
	['1.2.0', CHANGELOG, 'The tag is 1.2.0, but package.json says 1.2.0.'],
	['v1.2.0', CHANGELOG.replace('1.2.0', '1.2.0-rc.1'), "no section '## 1.2.0'"],
	['v1.2.0', CHANGELOG.replace('2026-12-31', 'unreleased'), 'has no date'],
	['v1.2.0', CHANGELOG.replace('- New.\n- Better.\n', ''), 'is empty'],
])('%s is refused: case %#', (tag, changelog, words) => {
	const { status, stdout, stderr } = notes(tag, changelog);
	expect([status, stdout]).toEqual([1, '']);
	expect(stderr).toContain(words);
});
