import { NodeHelpers, type ILoadOptionsFunctions, type INode, type INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';

const STEPS = [new VivaHrIngest(), new PurviewHrSignal()];

const rows = [
	{ Work_Email: 'ceo@contoso.com', Worker: { Name: 'Ann' } },
	{ Work_Email: '', Shoe_Size: '42' },
];

/** The list as the editor fills it, with the values that it has worked out. */
async function list(step: (typeof STEPS)[number], parameters: Record<string, unknown>) {
	const context = { getCurrentNodeParameter: (name: string) => parameters[name] };
	return await step.methods.loadOptions.incomingColumns.call(context as ILoadOptionsFunctions);
}

describe.each(STEPS.map((step) => [step.description.displayName, step] as const))('%s', (_, step) => {
	it('offers the columns of the input, nested ones by their path', async () => {
		const lines = await list(step, { previewRows: JSON.stringify(rows) });
		expect(lines).toEqual(['Work_Email', 'Worker.Name', 'Shoe_Size'].map((name) => ({ name, value: name })));
	});

	it('keeps what a line names already, and says that it is not there', async () => {
		const columnMapping = { entries: [{ column: 'Work_Email' }, { column: 'Gone' }, { column: '' }, {}] };
		const lines = await list(step, { previewRows: JSON.stringify(rows), columnMapping });
		expect(lines.slice(3)).toEqual([
			{ name: 'Gone', value: 'Gone', description: 'Not among the columns of the input' },
		]);
	});

	it.each([undefined, '', '[]', '[[1]]'])('says what to do without columns: %j', async (previewRows) => {
		const columnMapping = { entries: [{ column: 'Typed' }] };
		expect(await list(step, { previewRows, columnMapping })).toEqual([
			{
				name: 'Execute the step before to see its columns',
				value: '',
				description: 'Or select Expression, and enter the name',
			},
			{ name: 'Typed', value: 'Typed' },
		]);
	});

	const operations =
		step instanceof VivaHrIngest ? ['upload', 'validate', 'createSampleFile'] : ['send', 'validate'];
	it.each(operations.flatMap((operation) => ['items', 'file'].map((input) => [operation, input] as const)))(
		'keeps the name of a column that was saved, for %s of %s',
		(operation, input) => {
			const { description } = step;
			const typeVersion = Math.max(...[description.version].flat());
			const parameters = { operation, input, columnMapping: { entries: [{ column: 'Typed' }] } };
			const node = { typeVersion } as INode;
			const saved = NodeHelpers.getNodeParameters(
				description.properties,
				parameters,
				false,
				false,
				node,
				description,
			) as INodeParameters;
			expect(saved.columnMapping).toEqual({ entries: [{ column: 'Typed' }] });
			const issues = NodeHelpers.getNodeParametersIssues(
				description.properties,
				{ ...node, parameters } as INode,
				description,
			);
			expect(JSON.stringify(issues ?? {})).not.toContain('Column');
		},
	);
});
