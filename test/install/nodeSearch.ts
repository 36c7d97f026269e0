import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Host } from '../host/install';
import type { NodeType } from '../host/rest';

/** n8n's own search function; its file has had two names. */
const searchFiles = ['search/sublime-search.cjs', 'search/sublimeSearch.cjs'];

/** What the list of nodes looks through, and how much each counts; taken from n8n's editor. */
const searchedFields = [
	{ key: 'properties.displayName', weight: 1.3 },
	{ key: 'properties.codex.alias', weight: 1 },
];

/** Runs in n8n's Node, with n8n's copy of the function. */
const program = `
	const { sublimeSearch } = require(process.argv[1]);
	const { types, phrases, fields } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
	const items = types.map((properties) => ({ properties }));
	const names = phrases.map((phrase) => sublimeSearch(phrase, items, fields).map(({ item }) => item.properties.name));
	process.stdout.write(JSON.stringify(names));
`;

/**
 * Searches in the editor's list of nodes, with the function that this n8n's editor uses.
 * @param types all node types
 * @param phrases what a person types
 * @returns for each phrase the names of the node types found, best first
 */
export async function searchNodes(host: Host, types: NodeType[], phrases: string[]): Promise<string[][]> {
	const dist = path.join(host.folder, 'node_modules', '@n8n', 'utils', 'dist');
	const file = searchFiles.map((name) => path.join(dist, name)).find((place) => existsSync(place));
	if (!file) throw new Error(`n8n ${host.version} has its search function elsewhere.`);
	const child = spawn(host.node, ['-e', program, file], { stdio: ['pipe', 'pipe', 'inherit'] });
	child.stdin.end(JSON.stringify({ types, phrases, fields: searchedFields }));
	const out: Buffer[] = [];
	for await (const piece of child.stdout) out.push(piece as Buffer);
	return JSON.parse(Buffer.concat(out).toString('utf8')) as string[][];
}
