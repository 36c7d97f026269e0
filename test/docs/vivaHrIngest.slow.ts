import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { parameters } from '../../nodes/VivaHrIngest/fields/fields';
import { withMappings } from './workdayMappings';

const text = readFileSync(join(__dirname, '../../docs/viva-hr-ingest.md'), 'utf8');

it('shows mappings as they are now (npx tsx scripts/write-mapping-examples.ts)', async () => {
	expect(text).toContain('| `Work_Email` | `PersonId` | alias |');
	expect(text).toBe(await withMappings(text));
});

const options = () => parameters.find(({ name }) => name === 'options')?.options as INodeProperties[];

it('speaks of every field and option of the step', () => {
	const shown = [
		...parameters.filter(({ type }) => type !== 'notice' && type !== 'hidden'),
		...options(),
	].map(({ displayName }) => displayName);
	const silent = new Set(['Operation', 'Destination', 'Options', 'Input Data Field Name']);
	const told = (name: string) => text.includes(name.replace(' (Minutes)', ''));
	expect(shown.filter((name) => !silent.has(name) && !told(name))).toEqual([]);
});

it('names every choice of its policies', () => {
	for (const name of ['operation', 'otherColumns', 'onInvalidRows', 'refresh', 'whenBusy']) {
		const field = [...parameters, ...options()].find((parameter) => parameter.name === name);
		const choices = (field?.options ?? []) as Array<
			INodePropertyOptions | INodeProperties | INodePropertyCollection
		>;
		expect(choices.length).toBeGreaterThan(1);
		for (const choice of choices) expect(text).toContain(`**${choice.name}**`);
	}
});
