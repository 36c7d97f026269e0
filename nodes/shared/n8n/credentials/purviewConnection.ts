import type { IExecuteFunctions } from 'n8n-workflow';
import type { RetryPolicy } from '../../http/retry';
import { createSignalClient, type SignalClient, type WhenInDoubt } from '../../purview/delivery/client';
import { readPurviewCredential } from './credentials';
import { send, tokens } from './network';

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
}

/**
 * A client of the webhook for the credential of the step.
 * @param context the step's execution
 * @param settings see {@link PurviewConnectionSettings}
 * @throws Problem `configuration` for a credential that cannot work; nothing was sent then
 */
export async function purviewConnection(
	context: IExecuteFunctions,
	settings: PurviewConnectionSettings,
): Promise<PurviewConnection> {
	const { signal } = settings;
	const credential = readPurviewCredential(await context.getCredentials('purviewHrApi'));
	const { app, audience, signalsUrl } = credential;
	const client = createSignalClient({
		...settings,
		send,
		signalsUrl,
		getToken: async (renew) => (await tokens.getToken(app, audience, { renew, signal })).value,
		onWait: (step, attempt, waitMs) =>
			context.logger.info(
				`${step}: attempt ${attempt} did not succeed, next in ${Math.round(waitMs / 1000)} s`,
			),
	});
	return { client, signalsUrl, tenantId: app.tenantId };
}

/**
 * Signs in with the credential of the step.
 * @throws Problem `token`, `configuration` or `network`
 */
export async function purviewToken(
	context: IExecuteFunctions,
	signal: AbortSignal | undefined,
): Promise<void> {
	const { app, audience } = readPurviewCredential(await context.getCredentials('purviewHrApi'));
	await tokens.getToken(app, audience, { signal });
}

/**
 * Looks whether the webhook's host can be reached. Any answer will do: nothing is sent, so nothing can be accepted.
 * @returns the host that answered
 * @throws Problem `network` or `configuration`
 */
export async function purviewHost(
	context: IExecuteFunctions,
	signal: AbortSignal | undefined,
): Promise<string> {
	const { signalsUrl } = readPurviewCredential(await context.getCredentials('purviewHrApi'));
	const { origin, host } = new URL(signalsUrl);
	await send({
		step: 'The look at Purview',
		method: 'GET',
		url: `${origin}/`,
		timeoutMs: REACH_WITHIN_MS,
		signal,
	});
	return host;
}
