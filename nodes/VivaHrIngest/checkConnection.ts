import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { vivaClient, vivaToken } from '../shared/n8n/vivaConnection';
import { Problem } from '../shared/problem';
import { DESTINATIONS, type DestinationId } from '../shared/viva/destinations';

/** What an attempt that went well has to tell: a sentence, and facts for programs. */
interface Learned {
	detail: string;
	scaleUnit?: string;
	connectorId?: string;
}

/**
 * The operation Check Connection: tries sign-in, scale unit and connector, and stops at the first that fails.
 * @param context the step's execution
 * @returns a checklist, one item for each thing that was tried; the last one tells whether all is well
 */
export async function checkConnection(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const destination = context.getNodeParameter('destination', 0, 'vivaHr') as DestinationId;
	const attempts: Array<[check: string, deed: () => Promise<Learned>]> = [
		[
			'Sign-in',
			async () => {
				await vivaToken(context, signal);
				return { detail: 'Microsoft Entra issued a token.' };
			},
		],
		[
			'Scale unit',
			async () => {
				const scaleUnit = await (await vivaClient(context, signal)).scaleUnit();
				return { detail: `The tenant's scale unit is ${scaleUnit}.`, scaleUnit };
			},
		],
		[
			`Connector of ${DESTINATIONS[destination].displayName}`,
			async () => {
				const { ConnectorId } = await (await vivaClient(context, signal)).ping(destination);
				return { detail: 'The connector is set up for this app.', connectorId: ConnectorId };
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
		checklist.push({ check, ok: true, ...outcome });
	}

	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [checklist.map((json) => ({ json, pairedItem })), []];
}
