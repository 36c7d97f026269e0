import type { IAuthenticate, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { AUDIENCES, CLOUDS, type CloudName } from '../nodes/shared/entra/clouds';
import { purviewAuthentication } from '../nodes/shared/n8n/purviewAuthentication';
import { entraFields, loginHostField } from '../nodes/shared/n8n/entraFields';

const cloudOption = (value: CloudName) => ({ name: CLOUDS[value].displayName, value });

/**
 * Signs in to the Purview HR connector.
 *
 * Its test is described here, because n8n runs a test function only where a step lists the credential, and no step does
 * yet. Before the harmless request of the test is sent, `authenticate` gets a token with the same code as the steps, and
 * its own words are what a person sees when that fails. There is nothing else to ask: the service has no read call.
 */
export class PurviewHrApi implements ICredentialType {
	name = 'purviewHrApi';

	displayName = 'Purview HR API';

	icon = { light: 'file:../icons/purviewHr.svg', dark: 'file:../icons/purviewHr.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-microsoft-hr/n8n-nodes-microsoft-hr#credentials';

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

	authenticate: IAuthenticate = purviewAuthentication;

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ "https://" + ($credentials.cloud === "custom" ? $credentials.loginHost.trim().replace("https://", "").replace("/", "") : ["gccHigh", "dod"].includes($credentials.cloud) ? "login.microsoftonline.us" : "login.microsoftonline.com") }}',
			url: '={{ "/" + $credentials.tenantId.trim() + "/v2.0/.well-known/openid-configuration" }}',
		},
	};
}
