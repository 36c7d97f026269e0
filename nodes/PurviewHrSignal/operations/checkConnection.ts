import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { allItems, checklist } from '../../shared/n8n/checklist';
import { signInOutcome } from '../../shared/n8n/credentials/expiryHint';
import { purviewCredential, purviewHost, purviewToken } from '../../shared/n8n/credentials/purviewConnection';

/**
 * The operation Check Connection: tries the sign-in, and whether the service can be reached. More cannot be asked without sending
 * signals (reference C2); the checklist says so.
 * @param context the step's execution
 * @returns a checklist at the first output, see {@link checklist}
 */
export async function checkConnection(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const credential = async () => await purviewCredential(context, allItems(context));
	const lines = await checklist(
		context,
		[
			{
				name: 'Sign-in',
				who: 'Whoever registered the app in Microsoft Entra',
				async look() {
					const found = await credential();
					await purviewToken(context, found, signal);
					return signInOutcome(found.app);
				},
			},
			{
				name: 'Way to Purview',
				who: 'Whoever runs the network and the proxy of this n8n',
				async look() {
					return `${await purviewHost(context, await credential(), signal)} answers: no firewall or proxy is in the way.`;
				},
			},
		],
		[
			{
				name: 'Job ID and connector',
				meaning:
					'Purview cannot be asked whether the job ID, the connector and the app belong together; it tells only when signals are sent.',
				whatToDo:
					"Send a made-up leaver with 'Send Test Row'. If Purview refuses it, compare the app ID that the connector names (Purview portal > Settings > Data connectors > My connectors) with the Client ID of the credential.",
				who: 'Whoever set up the connector in Purview',
			},
		],
	);
	return [lines, []];
}
