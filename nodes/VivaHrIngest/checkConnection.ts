import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { vivaClient, vivaToken } from '../shared/n8n/vivaConnection';
import { Problem } from '../shared/problem';
import { DESTINATIONS, type DestinationId } from '../shared/viva/destinations';

/**
 * The operation Check Connection: tries sign-in, scale unit and connector, and stops at the first that fails.
 * @param context the step's execution
 * @returns a checklist, one item for each thing that was tried; the last one tells whether all is well
 */
export async function checkConnection(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const destination = context.getNodeParameter('destination', 0, 'vivaHr') as DestinationId;
	const attempts: Array<[check: string, deed: () => Promise<string>]> = [
		[
			'Sign-in',
			async () => {
				await vivaToken(context, signal);
				return 'Microsoft Entra issued a token.';
			},
		],
		[
			'Scale unit',
			async () => {
				const scaleUnit = await (await vivaClient(context, signal)).scaleUnit();
				return `The tenant's scale unit is ${scaleUnit}.`;
			},
		],
		[
			`Connector of ${DESTINATIONS[destination].displayName}`,
			async () => {
				const { ConnectorId } = await (await vivaClient(context, signal)).ping(destination);
				return `The connector ${ConnectorId} is set up for this app.`;
			},
		],
	];

	const checklist: IDataObject[] = [];
	for (const [check, deed] of attempts) {
		const outcome = await deed().catch((error: unknown) => {
			if (error instanceof Problem && error.kind !== 'cancelled') return error;
			return Promise.reject(error);
		});
		if (outcome instanceof Problem) {
			checklist.push({ check, ok: false, detail: `${outcome.message} ${outcome.advice}` });
			break;
		}
		checklist.push({ check, ok: true, detail: outcome });
	}

	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [checklist.map((json) => ({ json, pairedItem })), []];
}
