import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { allItems, checklist } from '../../shared/n8n/checklist';
import { vivaConnection, vivaCredential, vivaToken } from '../../shared/n8n/credentials/vivaConnection';
import { signInOutcome } from '../../shared/n8n/credentials/expiryHint';
import { readParameters } from '../../shared/n8n/parameters';
import { parameters } from '../fields/fields';
import { DESTINATIONS, type DestinationId } from '../../shared/viva/service/destinations';

/**
 * The operation Check Connection: tries sign-in, scale unit and connector, and stops at the first that fails.
 * @param context the step's execution
 * @returns a checklist at the first output, see {@link checklist}
 */
export async function checkConnection(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const { destination } = readParameters<{ destination: DestinationId }>(context, parameters, 0);
	const { admin, displayName } = DESTINATIONS[destination];
	const credential = async () => await vivaCredential(context, allItems(context));
	const client = async () => vivaConnection(context, await credential(), { signal }).client;
	const lines = await checklist(context, [
		{
			name: 'Sign-in',
			who: 'Whoever registered the app in Microsoft Entra',
			async look() {
				const found = await credential();
				await vivaToken(context, found, signal);
				return signInOutcome(found.app);
			},
		},
		{
			name: 'Scale unit',
			who: admin.role,
			async look() {
				const scaleUnit = await (await client()).scaleUnit();
				return `The part of the service that holds this tenant's data is ${scaleUnit}.`;
			},
		},
		{
			name: `Connector of ${displayName}`,
			who: admin.role,
			async look() {
				const { ConnectorId } = await (await client()).ping(destination);
				return `The connector ${ConnectorId} is set up for this app: it will take an upload.`;
			},
		},
	]);
	return [lines, []];
}
