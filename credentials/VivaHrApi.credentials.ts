import type { IAuthenticate, ICredentialType } from 'n8n-workflow';
import { vivaCredentialFields } from '../nodes/shared/n8n/fields/credentialFields';

/** Signs in to Viva Insights and the Organizational Data Service. Tested by the step Viva HR Ingest. */
export class VivaHrApi implements ICredentialType {
	name = 'vivaHrApi';

	displayName = 'Viva HR API';

	icon = { light: 'file:../icons/vivaHr.svg', dark: 'file:../icons/vivaHr.dark.svg' } as const;

	documentationUrl =
		'https://github.com/n8n-nodes-microsoft-hr/n8n-nodes-microsoft-hr/blob/main/docs/set-up/entra-app.md';

	properties = vivaCredentialFields;

	/** For n8n's HTTP Request. Loaded with the first request, because n8n loads credentials at every start. */
	authenticate: IAuthenticate = async (data, request) => {
		const { authenticateViva } = await import('../nodes/shared/n8n/credentials/requestAuthentication');
		return await authenticateViva(data, request);
	};
}
