import { randomUUID } from 'node:crypto';
import type { RunningN8n } from '../host/n8n';
import type { Editor, WorkflowNode } from '../host/rest';

/** Types of n8n's own nodes that the workflows of these tests use. */
export const builtInNodes = [
	'n8n-nodes-base.webhook',
	'n8n-nodes-base.executeWorkflowTrigger',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.noOp',
	'n8n-nodes-base.splitOut',
	'n8n-nodes-base.wait',
];

/** A published workflow that a webhook starts. */
export interface Published {
	id: string;
	/** Calls the webhook; gives the id of the execution that this started. */
	start(body?: unknown): Promise<string>;
	/** Calls it several times at the same moment. */
	startAtOnce(bodies: unknown[]): Promise<string[]>;
}

type Step = Pick<WorkflowNode, 'name' | 'type' | 'parameters'> & Partial<WorkflowNode>;

/** Splits the list that the webhook received in its field `rows` into items. */
export const rowsOfBody: Step = {
	name: 'Rows',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'body.rows', options: {} },
};

/** Downloads a file into the field `data`. */
export const fileFrom = (url: string): Step => ({
	name: 'Fetch',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url,
		options: { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } },
	},
});

/** Sleeps so long that n8n puts the execution into its database. */
export const longSleep: Step = {
	name: 'Sleep',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 75, unit: 'seconds' },
};

/** A workflow: a chain of steps, further connections, and steps that only those lead to. */
export type WorkflowParts = [
	chain: Step[],
	more?: Array<{ from: string; output: number; to: string }>,
	lonely?: Step[],
];

/**
 * Publishes a chain of steps behind a webhook, so that a call of it is a production execution.
 *
 * @param editor a signed-in editor
 * @param n8n the main
 * @param parts see {@link WorkflowParts}; each step of the chain is connected to the next by its first output
 */
export async function publish(
	editor: Editor,
	n8n: RunningN8n,
	...[chain, more = [], lonely = []]: WorkflowParts
): Promise<Published> {
	const place = randomUUID();
	const webhook: Step = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path: place, responseMode: 'onReceived', options: {} },
		webhookId: place,
	};
	const nodes = [webhook, ...chain, ...lonely].map((step, index) => ({
		typeVersion: 1,
		position: [index * 200, 0] as [number, number],
		...step,
	}));
	const outputs: Record<string, string[][]> = {};
	const connect = (from: string, output: number, to: string) => {
		outputs[from] ??= [];
		for (let index = 0; index <= output; index++) outputs[from][index] ??= [];
		outputs[from][output].push(to);
	};
	[webhook, ...chain].slice(0, -1).forEach(({ name }, index) => connect(name, 0, chain[index].name));
	for (const { from, output, to } of more) connect(from, output, to);
	const connections = Object.fromEntries(
		Object.entries(outputs).map(([name, lists]) => [
			name,
			{ main: lists.map((list) => list.map((node) => ({ node, type: 'main', index: 0 }))) },
		]),
	);
	const { id } = await editor.createWorkflow({
		name: `Queue ${place}`,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await editor.activate(id);
	const known = new Set<string>();

	async function call(body: unknown): Promise<void> {
		// Publishing takes effect a moment later.
		for (let tries = 0; ; tries++) {
			const answer = await fetch(`${n8n.origin}/webhook/${place}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			if (answer.ok) return;
			if (answer.status !== 404 || tries > 3000) throw new Error(`the webhook answered ${answer.status}`);
			await pause(100);
		}
	}

	const startAtOnce = async (bodies: unknown[]): Promise<string[]> => {
		await Promise.all(bodies.map(async (body) => await call(body)));
		for (let tries = 0; ; tries++) {
			const fresh = (await editor.executionIds(id)).filter((one) => !known.has(one)).reverse();
			if (fresh.length >= bodies.length) {
				fresh.forEach((one) => known.add(one));
				return fresh;
			}
			if (tries > 3000) throw new Error(`${bodies.length} calls started ${fresh.length} executions`);
			await pause(100);
		}
	};
	return { id, startAtOnce, start: async (body = {}) => (await startAtOnce([body]))[0] };
}

export const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
