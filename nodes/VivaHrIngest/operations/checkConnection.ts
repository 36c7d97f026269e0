import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Problem, ProblemCode } from '../../shared/core/problem';
import { allItems, checklist, type Check, type Unproven } from '../../shared/n8n/checklist';
import { vivaConnection, vivaCredential, vivaToken } from '../../shared/n8n/credentials/vivaConnection';
import { signInOutcome } from '../../shared/n8n/credentials/expiryHint';
import { readParameters } from '../../shared/n8n/parameters';
import { parameters } from '../fields/fields';
import type { IngressClient } from '../../shared/viva/service/client';
import { DESTINATIONS, type DestinationId } from '../../shared/viva/service/destinations';

const SIGN_IN = 'Sign-in';
const SCALE_UNIT = 'Scale unit';

/** A tenant has one of the two, or is between them (reference A15); a survey has no other place. */
const OTHER: Readonly<Partial<Record<DestinationId, DestinationId>>> = {
	vivaHr: 'organizationalData',
	organizationalData: 'vivaHr',
};

/**
 * The operation Check Connection: tries sign-in and scale unit, and asks for the connector of the chosen destination and of the
 * one that a tenant may have in its place.
 * @param context the step's execution
 * @returns a checklist at the first output, see {@link checklist}
 */
export async function checkConnection(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const signal = context.getExecutionCancelSignal();
	const { destination } = readParameters<{ destination: DestinationId }>(context, parameters, 0);
	const credential = async () => await vivaCredential(context, allItems(context));
	const client = async () => vivaConnection(context, await credential(), { signal }).client;
	const other = OTHER[destination];
	const lines = await checklist(context, [
		{
			name: SIGN_IN,
			who: 'Whoever registered the app in Microsoft Entra',
			async look() {
				const found = await credential();
				await vivaToken(context, found, signal);
				return signInOutcome(found.app);
			},
		},
		{
			name: SCALE_UNIT,
			who: DESTINATIONS[destination].admin.role,
			async look() {
				const scaleUnit = await (await client()).scaleUnit();
				return `The part of the service that holds this tenant's data is ${scaleUnit}.`;
			},
		},
		chosenConnector(destination, client),
		...(other === undefined ? [] : [otherConnector(other, client)]),
	]);
	return [lines, []];
}

/** The connector that uploads go to. */
function chosenConnector(id: DestinationId, client: () => Promise<IngressClient>): Check {
	const { displayName, admin, paths } = DESTINATIONS[id];
	return {
		name: `Connector of ${displayName}`,
		who: admin.role,
		async look() {
			const { ConnectorId } = await (await client()).ping(id);
			return `The connector ${ConnectorId} is set up for this app: it will take an upload.`;
		},
		unproven: (problem) =>
			paths.ping.certainty === 'inferred' && mayMeanNoAddress(problem)
				? undocumented(id, problem)
				: undefined,
	};
}

/** The connector that a tenant may have in place of the chosen one: its absence is no fault. */
function otherConnector(id: DestinationId, client: () => Promise<IngressClient>): Check {
	const { displayName, admin, paths } = DESTINATIONS[id];
	return {
		name: `Other destination: ${displayName}`,
		who: admin.role,
		needs: [SIGN_IN, SCALE_UNIT],
		async look() {
			const { ConnectorId } = await (await client()).ping(id);
			return {
				state: '✓ set up too',
				meaning: `The connector ${ConnectorId} of ${displayName} is set up for this app as well. A tenant that Microsoft has moved takes uploads at one of the two only.`,
				whatToDo:
					'Read the newest message center post of your tenant: it says which destination takes uploads.',
			};
		},
		unproven(problem) {
			if (paths.ping.certainty === 'inferred' && mayMeanNoAddress(problem)) return undocumented(id, problem);
			return {
				state: problem.details.code === 'connectorNotAvailable' ? 'not set up' : 'not known',
				meaning: problem.message,
				whatToDo: `Nothing, unless you want to send to ${displayName}.`,
				who: 'Nobody',
			};
		},
	};
}

/** What a service may say to an address that it does not have; a wrong token, a fault or silence would stop an upload too. */
const NO_SUCH_ADDRESS: readonly ProblemCode[] = [
	'badRequest',
	'connectorNotAvailable',
	'notFound',
	'unexpectedStatus',
];

function mayMeanNoAddress({ details }: Problem): boolean {
	return details.code !== undefined && NO_SUCH_ADDRESS.includes(details.code);
}

/** A check that Microsoft does not document may be refused although all is well. */
function undocumented(id: DestinationId, { message }: Problem): Unproven {
	const { displayName, admin } = DESTINATIONS[id];
	return {
		state: 'not known',
		meaning: `Whether ${displayName} is set up cannot be told without sending: Microsoft documents no check of this connection. ${message}`,
		whatToDo: `Look whether a connection names the client ID of the credential: ${admin.connection}.`,
		who: admin.role,
	};
}
