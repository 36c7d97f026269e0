import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonMistakesDocument } from './commonMistakesDocument';

writeFileSync(join(__dirname, '../docs/common-mistakes.md'), commonMistakesDocument());
