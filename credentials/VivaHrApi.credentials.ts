import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { AUDIENCES } from '../nodes/shared/entra/clouds';
import { entraFields, loginHostField } from '../nodes/shared/n8n/fields/entraFields';

/** Signs in to Viva Insights and Organizational Data in Microsoft 365. Tested by the step Viva HR Ingest. */
export class VivaHrApi implements ICredentialType {
	name = 'vivaHrApi';

	displayName = 'Viva HR API';

	icon = { light: 'file:../icons/vivaHr.svg', dark: 'file:../icons/vivaHr.dark.svg' } as const;

	documentationUrl =
		'https://github.com/n8n-nodes-microsoft-hr/n8n-nodes-microsoft-hr/blob/main/docs/set-up/entra-app.md';

	properties: INodeProperties[] = [
		...entraFields,
		{
			displayName: 'Scale Unit',
			name: 'scaleUnit',
			type: 'string',
			default: '',
			placeholder: 'e.g. novaprdwus2-01',
			hint: 'Leave blank to have it looked up. It is shown on the page of the connection: Viva Insights > Organizational data > Data connections.',
		},
		{
			displayName: 'Cloud',
			name: 'cloud',
			type: 'options',
			default: 'worldwide',
			options: [
				{ name: 'Worldwide', value: 'worldwide', description: 'The cloud that nearly every company is in' },
				{
					name: 'Custom',
					value: 'custom',
					description: 'Addresses of your own, for a gateway, a pre-production service or an emulator',
				},
			],
		},
		loginHostField,
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.orginsights.viva.office.com/v1.0',
			description: 'Address of the API with its version, over https',
			displayOptions: { show: { cloud: ['custom'] } },
		},
		{
			displayName: 'Audience',
			name: 'audience',
			type: 'options',
			default: AUDIENCES.viva.value,
			description: 'What the token is asked for; both names mean the same service',
			options: [
				{
					name: 'Application ID (Recommended)',
					value: AUDIENCES.viva.value,
					description: 'What the programs of Microsoft ask for',
				},
				{
					name: 'URL',
					value: AUDIENCES.vivaUrl.value,
					description: 'What the documentation names; for tenants that do not know the application ID',
				},
			],
		},
	];
}
