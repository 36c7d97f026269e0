import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forbiddenLibraries, licencesDocument, runtimeLibraries } from '../../scripts/licencesDocument';

const root = join(__dirname, '../..');
const libraries = runtimeLibraries();

it('docs/licences.md is what the lock file says now (npm run licences)', () => {
	expect(readFileSync(join(root, 'docs/licences.md'), 'utf8')).toBe(licencesDocument(libraries));
});

it('every library has a licence that is allowed', () => {
	expect(libraries.length).toBeGreaterThan(20);
	expect(forbiddenLibraries(libraries)).toEqual([]);
	const strange = { name: 'x', version: '1.0.0', licence: 'AGPL-3.0', folder: 'node_modules/x' };
	expect(forbiddenLibraries([strange, { ...strange, licence: 'none' }])).toHaveLength(2);
});

it('the libraries say the same themselves', () => {
	const here = libraries.filter(({ folder }) => existsSync(join(root, folder, 'package.json')));
	expect(here.length).toBeGreaterThan(20);
	for (const { folder, licence, version } of here) {
		const own = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as object;
		expect(own).toMatchObject({ version, license: licence });
	}
});
