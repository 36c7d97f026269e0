import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { EntraApp } from '../../entra/app';
import { expiryWarning } from '../../entra/expiry';
import { createTokenSource } from '../../entra/token';
import type { RetryPolicy } from '../../http/retry';
import { Problem, problem } from '../../core/problem';
import { createIngressClient, type IngressClient } from '../../viva/service/client';
import { DESTINATIONS, type DestinationId } from '../../viva/service/destinations';
import { readPurviewCredential, readVivaCredential } from './credentials';
import type { Network } from './network';

/** A person waits for the outcome: one more attempt, and no long waits. */
const PATIENCE: RetryPolicy = { attempts: 2, totalMs: 15_000, firstWaitMs: 1_000, maxWaitMs: 5_000 };
const READ_TIMEOUT_MS = 20_000;

/**
 * The Test button of Viva HR API: asks for a token, looks up the scale unit unless it is given, and asks for the connector.
 * Each of them fails in words of its own. The connector of Viva Insights (HR) is asked for first; a credential that has none
 * there, but one of the other destinations, is right as well.
 *
 * It is a function of a step, because a test described in the credential could tell no more than an HTTP status.
 */
export async function testVivaCredential(
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
	network: Pick<Network, 'send' | 'sendForStream'>,
): Promise<INodeCredentialTestResult> {
	return await told(async () => {
		const { app, audience, baseUrl, scaleUnit } = readVivaCredential(credential.data ?? {});
		// A source of its own: a token that is still remembered would prove nothing about the secret.
		const tokens = createTokenSource({ send: network.send, policy: PATIENCE });
		await tokens.getToken(app, audience);
		const client = createIngressClient({
			...network,
			getToken: async (renew) => (await tokens.getToken(app, audience, { renew })).value,
			baseUrl,
			tenantId: app.tenantId,
			scaleUnit,
			readingPolicy: PATIENCE,
			readTimeoutMs: READ_TIMEOUT_MS,
		});
		const unit = await client.scaleUnit();
		const found = await connectorOf(client);
		return `${DESTINATIONS[found].displayName} is set up for this app (scale unit ${unit}).${warningOf(app)}`;
	});
}

/**
 * The test of Purview HR API: a token is all that can be had without sending signals, so it proves tenant, app and
 * authentication, but neither the job id nor that the connector knows the app.
 */
export async function testPurviewCredential(
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
	{ send }: Pick<Network, 'send'>,
): Promise<INodeCredentialTestResult> {
	return await told(async () => {
		const { app, audience } = readPurviewCredential(credential.data ?? {});
		await createTokenSource({ send, policy: PATIENCE }).getToken(app, audience);
		return `Microsoft Entra issued a token. Whether the job ID and the connector fit shows only when signals are sent.${warningOf(app)}`;
	});
}

/** A sentence about what ends soon; blank where nothing does. */
function warningOf(app: EntraApp): string {
	const warning = expiryWarning(app);
	return warning === undefined ? '' : ` ${warning.meaning} ${warning.whatToDo}`;
}

/**
 * The first destination that has a connector for this app; its absence is told of Viva Insights (HR), the only one with a
 * documented check (reference A4, B2).
 */
async function connectorOf(client: IngressClient): Promise<DestinationId> {
	const missing = await absence(client, 'vivaHr');
	if (missing === undefined) return 'vivaHr';
	for (const other of ['organizationalData', 'vivaSurvey'] as const) {
		const reachable = await client.ping(other).then(
			() => true,
			() => false,
		);
		if (reachable) return other;
	}
	const { displayName } = DESTINATIONS.organizationalData;
	throw problem[missing.kind](
		missing.message,
		`${missing.advice} ${displayName} may be set up all the same: Microsoft documents no check of it, so this test is no proof against it.`,
		missing.details,
	);
}

/** Why there is no connector; any other failure is thrown. */
async function absence(client: IngressClient, destination: DestinationId): Promise<Problem | undefined> {
	return await client.ping(destination).then(
		() => undefined,
		(error: unknown) => {
			if (error instanceof Problem && error.details.code === 'connectorNotAvailable') return error;
			throw error;
		},
	);
}

async function told(test: () => Promise<string>): Promise<INodeCredentialTestResult> {
	return await test().then(
		(message) => ({ status: 'OK' as const, message }),
		(error: unknown) => ({
			status: 'Error' as const,
			message:
				error instanceof Problem
					? `${error.message} ${error.advice}`
					: 'The test stopped because of a fault within it; please report it to the authors of this package.',
		}),
	);
}
