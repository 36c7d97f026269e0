import type { IAuthenticate, ICredentialType } from 'n8n-workflow';
import { purviewCredentialFields } from '../nodes/shared/n8n/fields/credentialFields';

/** Signs in to the Purview HR connector. Tested by the step Purview HR Signal. */
export class PurviewHrApi implements ICredentialType {
	name = 'purviewHrApi';

	displayName = 'Purview HR API';

	icon = { light: 'file:../icons/purviewHr.svg', dark: 'file:../icons/purviewHr.dark.svg' } as const;

	documentationUrl =
		'https://github.com/n8n-nodes-microsoft-hr/n8n-nodes-microsoft-hr/blob/main/docs/set-up/entra-app.md';

	properties = purviewCredentialFields;

	/** For n8n's HTTP Request. Loaded with the first request, because n8n loads credentials at every start. */
	authenticate: IAuthenticate = async (data, request) => {
		const { authenticatePurview } = await import('../nodes/shared/n8n/credentials/requestAuthentication');
		return await authenticatePurview(data, request);
	};
}
