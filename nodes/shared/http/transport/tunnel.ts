import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest, type AgentOptions, type RequestOptions } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import { problem, type Problem } from '../../core/problem';
import { boundedText } from '../outsideText';

type ChosenAgent = RequestOptions['agent'];

/** A proxy that axios has chosen from the environment. */
export interface ProxyAddress {
	hostname: string;
	port: number;
	/** whether the proxy itself is spoken to over TLS */
	secure: boolean;
	/** user and password, with a colon between them */
	login?: string;
}

/** The part of axios's agent for tunnels that is used here. */
interface AxiosTunnel {
	proxy: { hostname: string; port?: number | string; protocol?: string; auth?: string };
}

/**
 * The proxy behind an agent that axios has chosen; undefined where it goes directly.
 * @throws Problem `configuration` for a proxy that does not speak HTTP
 */
export function proxyOf(agent: ChosenAgent): ProxyAddress | undefined {
	if (typeof agent !== 'object') return undefined;
	const { proxy } = agent as Partial<AxiosTunnel>;
	if (typeof proxy?.hostname !== 'string') return undefined;
	const { protocol = 'http:' } = proxy;
	if (protocol !== 'http:' && protocol !== 'https:') throw notHttpProblem(boundedText(protocol, 20));
	const secure = protocol === 'https:';
	return {
		hostname: proxy.hostname,
		port: Number(proxy.port) || (secure ? 443 : 80),
		secure,
		// In an address they are percent-encoded; axios leaves them so.
		...(proxy.auth === undefined ? {} : { login: decoded(proxy.auth) }),
	};
}

/** What one request wants of the tunnel that is opened for it. */
export interface TunnelRequest {
	/** ends the connection, also while the proxy is still being asked */
	signal: AbortSignal;
	/** gets the status with which the proxy answers: 200 when the tunnel stands, else the request fails */
	onProxyAnswer: (status: number) => void;
}

/** Options of a request to a tunnel's agent. */
interface TunnelOptions extends ConnectionOptions {
	tunnel: TunnelRequest;
}

/**
 * An agent for requests through a proxy, in place of the one of axios: that hands the refusal of a proxy on as if it were the
 * answer of the service, does not notice a proxy that hangs up, and keeps the connection to one that stays silent.
 * @param proxy where to
 * @param tls how certificates are verified, those of the proxy and of the service; and whether the tunnel is kept. The options of
 * each request hold its {@link TunnelRequest} as `tunnel`.
 */
export function tunnelAgent(proxy: ProxyAddress, tls: AgentOptions): Agent {
	async function secured({ tunnel, ...options }: TunnelOptions): Promise<Socket> {
		const { signal, onProxyAnswer } = tunnel;
		const host = isIPv6(options.host ?? '') ? `[${options.host}]` : options.host;
		const asked = (proxy.secure ? httpsRequest : httpRequest)({
			...tls,
			method: 'CONNECT',
			host: proxy.hostname,
			port: proxy.port,
			path: `${host}:${options.port}`,
			headers: {
				Host: `${host}:${options.port}`,
				...(proxy.login === undefined
					? {}
					: { 'Proxy-Authorization': `Basic ${Buffer.from(proxy.login).toString('base64')}` }),
			},
			agent: false,
			signal,
		});
		asked.end();
		const [answer, socket] = (await once(asked, 'connect')) as [IncomingMessage, Socket];
		onProxyAnswer(answer.statusCode ?? 0);
		if (isTunnelOpen(answer.statusCode)) return connect({ ...options, socket });
		socket.destroy();
		throw Object.assign(new Error('refused by the proxy'), { code: 'ECONNREFUSED' });
	}

	return Object.assign(new Agent(tls), {
		createConnection(options: TunnelOptions, done: (error: Error | null, socket?: Socket) => void) {
			secured(options).then((socket) => done(null, socket), done);
		},
	});
}

/** A proxy of another protocol, such as `socks5:`. */
export function notHttpProblem(protocol: string): Problem {
	return problem.configuration(
		`The proxy in the environment of n8n is a '${protocol}' proxy; only HTTP proxies are supported.`,
		'Set HTTPS_PROXY (or ALL_PROXY) to an HTTP proxy, such as http://proxy.example.com:8080.',
	);
}

/** Any 2xx opens the tunnel (RFC 9110, 9.3.6). */
export function isTunnelOpen(status: number | undefined): boolean {
	return status !== undefined && status >= 200 && status < 300;
}

/** The password of a login, and the login as the header of the proxy holds it. */
export function secretsOfLogin(login: string | undefined): string[] {
	if (login === undefined) return [];
	return [login.slice(login.indexOf(':') + 1), Buffer.from(login).toString('base64')];
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
