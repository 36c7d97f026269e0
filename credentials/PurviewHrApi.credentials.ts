import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { AUDIENCES, CLOUDS, type CloudName } from '../nodes/shared/entra/clouds';
import { entraFields, loginHostField } from '../nodes/shared/n8n/fields/entraFields';

const cloudOption = (value: CloudName) => ({ name: CLOUDS[value].displayName, value });

/** Signs in to the Purview HR connector. Tested by the step Purview HR Signal. */
export class PurviewHrApi implements ICredentialType {
	name = 'purviewHrApi';

	displayName = 'Purview HR API';

	icon = { light: 'file:../icons/purviewHr.svg', dark: 'file:../icons/purviewHr.dark.svg' } as const;

	documentationUrl =
		'https://github.com/n8n-nodes-microsoft-hr/n8n-nodes-microsoft-hr/blob/main/docs/set-up/entra-app.md';

	properties: INodeProperties[] = [
		...entraFields,
		{
			displayName: 'Cloud',
			name: 'cloud',
			type: 'options',
			default: 'worldwide',
			description: 'The Microsoft cloud in which the tenant is',
			options: [
				cloudOption('worldwide'),
				cloudOption('gcc'),
				cloudOption('gccHigh'),
				cloudOption('dod'),
				{
					name: 'Custom',
					value: 'custom',
					description: 'Addresses of your own, for a gateway or an emulator',
				},
			],
		},
		loginHostField,
		{
			displayName: 'Signals URL',
			name: 'signalsUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://webhook.ingestion.office.com/api/signals',
			description: 'Where files are sent, over https and without the job ID',
			displayOptions: { show: { cloud: ['custom'] } },
		},
		{
			displayName: 'Audience',
			name: 'audience',
			type: 'string',
			default: AUDIENCES.purview.value,
			description: 'What the token is asked for; the same in all clouds of Microsoft',
			displayOptions: { show: { cloud: ['custom'] } },
		},
	];
}
