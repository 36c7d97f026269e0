import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from '../host/npm';

const root = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

/** What a user needs, and nothing else. */
const WANTED = [
	/^(package\.json|README\.md|LICENSE\.md|CHANGELOG\.md)$/,
	/^dist\/(nodes|credentials)\/[\w/]+(\.node|\.credentials)?\.js$/,
	/^dist\/nodes\/\w+\/\w+\.node\.json$/,
	/^dist\/nodes\/\w+\/__schema__\/v\d\.\d\.0\/\w+\.json$/,
	/^dist\/icons\/\w+(\.dark)?\.svg$/,
];
/**
 * In bytes. Measured on 27 November 2026: 335,213 packed, of which the report in four languages is about 20,000. More than this
 * wants a look at what came in.
 */
const MOST_PACKED = 360_000;
const MOST_UNPACKED = 1_200_000;

/** Modules that n8n loads with this package at every start. Measured: 34, none of them a library's. */
const MOST_MODULES = 60;

/** As n8n does at its start: each file is required, each class made once. Prints which modules came. */
const LOAD_ALL = `
	require('n8n-workflow');
	const before = new Set(Object.keys(require.cache));
	for (const file of process.argv.slice(1)) {
		for (const Type of Object.values(require(file))) if (/^class /.test(String(Type))) new Type();
	}
	console.log(JSON.stringify(Object.keys(require.cache).filter((name) => !before.has(name))));
`;

interface Packed {
	size: number;
	unpackedSize: number;
	files: Array<{ path: string; mode: number }>;
}

describe('what npm pack makes', () => {
	let packed: Packed;

	beforeAll(async () => {
		await runNpm(['run', 'build'], { cwd: root });
		const report = await runNpm(['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
		[packed] = JSON.parse(report) as [Packed];
	});

	const paths = () => packed.files.map((file) => file.path);

	it('holds only what users need', () => {
		expect(paths().filter((name) => !WANTED.some((pattern) => pattern.test(name)))).toEqual([]);
	});

	it('holds no test, source, map, and nothing with a secret in its name', () => {
		expect(
			paths().filter((name) =>
				/(^|\/)(tests?|__tests__)\/|\.test\.|\.map$|\.ts$|\.tsbuildinfo|\.env|\.pem|\.key$/i.test(name),
			),
		).toEqual([]);
	});

	it('holds all that n8n will load, with codex and icons', () => {
		const { nodes, credentials } = manifest.n8n;
		const needed = [
			...nodes,
			...credentials,
			...nodes.map((name) => name.replace(/\.js$/, '.json')),
			...readdirSync(path.join(root, 'icons')).map((name) => `dist/icons/${name}`),
			'README.md',
			'LICENSE.md',
			'CHANGELOG.md',
			'package.json',
		];
		expect(needed.filter((name) => !paths().includes(name))).toEqual([]);
	});

	it('compiles every source file, and nothing that has no source any more', () => {
		const compiled = paths().filter((name) => name.endsWith('.js'));
		const sources = ['nodes', 'credentials'].flatMap((top) =>
			readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.ts'))
				.map((name) => `dist/${top}/${name.replaceAll('\\', '/').replace(/\.ts$/, '.js')}`),
		);
		expect(compiled.sort()).toEqual(sources.sort());
	});

	it('is small, and holds no program files', () => {
		expect(packed.size).toBeLessThan(MOST_PACKED);
		expect(packed.unpackedSize).toBeLessThan(MOST_UNPACKED);
		expect(packed.files.filter(({ mode }) => (mode & 0o111) !== 0)).toEqual([]);
	});

	it('loads little when n8n starts: descriptions, and no library', () => {
		const { nodes, credentials } = manifest.n8n;
		const files = [...nodes, ...credentials].map((name) => path.join(root, name));
		const loaded = JSON.parse(
			execFileSync(process.execPath, ['-e', LOAD_ALL, ...files], { cwd: root, encoding: 'utf8' }),
		) as string[];
		expect(loaded).toEqual(expect.arrayContaining(files));
		expect(loaded.filter((name) => name.includes('node_modules'))).toEqual([]);
		expect(loaded.length).toBeLessThanOrEqual(MOST_MODULES);
	});
});
