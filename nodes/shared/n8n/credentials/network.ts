import { createTokenSource, type TokenSource } from '../../entra/token';
import type { Send, SendForStream } from '../../http/message';
import type { EgressFilter } from '../../http/transport/egress';
import { createSend } from '../../http/transport/send';

/** What steps and credential tests speak through. */
export interface Network {
	send: Send;
	sendForStream: SendForStream;
	tokens: TokenSource;
}

const UNFILTERED = {};
/** n8n's filter → network; n8n gives the same filter each time */
const networks = new WeakMap<object, Network>();

/**
 * The network behind n8n's protection against requests into its own network (SSRF), where this n8n offers that to steps with a
 * transport of their own. It is the same for all executions of this process, so that connections and tokens are kept.
 * @param helpers those of an execution or of a credential test
 */
export function networkOf(helpers: object): Network {
	const { getSecureEgressFilter } = helpers as { getSecureEgressFilter?: () => EgressFilter };
	const filter = getSecureEgressFilter?.();
	const known = networks.get(filter ?? UNFILTERED);
	if (known !== undefined) return known;
	const connections = createSend({ filter });
	const network = { ...connections, tokens: createTokenSource({ send: connections.send }) };
	networks.set(filter ?? UNFILTERED, network);
	return network;
}
