import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../nodes/shared/findings/catalogue';
import { rulesDocument } from '../../scripts/rulesDocument';

const text = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');

it('docs/rules.md is what the catalogue says now (npm run docs:rules)', () => {
	expect(text).toBe(rulesDocument());
});

it('names every rule once', () => {
	for (const code of Object.keys(CATALOGUE)) expect(text.split(`\n| \`${code}\` |`)).toHaveLength(2);
	expect(text).not.toMatch(/[{}]/);
});
