import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerNamesDocument } from '../../scripts/headerNamesDocument';

it('docs/header-names.md is what the planner makes of each name now (npm run docs:headers)', () => {
	const text = readFileSync(join(__dirname, '../../docs/header-names.md'), 'utf8');
	expect(text).toBe(headerNamesDocument());
});
