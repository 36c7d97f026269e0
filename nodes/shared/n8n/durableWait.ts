import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	IWorkflowBase,
	INodeParameters,
	ISourceData,
	NodeConnectionType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { problem } from '../core/problem';

/**
 * n8n looks once a minute for sleeping executions whose time comes within 70 seconds: shorter waits may end up to a minute late.
 */
export const SHORTEST_SLEEP_MS = 70_000;

const TRIGGER = 'n8n-nodes-base.executeWorkflowTrigger';

/** What n8n offers at run time beyond its typings; every part may be missing on another version. */
interface HostExtras {
	getConnections?(
		destination: Pick<INode, 'name'>,
		type: NodeConnectionType,
	): Array<Array<{ node: string; index: number }> | null>;
	isToolExecution?(): boolean;
}

/** How a step can sleep in n8n's database and wake up again. */
export type SleepingWay = 'loop' | 'subExecution' | 'none';

/**
 * Finds the way in which this step can sleep on this n8n: over its own wire where the user has drawn one, else in a
 * sub-execution where this n8n hands all outputs of a sub-execution on.
 * @param context the step's execution
 */
export function sleepingWay(context: IExecuteFunctions): SleepingWay {
	if (isWiredBack(context)) return 'loop';
	return hostHandsOnAllOutputs(context) ? 'subExecution' : 'none';
}

/** Whether the first output is wired to the step's own input. n8n forwards only that output when it wakes a step up. */
function isWiredBack(context: IExecuteFunctions): boolean {
	const node = context.getNode();
	const { getConnections } = context as HostExtras;
	if (getConnections === undefined) {
		return context.getParentNodes(node.name, { depth: 1 }).some(({ name }) => name === node.name);
	}
	const inputs = getConnections.call(context, node, NodeConnectionTypes.Main);
	return (inputs[0] ?? []).some(({ node: from, index }) => from === node.name && index === 0);
}

/** Names of the other steps that one of this step's outputs leads to; none where this n8n does not tell. */
export function stepsBehind(context: IExecuteFunctions, output: number): string[] {
	const own = context.getNode().name;
	const { getConnections } = context as HostExtras;
	const isBehind = (name: string) =>
		getConnections
			?.call(context, { name }, NodeConnectionTypes.Main)
			.flat()
			.some((from) => from?.node === own && from.index === output);
	const names = context.getChildNodes(own).map(({ name }) => name);
	return names.filter((name) => name !== own && isBehind(name));
}

/**
 * Whether this n8n, when a sub-execution ends, wakes its parent with all outputs of it and with its errors. All versions that
 * keep the ids of the sub-executions a parent waits for do (2.39.8, 2.41 and later). No function tells the version of the
 * host, and the library at hand may be another one than the host's: so the host's own function is asked.
 */
function hostHandsOnAllOutputs(context: IExecuteFunctions): boolean {
	if (!String(context.executeWorkflow).includes('waitingChildExecutionIds')) return false;
	return Object.hasOwn(context.getKnownNodeTypes(), TRIGGER);
}

/** Number of the output that leads back in the copy of a step that sleeps in a sub-execution; the others are the step's own. */
export const COPY_LOOP_OUTPUT = 3;

/**
 * Puts the execution to sleep. When it wakes up, n8n gives the items to the output that is wired to the step's input.
 * @param context the step's execution
 * @param items what the step shall find at its input then, in the order of its input now
 * @param sleep until when, in milliseconds since 1970, and over which wired output: the first, or that of the copy
 * @returns what the step must return; n8n shows it while the execution sleeps and then drops it
 */
export async function sleepInLoop(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	{ until, output }: { until: number; output: 0 | typeof COPY_LOOP_OUTPUT },
): Promise<INodeExecutionData[][]> {
	// What is forwarded is the input: so the input has to be what shall be remembered.
	const before = Array.from({ length: output }, (): INodeExecutionData[] => []);
	context.getExecuteData().data = { [NodeConnectionTypes.Main]: [...before, items] };
	if (output > 0) context.setMetadata({ forwardAllOutputs: true });
	await context.putExecutionToWait(new Date(until));
	return shownWhileAsleep(items);
}

/** A list of its own: for steps with an error output n8n empties the lists that it gets. */
function shownWhileAsleep(items: INodeExecutionData[]): INodeExecutionData[][] {
	return [[...items], [], []];
}

/** What the step in the sub-execution is told. */
export interface SubExecutionSetup {
	items: INodeExecutionData[];
	/** the parameters of the step there, without expressions */
	parameters: INodeParameters;
	/** when the present execution wakes up by itself, in milliseconds since 1970: the other one may be deleted */
	wakeAt: number;
	/** what the outputs of the step give then */
	withoutResult: INodeExecutionData[][];
}

/**
 * Starts a sub-execution that holds a copy of this step with its first output wired back, and puts the present execution to
 * sleep until that one ends. Then n8n gives the last outputs of the copy to the outputs of this step.
 * @param context the step's execution
 * @param setup see {@link SubExecutionSetup}
 *
 * n8n pairs those outputs by place: it takes the third item of an output for the third of the input. With one item that is
 * right. With several only the items that happen to stand at their own place are told their source, by
 * {@link pairAtOwnPlace}; for the others n8n finds no pair rather than a wrong one.
 * @returns what the step must return
 * @throws Problem `configuration` where this n8n did not take it as it should; what the sub-execution throws
 */
export async function sleepInSubExecution(
	context: IExecuteFunctions,
	{ items, parameters, wakeAt, withoutResult }: SubExecutionSetup,
): Promise<INodeExecutionData[][]> {
	const workflowId = context.getWorkflow().id;
	const result = await context.executeWorkflow(
		{ code: loopWorkflow(context, parameters) },
		items,
		undefined,
		{
			parentExecution: {
				executionId: context.getExecutionId(),
				workflowId: workflowId ?? '',
				shouldResume: true,
			},
		},
	);
	if (!result.waitTill) return Array.from({ length: 3 }, (_, output) => result.data[output] ?? []);
	const entry = context.getExecuteData();
	if (entry.metadata?.waitingChildExecutionIds === undefined) throw needsWire();
	const source = sourceOf(context);
	const others = items.length === 1 ? source : null;
	entry.source = { [NodeConnectionTypes.Main]: [source, others, others] };
	context.setMetadata({ forwardAllOutputs: true, preserveSourceOverwrite: true });
	// n8n would wait until the year 3000. The outputs of the sub-execution take the place of this, if it ends before.
	entry.data = { [NodeConnectionTypes.Main]: withoutResult };
	await context.putExecutionToWait(new Date(wakeAt));
	noteOnExecution(context, { pollIngestion: `paused; execution ${result.executionId} polls` });
	return shownWhileAsleep(items);
}

/** Where the first input of the step came from; null for a step without one. */
export function sourceOf(context: IExecuteFunctions): ISourceData | null {
	return context.getExecuteData().source?.[NodeConnectionTypes.Main]?.[0] ?? null;
}

/**
 * Tells n8n the source of those items of a sub-execution's outputs whose place in the output is also their place in the input.
 * @param outputs the last outputs of the copy
 * @param source that of the step that waits
 */
export function pairAtOwnPlace(outputs: INodeExecutionData[][], source: ISourceData): INodeExecutionData[][] {
	return outputs.map((items) =>
		items.map((item, place) => {
			const paired = item.pairedItem as { item: number } | undefined;
			if (paired?.item !== place) return item;
			return { ...item, pairedItem: { item: place, sourceOverwrite: source } };
		}),
	);
}

/** The problem of a step that can sleep in no way. */
export function needsWire() {
	return problem.configuration(
		"This n8n cannot wait in its database without a wire: the output 'Still Running' of this step is not connected to its own input.",
		"Draw a connection from 'Still Running' back to the input of this step, or update n8n to 2.41 or later, where no wire is needed, or set 'Waiting' to 'Keep It Running'.",
	);
}

/** When n8n's own time limit ends the execution, in milliseconds since 1970; undefined where there is none or n8n does not tell. */
export function executionEndsAt(context: IExecuteFunctions): number | undefined {
	const { additionalData } = context as { additionalData?: { executionTimeoutTimestamp?: number } };
	return additionalData?.executionTimeoutTimestamp;
}

/** Whether an AI agent runs the step as a tool; then nobody could wake it up. */
export function isAgentTool(context: IExecuteFunctions): boolean {
	return (context as HostExtras).isToolExecution?.() ?? false;
}

/**
 * Whether the execution that waits for this sub-execution is still there and waiting. True where n8n does not tell.
 * @param parentExecutionId the waiting execution
 */
export async function parentStillWaits(
	context: IExecuteFunctions,
	parentExecutionId: string,
): Promise<boolean> {
	const asked = await context.getExecutionDataById(parentExecutionId).then(
		(data) => ({ data }),
		() => undefined,
	);
	if (asked === undefined) return true;
	return asked.data?.waitTill !== undefined && asked.data.resultData.error === undefined;
}

/** Trigger → copy of the step, with an additional output that leads back to it. */
function loopWorkflow(context: IExecuteFunctions, parameters: INodeParameters): IWorkflowBase {
	const node = context.getNode();
	const trigger = 'When the wait begins';
	const copy: INode = {
		...node,
		parameters,
		position: [220, 0],
		// The waiting execution routes failed items itself; here they must only stay items.
		...(context.continueOnFail() ? { onError: 'continueRegularOutput' as const } : { onError: undefined }),
		continueOnFail: undefined,
		retryOnFail: false,
		alwaysOutputData: false,
		executeOnce: false,
	};
	const now = new Date();
	return {
		id: context.getWorkflow().id ?? '',
		name: `${context.getWorkflow().name ?? ''} (${node.name})`,
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		nodes: [
			{
				id: 'the-wait-begins',
				name: trigger,
				type: TRIGGER,
				typeVersion: 1.1,
				position: [0, 0],
				parameters: { inputSource: 'passthrough' },
			},
			copy,
		],
		connections: {
			[trigger]: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
			[node.name]: {
				main: [[], [], [], [{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]],
			},
		},
		settings: {
			executionOrder: 'v1',
			callerPolicy: 'workflowsFromSameOwner',
			// Files that the copy has stored belong to its execution and must live as long as that of the workflow.
			saveDataSuccessExecution: 'all',
			saveDataErrorExecution: 'all',
		},
	};
}

/** Data that n8n keeps beside an execution and shows and filters in its list; nothing where n8n has no such place. */
export function noteOnExecution(context: IExecuteFunctions, notes: IDataObject): void {
	const { customData } = context as { customData?: { set(key: string, value: string): void } };
	for (const [name, value] of Object.entries(notes)) customData?.set(name, String(value).slice(0, 250));
}
