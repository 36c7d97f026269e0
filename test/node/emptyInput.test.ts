import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { examplesFolder } from '../demo/exampleFile';
import { runStep, storedFile, type StepRun } from './executionContext';

/** What n8n's setting 'Always Output Data' gives to the step behind an empty export. */
const nothing: INodeExecutionData[] = [{ json: {} }];

const STEPS = {
	'Viva HR Ingest': { type: new VivaHrIngest(), parameters: {} },
	'Purview HR Signal': { type: new PurviewHrSignal(), parameters: { scenario: 'resignation' } },
};

async function messageOf(run: StepRun): Promise<string> {
	return await runStep(run).then(
		([[item]]) => JSON.stringify(item.json.findings),
		(error: Error) => error.message,
	);
}

describe.each(Object.entries(STEPS))('%s', (_, { type, parameters }) => {
	it.each(['items', 'file'])('says that the export was empty, with %s', async (input) => {
		const validate = { operation: 'validate', input, ...parameters };
		expect(await messageOf({ type, parameters: validate, items: nothing })).toBe(
			'The export was empty: the step before gave no row and no file.',
		);
	});

	it('does not take a row among empty ones, or another file, for an empty export', async () => {
		const validate = { operation: 'validate', ...parameters };
		const row = { json: { 'Work E-Mail': 'ann@contoso.com' } };
		expect(await messageOf({ type, parameters: validate, items: [...nothing, row] })).not.toContain('empty:');
		const file = { json: {}, binary: { other: await storedFile('a,b\n', 'a.csv') } };
		expect(await messageOf({ type, parameters: { ...validate, input: 'file' }, items: [file] })).toMatch(
			/no file in the field 'data'/,
		);
	});
});

interface Example {
	nodes: Array<{
		name: string;
		type: string;
		alwaysOutputData?: boolean;
		parameters: { operation?: string };
	}>;
	connections: Record<string, { main: Array<Array<{ node: string; index: number }> | null> }>;
}

/** Nothing to send is usual there, and its note says so. */
const MAY_BE_EMPTY = ['postgres-to-organizational-data.json'];

it.each(readdirSync(examplesFolder).filter((file) => !MAY_BE_EMPTY.includes(file)))(
	'%s does not end green when the export is empty',
	(file) => {
		const { nodes, connections } = JSON.parse(readFileSync(join(examplesFolder, file), 'utf8')) as Example;
		const sending = nodes.filter(
			({ type, parameters: { operation } }) =>
				/\.(vivaHrIngest|purviewHrSignal)$/.test(type) && operation !== 'createDeletionFile',
		);
		const before = nodes.filter(({ name }) =>
			(connections[name]?.main ?? [])
				.flatMap((wires) => wires ?? [])
				.some(({ node, index }) => index === 0 && sending.some((step) => step.name === node)),
		);
		expect(before.filter(({ alwaysOutputData }) => alwaysOutputData !== true)).toEqual([]);
	},
);
