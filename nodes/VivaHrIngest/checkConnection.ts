import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { vivaClient, vivaToken } from '../shared/n8n/vivaConnection';
import { Problem } from '../shared/problem';
import { DESTINATIONS, type DestinationId } from '../shared/viva/destinations';

/** One line of the checklist. */
interface Check extends IDataObject {
	check: string;
	ok: boolean;
	detail: string;
}

/**
 * The operation Check Connection: tries sign-in, scale unit and connector, and stops at the first that fails.
 * @param context the step's execution
 * @returns one item: whether all is well, and a checklist
 */
export async function checkConnection(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const destination = context.getNodeParameter('destination', 0, 'vivaHr') as DestinationId;
	const checks: Check[] = [];
	const facts: IDataObject = {};

	const attempt = async (check: string, deed: () => Promise<string>): Promise<boolean> => {
		const outcome = await deed().catch((error: unknown) => {
			if (error instanceof Problem && error.kind !== 'cancelled') return error;
			return Promise.reject(error);
		});
		const ok = !(outcome instanceof Problem);
		checks.push({ check, ok, detail: ok ? outcome : `${outcome.message} ${outcome.advice}` });
		return ok;
	};

	const ok =
		(await attempt('Sign-in', async () => {
			await vivaToken(context, signal);
			return 'Microsoft Entra issued a token.';
		})) &&
		(await attempt('Scale unit', async () => {
			const scaleUnit = await (await vivaClient(context, signal)).scaleUnit();
			facts.scaleUnit = scaleUnit;
			return `The tenant's scale unit is ${scaleUnit}.`;
		})) &&
		(await attempt(`Connector of ${DESTINATIONS[destination].displayName}`, async () => {
			const { ConnectorId } = await (await vivaClient(context, signal)).ping(destination);
			facts.connectorId = ConnectorId;
			return 'The connector is set up for this app.';
		}));

	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [[{ json: { ok, destination, ...facts, checks }, pairedItem }], []];
}
