import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const checkout = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
	author: { email: string };
	repository: { url: string };
};
const [, owner] = /github\.com\/([\w-]+)\//.exec(manifest.repository.url) ?? [];

/** Every file that sends users to an address of ours. */
const FILES = [
	'package.json',
	'SECURITY.md',
	'.github/ISSUE_TEMPLATE/config.yml',
	...['PurviewHrApi', 'VivaHrApi'].map((name) => `credentials/${name}.credentials.ts`),
	...['PollIngestion', 'PurviewHrSignal', 'VivaHrIngest'].map((name) => `nodes/${name}/${name}.node.json`),
];
const PLACEHOLDERS = { email: 'maintainers@n8n-nodes-microsoft-hr.dev', owner: 'n8n-nodes-microsoft-hr' };
const OWNED = { email: 'hr-nodes@contoso.example', owner: 'contoso' };

let root: string;
beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'placeholders-'));
	for (const name of [
		'package.json',
		'README.md',
		'SECURITY.md',
		'.github',
		'credentials',
		'nodes',
		'scripts',
	])
		cpSync(path.join(checkout, name), path.join(root, name), { recursive: true });
	for (const name of FILES) fill(name, OWNED);
});
afterEach(() => rmSync(root, { recursive: true }));

function fill(name: string, by: typeof OWNED): void {
	const text = readFileSync(path.join(checkout, name), 'utf8');
	writeFileSync(
		path.join(root, name),
		text
			.replaceAll(manifest.author.email, by.email)
			.replaceAll(`github.com/${owner}/`, `github.com/${by.owner}/`),
	);
}

function refused(GITHUB_REPOSITORY = ''): string[] {
	const { status, stderr } = spawnSync(process.execPath, ['scripts/refuse-placeholders.mjs'], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, GITHUB_REPOSITORY },
	});
	const lines = stderr.split('\n').filter(Boolean);
	expect(status).toBe(lines.length > 0 ? 1 : 0);
	return lines;
}

it('addresses of an owner pass, and are those of the repository that releases', () => {
	expect(refused()).toEqual([]);
	expect(refused('contoso/n8n-nodes-microsoft-hr')).toEqual([]);
	expect(refused('stranger/fork')).toContain(
		'repository.url in package.json is not that of github.com/stranger/fork.',
	);
});

it.each(FILES)('a placeholder in %s stops a release', (name) => {
	fill(name, PLACEHOLDERS);
	expect(refused()).toEqual([
		`${name} has an address that nobody owns.`,
		'See "Before the first release" in CONTRIBUTING.md.',
	]);
});
