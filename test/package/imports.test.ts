import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const root = resolve(__dirname, '../..');

/** Folder of a kernel file → folders it may import besides its own. The table of docs/architecture.md. */
const MAY_IMPORT: Record<string, string[]> = {
	problem: [],
	webAssembly: ['problem'],
	table: ['problem', 'webAssembly'],
	rules: ['problem', 'webAssembly', 'table'],
	package: ['problem', 'table', 'rules'],
	changes: ['table', 'rules'],
	http: ['problem'],
	entra: ['problem', 'http'],
	report: ['problem', 'table', 'rules', 'changes'],
	polling: ['problem', 'http', 'viva', 'table'],
	viva: ['problem', 'table', 'rules', 'package', 'changes', 'http', 'entra'],
	purview: ['problem', 'table', 'rules', 'package', 'http', 'entra'],
	n8n: [
		'problem',
		'table',
		'rules',
		'package',
		'http',
		'entra',
		'viva',
		'purview',
		'polling',
		'changes',
		'report',
	],
};

const files = ['nodes', 'credentials'].flatMap((folder) =>
	(readdirSync(join(root, folder), { recursive: true }) as string[])
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name).split(sep).join('/')),
);

/** What a file imports: paths from the root for its own files, names for packages. */
function importsOf(file: string): string[] {
	const text = readFileSync(join(root, file), 'utf8');
	const statements =
		/^(?:import|export|\})[^'\n]*from '([^']+)'|^import '([^']+)'|\b(?:import|require)\('([^']+)'\)/gm;
	const names = [...text.matchAll(statements)].map(([, from, bare, called]) => from ?? bare ?? called);
	return names.map((name) =>
		name.startsWith('.')
			? relative(root, resolve(root, dirname(file), name))
					.split(sep)
					.join('/')
			: name,
	);
}

/** `table` for nodes/shared/table/csvReader.ts, `problem` for nodes/shared/problem.ts, undefined outside the kernel. */
function kernelPart(path: string): string | undefined {
	return /^nodes\/shared\/(\w+)/.exec(path)?.[1];
}

it('looks at every file', () => {
	expect(files.length).toBeGreaterThan(20);
	expect(importsOf('nodes/shared/rules/rowCheck.ts')).toContain('nodes/shared/table/recordBatch');
});

describe.each(files)('%s', (file) => {
	const part = kernelPart(file);
	const imports = importsOf(file);

	it('imports in the direction of the architecture', () => {
		for (const name of imports) {
			const target = kernelPart(name);
			if (part !== undefined) {
				if (target !== undefined && target !== part) expect(MAY_IMPORT[part]).toContain(target);
				expect(name).not.toMatch(/^(nodes\/(?!shared)|credentials\/)/);
			} else if (file.startsWith('nodes/')) {
				const step = file.split('/')[1];
				if (name.startsWith('nodes/') && target === undefined) expect(name.split('/')[1]).toBe(step);
				expect(name).not.toMatch(/^credentials\//);
			}
		}
	});

	it('knows n8n only at the edge', () => {
		const edge = part === undefined || part === 'n8n';
		if (!edge) expect(imports).not.toContain('n8n-workflow');
		expect(imports.filter((name) => name.startsWith('n8n-core'))).toEqual([]);
	});

	it('imports no package that users do not get', () => {
		const { dependencies, peerDependencies } = JSON.parse(
			readFileSync(join(root, 'package.json'), 'utf8'),
		) as Record<string, Record<string, string>>;
		const known = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
		const foreign = imports.filter(
			(name) => !name.startsWith('node:') && !/^(nodes|credentials)\//.test(name),
		);
		for (const name of foreign) expect(known).toContain(name);
	});
});
