import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_REJECTED_ROWS } from '../../nodes/shared/n8n/input/rejectedRows';
import { MEMORY_LIMIT } from '../../nodes/shared/files/spool';

const root = join(__dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const text = read('docs/data-protection.md');
const row = (part: string) =>
	text.split('\n').find((line) => line.startsWith('|') && line.includes(part)) ?? '';

it.each([
	['packages above', `packages above ${MEMORY_LIMIT / 1024 / 1024} MB`],
	['packages above', 'mode 0600 in a folder of mode 0700'],
	['progress of an unfinished Purview send', 'used until it is complete'],
	[
		'progress of an unfinished Purview send',
		`removed after ${/const FILE_KEPT_DAYS = (\d+);/.exec(read('nodes/shared/storage/noteFiles.ts'))?.[1]} `,
	],
	['**Rejected**', `at most ${MOST_REJECTED_ROWS.toLocaleString('en')} rows`],
])('the row "%s" still says "%s", as the code does', (part, words) => {
	expect(row(part)).toContain(words);
});
