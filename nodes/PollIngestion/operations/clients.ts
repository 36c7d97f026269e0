import type { IExecuteFunctions } from 'n8n-workflow';
import { problem } from '../../shared/core/problem';
import { isGuid } from '../../shared/entra/app';
import type { RetryPolicy } from '../../shared/http/retry';
import { readVivaCredential } from '../../shared/n8n/credentials/credentials';
import { credentialReader } from '../../shared/n8n/credentials/itemCredential';
import { vivaConnection } from '../../shared/n8n/credentials/vivaConnection';
import type { IngressClient } from '../../shared/viva/service/client';

/** One request a poll: the schedule of the polls is all the patience there is, and it heeds what the service asks for. */
const ONE_REQUEST: RetryPolicy = { attempts: 1, totalMs: 0, firstWaitMs: 0, maxWaitMs: 0 };

/** The service as each item's credential reaches it. */
export interface ItemClients {
	/**
	 * The tenant that the item's credential signs in to.
	 * @throws Problem `configuration` where the item says that its import belongs to another one
	 */
	tenantOf(item: number): Promise<string>;
	/**
	 * @param known which tenant and scale unit the import is in; a blank unit means the credential's, or looked up
	 * @throws Problem `configuration` where the credential signs in to another tenant
	 */
	clientFor(item: number, known: { tenantId: string; scaleUnit: string }): Promise<IngressClient>;
}

/**
 * Clients by credential and scale unit, made when they are needed.
 * @param context the step's execution
 * @param patience `oneRequest` where polls are repeated anyway; `asUsual` where the step asks just once
 */
export function clientsOf(context: IExecuteFunctions, patience: 'oneRequest' | 'asUsual'): ItemClients {
	const read = credentialReader(context, 'vivaHrApi');
	const clients = new Map<string, IngressClient>();
	return {
		async tenantOf(item) {
			const { tenantId } = readVivaCredential(await read(item)).app;
			const told = context.getInputData()[item].json.tenantId;
			if (typeof told === 'string' && isGuid(told) && told.toLowerCase() !== tenantId)
				throw otherTenant(told);
			return tenantId;
		},
		async clientFor(item, { tenantId, scaleUnit }) {
			const data = await read(item);
			const credential = readVivaCredential(data);
			if (credential.app.tenantId !== tenantId) throw otherTenant(tenantId);
			const key = JSON.stringify([data, scaleUnit]);
			const client =
				clients.get(key) ??
				vivaConnection(context, credential, {
					signal: context.getExecutionCancelSignal(),
					scaleUnit,
					...(patience === 'oneRequest' ? { readingPolicy: ONE_REQUEST } : {}),
				}).client;
			clients.set(key, client);
			return client;
		},
	};
}

const otherTenant = (tenantId: string) =>
	problem.configuration(
		`The import belongs to the tenant ${tenantId}, but the credential signs in to another one.`,
		'Choose the credential with which the import was sent. Where its tenant ID is an expression, it must give the tenant of this item, as {{ $json.tenantId }} does with the items of Viva HR Ingest.',
	);
