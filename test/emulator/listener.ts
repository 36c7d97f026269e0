import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { control, isControlPath } from './control';
import type { EmulatorControls } from './control';
import { instanceDiscovery, openidConfiguration, signingKeys, token } from './entra';
import { drain, empty, hasDelimitedBody, type Exchange, type Reply } from './exchange';
import type { FaultAction } from './faults';
import type { LoggedRequest } from './model';
import { organizationalDataRoutes } from './organizationalData';
import { purviewRoutes } from './purview';
import { reportRoutes } from './report';
import type { Route } from './routes';
import { signInPageReply } from './signInPage';
import type { EmulatorState } from './state';
import type { ServerIdentity } from './tls';
import { vivaRoutes } from './viva';

const entraRoutes: Route[] = [
	{
		service: 'discovery',
		method: 'GET',
		pattern: /^\/common\/discovery\/instance$/i,
		handle: async (_state, exchange) => instanceDiscovery(exchange),
	},
	{
		service: 'discovery',
		method: 'GET',
		pattern: /^\/([^/]+)(?:\/v2\.0)?\/\.well-known\/openid-configuration$/i,
		handle: async (state, exchange, tenant = '') => openidConfiguration(state, exchange, tenant),
	},
	{
		service: 'discovery',
		method: 'GET',
		pattern: /^\/[^/]+\/discovery\/v2\.0\/keys$/i,
		handle: async (state) => await signingKeys(state),
	},
	{
		service: 'token',
		method: 'POST',
		pattern: /^\/([^/]+)\/oauth2\/(v2\.0\/)?token$/i,
		handle: async (state, exchange, tenant = '', v2 = '') =>
			await token(state, exchange, tenant, v2 === '' ? 1 : 2),
	},
	{
		service: 'login',
		method: 'GET',
		pattern: /^\/(?:common\/oauth2\/authorize|[^/]+\/oauth2\/v2\.0\/authorize)$/i,
		handle: async () => signInPageReply(),
	},
];

const routes: Route[] = [
	...entraRoutes,
	...vivaRoutes,
	...organizationalDataRoutes,
	...purviewRoutes,
	...reportRoutes,
];

/** The emulator's open port. */
export interface Listener {
	port: number;
	/** failures of the emulator itself; a test should find none */
	failures: Error[];
	/** TLS handshakes since the start */
	handshakes(): number;
	close(): Promise<void>;
}

/** Listens on 127.0.0.1 and leads requests to their services, by way of the faults. */
export async function listen(
	state: EmulatorState,
	controls: EmulatorControls,
	identity: ServerIdentity,
	port: number,
): Promise<Listener> {
	const failures: Error[] = [];
	const closing = new AbortController();
	// below TLS, for faults that reset a connection
	const rawSockets = new Map<number, Socket>();
	const server: Server = createServer({ cert: identity.certificatePem, key: identity.privateKeyPem });
	// slow uploads are the clients' business
	server.requestTimeout = 0;
	server.on('connection', (socket: Socket) => {
		const key = socket.remotePort;
		if (key === undefined) return;
		rawSockets.set(key, socket);
		socket.once('close', () => rawSockets.delete(key));
	});
	let handshakes = 0;
	server.on('secureConnection', () => {
		handshakes++;
	});
	server.on('request', (request: IncomingMessage, response: ServerResponse) => {
		const reset = (): void => {
			const raw = rawSockets.get(request.socket.remotePort ?? -1);
			if (raw) raw.resetAndDestroy();
			else request.socket.destroy();
		};
		void serve({ state, controls, request, response, reset, closing: closing.signal, failures });
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		failures,
		handshakes: () => handshakes,
		close: async () => {
			closing.abort();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
				// also those that have not finished their handshake
				for (const socket of rawSockets.values()) socket.destroy();
			});
		},
	};
}

interface Visit {
	state: EmulatorState;
	controls: EmulatorControls;
	request: IncomingMessage;
	response: ServerResponse;
	/** ends the connection with a reset */
	reset: () => void;
	closing: AbortSignal;
	failures: Error[];
}

async function serve(visit: Visit): Promise<void> {
	const { state, controls, request, response } = visit;
	const began = Date.now();
	const exchange = exchangeOf(request);
	if (isControlPath(exchange.path)) {
		const reply = await control(state, controls, exchange).catch((error: Error) => ({
			status: 400,
			headers: { 'content-type': 'text/plain; charset=utf-8' },
			body: error.message,
		}));
		await write(response, reply).catch(() => undefined);
		return;
	}

	const { route, groups, refusal } = routeOf(exchange);
	const entry: LoggedRequest = {
		number: state.requests.length + 1,
		at: new Date(began).toISOString(),
		service: route?.service ?? 'none',
		method: exchange.method,
		path: request.url ?? '',
		headers: {
			...exchange.headers,
			...(exchange.headers['authorization'] !== undefined && { authorization: '***' }),
		},
		bodyBytes: 0,
		status: null,
		durationMs: 0,
		fault: null,
		held: false,
	};
	state.requests.push(entry);
	// counting by a data listener would set the body flowing before its reader is there
	const push = request.push.bind(request);
	let arrived: ((bytes: number) => void) | null = null;
	request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
		if (chunk) entry.bodyBytes += chunk.length;
		const result = push(chunk, encoding);
		arrived?.(entry.bodyBytes);
		return result;
	};

	try {
		const action = route ? state.faults.take(route.service, exchange.path) : null;
		entry.fault = action?.kind ?? null;
		const work = async (): Promise<Reply> => {
			if (refusal) {
				await drain(request);
				return refusal;
			}
			return (await route?.handle(state, exchange, ...groups)) ?? empty(404);
		};
		if (action) {
			const cutAfter = (bytes: number, cut: () => void): void => {
				arrived = (count) => {
					if (count >= bytes) cut();
				};
			};
			const hold = (): void => {
				entry.held = true;
			};
			entry.status = await strike(action, { ...visit, hold }, exchange, work, cutAfter);
		} else {
			const reply = await work();
			entry.status = reply.status;
			await write(response, reply);
		}
	} catch (error) {
		if (!isDisconnected(request, response) && !visit.closing.aborted) {
			visit.failures.push(error as Error);
			entry.status = 500;
			await write(response, {
				status: 500,
				headers: { 'content-type': 'text/plain; charset=utf-8', 'x-emulator-failure': '1' },
				body: `The emulator itself failed: ${(error as Error).message}`,
			}).catch(() => undefined);
		}
	} finally {
		entry.held = false;
		entry.durationMs = Date.now() - began;
	}
}

function exchangeOf(request: IncomingMessage): Exchange {
	const target = request.url ?? '/';
	const mark = target.indexOf('?');
	const path = mark < 0 ? target : target.slice(0, mark);
	const query = new Map<string, string>();
	for (const [name, value] of new URLSearchParams(mark < 0 ? '' : target.slice(mark))) {
		query.set(name.toLowerCase(), value);
	}
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers)) {
		headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
	}
	return {
		method: request.method ?? 'GET',
		path,
		query,
		headers,
		request,
		origin: `https://${headers['host'] ?? 'localhost'}`,
		answerLost: false,
	};
}

function routeOf(exchange: Exchange): { route: Route | null; groups: string[]; refusal: Reply | null } {
	let allowed: string | null = null;
	for (const route of routes) {
		const match = route.pattern.exec(exchange.path);
		if (!match) continue;
		if (route.method !== exchange.method) {
			allowed = route.method;
			continue;
		}
		const groups = match.slice(1).map((group: string | undefined) => {
			try {
				return decodeURIComponent(group ?? '');
			} catch {
				return group ?? '';
			}
		});
		const endless = route.method === 'POST' && !hasDelimitedBody(exchange.request);
		return { route, groups, refusal: endless ? empty(411) : null };
	}
	const refusal: Reply = allowed === null ? empty(404) : { status: 405, headers: { allow: allowed } };
	return { route: null, groups: [], refusal };
}

function isDisconnected(request: IncomingMessage, response: ServerResponse): boolean {
	return response.destroyed || request.socket.destroyed || (request.destroyed && !request.complete);
}

/** Lets a fault happen. Gives the status that was answered, null for none. */
async function strike(
	action: FaultAction,
	visit: Visit & { hold: () => void },
	exchange: Exchange,
	work: () => Promise<Reply>,
	cutAfter: (bytes: number, cut: () => void) => void,
): Promise<number | null> {
	const { request, response } = visit;
	const cut = (): void => void request.socket.destroy();
	/** does the service's work if the fault wants it, or only reads the body */
	const prepare = async (processed: boolean | undefined): Promise<Reply | null> => {
		exchange.answerLost = true;
		if (processed === true) return await work();
		await drain(request);
		return null;
	};
	const answer = async (reply: Reply): Promise<number> => {
		await write(response, reply);
		return reply.status;
	};

	switch (action.kind) {
		case 'status': {
			if (action.early === true) {
				exchange.answerLost = true;
				response.shouldKeepAlive = false;
				const status = await answer(statusReply(action));
				await wait(20, undefined, { signal: visit.closing, ref: false });
				cut();
				return status;
			}
			await prepare(action.processed);
			return await answer(statusReply(action));
		}
		case 'delay': {
			const reply = await work();
			visit.hold();
			for (const end = visit.state.clock.now() + action.ms; visit.state.clock.now() < end;)
				await wait(Math.min(action.ms, 20), undefined, { signal: visit.closing, ref: false });
			return await answer(reply);
		}
		case 'slowBody': {
			const reply = await work();
			const body = await bodyBytes(reply);
			response.writeHead(reply.status, reply.reason, {
				...reply.headers,
				'content-length': String(body.length),
			});
			const step = Math.max(1, Math.ceil(action.bytesPerSecond / 20));
			for (let at = 0; at < body.length && !response.destroyed; at += step) {
				response.write(body.subarray(at, at + step));
				visit.hold();
				await wait(50, undefined, { signal: visit.closing, ref: false });
			}
			response.end();
			return reply.status;
		}
		case 'hang':
			await prepare(action.processed);
			visit.hold();
			if (!response.destroyed) await once(response, 'close');
			return null;
		case 'refuse':
			visit.reset();
			return null;
		case 'cutBeforeBody':
			cut();
			return null;
		case 'cutInBody':
			cutAfter(action.afterBytes, cut);
			if (action.afterBytes <= 0) cut();
			else await drain(request);
			cut();
			return null;
		case 'cutAfterBody':
			await prepare(action.processed);
			cut();
			return null;
		case 'cutInAnswer': {
			const body = await bodyBytes((await prepare(action.processed)) ?? signInPageReply());
			response.writeHead(200, { 'content-length': String(body.length + 1) });
			response.write(body.subarray(0, Math.ceil(body.length / 2)));
			await wait(20, undefined, { signal: visit.closing, ref: false });
			cut();
			return 200;
		}
		case 'html200':
			await prepare(action.processed);
			return await answer(signInPageReply());
		case 'brokenJson200':
			await prepare(action.processed);
			return await answer(jsonText('{"FriendlyName":"Data ingress","Id":"4f1'));
		case 'withoutId200':
			await prepare(action.processed);
			return await answer(
				jsonText('{"FriendlyName":"Data ingress","Submitter":"System","Type":"FileIngestion"}'),
			);
		case 'redirect': {
			await prepare(action.processed);
			const location = action.location ?? `${exchange.origin}/common/oauth2/authorize`;
			return await answer({ status: 302, headers: { location } });
		}
	}
}

function statusReply(action: Extract<FaultAction, { kind: 'status' }>): Reply {
	return {
		status: action.status,
		...(action.reason !== undefined && { reason: action.reason }),
		headers: action.headers ?? {},
		body: action.body ?? '',
	};
}

function jsonText(body: string): Reply {
	return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

async function bodyBytes(reply: Reply): Promise<Buffer> {
	if (reply.body instanceof Readable) {
		const pieces: Buffer[] = [];
		for await (const piece of reply.body as AsyncIterable<Buffer>) pieces.push(piece);
		return Buffer.concat(pieces);
	}
	return Buffer.from(reply.body ?? '');
}

async function write(response: ServerResponse, reply: Reply): Promise<void> {
	const headers: Record<string, string> = { ...reply.headers };
	if (reply.body instanceof Readable) {
		response.writeHead(reply.status, reply.reason, headers);
		await pipeline(reply.body, response);
		return;
	}
	const body = Buffer.from(reply.body ?? '');
	if (reply.status !== 204 && reply.status !== 304) headers['content-length'] = String(body.length);
	response.writeHead(reply.status, reply.reason, headers);
	await new Promise<void>((resolve, reject) => {
		response.once('error', reject);
		response.once('close', resolve);
		response.end(body, resolve);
	});
}
