import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS, commandsOf } from './commands';
import { readPage, readPages, root } from './pages';

const pages = readPages();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};
const used = [...new Set(pages.flatMap(commandsOf))];

it('reads commands without their remarks', () => {
	const page = readPage(
		'x.md',
		'```sh\nnpm test    # all of it\nopenssl x \\\n  -subj "/CN=a#b"\n\n# only a remark\n```\n',
	);
	expect(commandsOf(page)).toEqual(['npm test', 'openssl x -subj "/CN=a#b"']);
});

it('every command of a page is in test/docs/commands.ts, with the proof that it works or the reason why there is none', () => {
	expect(used.length).toBeGreaterThan(10);
	expect(used.filter((command) => !(command in COMMANDS))).toEqual([]);
});

it('the list holds no command that no page has', () => {
	expect(Object.keys(COMMANDS).filter((command) => !used.includes(command))).toEqual([]);
});

it('names tests that are there, and reasons that say something', () => {
	for (const proof of Object.values(COMMANDS)) {
		if ('test' in proof) expect([proof.test, existsSync(join(root, proof.test))]).toEqual([proof.test, true]);
		if ('because' in proof) expect(proof.because.length).toBeGreaterThan(20);
	}
});

it('the first two commands of the README are the two that everybody starts with', () => {
	const readme = pages.find(({ path }) => path === 'README.md');
	expect(readme && commandsOf(readme).slice(0, 2)).toEqual(['npm run demo', 'npm test']);
});

const mentioned = pages.flatMap((page) =>
	[...commandsOf(page), ...page.inlineCode].map((code) => [page.path, code] as const),
);

it('every script of npm that a page names is in package.json', () => {
	const names = mentioned.flatMap(([path, code]) =>
		[...code.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name]) => `${path}: ${name}`),
	);
	expect(names.length).toBeGreaterThan(8);
	expect(names.filter((name) => !(name.split(': ')[1] in manifest.scripts))).toEqual([]);
});

it('every file that a page starts or names by its path is there', () => {
	const files = mentioned.flatMap(([path, code]) =>
		[...code.matchAll(/(?<![\w/.@-])(?:test|scripts|nodes|credentials|docs|examples)\/[\w./@-]+\.\w+/g)].map(
			([file]) => `${path}: ${file}`,
		),
	);
	expect(files.length).toBeGreaterThan(8);
	expect(files.filter((file) => !existsSync(join(root, file.split(': ')[1])))).toEqual([]);
});
