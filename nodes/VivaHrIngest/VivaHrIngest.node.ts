import {
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { vivaCredentialTest } from '../shared/n8n/credentials/lazyCredentialTest';
import { retryIsNotNeeded } from '../shared/n8n/fields/nodeHints';
import { PANEL_VERSIONS } from '../shared/n8n/fields/panelVersions';
import { runOperation, type Operation } from '../shared/n8n/runOperation';
import { INPUTS, OUTPUTS } from './connections';
import { operation, parameters } from './fields/fields';
import { fullRefreshHint } from './fields/fullRefreshHint';

/** n8n loads this file at every start; what an operation needs comes with the first run of it. */
const OPERATIONS: Record<string, Operation> = {
	upload: async (context) => await (await import('./operations/upload')).ingest(context, 'upload'),
	validate: async (context) => await (await import('./operations/upload')).ingest(context, 'validate'),
	createDeletionFile: async (context) =>
		await (await import('./operations/createDeletionFile')).createDeletionFile(context),
	createSampleFile: async (context) =>
		await (await import('./operations/createSampleFile')).createSampleFile(context),
	checkConnection: async (context) =>
		await (await import('./operations/checkConnection')).checkConnection(context),
};

async function incomingColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await (await import('../shared/n8n/lists/listColumns')).listColumns(this);
}

async function previewColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await (await import('./fields/previewColumns')).previewColumns.call(this);
}

export class VivaHrIngest implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Viva HR Ingest',
		name: 'vivaHrIngest',
		icon: { light: 'file:../../icons/vivaHr.svg', dark: 'file:../../icons/vivaHr.dark.svg' },
		group: ['output'],
		version: PANEL_VERSIONS,
		subtitle:
			'={{ { upload: "Upload", validate: "Validate", createDeletionFile: "Deletion file", createSampleFile: "Sample file", checkConnection: "Check connection" }[$parameter["operation"]] + ": " + { vivaHr: "Viva Insights (HR)", vivaSurvey: "Viva Insights (Survey)", organizationalData: "Organizational Data" }[$parameter["destination"]] }}',
		description:
			'Check HR data and import it into Viva Insights or the Organizational Data Service of Microsoft 365',
		defaults: { name: 'Viva HR Ingest' },
		// An agent must not be able to replace the HR data of a whole company.
		usableAsTool: undefined,
		inputs: INPUTS,
		// A previous file alone is nothing to send; without one, everybody counts as new.
		requiredInputs: [0],
		outputs: OUTPUTS,
		credentials: [
			{
				name: 'vivaHrApi',
				required: true,
				testedBy: 'testVivaHrApi',
				displayOptions: { show: { operation: ['upload', 'checkConnection'] } },
			},
		],
		properties: parameters,
		builderHint: {
			searchHint:
				"Imports HR data into Viva Insights or Organizational Data. Set 'operation' to 'validate' for a trial. An upload only begins an import: put Poll Ingestion behind the output 'Ingestion', and handle 'Rejected' when the option 'onInvalidRows' is 'leaveOut'.",
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-microsoft-hr.pollIngestion',
					relationHint: 'Follows the import that an upload begins to its end',
				},
			],
		},
		hints: [fullRefreshHint, retryIsNotNeeded('upload')],
	};

	methods = { credentialTest: vivaCredentialTest, loadOptions: { previewColumns, incomingColumns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, operation, OPERATIONS);
	}
}
