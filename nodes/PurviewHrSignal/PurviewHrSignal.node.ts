import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { purviewCredentialTest } from '../shared/n8n/credentials/lazyCredentialTest';
import { retryIsNotNeeded } from '../shared/n8n/fields/nodeHints';
import { PANEL_VERSIONS } from '../shared/n8n/fields/panelVersions';
import { runOperation, type Operation } from '../shared/n8n/runOperation';
import { SCENARIO_IDS, SCENARIOS } from '../shared/purview/signals/scenarios';
import { INPUTS } from './connections';
import { operation, parameters } from './fields/fields';

/** n8n loads this file at every start; what an operation needs comes with the first run of it. */
const OPERATIONS: Record<string, Operation> = {
	send: async (context) => await (await import('./operations/send')).signal(context, 'send'),
	validate: async (context) => await (await import('./operations/send')).signal(context, 'validate'),
	sendTestRow: async (context) => await (await import('./operations/sendTestRow')).sendTestRow(context),
	createSampleFile: async (context) =>
		await (await import('./operations/createSampleFile')).createSampleFile(context),
	checkConnection: async (context) =>
		await (await import('./operations/checkConnection')).checkConnection(context),
};

const OPERATION_NAMES = {
	send: 'Send',
	sendTestRow: 'Test row',
	validate: 'Validate',
	createSampleFile: 'Sample file',
	checkConnection: 'Check connection',
};
const SCENARIO_NAMES = {
	...Object.fromEntries(SCENARIO_IDS.map((id) => [id, SCENARIOS[id].displayName])),
	several: 'Several Scenarios',
};
const SUBTITLE = `={{ ${JSON.stringify(OPERATION_NAMES)}[$parameter["operation"]] + ($parameter["operation"] === "checkConnection" ? "" : ": " + ${JSON.stringify(SCENARIO_NAMES)}[$parameter["scenario"]]) }}`;

async function incomingColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await (await import('../shared/n8n/lists/listColumns')).listColumns(this);
}

async function previewColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await (await import('./fields/previewColumns')).previewColumns.call(this);
}

export class PurviewHrSignal implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Purview HR Signal',
		name: 'purviewHrSignal',
		icon: { light: 'file:../../icons/purviewHr.svg', dark: 'file:../../icons/purviewHr.dark.svg' },
		group: ['output'],
		version: PANEL_VERSIONS,
		subtitle: SUBTITLE,
		description: 'Check HR data and send it to the HR connector of Microsoft Purview',
		defaults: { name: 'Purview HR Signal' },
		// What arrives here puts employees under watch: that is no decision for an agent.
		usableAsTool: undefined,
		inputs: INPUTS,
		// A previous file alone is nothing to send; without one, every row counts as new.
		requiredInputs: [0],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Signals', 'Rejected'],
		credentials: [
			{
				name: 'purviewHrApi',
				required: true,
				testedBy: 'testPurviewHrApi',
				displayOptions: { show: { operation: ['send', 'sendTestRow', 'checkConnection'] } },
			},
		],
		properties: parameters,
		builderHint: {
			searchHint:
				"Sends resignations, job changes, reviews and profiles to the HR connector of Microsoft Purview. Set 'operation' to 'validate' for a trial. Purview confirms at once, so no step has to wait; handle 'Rejected' when the option 'onInvalidRows' is 'leaveOut'.",
		},
		hints: [retryIsNotNeeded('send')],
	};

	methods = { credentialTest: purviewCredentialTest, loadOptions: { previewColumns, incomingColumns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, operation, OPERATIONS);
	}
}
