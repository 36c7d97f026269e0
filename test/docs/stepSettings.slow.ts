import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';

const text = readFileSync(join(__dirname, '../../docs/step-settings.md'), 'utf8');

/** The default of a field or option, by its name in the panel. */
function defaultOf({ properties }: INodeTypeDescription, displayName: string): unknown {
	const options = properties.flatMap((field) =>
		field.type === 'collection' ? (field.options as INodeProperties[]) : [],
	);
	return [...properties, ...options].find((field) => field.displayName === displayName)?.default;
}

it.each([
	[new VivaHrIngest().description, 'Timeout (Minutes)'],
	[new VivaHrIngest().description, 'Wait at Most (Minutes)'],
	[new PollIngestion().description, 'Time Limit (Hours)'],
	[new PollIngestion().description, 'Time Limit (Minutes)'],
	[new PurviewHrSignal().description, 'Retry For (Minutes)'],
])('tells the limit of the panel: %#', (description, name) => {
	const limit = defaultOf(description, name);
	expect(limit).toEqual(expect.any(Number));
	expect(text).toContain(`*${name}*: ${String(limit)}`);
});

it('has a part for each setting', () => {
	for (const setting of ['Retry On Fail', 'On Error', 'Execute Once', 'Always Output Data', 'Time limits']) {
		expect(text).toContain(`\n## ${setting}\n`);
	}
});
