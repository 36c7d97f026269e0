import type { IExecuteFunctions } from 'n8n-workflow';
import { keepConnection } from '../../http/transport/keptConnection';
import type { RetryPolicy } from '../../http/retry';
import { createSignalClient, type SignalClient, type WhenInDoubt } from '../../purview/delivery/client';
import { readPurviewCredential, type PurviewCredential } from './credentials';
import { hintExpiry } from './expiryHint';
import { credentialOf } from './itemCredential';
import { networkOf } from './network';

const REACH_WITHIN_MS = 20_000;

/** What a run of the step wishes of the connection. */
export interface PurviewConnectionSettings {
	jobId: string;
	policy: RetryPolicy;
	whenInDoubt: WhenInDoubt;
	signal?: AbortSignal;
}

/** A client of one job, and what tells its destination from others. */
export interface PurviewConnection {
	client: SignalClient;
	signalsUrl: string;
	tenantId: string;
	/** ends the connection that all chunks of the run use */
	close(): void;
}

/**
 * The credential that serves some items together.
 * @param items their indexes
 * @throws Problem `configuration` for one that cannot work, or is not the same for all of them; nothing was sent then
 */
export async function purviewCredential(
	context: IExecuteFunctions,
	items: readonly number[],
): Promise<PurviewCredential> {
	return readPurviewCredential(await credentialOf(context, 'purviewHrApi', items));
}

/** A client of the webhook for a credential. Who asks for it closes it. */
export function purviewConnection(
	context: IExecuteFunctions,
	{ app, audience, signalsUrl }: PurviewCredential,
	settings: PurviewConnectionSettings,
): PurviewConnection {
	const { signal } = settings;
	hintExpiry(context, app);
	const { send, tokens } = networkOf(context.helpers);
	const connection = keepConnection();
	const client = createSignalClient({
		...settings,
		send,
		connection,
		signalsUrl,
		getToken: async (renew) => (await tokens.getToken(app, audience, { renew, signal })).value,
		onWait: (step, attempt, waitMs) =>
			context.logger.info(
				`${step}: attempt ${attempt} did not succeed, next in ${Math.round(waitMs / 1000)} s`,
			),
	});
	return { client, signalsUrl, tenantId: app.tenantId, close: () => connection.close() };
}

/**
 * Signs in with a credential.
 * @throws Problem `token`, `configuration` or `network`
 */
export async function purviewToken(
	context: IExecuteFunctions,
	{ app, audience }: PurviewCredential,
	signal: AbortSignal | undefined,
): Promise<void> {
	await networkOf(context.helpers).tokens.getToken(app, audience, { signal });
}

/**
 * Asks whether the webhook's host can be reached. Any answer will do: nothing is sent, so nothing can be accepted.
 * @returns the host that answered
 * @throws Problem `network` or `configuration`
 */
export async function purviewHost(
	context: IExecuteFunctions,
	{ signalsUrl }: PurviewCredential,
	signal: AbortSignal | undefined,
): Promise<string> {
	const { origin, host } = new URL(signalsUrl);
	await networkOf(context.helpers).send({
		step: 'The look at Purview',
		method: 'GET',
		url: `${origin}/`,
		timeoutMs: REACH_WITHIN_MS,
		signal,
	});
	return host;
}
