import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { vivaCredentialTest } from '../shared/n8n/credentials/credentialTest';
import { toNodeError } from '../shared/n8n/errors';
import { checkConnection } from './operations/checkConnection';
import { previewColumns } from './fields/columnPreview';
import { INPUTS, OUTPUTS } from './connections';
import { createSampleFile } from './operations/createSampleFile';
import { ingest } from './operations/upload';
import { parameters } from './fields/fields';

/** Operations that read no rows. */
const ALONE = { createSampleFile, checkConnection };

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
		const operation = this.getNodeParameter('operation', 0) as keyof typeof ALONE | 'upload' | 'validate';
		if (operation === 'upload' || operation === 'validate') return await ingest(this, operation);
		return await ALONE[operation](this).catch((error: unknown) =>
			Promise.reject(toNodeError(this.getNode(), error)),
		);
	}
}
