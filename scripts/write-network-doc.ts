import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withEndpoints } from './networkDocument';

const page = join(__dirname, '../docs/set-up/network.md');

writeFileSync(page, withEndpoints(readFileSync(page, 'utf8')));
