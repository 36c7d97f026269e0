import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerNamesDocument } from './headerNamesDocument';

writeFileSync(join(__dirname, '../docs/header-names.md'), headerNamesDocument());
