import { randomBytes, randomUUID } from 'node:crypto';
import { readFlatted } from './flatted';
import type { RunningN8n } from './n8n';

/** Who owns the n8n and may sign in to its editor. */
export interface Owner {
	email: string;
	password: string;
}

/** A node of a workflow, as n8n stores it. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	onError?: string;
	[other: string]: unknown;
}

/** A workflow, as n8n exports it. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { main: Array<Array<{ node: string; type: string; index: number }> | null> }>;
	settings?: Record<string, unknown>;
	[other: string]: unknown;
}

/** A reference to stored binary data. */
export interface BinaryReference {
	id?: string;
	data: string;
	fileName?: string;
	mimeType: string;
	fileSize?: string;
}

/** One item that a node put out. */
export interface OutputItem {
	json: Record<string, unknown>;
	binary?: Record<string, BinaryReference>;
	pairedItem?: unknown;
	error?: unknown;
}

/** What went wrong in a node or in the whole execution. */
export interface ExecutionError {
	message: string;
	description?: string | null;
	name?: string;
	httpCode?: string | null;
	[other: string]: unknown;
}

/** One run of one node. */
export interface NodeRun {
	executionStatus?: string;
	/** Milliseconds. */
	executionTime: number;
	startTime: number;
	data?: { main: Array<OutputItem[] | null> };
	error?: ExecutionError;
	hints?: Array<{ message: string; type?: string; location?: string }>;
	metadata?: Record<string, unknown>;
}

/** An execution that has been read. */
export interface Execution {
	id: string;
	status: string;
	/** The runs of each node, by the node's name. */
	runs: Record<string, NodeRun[]>;
	error?: ExecutionError;
	/** The stored text, as it lies in n8n's database. */
	stored: string;
	customData?: Record<string, string>;
}

/** Result of a credential's Test button. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** A node type, as the editor gets it: what its list of nodes shows and searches. */
export interface NodeType {
	name: string;
	displayName: string;
	[other: string]: unknown;
}

/** What a signed-in person does in the editor. */
export interface Editor {
	owner: Owner;
	/** Any request to n8n's internal API; gives `data` of the answer. */
	request(method: string, path: string, body?: unknown): Promise<unknown>;
	/** Descriptions of all node types, as the editor gets them. */
	nodeTypes(): Promise<NodeType[]>;
	createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<{ id: string; name: string }>;
	/** Presses the Test button of a stored credential. */
	testCredential(id: string): Promise<CredentialTest>;
	createWorkflow(workflow: Workflow): Promise<{ id: string }>;
	/** Publishes the workflow, so that its production webhooks and schedules work. */
	activate(workflowId: string): Promise<void>;
	deactivate(workflowId: string): Promise<void>;
	/** Starts a manual execution at a trigger. Gives the execution's id. */
	run(workflowId: string, trigger: string): Promise<string>;
	/** Presses the Stop button. */
	stop(executionId: string): Promise<void>;
	execution(executionId: string): Promise<Execution>;
	/** Waits until the execution has ended. */
	waitForEnd(executionId: string): Promise<Execution>;
	/** Waits until the execution has one of the statuses. */
	waitForStatus(executionId: string, statuses: string[]): Promise<Execution>;
	/** Ids of the workflow's executions, newest first. */
	executionIds(workflowId: string): Promise<string[]>;
	download(binary: BinaryReference): Promise<Buffer>;
}

/** Whatever takes longer hangs, however busy the machine is. */
const HANG_MS = 15 * 60_000;

const ended = ['success', 'error', 'canceled', 'crashed'];

/** An owner with a password nobody knows before. */
export function newOwner(): Owner {
	return { email: 'owner@contoso.example', password: `Demo-${randomBytes(9).toString('base64url')}-1` };
}

/**
 * Makes `owner` the owner of a new n8n, or signs in to one that has this owner already.
 *
 * @throws Error when n8n refuses
 */
export async function signIn(n8n: RunningN8n, owner: Owner): Promise<Editor> {
	const browserId = randomUUID();
	let cookie = '';

	const send = async (method: string, path: string, body?: unknown): Promise<Response> =>
		await fetch(`${n8n.origin}${path}`, {
			method,
			headers: {
				// A kept connection may be closed by n8n just when the next request leaves.
				connection: 'close',
				'browser-id': browserId,
				...(cookie ? { cookie } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});

	const request = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const answer = await send(method, path, body);
		const text = await answer.text();
		if (!answer.ok)
			throw new Error(`n8n answered ${method} ${path} with ${answer.status}: ${text.slice(0, 500)}`);
		const set = answer.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (set) cookie = set.split(';')[0];
		return text ? (JSON.parse(text) as { data?: unknown }).data : undefined;
	};

	const settings = (await request('GET', '/rest/settings')) as {
		userManagement?: { showSetupOnFirstLoad?: boolean };
	};
	if (settings.userManagement?.showSetupOnFirstLoad) {
		await request('POST', '/rest/owner/setup', { ...owner, firstName: 'Olivia', lastName: 'Owner' });
	} else {
		await request('POST', '/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	}

	const editor: Editor = {
		owner,
		request,
		async nodeTypes() {
			// n8n writes this file anew after a change, and gives half of it while it does.
			for (let left = 100; ; left--) {
				const answer = await send('GET', '/types/nodes.json');
				if (!answer.ok) throw new Error(`n8n did not give its node types: ${answer.status}`);
				const types = await answer.json().catch(() => undefined);
				if (types !== undefined) return types as NodeType[];
				if (left === 0) throw new Error("n8n's list of node types is not complete.");
				await new Promise((resolve) => setTimeout(resolve, 500));
			}
		},
		async createCredential(name, type, data) {
			const { id } = (await request('POST', '/rest/credentials', { name, type, data })) as { id: string };
			return { id, name };
		},
		async testCredential(id) {
			const credentials = (await request('GET', `/rest/credentials/${id}?includeData=true`)) as Record<
				string,
				unknown
			>;
			return (await request('POST', '/rest/credentials/test', { credentials })) as CredentialTest;
		},
		async createWorkflow(workflow) {
			const nodes = workflow.nodes.map((node) => ({ id: randomUUID(), ...node }));
			const { id } = (await request('POST', '/rest/workflows', {
				settings: {},
				...workflow,
				nodes,
				active: false,
			})) as {
				id: string;
			};
			return { id };
		},
		async activate(workflowId) {
			const { versionId } = (await request('GET', `/rest/workflows/${workflowId}`)) as { versionId: string };
			await request('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		},
		async deactivate(workflowId) {
			await request('POST', `/rest/workflows/${workflowId}/deactivate`, {});
		},
		async run(workflowId, trigger) {
			const workflowData = await request('GET', `/rest/workflows/${workflowId}`);
			const started = (await request('POST', `/rest/workflows/${workflowId}/run`, {
				workflowData,
				triggerToStartFrom: { name: trigger },
			})) as { executionId?: string };
			if (!started.executionId) throw new Error(`n8n did not start the workflow: ${JSON.stringify(started)}`);
			return started.executionId;
		},
		async stop(executionId) {
			await request('POST', `/rest/executions/${executionId}/stop`);
		},
		async execution(executionId) {
			return readExecution(await request('GET', `/rest/executions/${executionId}`));
		},
		async waitForEnd(executionId) {
			return await editor.waitForStatus(executionId, ended);
		},
		async waitForStatus(executionId, statuses) {
			const hang = Date.now() + HANG_MS;
			for (;;) {
				const execution = await editor.execution(executionId);
				if (statuses.includes(execution.status)) return execution;
				if (Date.now() > hang) {
					throw new Error(
						`Execution ${executionId} is still "${execution.status}" after ${HANG_MS / 60_000} min.`,
					);
				}
				await new Promise((resolve) => setTimeout(resolve, 200));
			}
		},
		async executionIds(workflowId) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const page = (await request('GET', `/rest/executions?filter=${filter}`)) as {
				results: Array<{ id: string }>;
			};
			return page.results.map((entry) => entry.id);
		},
		async download(binary) {
			if (!binary.id) return Buffer.from(binary.data, 'base64');
			const answer = await send(
				'GET',
				`/rest/binary-data?id=${encodeURIComponent(binary.id)}&action=download`,
			);
			if (!answer.ok) throw new Error(`n8n did not give the binary data: ${answer.status}`);
			return Buffer.from(await answer.arrayBuffer());
		},
	};
	return editor;
}

/**
 * The items one output of a node put out, over all its runs.
 *
 * @param output number of the output, from 0
 */
export function outputItems(execution: Execution, node: string, output = 0): OutputItem[] {
	return (execution.runs[node] ?? []).flatMap((run) => run.data?.main[output] ?? []);
}

function readExecution(answer: unknown): Execution {
	const { id, status, data, customData } = answer as {
		id: string;
		status: string;
		data?: string;
		customData?: Record<string, string>;
	};
	// A running execution has the empty list.
	const content =
		data && data !== '[]'
			? (readFlatted(data) as { resultData?: { runData?: Execution['runs']; error?: ExecutionError } })
			: {};
	return {
		id,
		status,
		runs: content.resultData?.runData ?? {},
		error: content.resultData?.error,
		stored: data ?? '',
		customData,
	};
}
