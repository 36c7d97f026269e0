import { NodeHelpers, type IDataObject, type INodeParameters, type INodeType } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { readSettings as readSignalSettings } from '../../nodes/PurviewHrSignal/settings';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { readSettings as readVivaSettings } from '../../nodes/VivaHrIngest/settings';
import { executionContext } from './executionContext';

const JOB = { jobId: '01234567-89ab-cdef-0123-456789abcdef' };

/** What the editor draws of a step: fields and notices, without the drop-down of the credential. */
function drawn(type: INodeType, parameters: INodeParameters = {}, typeVersion?: number): string[] {
	const { description } = type;
	const node = executionContext({ type, parameters, typeVersion }).getNode();
	return description.properties
		.filter((property) => property.type !== 'hidden')
		.filter((property) => NodeHelpers.displayParameter(node.parameters, property, node, description))
		.map(({ displayName }) => displayName);
}

describe('a step that is dropped on the canvas', () => {
	it('Viva HR Ingest shows at most seven fields, notices among them', () => {
		expect(drawn(new VivaHrIngest())).toEqual([
			'Operation',
			'Destination',
			'Input',
			'Refresh',
			'Where the Columns Go',
			'Column Mapping',
			'Options',
		]);
	});

	it.each(['vivaSurvey', 'organizationalData'])('shows no more for %s', (destination) => {
		expect(drawn(new VivaHrIngest(), { destination }).length).toBeLessThanOrEqual(7);
	});

	it.each([PollIngestion, PurviewHrSignal].map((Step) => [Step.name, new Step()] as const))(
		'%s has no field of its own for invalid rows',
		(_name, type) => {
			expect(drawn(type)).not.toContain('Invalid Rows');
			expect(drawn(type).length).toBeLessThanOrEqual(8);
		},
	);

	it('Only What Changed hides Refresh, and says what to connect', () => {
		const shown = drawn(new VivaHrIngest(), { options: { send: 'changes' } });
		expect(shown).not.toContain('Refresh');
		expect(shown.join()).toContain("the input 'Previous File'");
	});
});

describe('a workflow that was saved with the first panel', () => {
	const viva = (typeVersion: number, parameters: INodeParameters) =>
		readVivaSettings(executionContext({ type: new VivaHrIngest(), typeVersion, parameters }), 0);
	const purview = (typeVersion: number, parameters: INodeParameters) =>
		readSignalSettings(
			executionContext({ type: new PurviewHrSignal(), typeVersion, parameters: { ...JOB, ...parameters } }),
			0,
		);

	it.each(['leaveOut', 'send', 'stop'] as const)('keeps the field Invalid Rows: %s', (onInvalidRows) => {
		expect(viva(1, { onInvalidRows }).package.onInvalid).toBe(onInvalidRows);
		expect(purview(1, { onInvalidRows }).signals.onInvalid).toBe(onInvalidRows);
		expect(drawn(new VivaHrIngest(), { onInvalidRows }, 1)).toContain('Invalid Rows');
	});

	it('keeps the field Send, and the two outputs and inputs that follow from it', () => {
		const parameters = { send: 'changes' };
		expect(viva(1, parameters).package).toMatchObject({ changes: {}, refresh: 'incremental' });
		const type = new VivaHrIngest();
		const context = executionContext({ type, typeVersion: 1, parameters });
		const { workflow } = context as unknown as { workflow: Parameters<typeof NodeHelpers.getNodeInputs>[0] };
		expect(NodeHelpers.getNodeInputs(workflow, context.getNode(), type.description)).toHaveLength(2);
		expect(drawn(type, parameters, 1)).toEqual(expect.arrayContaining(['Send', 'Invalid Rows']));
	});

	it('stands beside one that has them in Options', () => {
		expect(viva(1.1, { options: { onInvalidRows: 'leaveOut' } }).package.onInvalid).toBe('leaveOut');
		expect(purview(1.1, { options: { onInvalidRows: 'send' } }).signals.onInvalid).toBe('send');
		expect(viva(1.1, { options: { send: 'changes' } }).package.changes).toBeDefined();
		expect(viva(1.1, {}).package).toMatchObject({ onInvalid: 'stop', changes: undefined, refresh: 'full' });
	});
});

describe('hints of a step before its first run', () => {
	const shown = (type: INodeType, parameters: INodeParameters, typeVersion?: number): string[] => {
		const context = executionContext({ type, parameters, typeVersion });
		const { workflow } = context as unknown as {
			workflow: {
				expression: { getSimpleParameterValue(...given: unknown[]): unknown };
			};
		};
		return (type.description.hints ?? [])
			.filter(({ displayCondition }) =>
				workflow.expression.getSimpleParameterValue(context.getNode(), displayCondition, 'internal', {}),
			)
			.map(({ message }) => message);
	};
	const full = expect.stringContaining('replaces everything') as string;
	const retry = expect.stringContaining("'Retry On Fail'") as string;

	it.each<[string, INodeType, IDataObject, string[], number]>([
		['a full upload', new VivaHrIngest(), {}, [full, retry], 1.1],
		['an incremental upload', new VivaHrIngest(), { refresh: 'incremental' }, [retry], 1.1],
		['changes', new VivaHrIngest(), { options: { send: 'changes' } }, [retry], 1.1],
		['changes, in the first panel', new VivaHrIngest(), { send: 'changes' }, [retry], 1],
		['Organizational Data', new VivaHrIngest(), { destination: 'organizationalData' }, [retry], 1.1],
		['a validation', new VivaHrIngest(), { operation: 'validate' }, [], 1.1],
		['signals', new PurviewHrSignal(), JOB, [retry], 1.1],
		['waiting', new PollIngestion(), {}, [retry], 1.1],
		['a status', new PollIngestion(), { operation: 'getStatus' }, [], 1.1],
	])('%s', (_what, type, parameters, hints, typeVersion) => {
		expect(shown(type, parameters as INodeParameters, typeVersion)).toEqual(hints);
	});

	it('the bubble of a step that waits says what it waits for', () => {
		expect(new PollIngestion().description.waitingNodeTooltip).toMatch(
			/until Microsoft has finished the import/,
		);
	});
});

it.each([VivaHrIngest, PollIngestion].map((Step) => [Step.name, new Step().description] as const))(
	'%s tells the builder of workflows which step goes with it',
	(_name, { builderHint }) => {
		const names = [VivaHrIngest, PollIngestion, PurviewHrSignal].map(
			(Step) => `n8n-nodes-microsoft-hr.${new Step().description.name}`,
		);
		expect(builderHint?.searchHint).toBeTruthy();
		expect(names).toEqual(expect.arrayContaining(builderHint!.relatedNodes!.map(({ nodeType }) => nodeType)));
	},
);
