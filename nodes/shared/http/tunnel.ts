import type { RequestOptions } from 'node:https';

type ChosenAgent = RequestOptions['agent'];

/** The part of axios's agent for tunnels that is used here. */
interface Tunnel {
	proxy: { hostname: string; port?: number | string; auth?: string; signal?: AbortSignal };
}

function isTunnel(agent: ChosenAgent): agent is Exclude<ChosenAgent, undefined | boolean> & Tunnel {
	return typeof agent === 'object' && typeof (agent as Partial<Tunnel>).proxy?.hostname === 'string';
}

/** Host and port of the proxy through which an agent goes; undefined where it goes directly. */
export function proxyOf(agent: ChosenAgent): string | undefined {
	if (!isTunnel(agent)) return undefined;
	const { hostname, port } = agent.proxy;
	return port ? `${hostname}:${port}` : hostname;
}

/**
 * Mends two things of the tunnel that axios sets up: user and password from the proxy's address are percent-encoded
 * there and must not be when sent, and a tunnel that is still being asked for must end with its request.
 * The agent itself is shared between requests and stays as it is.
 * @param agent the agent that axios has chosen
 * @param signal ends the connection to the proxy
 */
export function ownTunnel(agent: ChosenAgent, signal: AbortSignal): ChosenAgent {
	if (!isTunnel(agent)) return agent;
	const { auth } = agent.proxy;
	const proxy = { ...agent.proxy, signal, ...(auth === undefined ? {} : { auth: decoded(auth) }) };
	return Object.create(agent, { proxy: { value: proxy } }) as ChosenAgent;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
