import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withMappings } from '../test/docs/workdayMappings';

const page = join(__dirname, '../docs/viva-hr-ingest.md');

void withMappings(readFileSync(page, 'utf8')).then((text) => writeFileSync(page, text));
