import { request as httpsRequest, Agent, type AgentOptions, type RequestOptions } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate } from 'node:timers/promises';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { Problem, problem, type Delivery } from '../../core/problem';
import { createEchoFilter } from '../echo';
import { assertMayReach, BLOCKED_CODE, blockedProblem, secureLookup, type EgressFilter } from './egress';
import { guardedStream } from './guardedStream';
import type { Connection } from './keptConnection';
import {
	MAX_DOWNLOAD_BYTES,
	type HttpAnswer,
	type HttpRequest,
	type HttpStreamAnswer,
	type Send,
	type SendForStream,
} from '../message';
import { meteredBody, type MeteredBody } from './meteredBody';
import { networkProblem } from './networkFault';
import { createRedactor, type Redactor } from '../redact';
import {
	isTunnelOpen,
	proxyOf,
	secretsOfLogin,
	tunnelAgent,
	type ProxyAddress,
	type TunnelRequest,
} from './tunnel';

const MAX_ANSWER_BYTES = 1024 * 1024;
const CONNECT_WITHIN_MS = 30_000;
/** Node gives up on an address after a quarter of a second by default; distant networks take longer. */
const TRY_ADDRESS_MS = 1_500;

/** What may be set for a sender. */
export interface SendOptions {
	/** PEM certificates to trust instead of the built-in ones and those of NODE_EXTRA_CA_CERTS */
	ca?: string[];
	/** the secure connection must stand within this time, in milliseconds; 30 seconds unless told */
	connectWithinMs?: number;
	/** decides which addresses may be reached; without it all may */
	filter?: EgressFilter;
}

/**
 * Makes the functions that send requests, over connections of their own.
 *
 * Certificates are always verified, whatever the environment says; further authorities come from NODE_EXTRA_CA_CERTS.
 * Proxies come from HTTPS_PROXY (or ALL_PROXY) and NO_PROXY. Redirects are never followed: a redirect to a sign-in page
 * must be seen as what it is, and following would keep the whole upload in memory.
 * @returns `send` and `sendForStream`, see {@link Send} for what they throw
 */
export function createSend(options: SendOptions = {}): { send: Send; sendForStream: SendForStream } {
	const { connectWithinMs = CONNECT_WITHIN_MS, filter } = options;
	const tls = {
		rejectUnauthorized: true,
		autoSelectFamilyAttemptTimeout: TRY_ADDRESS_MS,
		...(options.ca === undefined ? {} : { ca: options.ca }),
	};
	// A kept connection that the service has just closed makes a sent request doubtful. What changes something gets a
	// connection of its own, unless its caller keeps one for requests that follow one another at once.
	// A proxy comes from the environment of n8n, so only direct connections resolve names by the filter.
	const direct = { ...tls, ...(filter && { lookup: secureLookup(filter) }) };
	const agents = {
		GET: new Agent({ ...direct, keepAlive: true }),
		POST: new Agent({ ...direct, keepAlive: false }),
	};
	// Loaded with the first request: a check that sends nothing does without, and while rows are packed the heap is smaller.
	let loading: Promise<AxiosInstance> | undefined;
	const client = async () => await (loading ??= createClient());
	const settings = { agents, direct, tls, connectWithinMs, filter };

	async function send(request: HttpRequest): Promise<HttpAnswer> {
		const exchange = await openExchange(client, request, settings);
		const { stream, ...answer } = exchange.answer;
		try {
			const { text, error } = await readText(stream, request.maxAnswerBytes ?? MAX_ANSWER_BYTES);
			if (error !== undefined) {
				const fault = exchange.asProblem(error);
				// A refusal is an answer even where its explanation was cut; a success is one only when it is whole.
				if (fault.kind === 'cancelled' || answer.status < 300) throw fault;
			}
			return { ...answer, text: exchange.redactor.text(text) };
		} finally {
			exchange.close();
			kept(request)?.rest();
		}
	}

	async function sendForStream(request: HttpRequest): Promise<HttpStreamAnswer> {
		const exchange = await openExchange(client, request, settings);
		const source = exchange.answer.stream;
		const maxBytes = request.maxAnswerBytes ?? MAX_DOWNLOAD_BYTES;
		const { stream, isCut } = guardedStream(exchange.redactor, maxBytes, () => {
			source.unpipe(stream);
			source.destroy();
		});
		// A failure before the caller reads waits for him; an error that nobody listens to would end the process.
		stream.on('error', () => undefined);
		source.on('error', (error) => {
			if (!isCut()) stream.destroy(exchange.asProblem(error));
		});
		stream.on('close', () => {
			source.destroy();
			exchange.close();
		});
		source.pipe(stream);
		return { ...exchange.answer, stream, isCut };
	}

	return { send, sendForStream };
}

/** What all exchanges of a sender share. */
interface Settings {
	agents: Record<'GET' | 'POST', Agent>;
	/** how certificates are verified, and names resolved where no proxy does that */
	direct: AgentOptions;
	/** how certificates are verified */
	tls: AgentOptions;
	connectWithinMs: number;
	filter?: EgressFilter;
}

/** An exchange whose answer has begun. */
interface Exchange {
	/** without the secrets of the request, but for `stream` */
	answer: Omit<HttpStreamAnswer, 'isCut'>;
	redactor: Redactor;
	/** what a failure from here on means */
	asProblem(error: unknown): Problem;
	/** ends timers and what is still open */
	close(): void;
}

async function createClient(): Promise<AxiosInstance> {
	// The classes of fetch, which axios looks at, axios itself and the first request take some ten milliseconds each, the first
	// time in a process: other work of n8n gets its turn between.
	void globalThis.Response;
	await setImmediate();
	const { default: axios } = await import('axios');
	await setImmediate();
	return axios.create({
		responseType: 'stream',
		decompress: true,
		maxRedirects: 0,
		validateStatus: () => true,
		transformRequest: (data: unknown) => data,
		transformResponse: (data: unknown) => data,
		headers: { common: { Accept: 'application/json', 'User-Agent': 'n8n-nodes-microsoft-hr' } },
	});
}

/** Opens an exchange; once more where a kept connection was lost before the request could be whole at the service. */
async function openExchange(
	client: () => Promise<AxiosInstance>,
	request: HttpRequest,
	settings: Settings,
): Promise<Exchange> {
	const connection = kept(request);
	if (!connection) return await openOnce(client, request, settings);
	return await openOnce(client, request, settings).catch(async (error: unknown) => {
		const isUnprocessed = error instanceof Problem && error.kind === 'network';
		const mayRepeat = connection.distrustReused() && isUnprocessed;
		if (!mayRepeat || error.details.networkCode === 'ETIMEDOUT') throw error;
		return await openOnce(client, request, settings);
	});
}

async function openOnce(
	client: () => Promise<AxiosInstance>,
	request: HttpRequest,
	settings: Settings,
): Promise<Exchange> {
	const { step, method, signal } = request;
	const address = httpsAddress(step, request.url);
	if (signal?.aborted) throw cancelled(step);
	const progress: ExchangeProgress = {
		address,
		limits: watchLimits(request, settings.connectWithinMs),
		connected: false,
		proxySecrets: [],
		...(request.body && { body: meteredBody(step, request.body, request.onProgress) }),
	};
	const { body, limits } = progress;

	function close(): void {
		limits.close();
		body?.stream.destroy();
	}
	const asProblem = (error: unknown) => failureOf(error, request, progress);

	let response: AxiosResponse<Readable>;
	try {
		if (settings.filter) await assertMayReach(settings.filter, step, address);
		const loaded = await client();
		// What the service has said meanwhile, that it closes the connection above all, is heard before the connection is used again.
		if (request.connection) await setImmediate();
		response = await loaded.request<Readable>({
			url: address.href,
			method,
			headers: {
				...request.headers,
				...(request.body && {
					'Content-Type': request.body.contentType,
					'Content-Length': String(request.body.length),
				}),
			},
			data: body?.stream,
			httpsAgent: directAgent(request, settings),
			signal: limits.signal,
			transport: transportFor(progress, request, settings),
		});
	} catch (error) {
		close();
		// The error of axios carries the request, its token included: it ends here.
		throw asProblem(error);
	}
	const redactor = createRedactor([...secretsOf(request), ...progress.proxySecrets]);
	return {
		answer: {
			status: response.status,
			reason: redactor.text(response.statusText ?? ''),
			headers: plainHeaders(response.headers, redactor),
			stream: response.data,
			...(body && { withoutEcho: createEchoFilter(body.head(), request.body?.contentType ?? '') }),
		},
		redactor,
		asProblem,
		close,
	};
}

/** How far an exchange has come. */
interface ExchangeProgress {
	address: URL;
	limits: Limits;
	body?: MeteredBody;
	/** whether the secure connection to the service stands */
	connected: boolean;
	/** host and port of the proxy that axios has chosen */
	proxy?: string;
	/** what the proxy answered to the wish for a tunnel */
	proxyStatus?: number;
	/** what the proxy was given to let us through */
	proxySecrets: readonly string[];
}

/** What ends an exchange from this side, and why it did. */
interface Limits {
	signal: AbortSignal;
	reached(): 'timeLimit' | 'connectLimit' | 'cancelled' | undefined;
	/** for `timeLimit` and `connectLimit`, in milliseconds */
	limitMs(): number | undefined;
	/** the limit for connecting no longer counts */
	connected(): void;
	/** ends the timers */
	close(): void;
}

function watchLimits({ timeoutMs, signal }: HttpRequest, connectWithinMs: number): Limits {
	const abort = new AbortController();
	let reached: ReturnType<Limits['reached']>;
	const stop = (why: typeof reached) => () => {
		reached ??= why;
		abort.abort();
	};
	const connectMs = Math.min(connectWithinMs, timeoutMs);
	const connectTimer = setTimeout(stop('connectLimit'), connectMs);
	const timer = setTimeout(stop('timeLimit'), timeoutMs);
	const onCancel = stop('cancelled');
	signal?.addEventListener('abort', onCancel, { once: true });
	return {
		signal: abort.signal,
		reached: () => reached,
		limitMs: () => (reached === 'timeLimit' ? timeoutMs : reached === 'connectLimit' ? connectMs : undefined),
		connected: () => clearTimeout(connectTimer),
		close() {
			clearTimeout(timer);
			clearTimeout(connectTimer);
			signal?.removeEventListener('abort', onCancel);
		},
	};
}

/** The connection that a request shares with others; each is one of `keepConnection`. */
function kept({ connection }: HttpRequest): Connection | undefined {
	return connection as Connection | undefined;
}

function directAgent(request: HttpRequest, settings: Settings): Agent {
	const make = () => new Agent({ ...settings.direct, keepAlive: true });
	return kept(request)?.agentFor(settings, make) ?? settings.agents[request.method];
}

function proxyAgent(proxy: ProxyAddress, request: HttpRequest, { tls }: Settings): Agent {
	const connection = kept(request);
	const keepAlive = connection !== undefined;
	const make = () => tunnelAgent(proxy, { ...tls, keepAlive });
	return connection?.agentFor(JSON.stringify(proxy), make) ?? make();
}

/** Stands between axios and Node: sees the proxy that axios has chosen, and when the connection stands. */
function transportFor(progress: ExchangeProgress, request: HttpRequest, settings: Settings) {
	const { body, limits } = progress;
	return {
		request(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
			const proxy = proxyOf(options.agent);
			progress.proxy = proxy && `${proxy.hostname}:${proxy.port}`;
			progress.proxySecrets = secretsOfLogin(proxy?.login);
			const onProxyAnswer = (status: number) => {
				progress.proxyStatus = status;
			};
			const tunnel: TunnelRequest = { signal: limits.signal, onProxyAnswer };
			const agent = proxy ? proxyAgent(proxy, request, settings) : options.agent;
			const sent = httpsRequest({ ...options, agent, ...(proxy && { tunnel }) }, (answer) => {
				body?.stop();
				onAnswer(answer);
			});
			// A body leaves behind its headers; else each small one waits some 40 ms until the headers are acknowledged.
			sent.setNoDelay(true);
			sent.once('socket', (socket) => {
				const onConnected = () => {
					progress.connected = true;
					limits.connected();
					body?.start();
				};
				if (sent.reusedSocket) {
					// Its tunnel stands since an earlier request.
					if (proxy) onProxyAnswer(200);
					kept(request)?.reuse();
					onConnected();
				} else socket.once('secureConnect', onConnected);
			});
			return sent;
		},
	};
}

/** What a failure of an exchange means. */
function failureOf(
	error: unknown,
	{ step, method, repeatable }: HttpRequest,
	{ address, limits, body, connected, proxy, proxyStatus }: ExchangeProgress,
): Problem {
	if (error instanceof Problem) return error;
	const reached = limits.reached();
	if (reached === 'cancelled') return cancelled(step, deliveryOf(method, connected, body));
	const fault = body?.fault();
	if (fault !== undefined && reached === undefined) return fault;
	const limitMs = limits.limitMs();
	const code = limitMs === undefined ? codeOf(error) : 'ETIMEDOUT';
	if (code === 'ERR_INVALID_URL') return badProxy(step);
	if (code === BLOCKED_CODE) return blockedProblem(step, address.host);
	return networkProblem({
		step,
		harmless: method === 'GET' || repeatable === true,
		host: address.host,
		connected,
		code,
		delivery: deliveryOf(method, connected, body),
		...(limitMs === undefined ? {} : { limitMs }),
		...(proxy === undefined || isTunnelOpen(proxyStatus) ? {} : { proxy, proxyStatus }),
	});
}

function httpsAddress(step: string, url: string): URL {
	const address = URL.canParse(url) ? new URL(url) : undefined;
	if (address?.protocol === 'https:') return address;
	throw problem.configuration(
		`${step} was not sent: its address does not begin with https://.`,
		'Check the addresses in the credential; they must be whole https addresses.',
	);
}

function deliveryOf(method: 'GET' | 'POST', connected: boolean, body: MeteredBody | undefined): Delivery {
	if (method === 'GET' || !connected) return 'nothing';
	return body === undefined ? 'all' : body.delivery();
}

function codeOf(error: unknown): string {
	const code = (error as { code?: unknown } | undefined)?.code;
	return typeof code === 'string' && code !== '' ? code : 'ECONNRESET';
}

function cancelled(step: string, delivery: Delivery = 'nothing'): Problem {
	return problem.cancelled(`${step} was cancelled.`, 'Run the workflow again when you want to.', {
		delivery,
	});
}

function badProxy(step: string): Problem {
	return problem.configuration(
		`${step} was not sent: the proxy in the environment of n8n is not a valid address.`,
		'Check the environment variables HTTPS_PROXY and ALL_PROXY; they look like http://proxy.example.com:8080.',
	);
}

/** What an answer to this request must not repeat. */
function secretsOf({ headers = {}, secrets = [] }: HttpRequest): string[] {
	const authorization = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'authorization');
	return [...authorization.map(([, value]) => value.replace(/^\w+ /, '')), ...secrets];
}

function plainHeaders(headers: AxiosResponse['headers'], redactor: Redactor): Record<string, string> {
	const plain: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined && value !== null) plain[name.toLowerCase()] = redactor.text(String(value));
	}
	return plain;
}

/** Reads a stream as UTF-8 text up to a limit; what came before a failure is kept. */
async function readText(stream: Readable, maxBytes: number): Promise<{ text: string; error?: unknown }> {
	const decoder = new StringDecoder('utf8');
	let text = '';
	let left = maxBytes;
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			const taken = chunk.length > left ? chunk.subarray(0, left) : chunk;
			text += decoder.write(taken);
			left -= taken.length;
			if (left === 0) break;
		}
	} catch (error) {
		return { text: withoutBom(text), error };
	}
	return { text: withoutBom(left === 0 ? text : text + decoder.end()) };
}

function withoutBom(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
