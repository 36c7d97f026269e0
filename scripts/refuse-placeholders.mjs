// `node scripts/refuse-placeholders.mjs` fails while an address that users are sent to belongs to nobody. CONTRIBUTING.md,
// "Before the first release", says what to put in place of each.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Addresses from before this package had an owner: nobody reads the mail, and anybody could take the name. */
const NOBODYS = /@n8n-nodes-microsoft-hr\.dev\b|github\.com\/n8n-nodes-microsoft-hr\//;
const PLACES = ['package.json', 'README.md', 'SECURITY.md', '.github', 'credentials', 'nodes'];

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const filesIn = (place) =>
	statSync(path.join(root, place)).isFile()
		? [place]
		: readdirSync(path.join(root, place)).flatMap((name) => filesIn(path.posix.join(place, name)));
const read = (name) => readFileSync(path.join(root, name), 'utf8');

const problems = PLACES.flatMap(filesIn)
	.filter((name) => NOBODYS.test(read(name)))
	.map((name) => `${name} has an address that nobody owns.`);

// npm's provenance is refused for any other repository.
const { url } = JSON.parse(read('package.json')).repository;
const { GITHUB_REPOSITORY } = process.env;
if (GITHUB_REPOSITORY && url !== `git+https://github.com/${GITHUB_REPOSITORY}.git`) {
	problems.push(`repository.url in package.json is not that of github.com/${GITHUB_REPOSITORY}.`);
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) {
	process.stderr.write('See "Before the first release" in CONTRIBUTING.md.\n');
	process.exitCode = 1;
}
