import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { vivaCredentialTest } from '../shared/n8n/credentials/lazyCredentialTest';
import { retryIsNotNeeded } from '../shared/n8n/fields/nodeHints';
import { PANEL_VERSIONS } from '../shared/n8n/fields/panelVersions';
import { runOperation, type Operation } from '../shared/n8n/runOperation';
import { operation, parameters } from './fields/fields';

/** n8n loads this file at every start; what an operation needs comes with the first run of it. */
const OPERATIONS: Record<string, Operation> = {
	wait: async (context) => await (await import('./operations/waitUntilDone')).waitUntilDone(context),
	getStatus: async (context) => await (await import('./operations/askOnce')).getStatus(context),
	downloadErrors: async (context) => await (await import('./operations/askOnce')).downloadErrors(context),
};

/** In an expression of n8n, because the number of outputs depends on the operation. */
const WAIT_OUTPUTS = JSON.stringify(
	['Still Running', 'Completed', 'Failed', 'Asleep'].map((displayName) => ({ type: 'main', displayName })),
);

export class PollIngestion implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Poll Ingestion',
		name: 'pollIngestion',
		icon: { light: 'file:../../icons/pollIngestion.svg', dark: 'file:../../icons/pollIngestion.dark.svg' },
		group: ['transform'],
		version: PANEL_VERSIONS,
		subtitle:
			'={{ { wait: "Wait until done", getStatus: "Get status", downloadErrors: "Download errors" }[$parameter["operation"]] }}',
		description: 'Follow an import of HR data into Microsoft 365 to its end, or to its errors',
		defaults: { name: 'Poll Ingestion' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		// Get Status and Download Errors have one outcome; an agent reads the first output. The copy that sleeps in a
		// sub-execution has one more, over which it comes back.
		outputs: `={{ $parameter["operation"] === "wait" ? ${WAIT_OUTPUTS}.slice(0, $parameter["role"] === "sleeper" ? 4 : 3) : ["main"] }}`,
		credentials: [{ name: 'vivaHrApi', required: true, testedBy: 'testVivaHrApi' }],
		waitingNodeTooltip:
			'Waits until Microsoft has finished the import. It asks for the status by itself; you need do nothing.',
		properties: parameters,
		builderHint: {
			searchHint:
				"Follows an import of Viva HR Ingest. Its first output is 'Still Running'; put what comes next behind 'Completed' (second) or 'Failed' (third).",
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-microsoft-hr.vivaHrIngest',
					relationHint: "Begins the import; its output 'Ingestion' goes into this step",
				},
			],
		},
		hints: [retryIsNotNeeded('wait')],
	};

	methods = { credentialTest: vivaCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, operation, OPERATIONS);
	}
}
