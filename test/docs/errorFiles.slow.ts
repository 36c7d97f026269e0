import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withErrorFiles } from '../../scripts/errorFilesDocument';

it('docs/poll-ingestion.md shows how each error file is read now (npm run docs:errors)', () => {
	const page = readFileSync(join(__dirname, '../../docs/poll-ingestion.md'), 'utf8');
	expect(page).toBe(withErrorFiles(page));
});
