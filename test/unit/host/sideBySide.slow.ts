import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const script = path.resolve(__dirname, '../../../scripts/side-by-side.mjs');
const says = (text: string, code = 0) => `node -e "console.log('${text}');process.exitCode=${code}"`;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'side-by-side-'));
	const scripts = { tests: says('some tests'), types: says('no types', 2), lint: says('some lint') };
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts }));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...scripts: string[]) {
	const { status, stdout } = spawnSync(process.execPath, [script, ...scripts], {
		cwd: folder,
		encoding: 'utf8',
	});
	return {
		status,
		lines: stdout
			.replace(/\b\d{1,6} s/g, 'N s')
			.trimEnd()
			.split('\n'),
	};
}

it('passes when all pass, and shows the first before the others', () => {
	expect(run('tests', 'lint')).toEqual({
		status: 0,
		lines: ['some tests', 'some lint', 'passed  npm run lint (N s)', 'passed  npm run tests (N s)'],
	});
});

it.each([
	['one of the others', ['tests', 'types', 'lint'], 'FAILED  npm run types (N s)'],
	['the first', ['types', 'lint'], 'FAILED  npm run types (N s)'],
	['one that does not exist', ['tests', 'nothing'], 'FAILED  npm run nothing (N s)'],
])('fails when %s fails, and runs the rest all the same', (_, scripts, line) => {
	const { status, lines } = run(...scripts);
	expect(status).toBe(1);
	expect(lines).toContain(line);
	if (scripts.includes('lint')) expect(lines).toContain('some lint');
});
