import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const root = resolve(__dirname, '../..');

/**
 * Kernel folder → kernel folders that it may import besides itself: the table of docs/architecture.md. A folder stands
 * behind all that it imports, so that the list itself cannot hold a cycle.
 */
const MAY_IMPORT: Record<string, string[]> = {
	core: [],
	parameters: ['core'],
	storage: ['core'],
	records: ['core'],
	csv: ['core', 'records'],
	json: ['core', 'csv', 'records'],
	zip: ['core'],
	files: ['core', 'csv', 'json', 'records', 'zip'],
	findings: ['core', 'csv'],
	columns: ['core', 'findings', 'records'],
	dates: ['columns', 'core', 'findings', 'records'],
	checks: ['columns', 'core', 'dates', 'findings', 'records'],
	'checks/dataset': ['columns', 'core', 'findings', 'records'],
	people: ['checks/dataset', 'core', 'findings', 'records'],
	managers: ['columns', 'core', 'findings', 'records'],
	pipeline: [
		'checks',
		'checks/dataset',
		'columns',
		'core',
		'dates',
		'files',
		'findings',
		'managers',
		'people',
		'records',
		'zip',
	],
	changes: ['columns', 'core', 'dates', 'records'],
	vocabulary: ['columns'],
	'report/observe': ['changes', 'columns', 'core', 'findings', 'people', 'pipeline', 'records'],
	'report/language': ['core', 'findings'],
	'report/page': ['core', 'report/language', 'report/observe'],
	report: ['changes', 'columns', 'core', 'findings', 'report/language', 'report/observe', 'report/page'],
	http: ['core'],
	'http/transport': ['core', 'http'],
	'entra/federated': ['core', 'http'],
	entra: ['core', 'entra/federated', 'http'],
	'viva/service': ['columns', 'core', 'http'],
	imports: ['core', 'storage', 'viva/service'],
	'viva/attributes': [
		'checks',
		'checks/dataset',
		'columns',
		'core',
		'csv',
		'findings',
		'managers',
		'pipeline',
		'viva/service',
		'vocabulary',
	],
	'viva/readiness': [
		'checks/dataset',
		'columns',
		'core',
		'findings',
		'records',
		'viva/attributes',
		'viva/service',
	],
	'viva/prebuilt': [
		'checks',
		'checks/dataset',
		'columns',
		'csv',
		'dates',
		'files',
		'findings',
		'pipeline',
		'records',
		'viva/attributes',
		'viva/readiness',
		'viva/service',
		'zip',
	],
	'viva/package': [
		'changes',
		'checks',
		'checks/dataset',
		'columns',
		'core',
		'csv',
		'dates',
		'files',
		'findings',
		'json',
		'pipeline',
		'records',
		'viva/attributes',
		'viva/prebuilt',
		'viva/readiness',
		'viva/service',
	],
	polling: ['core', 'http', 'viva/service'],
	'purview/signals': [
		'checks',
		'checks/dataset',
		'columns',
		'core',
		'csv',
		'dates',
		'files',
		'findings',
		'http',
		'pipeline',
		'records',
		'viva/attributes',
		'vocabulary',
	],
	'purview/preparation': [
		'changes',
		'checks',
		'checks/dataset',
		'columns',
		'core',
		'dates',
		'files',
		'findings',
		'pipeline',
		'purview/signals',
	],
	'purview/delivery': ['checks/dataset', 'core', 'files', 'http', 'pipeline', 'purview/signals', 'storage'],
};

interface SourceFile {
	path: string;
	/** paths from the root without `.ts` for own files, names for packages */
	imports: string[];
}

const files: SourceFile[] = ['nodes', 'credentials'].flatMap((folder) =>
	(readdirSync(join(root, folder), { recursive: true }) as string[])
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name).split(sep).join('/'))
		.map((path) => ({ path, imports: importsOf(path) })),
);

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

/** `csv` for nodes/shared/csv/csvReader.ts, undefined outside the shared folders. */
function kernelFolder(path: string): string | undefined {
	return /^nodes\/shared\/(.+)\/[^/]+$/.exec(path)?.[1];
}

const isEdge = (folder: string | undefined) => folder === undefined || /^n8n\b/.test(folder);

/** Why a file may not import a name, or nothing where it may. */
function objectionTo(file: string, name: string): string | undefined {
	const folder = kernelFolder(file);
	const target = kernelFolder(name);
	const own = /^(nodes|credentials)\//.test(name);
	if (folder !== undefined && own && target === undefined)
		return 'shared code imports a step or a credential';
	if (!isEdge(folder) && target !== undefined && target !== folder) {
		if (!MAY_IMPORT[folder as string]?.includes(target)) return `${folder} may not import ${target}`;
	}
	if (!isEdge(folder) && name === 'n8n-workflow') return 'the kernel knows no n8n';
	if (name.startsWith('n8n-core')) return 'n8n-core is for tests';
	if (folder === undefined && file.startsWith('nodes/')) {
		if (name.startsWith('credentials/')) return 'a step imports a credential';
		const sameStep = name.split('/')[1] === file.split('/')[1];
		if (name.startsWith('nodes/') && target === undefined && !sameStep) return 'a step imports another step';
	}
	return undefined;
}

it('imports follow the directions of docs/architecture.md', () => {
	expect(files.length).toBeGreaterThan(100);
	const objections = files.flatMap(({ path, imports }) =>
		imports.flatMap((name) => {
			const objection = objectionTo(path, name);
			return objection ? [`${path} → ${name}: ${objection}`] : [];
		}),
	);
	expect(objections).toEqual([]);
	const order = Object.keys(MAY_IMPORT);
	for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
		for (const target of allowed)
			expect([target, order.indexOf(target) < order.indexOf(folder)]).toEqual([target, true]);
	}
});

it('no file imports itself by way of others, types included', () => {
	const importsByPath = new Map(files.map(({ path, imports }) => [path.replace(/\.ts$/, ''), imports]));
	const done = new Set<string>();
	const cycles: string[] = [];
	const visit = (path: string, way: string[]): void => {
		if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' → '));
		if (done.has(path) || way.includes(path)) return;
		for (const name of importsByPath.get(path) ?? []) {
			if (importsByPath.has(name)) visit(name, [...way, path]);
		}
		done.add(path);
	};
	for (const path of importsByPath.keys()) visit(path, []);
	expect(cycles).toEqual([]);
});

it('no file imports a package that users do not get', () => {
	const { dependencies, peerDependencies } = JSON.parse(
		readFileSync(join(root, 'package.json'), 'utf8'),
	) as Record<string, Record<string, string>>;
	const known = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
	const foreign = files.flatMap(({ imports }) =>
		imports.filter((name) => !name.startsWith('node:') && !/^(nodes|credentials)\//.test(name)),
	);
	expect(foreign.filter((name) => !known.includes(name))).toEqual([]);
});
