import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
	AuthError,
	ConfidentialClientApplication,
	type INetworkModule,
	type NodeAuthOptions,
	type NetworkRequestOptions,
	type NetworkResponse,
} from '@azure/msal-node';
import type { HttpAnswer, HttpBody, Send } from '../http/message';
import { quote } from '../http/outsideText';
import { retry, systemClock, type RetryClock, type RetryPolicy } from '../http/retry';
import { Problem, problem } from '../core/problem';
import type { AppProof, EntraApp } from './app';
import { CLOUDS } from './clouds';
import { createAssertions, presentedBy, type Assertions, type FederatedSource } from './federated/assertions';
import { idOf, isTransientTokenProblem, jsonOf, tokenRefusal } from './tokenErrors';
import type { TokenContext } from './tokenErrorTable';

/** A bearer token and when it ends, in milliseconds since 1970. */
export interface AccessToken {
	value: string;
	expiresAt: number;
}

/** How a token is asked for. */
export interface GetTokenOptions {
	/** gives up waiting; a request that others wait for too goes on */
	signal?: AbortSignal;
	/** asks Entra even if a valid token is at hand: for a token that was refused */
	renew?: boolean;
}

/** Gives tokens, remembered while they are good. */
export interface TokenSource {
	/**
	 * @param audience what the token is for: an application id or its URI, without `/.default`
	 * @throws Problem `token`, `unexpectedAnswer`, `network`, `configuration` or `cancelled`
	 */
	getToken(app: EntraApp, audience: string, options?: GetTokenOptions): Promise<AccessToken>;
	/** forgets all tokens */
	forget(): void;
}

/** What a token source needs. */
export interface TokenSourceOptions {
	send: Send;
	clock?: RetryClock;
	policy?: RetryPolicy;
}

/** A token is renewed when it has less than this left, in milliseconds. */
const RENEW_BEFORE_MS = 5 * 60_000;
const ATTEMPT_TIMEOUT_MS = 30_000;
const STEP = 'The token request';
/** Asking for a token changes nothing, so it may be repeated after any passing failure. */
const POLICY: RetryPolicy = { attempts: 4, totalMs: 90_000, firstWaitMs: 1_000, maxWaitMs: 30_000 };

/** A request under way, and how many wait for it. */
interface Pending {
	token: Promise<AccessToken>;
	waiting: number;
	abort: AbortController;
}

/**
 * Makes a source of tokens. Tokens are kept in memory by the hash of all that they depend on; callers that ask for the
 * same at the same time share one request.
 */
export function createTokenSource({
	send,
	clock = systemClock,
	policy = POLICY,
}: TokenSourceOptions): TokenSource {
	const tokens = new Map<string, AccessToken>();
	const pending = new Map<string, Pending>();
	const assertions = createAssertions(clock);

	async function getToken(
		app: EntraApp,
		audience: string,
		options: GetTokenOptions = {},
	): Promise<AccessToken> {
		const { signal, renew = false } = options;
		if (signal?.aborted) throw cancelled();
		const key = keyOf(app, audience);
		const kept = tokens.get(key);
		if (!renew && kept !== undefined && kept.expiresAt - clock.now() > RENEW_BEFORE_MS) return kept;
		return await waitFor(key, pending.get(key) ?? begin(key, { app, audience }), signal);
	}

	function begin(key: string, context: TokenContext): Pending {
		const abort = new AbortController();
		const token = retry(async () => await acquire({ send, assertions }, context, abort.signal), {
			step: STEP,
			policy,
			clock,
			signal: abort.signal,
			repeat: (outcome) => 'problem' in outcome && isTransientTokenProblem(outcome.problem),
		});
		const request: Pending = { token, waiting: 0, abort };
		pending.set(key, request);
		token
			.then((fresh) => keep(key, fresh))
			// Those who wait hear of it; here it only must not count as unheard.
			.catch(() => undefined)
			.finally(() => drop(key, request));
		return request;
	}

	function keep(key: string, token: AccessToken): void {
		const now = clock.now();
		for (const [other, { expiresAt }] of tokens) if (expiresAt <= now) tokens.delete(other);
		tokens.set(key, token);
	}

	function drop(key: string, request: Pending): void {
		if (pending.get(key) === request) pending.delete(key);
	}

	/** Waits for a shared request; the last who gives up ends it. */
	async function waitFor(key: string, request: Pending, signal?: AbortSignal): Promise<AccessToken> {
		if (signal === undefined) {
			request.waiting++;
			return await request.token.finally(() => request.waiting--);
		}
		request.waiting++;
		return await new Promise<AccessToken>((resolve, reject) => {
			const leave = () => {
				signal.removeEventListener('abort', giveUp);
				request.waiting--;
			};
			const giveUp = () => {
				leave();
				if (request.waiting === 0) {
					drop(key, request);
					request.abort.abort();
				}
				reject(cancelled());
			};
			signal.addEventListener('abort', giveUp, { once: true });
			request.token.then(resolve, reject).finally(() => {
				if (!signal.aborted) leave();
			});
		});
	}

	function forget(): void {
		tokens.clear();
		assertions.forgetAll();
	}

	return { getToken, forget };
}

/** One hash for all that a token depends on; the secret itself is not kept. */
function keyOf(app: EntraApp, audience: string): string {
	const all = JSON.stringify([app.loginHost, app.tenantId, app.clientId, audience, partsOf(app.proof)]);
	return createHash('sha256').update(all).digest('base64');
}

function partsOf(proof: AppProof): string[] {
	switch (proof.kind) {
		case 'secret':
			return [proof.kind, proof.secret];
		case 'certificate':
			return [proof.kind, proof.certificate.privateKey, ...proof.certificate.chain];
		case 'federated':
			return [proof.kind, JSON.stringify(proof.source)];
	}
}

/**
 * Asks Entra once. MSAL remembers throttled and failed calls inside its client object and would answer later ones from
 * that memory, so each request gets an object of its own.
 */
async function acquire(
	{ send, assertions }: { send: Send; assertions: Assertions },
	asked: TokenContext,
	signal: AbortSignal,
): Promise<AccessToken> {
	const context = { ...asked };
	const { app, audience } = context;
	const network = networkOf(send, context, signal);
	const present = async (source: FederatedSource) => {
		const assertion = await assertions.get(source, signal);
		context.presented = presentedBy(assertion);
		return assertion;
	};
	try {
		const client = new ConfidentialClientApplication({
			auth: {
				clientId: app.clientId,
				authority: `https://${app.loginHost}/${app.tenantId}`,
				// Without this, MSAL would ask Microsoft about a host that it does not know.
				knownAuthorities: [app.loginHost],
				...proofOf(app.proof, present),
			},
			system: { networkClient: network, disableInternalRetries: true },
		});
		const result = await client.acquireTokenByClientCredential({
			scopes: [`${audience.replace(/\/\.default$/, '')}/.default`],
			correlationId: randomUUID(),
			skipCache: true,
		});
		if (result?.accessToken && result.expiresOn) {
			return { value: result.accessToken, expiresAt: result.expiresOn.getTime() };
		}
	} catch (error) {
		// MSAL passes on what the source of an assertion throws.
		const failure = error instanceof Problem ? error : (network.failure() ?? unusable(context, error));
		if (app.proof.kind === 'federated' && !isTransientTokenProblem(failure)) {
			assertions.forget(app.proof.source);
		}
		throw failure;
	}
	throw unusable(context, undefined);
}

function proofOf(
	proof: AppProof,
	present: (source: FederatedSource) => Promise<string>,
): Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'> {
	switch (proof.kind) {
		case 'secret':
			return { clientSecret: proof.secret };
		case 'certificate': {
			const { privateKey, chain, thumbprintSha256 } = proof.certificate;
			return { clientCertificate: { privateKey, thumbprintSha256, x5c: chain.join('') } };
		}
		case 'federated':
			return { clientAssertion: async () => await present(proof.source) };
	}
}

/**
 * MSAL's way to the network, over our own, so that proxies, authorities and limits are those of every other request.
 * A refusal is turned into our words here, where the whole answer is at hand; MSAL gets to see successes only.
 */
function networkOf(
	send: Send,
	context: TokenContext,
	signal: AbortSignal,
): INetworkModule & { failure(): Problem | undefined } {
	let failure: Problem | undefined;

	async function exchange<T>(
		method: 'GET' | 'POST',
		url: string,
		options: NetworkRequestOptions = {},
	): Promise<NetworkResponse<T>> {
		assertTokenHost(url, context);
		const answer = await send({
			step: STEP,
			method,
			url,
			headers: { ...options.headers, Accept: 'application/json' },
			...(method === 'POST' ? bodyOf(options.body ?? '') : {}),
			repeatable: true,
			timeoutMs: ATTEMPT_TIMEOUT_MS,
			signal,
		});
		return { status: answer.status, headers: answer.headers, body: successOf<T>(answer, context) };
	}

	/** MSAL replaces errors of the network by its own; ours is kept aside. */
	function remember(error: unknown): never {
		if (error instanceof Problem) failure = error;
		throw error;
	}

	return {
		sendGetRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) =>
			await exchange<T>('GET', url, options).catch(remember),
		sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) =>
			await exchange<T>('POST', url, options).catch(remember),
		failure: () => failure,
	};
}

/** The host that the login host names for tokens gets the secret, so it must be one of Microsoft's or the same. */
function assertTokenHost(url: string, { app }: TokenContext): void {
	const { host } = new URL(url);
	const known = [app.loginHost, ...Object.values(CLOUDS).map(({ loginHost }) => loginHost.value)];
	if (known.includes(host)) return;
	throw otherHostProblem(app.loginHost, quote(host, 100));
}

/** A login host that names a strange host for tokens. */
export function otherHostProblem(loginHost: string, host: string): Problem {
	return problem.unexpectedAnswer(
		`${loginHost} names another host for tokens (${host}), so nothing was sent there.`,
		'Check the login host in the credential: something other than Microsoft Entra seems to answer there.',
	);
}

/** Longest text of an answer that MSAL gets to see; tokens are the longest. */
const LONGEST_FIELD = 32_768;

/** The plain fields of a success: MSAL needs no others, and nobody knows what an answer may hold. */
function successOf<T>(answer: HttpAnswer, context: TokenContext): T {
	if (answer.status !== 200) throw tokenRefusal(answer, context);
	const body = jsonOf(answer.text);
	if (body === undefined) throw tokenRefusal(answer, context);
	const plain = Object.entries(body).filter(
		([, value]) =>
			(typeof value === 'string' && value.length <= LONGEST_FIELD) ||
			(typeof value === 'number' && Number.isFinite(value)),
	);
	return Object.fromEntries(plain) as T;
}

/** The form of a request for a token, and the secrets in it. */
function bodyOf(text: string): { body: HttpBody; secrets: string[] } {
	const bytes = Buffer.from(text, 'utf8');
	const form = new URLSearchParams(text);
	const secrets = ['client_secret', 'client_assertion'].flatMap((name) => form.getAll(name));
	const body: HttpBody = {
		contentType: 'application/x-www-form-urlencoded;charset=utf-8',
		length: bytes.length,
		open: () => Readable.from([bytes], { objectMode: false }),
	};
	return { body, secrets };
}

/** For what MSAL itself finds wrong; its message may quote what it was given, so only its code is kept. */
function unusable({ app }: TokenContext, error: unknown): Problem {
	const code = error instanceof AuthError ? idOf(error.errorCode) : undefined;
	return problem.unexpectedAnswer(
		`${app.loginHost} gave no token that can be used${code === undefined ? '' : ` (${code})`}.`,
		'Check the login host and the cloud in the credential: something other than Microsoft Entra seems to answer there.',
		code === undefined ? {} : { microsoftCode: code },
	);
}

function cancelled(): Problem {
	return problem.cancelled(`${STEP} was cancelled.`, 'Run the workflow again when you want to.');
}
