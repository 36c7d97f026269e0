import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { purviewCredentialTest } from '../shared/n8n/credentials/credentialTest';
import { toNodeError } from '../shared/n8n/errors';
import { checkConnection } from './operations/checkConnection';
import { createSampleFile } from './operations/createSampleFile';
import { parameters } from './fields/fields';
import { signal } from './operations/send';

/** Operations that read no rows. */
const ALONE = { createSampleFile, checkConnection };

export class PurviewHrSignal implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Purview HR Signal',
		name: 'purviewHrSignal',
		icon: { light: 'file:../../icons/purviewHr.svg', dark: 'file:../../icons/purviewHr.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ { send: "Send", validate: "Validate", createSampleFile: "Sample file", checkConnection: "Check connection" }[$parameter["operation"]] + ($parameter["operation"] === "checkConnection" ? "" : ": " + { resignation: "Employee Resignation", jobLevelChange: "Job Level Change", performanceReview: "Performance Review", performanceImprovementPlan: "Performance Improvement Plan", employeeProfile: "Employee Profile", several: "Several Scenarios" }[$parameter["scenario"]]) }}',
		description: 'Check HR data and send it to the HR connector of Microsoft Purview',
		defaults: { name: 'Purview HR Signal' },
		// What arrives here puts employees under watch: that is no decision for an agent.
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Signals', 'Rejected'],
		credentials: [
			{
				name: 'purviewHrApi',
				required: true,
				testedBy: 'testPurviewHrApi',
				displayOptions: { show: { operation: ['send', 'checkConnection'] } },
			},
		],
		properties: parameters,
	};

	methods = { credentialTest: purviewCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0) as keyof typeof ALONE | 'send' | 'validate';
		if (operation === 'send' || operation === 'validate') return await signal(this, operation);
		return await ALONE[operation](this).catch((error: unknown) =>
			Promise.reject(toNodeError(this.getNode(), error)),
		);
	}
}
