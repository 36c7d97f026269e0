// `npm run release:notes -- v1.2.3` prints what the changelog says of a version, and fails where a release would be wrong:
// the tag is not the version of package.json, or the changelog does not have it, or not with a date.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * @param {string} tag for example `v1.2.3`
 * @param {{ version: string, changelog: string }} sources version of package.json, text of CHANGELOG.md
 * @returns {string} the section of that version, without its heading
 * @throws {Error} when this must not be released
 */
export function releaseNotes(tag, { version, changelog }) {
	if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json says ${version}.`);
	const sections = changelog.split(/^## /m).slice(1);
	const section = sections.find((text) => text.split(/[\s\n]/)[0] === version);
	if (section === undefined) throw new Error(`CHANGELOG.md has no section '## ${version}'.`);
	const [heading, ...lines] = section.split('\n');
	const date = /\((\d{4}-\d\d-\d\d)\)$/.exec(heading.trim())?.[1];
	if (date === undefined) {
		throw new Error(
			`The section of ${version} in CHANGELOG.md has no date, as in '## ${version} (2026-12-31)'.`,
		);
	}
	const notes = lines.join('\n').trim();
	if (notes === '') throw new Error(`The section of ${version} in CHANGELOG.md is empty.`);
	return `${notes}\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
	const read = (name) => readFileSync(path.join(root, name), 'utf8');
	try {
		const { version } = JSON.parse(read('package.json'));
		process.stdout.write(releaseNotes(process.argv[2] ?? '', { version, changelog: read('CHANGELOG.md') }));
	} catch (error) {
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}
