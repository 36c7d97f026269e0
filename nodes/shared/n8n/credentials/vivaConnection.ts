import type { IExecuteFunctions } from 'n8n-workflow';
import type { IngressClientOptions } from '../../viva/service/call';
import { createIngressClient, type IngressClient } from '../../viva/service/client';
import { readVivaCredential } from './credentials';
import { send, sendForStream, tokens } from './network';

/** What a run of the step wishes of the connection. A scale unit goes before the credential's where it is not blank. */
export type VivaConnectionSettings = Pick<
	IngressClientOptions,
	'scaleUnit' | 'readingPolicy' | 'signal' | 'pushTimeoutMs'
>;

/**
 * A client of the ingress API for the credential of the step.
 * @param context the step's execution
 * @param settings see {@link VivaConnectionSettings}
 * @throws Problem `configuration` for a credential that cannot work; nothing was sent then
 */
export async function vivaClient(
	context: IExecuteFunctions,
	settings: VivaConnectionSettings,
): Promise<IngressClient> {
	const { signal } = settings;
	const { app, baseUrl, scaleUnit, audience } = readVivaCredential(await context.getCredentials('vivaHrApi'));
	return createIngressClient({
		...settings,
		send,
		sendForStream,
		getToken: async (renew) => (await tokens.getToken(app, audience, { renew, signal })).value,
		baseUrl,
		tenantId: app.tenantId,
		scaleUnit: settings.scaleUnit || scaleUnit,
		onWait: (step, attempt, waitMs) =>
			context.logger.info(
				`${step}: attempt ${attempt} did not succeed, next in ${Math.round(waitMs / 1000)} s`,
			),
	});
}

/**
 * Signs in with the credential of the step.
 * @throws Problem `token`, `configuration` or `network`
 */
export async function vivaToken(context: IExecuteFunctions, signal: AbortSignal | undefined): Promise<void> {
	const { app, audience } = readVivaCredential(await context.getCredentials('vivaHrApi'));
	await tokens.getToken(app, audience, { signal });
}
