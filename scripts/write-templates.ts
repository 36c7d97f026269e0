import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateDescription, TEMPLATES, templateWorkflow } from './templates';

const folder = join(__dirname, '../examples/templates');
mkdirSync(folder, { recursive: true });
for (const template of TEMPLATES) {
	writeFileSync(join(folder, `${template.name}.json`), templateWorkflow(template));
	writeFileSync(join(folder, `${template.name}.md`), templateDescription(template));
}
