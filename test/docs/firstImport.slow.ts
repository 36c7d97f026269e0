import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';

// Whether its steps work is tried in a real n8n by test/e2e/firstImport.e2e.ts; here, whether its words are those of the panels.

const text = readFileSync(join(__dirname, '../../docs/first-import.md'), 'utf8');

function actionOf({ properties }: INodeTypeDescription, operation: string): string {
	const options = properties.find(({ name }) => name === 'operation')?.options as INodePropertyOptions[];
	return options.find(({ value }) => value === operation)?.action ?? 'no such operation';
}

it.each([
	actionOf(new VivaHrIngest().description, 'validate'),
	actionOf(new PollIngestion().description, 'wait'),
])('tells to take the action "%s", as the list of n8n calls it', (action) => {
	expect(text).toContain(`**${action}**`);
});

it('names fields and choices of Viva HR Ingest as its panel does', () => {
	const { properties } = new VivaHrIngest().description;
	const names = JSON.stringify(properties);
	for (const name of [
		'Destination',
		'Input',
		'Input Data Field Name',
		'Column Mapping',
		'Date Order',
		'Check Connection',
		'Upload',
		'Refresh',
		'Full',
		'Incremental',
		'Invalid Rows',
		'Leave Out',
		'When an Earlier Import Is Running',
	]) {
		expect(names).toContain(`"${name}"`);
		expect(text).toContain(name);
	}
});
