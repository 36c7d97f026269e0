import type { IExecuteFunctions } from 'n8n-workflow';
import type { RetryPolicy } from '../http/retry';
import { createSignalClient, type SignalClient, type WhenInDoubt } from '../purview/client';
import { readPurviewCredential } from './credentials';
import { send, tokens } from './network';

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
