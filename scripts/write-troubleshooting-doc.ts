import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { troubleshootingDocument } from './troubleshootingDocument';

void troubleshootingDocument().then((text) =>
	writeFileSync(join(__dirname, '../docs/troubleshooting.md'), text),
);
