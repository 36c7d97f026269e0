import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { vivaCredentialTest } from '../shared/n8n/credentials/credentialTest';
import { runOperation, type Operation } from '../shared/n8n/runOperation';
import { checkConnection } from './operations/checkConnection';
import { previewColumns } from './fields/columnPreview';
import { INPUTS, OUTPUTS } from './connections';
import { createSampleFile } from './operations/createSampleFile';
import { ingest } from './operations/upload';
import { operation, parameters } from './fields/fields';

const OPERATIONS: Record<string, Operation> = {
	upload: async (context) => await ingest(context, 'upload'),
	validate: async (context) => await ingest(context, 'validate'),
	createSampleFile,
	checkConnection,
};

export class VivaHrIngest implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Viva HR Ingest',
		name: 'vivaHrIngest',
		icon: { light: 'file:../../icons/vivaHr.svg', dark: 'file:../../icons/vivaHr.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ { upload: "Upload", validate: "Validate", createSampleFile: "Sample file", checkConnection: "Check connection" }[$parameter["operation"]] + ": " + { vivaHr: "Viva Insights (HR)", vivaSurvey: "Viva Insights (Survey)", organizationalData: "Organizational Data" }[$parameter["destination"]] }}',
		description: 'Check HR data and import it into Viva Insights or Organizational Data in Microsoft 365',
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
	};

	methods = { credentialTest: vivaCredentialTest, loadOptions: { previewColumns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, operation, OPERATIONS);
	}
}
