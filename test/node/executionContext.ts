import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService, ExecuteContext } from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type IExecuteData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRunExecutionData,
	type ITaskDataConnections,
	type IWorkflowExecuteAdditionalData,
	type Logger,
} from 'n8n-workflow';

/** One execution of one step, in n8n-core's own context. */
export interface StepRun {
	type: INodeType;
	/** as in a saved workflow: what is missing has its default */
	parameters?: INodeParameters;
	/** of the panel with which the workflow was saved; the newest unless told */
	typeVersion?: number;
	/** what expressions of the workflow give: put over the parameters as it is, also where n8n would have put a default */
	resolved?: IDataObject;
	items?: INodeExecutionData[];
	/** what came at the second input; missing where nothing is connected */
	secondInput?: INodeExecutionData[];
	/** credential type → decrypted data */
	credentials?: Record<string, IDataObject>;
	/** told each time n8n is asked for a credential: for which item, or for its raw data */
	onCredential?: (item: number | 'raw') => void;
	onError?: INode['onError'];
	signal?: AbortSignal;
	/** n8n's own unless told */
	logger?: Logger;
	/** the workflow's zone; n8n's default unless told */
	timezone?: string;
	/** tells this execution from others that run at the same time */
	executionId?: string;
	/** what n8n keeps of the workflow from one production execution to the next; nothing unless told */
	staticData?: IDataObject;
	/** what n8n keeps of the execution: the same for its attempts, a copy for the execution that repeats it; a new one unless told */
	kept?: IRunExecutionData;
	/** n8n's setting 'Execute Once' is on; the step before gave so many items, where that is told */
	executeOnce?: boolean;
	itemsBefore?: number;
}

/** What n8n keeps of an execution that begins. */
export const newExecution = (): IRunExecutionData => createRunExecutionData({});

const EXECUTION = 'test-execution';
const WORKFLOW = 'test-workflow';

/** Folder in which n8n-core keeps binary data during the tests of one file. */
const storage = mkdtempSync(join(tmpdir(), 'n8n-binary-'));
/** n8n keeps a folder for each step below this one. */
const home = (process.env.N8N_USER_FOLDER ??= join(storage, 'home'));
const notes = join(home, '.n8n', 'storage');
afterAll(() => rmSync(storage, { recursive: true, force: true }));
// What one test has sent is no business of the next one.
beforeEach(() => rmSync(notes, { recursive: true, force: true }));

beforeAll(async () => {
	// n8n's server makes this from its settings; these are the settings of a single n8n.
	const config = { availableModes: ['filesystem'], mode: 'filesystem', localStoragePath: storage };
	Container.set(BinaryDataConfig, config as unknown as BinaryDataConfig);
	await Container.get(BinaryDataService).init();
});

/** Puts into Options what only the first panel has as fields of their own, so that tests can name both alike. */
function inOptions({ send, onInvalidRows, ...parameters }: INodeParameters): INodeParameters {
	const moved = { ...(send && { send }), ...(onInvalidRows && { onInvalidRows }) };
	const options = { ...moved, outputForm: 'full', ...(parameters.options as INodeParameters) };
	return { ...parameters, options };
}

/** Makes the context in which n8n would execute the step. */
export function executionContext(run: StepRun): ExecuteContext {
	const { type, items = [{ json: {} }], credentials = {}, signal } = run;
	const node: INode = {
		id: 'step',
		name: type.description.displayName,
		type: `n8n-nodes-microsoft-hr.${type.description.name}`,
		typeVersion: run.typeVersion ?? Math.max(...[type.description.version].flat()),
		position: [0, 0],
		parameters: {},
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: name, name }])),
		onError: run.onError,
		executeOnce: run.executeOnce,
	};
	node.parameters =
		NodeHelpers.getNodeParameters(
			type.description.properties,
			node.typeVersion > 1 ? inOptions(run.parameters ?? {}) : (run.parameters ?? {}),
			true,
			false,
			node,
			type.description,
		) ?? {};
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: WORKFLOW,
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		staticData: run.staticData,
		settings: run.timezone === undefined ? {} : { timezone: run.timezone },
	});
	// After the workflow, which puts defaults in place of what is missing.
	for (const [name, value] of Object.entries(run.resolved ?? {})) {
		const whole = node.parameters[name];
		const isPart = Object.prototype.toString.call(value) === '[object Object]';
		node.parameters[name] = (
			isPart ? { ...(whole as IDataObject), ...(value as IDataObject) } : value
		) as INodeParameters[string];
	}
	const credentialsHelper = {
		// As n8n's own: expressions are resolved for the item that is asked for, unless the raw data is wanted.
		async getDecrypted(...asked: Parameters<ICredentialsHelper['getDecrypted']>) {
			const [, , name, mode, execute, raw, values] = asked;
			const data = credentials[name] as INodeParameters;
			run.onCredential?.(raw ? 'raw' : (values?.itemIndex ?? -1));
			if (raw || !values) return data as ICredentialDataDecryptedObject;
			const { runExecutionData, runIndex, itemIndex, connectionInputData } = values;
			return workflow.expression.getParameterValue(
				data,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				{ $vars: {} },
				execute,
			) as ICredentialDataDecryptedObject;
		},
		isCredentialUsableByNode: () => true,
		getParentTypes: () => [],
	} as unknown as ICredentialsHelper;
	const additionalData = {
		executionId: run.executionId ?? EXECUTION,
		credentialsHelper,
		restApiUrl: 'http://localhost/rest',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;
	const inputData: ITaskDataConnections = {
		main: run.secondInput ? [items, run.secondInput] : [items],
	};
	const before = run.itemsBefore === undefined ? undefined : 'Before';
	const source = before === undefined ? null : { main: [{ previousNode: before }] };
	const executeData: IExecuteData = { node, data: inputData, source };
	const kept = run.kept ?? newExecution();
	if (before !== undefined) {
		workflow.nodes[before] = { ...node, id: before, name: before };
		const main = [Array.from({ length: run.itemsBefore ?? 0 }, () => items[0])];
		const task = { startTime: 0, executionTime: 0, executionIndex: 0, source: [], data: { main } };
		kept.resultData.runData[before] = [task];
	}
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'manual',
		kept,
		0,
		items,
		inputData,
		executeData,
		[],
		signal,
	);
	if (run.logger) Object.defineProperty(context, 'logger', { value: run.logger });
	return context;
}

/** Folder in which a step keeps its notes. */
export const notesOf = (type: INodeType): string =>
	join(notes, `n8n-nodes-microsoft-hr.${type.description.name}`);

/** Executes a step and gives the items of its outputs. */
export async function runStep(run: StepRun): Promise<INodeExecutionData[][]> {
	const context = executionContext(run);
	const outputs = (await run.type.execute!.call(context)) as INodeExecutionData[][];
	const { outputForm } = (run.parameters?.options ?? {}) as IDataObject;
	return outputForm === undefined ? outputs.map((items) => items.map(withDetailsBeside)) : outputs;
}

/** Tests look for a fact by its name; where it stands is asked by those that choose the form of the output. */
function withDetailsBeside(item: INodeExecutionData): INodeExecutionData {
	const { summary, details, ...facts } = item.json;
	if (summary === undefined || details === undefined) return item;
	return { ...item, json: { summary, ...facts, ...(details as IDataObject) } };
}

/** Stores a file as an earlier step would have. */
export async function storedFile(
	bytes: Buffer | string,
	fileName: string,
	mimeType = 'application/octet-stream',
): Promise<IBinaryData> {
	const content = Readable.from([Buffer.from(bytes)], { objectMode: false });
	return await Container.get(BinaryDataService).store(
		{ type: 'execution', workflowId: WORKFLOW, executionId: EXECUTION },
		content,
		{ data: '', fileName, mimeType },
	);
}

/** Reads a file that the step has put out. */
export async function readStored(data: IBinaryData): Promise<Buffer> {
	return await buffer(await Container.get(BinaryDataService).getAsStream(data.id!));
}

/** Draws wires from outputs of the step to its own input. */
export function wireBack(context: ExecuteContext, ...outputs: number[]): void {
	const node = context.getNode().name;
	const { workflow } = context as unknown as { workflow: Workflow };
	workflow.connectionsByDestinationNode[node] = {
		main: [outputs.map((index) => ({ node, type: 'main', index }))],
	};
}

/** Draws a wire from an output of the step to another one. */
export function wireTo(context: ExecuteContext, output: number, name: string): void {
	const from = context.getNode();
	const { workflow } = context as unknown as { workflow: Workflow };
	workflow.nodes[name] = { ...from, id: name, name };
	workflow.connectionsByDestinationNode[name] = {
		main: [[{ node: from.name, type: 'main', index: output }]],
	};
	const source = (workflow.connectionsBySourceNode[from.name] ??= { main: [] });
	while (source.main.length <= output) source.main.push([]);
	source.main[output]?.push({ node: name, type: 'main', index: 0 });
}
