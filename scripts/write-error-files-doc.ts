import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withErrorFiles } from './errorFilesDocument';

const page = join(__dirname, '../docs/poll-ingestion.md');
writeFileSync(page, withErrorFiles(readFileSync(page, 'utf8')));
