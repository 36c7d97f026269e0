import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that ask for nothing but that they be kept with the copy. */
export const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
	'0BSD',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'ISC',
	'MIT',
	'Unlicense',
]);

/** A library that is installed together with this package. */
export interface RuntimeLibrary {
	name: string;
	version: string;
	/** SPDX expression; `none` where the library tells none */
	licence: string;
	/** path of its folder from the root of the project */
	folder: string;
}

interface LockEntry {
	version: string;
	license?: string;
	dev?: boolean;
	peer?: boolean;
	devOptional?: boolean;
}

const root = join(__dirname, '..');

/** All libraries that somebody gets who installs this package, by the lock file of npm. n8n brings n8n-workflow itself. */
export function runtimeLibraries(): RuntimeLibrary[] {
	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, LockEntry>;
	};
	return Object.entries(lock.packages)
		.filter(([folder, { dev, peer, devOptional }]) => folder !== '' && !dev && !peer && !devOptional)
		.map(([folder, { version, license = 'none' }]) => ({
			name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
			version,
			licence: license,
			folder,
		}))
		.sort(
			(one, other) =>
				one.name.localeCompare(other.name, 'en') || one.version.localeCompare(other.version, 'en'),
		);
}

/** Those whose licence is not one of {@link ALLOWED_LICENCES}. */
export function forbiddenLibraries(libraries: readonly RuntimeLibrary[]): RuntimeLibrary[] {
	return libraries.filter(({ licence }) => !ALLOWED_LICENCES.has(licence));
}

/** docs/licences.md. */
export function licencesDocument(libraries: readonly RuntimeLibrary[]): string {
	const counts = new Map<string, number>();
	for (const { licence } of libraries) counts.set(licence, (counts.get(licence) ?? 0) + 1);
	const byLicence = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en'));
	return `# Licences

The libraries that npm installs with this package. \`npm run licences\` writes this page from \`package-lock.json\`; do not edit it.
A test allows only these licences: ${[...ALLOWED_LICENCES].sort().join(', ')}.

| Licence | Libraries |
|---|---:|
${byLicence.map(([licence, count]) => `| ${licence} | ${count} |`).join('\n')}

| Library | Version | Licence |
|---|---|---|
${libraries.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`).join('\n')}
`;
}
