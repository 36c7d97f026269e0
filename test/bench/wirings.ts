import type { Workflow, WorkflowNode } from '../host/rest';

/** The job as workflows of n8n: with this package, and with n8n's own nodes. */
export type Wiring = 'ours' | 'builtInCsv' | 'builtInRows' | 'oursItems';

/** What the workflows of the bench point at. */
export interface Places {
	/** path of the webhook that starts the workflow; another one each time, for earlier workflows stay in n8n */
	webhook: string;
	/** where n8n's own nodes send to, and the address that is told when the clock starts */
	upload: string;
	start: string;
	credential: { id: string; name: string };
}

/** Node types that the workflows use. */
export const wiredNodeTypes = [
	'n8n-nodes-base.webhook',
	'n8n-nodes-base.readWriteFile',
	'n8n-nodes-base.compression',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.extractFromFile',
	'n8n-nodes-base.convertToFile',
	'n8n-nodes-microsoft-hr.vivaHrIngest',
];

type Made = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> & Partial<WorkflowNode>;

/**
 * A workflow that is called over a webhook with `?file=` and answers when it has ended. A success is not stored; that
 * favours the wirings that carry many items.
 */
export function workflowOf(wiring: Wiring, places: Places): Workflow {
	const chain = [webhook(places), readFile, ...stepsOf(wiring, places)];
	const nodes = chain.map((node, index): WorkflowNode => ({ position: [index * 200, 0], ...node }));
	const to = (node: string) => ({ node, type: 'main', index: 0 });
	const connections: Workflow['connections'] = Object.fromEntries(
		chain.slice(1).map((node, index) => [chain[index].name, { main: [[to(node.name)]] }]),
	);
	if (wiring === 'oursItems') {
		// The upper branch runs first: it starts the clock when the items are there.
		nodes.push({ ...clockStart(places), position: [600, -200] });
		connections.Extract = { main: [[to('Start clock'), to('Ingest')]] };
	}
	return {
		name: wiring,
		nodes,
		connections,
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'all',
			saveExecutionProgress: false,
		},
	};
}

function stepsOf(wiring: Wiring, places: Places): Made[] {
	switch (wiring) {
		case 'ours':
			return [ingest('file', places)];
		case 'builtInCsv':
			return [compress, sendForm(places)];
		case 'builtInRows':
			return [extract, convert, compress, sendForm(places)];
		case 'oursItems':
			return [extract, ingest('items', places)];
	}
}

const webhook = ({ webhook: path }: Places): Made => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { httpMethod: 'GET', path, responseMode: 'lastNode', responseData: 'noData', options: {} },
});

const readFile: Made = {
	name: 'Read',
	type: 'n8n-nodes-base.readWriteFile',
	typeVersion: 1,
	parameters: { operation: 'read', fileSelector: '={{ $json.query.file }}', options: {} },
};

const extract: Made = {
	name: 'Extract',
	type: 'n8n-nodes-base.extractFromFile',
	typeVersion: 1,
	parameters: { operation: 'csv', binaryPropertyName: 'data', options: {} },
};

const convert: Made = {
	name: 'Convert',
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: { operation: 'csv', binaryPropertyName: 'data', options: { fileName: 'data.csv' } },
};

const compress: Made = {
	name: 'Compress',
	type: 'n8n-nodes-base.compression',
	typeVersion: 1.1,
	parameters: {
		operation: 'compress',
		binaryPropertyName: 'data',
		outputFormat: 'zip',
		fileName: 'package.zip',
		binaryPropertyOutput: 'package',
	},
};

const sendForm = ({ upload }: Places): Made => ({
	name: 'Send',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url: upload,
		sendBody: true,
		contentType: 'multipart-form-data',
		bodyParameters: {
			parameters: [{ parameterType: 'formBinaryData', name: 'info', inputDataFieldName: 'package' }],
		},
		options: { timeout: 600_000 },
	},
});

const clockStart = ({ start }: Places): Made => ({
	name: 'Start clock',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	executeOnce: true,
	parameters: { url: start, options: {} },
});

const ingest = (input: 'file' | 'items', { credential }: Places): Made => ({
	name: 'Ingest',
	type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
	typeVersion: 1,
	parameters: {
		input,
		otherColumns: 'custom',
		options: { sendAgain: true, maximumMissingPercent: 100, mayDisappear: '*' },
	},
	credentials: { vivaHrApi: credential },
});
