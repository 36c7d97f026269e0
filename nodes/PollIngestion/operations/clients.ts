import type { IExecuteFunctions } from 'n8n-workflow';
import { vivaClient } from '../../shared/n8n/credentials/vivaConnection';
import type { RetryPolicy } from '../../shared/http/retry';
import type { IngressClient } from '../../shared/viva/service/client';

/** One request a look: the schedule of the looks is all the patience there is, and it heeds what the service asks for. */
const ONE_REQUEST: RetryPolicy = { attempts: 1, totalMs: 0, firstWaitMs: 0, maxWaitMs: 0 };

/** Gives the client for a scale unit; blank means the credential's, or looked up. */
export type ClientFor = (scaleUnit: string) => Promise<IngressClient>;

/**
 * Clients of the step's credential, one for each scale unit, made when they are needed.
 * @param context the step's execution
 * @param patience `onceALook` where looks are repeated anyway; `asUsual` where the step asks just once
 */
export function clientsOf(context: IExecuteFunctions, patience: 'onceALook' | 'asUsual'): ClientFor {
	const clients = new Map<string, Promise<IngressClient>>();
	return async (scaleUnit) => {
		const made =
			clients.get(scaleUnit) ??
			vivaClient(context, {
				signal: context.getExecutionCancelSignal(),
				scaleUnit,
				...(patience === 'onceALook' ? { readingPolicy: ONE_REQUEST } : {}),
			});
		clients.set(scaleUnit, made);
		return await made;
	};
}
