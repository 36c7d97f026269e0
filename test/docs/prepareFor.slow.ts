import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';
import { prepareForOption } from '../../nodes/VivaHrIngest/fields/prepareForOption';
import { CATALOGUE } from '../../nodes/shared/findings/catalogue';
import { APPS } from '../../nodes/shared/viva/readiness/apps';

const text = readFileSync(join(__dirname, '../../docs/prepare-for.md'), 'utf8');

it('has a line for each choice of the option', () => {
	const names = (prepareForOption.options as INodePropertyOptions[]).map(({ name }) => name);
	expect(names).toHaveLength(6);
	for (const name of names) expect(text).toContain(`| **${name}** |`);
});

it('tells the numbers of the apps', () => {
	for (const { displayName, needs, valuesPerCustomAttribute, maximumCustomAttributes } of Object.values(
		APPS,
	)) {
		const line = text.split('\n').find((each) => each.startsWith(`| **${displayName}** |`));
		const shares = Object.values(needs).flatMap((list) => list.map(({ percent }) => percent));
		for (const share of shares.filter((percent) => percent > 0)) expect(line).toContain(`${share} %`);
		if (valuesPerCustomAttribute) expect(line).toContain(String(valuesPerCustomAttribute.value));
		if (maximumCustomAttributes) expect(line).toContain(String(maximumCustomAttributes.value));
	}
});

it('names every rule that can stop an import', () => {
	const errors = Object.entries(CATALOGUE).filter(
		([code, { severity }]) => code.startsWith('readiness-') && severity === 'error',
	);
	expect(errors).toHaveLength(4);
	for (const [code] of errors) expect(text).toContain(`\`${code}\``);
});
