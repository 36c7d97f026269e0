import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commonMistakesDocument } from '../../scripts/commonMistakesDocument';
import { commonMistakes } from '../fixtures/commonMistakes';

const docs = join(__dirname, '../../docs');

it('docs/common-mistakes.md says what the errors say now (npm run docs:mistakes)', () => {
	expect(readFileSync(join(docs, 'common-mistakes.md'), 'utf8')).toBe(commonMistakesDocument());
});

it.each(commonMistakes)('$name has a small picture (npm run screenshots -- mistakes)', ({ name }) => {
	expect(statSync(join(docs, 'images', `mistake-${name}.png`)).size).toBeLessThan(60 * 1024);
});
