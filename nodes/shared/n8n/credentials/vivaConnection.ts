import type { IExecuteFunctions } from 'n8n-workflow';
import type { IngressClientOptions } from '../../viva/service/call';
import { createIngressClient, type IngressClient } from '../../viva/service/client';
import { readVivaCredential, type VivaCredential } from './credentials';
import { hintExpiry } from './expiryHint';
import { credentialOf } from './itemCredential';
import { networkOf } from './network';

/** What a run of the step wishes of the connection. A scale unit goes before the credential's where it is not blank. */
export type VivaConnectionSettings = Pick<
	IngressClientOptions,
	'scaleUnit' | 'readingPolicy' | 'signal' | 'pushTimeoutMs'
>;

/**
 * The credential that serves some items together.
 * @param items their indexes
 * @throws Problem `configuration` for one that cannot work, or is not the same for all of them; nothing was sent then
 */
export async function vivaCredential(
	context: IExecuteFunctions,
	items: readonly number[],
): Promise<VivaCredential> {
	return readVivaCredential(await credentialOf(context, 'vivaHrApi', items));
}

/** A client of the ingress API, and the tenant that it speaks to. */
export interface VivaConnection {
	client: IngressClient;
	baseUrl: string;
	tenantId: string;
}

/** A client of the ingress API for a credential. */
export function vivaConnection(
	context: IExecuteFunctions,
	{ app, baseUrl, scaleUnit, audience }: VivaCredential,
	settings: VivaConnectionSettings,
): VivaConnection {
	const { signal } = settings;
	const { tenantId } = app;
	hintExpiry(context, app);
	const { tokens, ...network } = networkOf(context.helpers);
	const client = createIngressClient({
		...settings,
		...network,
		getToken: async (renew) => (await tokens.getToken(app, audience, { renew, signal })).value,
		baseUrl,
		tenantId,
		scaleUnit: settings.scaleUnit || scaleUnit,
		onWait: (step, attempt, waitMs) =>
			context.logger.info(
				`${step}: attempt ${attempt} did not succeed, next in ${Math.round(waitMs / 1000)} s`,
			),
	});
	return { client, baseUrl, tenantId };
}

/**
 * Signs in with a credential.
 * @throws Problem `token`, `configuration` or `network`
 */
export async function vivaToken(
	context: IExecuteFunctions,
	{ app, audience }: VivaCredential,
	signal: AbortSignal | undefined,
): Promise<void> {
	await networkOf(context.helpers).tokens.getToken(app, audience, { signal });
}
