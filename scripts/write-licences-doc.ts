import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forbiddenLibraries, licencesDocument, runtimeLibraries } from './licencesDocument';

const libraries = runtimeLibraries();
writeFileSync(join(__dirname, '../docs/licences.md'), licencesDocument(libraries));
const forbidden = forbiddenLibraries(libraries);
if (forbidden.length > 0) {
	throw new Error(`Not allowed: ${forbidden.map(({ name, licence }) => `${name} (${licence})`).join(', ')}`);
}
