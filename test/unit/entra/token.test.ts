import { randomUUID, X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose';
import type { EntraApp } from '../../../nodes/shared/entra/app';
import { readEntraApp } from '../../../nodes/shared/entra/app';
import { AUDIENCES } from '../../../nodes/shared/entra/clouds';
import { createTokenSource } from '../../../nodes/shared/entra/token';
import type { HttpAnswer, Send } from '../../../nodes/shared/http/message';
import { createSend } from '../../../nodes/shared/http/transport/send';
import { systemClock, type RetryClock } from '../../../nodes/shared/http/retry';
import { problem } from '../../../nodes/shared/core/problem';
import { until } from '../../helpers/until';
import { startServer, type LocalServer } from '../http/httpsServer';
import { makePair } from './certificates';
import { problemOf } from '../../helpers/thrownBy';

const failureOf = async (promise: Promise<unknown>) => await problemOf(promise, [SECRET, 'client_assertion']);

const TENANT = '11111111-2222-4333-8444-555555555555';
const CLIENT = '99999999-8888-4777-8666-555555555555';
const SECRET = 'planted~Secret~4711';

interface TokenRequest {
	method?: string;
	url: string;
	form: URLSearchParams;
}

let server: LocalServer;
let send: Send;
let requests: TokenRequest[];
/** what the login host answers to the next token requests; afterwards, tokens */
let script: Array<{ status: number; headers?: Record<string, string>; body: string; after?: Promise<void> }>;
let tokenLifetimeS: number;
let listener: (request: IncomingMessage, answer: ServerResponse) => Promise<void>;
/** answers that nobody waited for */
let abandoned: number;

const quick: RetryClock & { offset: number; waits: number[] } = {
	offset: 0,
	waits: [],
	now: () => Date.now() + quick.offset,
	random: () => 0,
	sleep: async (ms, signal) => {
		quick.waits.push(ms);
		await systemClock.sleep(1, signal);
	},
};

beforeAll(async () => {
	server = await startServer();
	send = createSend({ ca: [server.ca] }).send;
});
afterAll(async () => await server.close());
beforeEach(() => {
	requests = [];
	script = [];
	abandoned = 0;
	tokenLifetimeS = 3599;
	quick.offset = 0;
	quick.waits = [];
	listener = async (request, answer) => {
		answer.on('close', () => {
			if (!answer.writableFinished) abandoned++;
		});
		const form = new URLSearchParams(await readAll(request));
		requests.push({ method: request.method, url: request.url ?? '', form });
		if (request.url?.includes('openid-configuration')) {
			const base = `https://${request.headers.host}/${TENANT}`;
			answer.setHeader('content-type', 'application/json').end(
				JSON.stringify({
					authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
					token_endpoint: `${base}/oauth2/v2.0/token`,
					issuer: `${base}/v2.0`,
					jwks_uri: `${base}/keys`,
				}),
			);
			return;
		}
		const next = script.shift();
		await next?.after;
		answer
			.writeHead(next?.status ?? 200, { 'content-type': 'application/json', ...next?.headers })
			.end(next?.body ?? tokenBody(`token-${randomUUID()}`));
	};
	server.handle((request, answer) => void listener(request, answer));
});

const tokenBody = (value: string) =>
	JSON.stringify({
		token_type: 'Bearer',
		expires_in: tokenLifetimeS,
		ext_expires_in: 1,
		access_token: value,
	});
const tokenRequests = () => requests.filter(({ method }) => method === 'POST');

function app(more: Partial<EntraApp> = {}): EntraApp {
	return {
		tenantId: TENANT,
		clientId: CLIENT,
		loginHost: `localhost:${server.port}`,
		proof: { kind: 'secret', secret: SECRET },
		...more,
	};
}

const source = () => createTokenSource({ send, clock: quick });

function refusalBody(number: number, error = 'invalid_client') {
	return JSON.stringify({
		error,
		error_description: `AADSTS${number}: Some words of Microsoft about '${CLIENT}'. Trace ID: aaaaaaaa-0000-4000-8000-000000000001 Correlation ID: bbbbbbbb-0000-4000-8000-000000000002 Timestamp: 2026-11-21 02:00:00Z`,
		error_codes: [number],
		timestamp: '2026-11-21 02:00:00Z',
		trace_id: 'aaaaaaaa-0000-4000-8000-000000000001',
		correlation_id: 'bbbbbbbb-0000-4000-8000-000000000002',
	});
}

describe('asking', () => {
	it('with a secret', async () => {
		const before = Date.now();
		const token = await source().getToken(app(), AUDIENCES.purview.value);
		expect(token.value).toMatch(/^token-/);
		expect(token.expiresAt).toBeGreaterThan(before + 3_590_000);
		expect(token.expiresAt).toBeLessThanOrEqual(Date.now() + 3_600_000);
		const [{ form, url }] = tokenRequests();
		expect(url).toMatch(new RegExp(`^/${TENANT}/oauth2/v2\\.0/token\\?`));
		expect(Object.fromEntries(form)).toMatchObject({
			client_id: CLIENT,
			client_secret: SECRET,
			grant_type: 'client_credentials',
			scope: 'https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1/.default',
		});
	});

	it('with a certificate: PS256, x5t#S256, and the whole chain as x5c', async () => {
		const root = await makePair('root');
		const leaf = await makePair('leaf', { issuer: root });
		const withCertificate = readEntraApp({
			tenantId: TENANT,
			clientId: CLIENT,
			authentication: 'certificate',
			privateKey: leaf.key.replaceAll('\n', ' '),
			certificateChain: root.certificate + leaf.certificate,
			loginHost: `localhost:${server.port}`,
		});
		await source().getToken(withCertificate, AUDIENCES.viva.value);
		const { form } = tokenRequests()[0];
		expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
		const assertion = form.get('client_assertion') ?? '';
		const header = decodeProtectedHeader(assertion);
		const certificate = new X509Certificate(leaf.certificate);
		expect(header).toMatchObject({
			alg: 'PS256',
			'x5t#S256': Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
			x5c: [certificate.raw.toString('base64'), new X509Certificate(root.certificate).raw.toString('base64')],
		});
		const { payload } = await jwtVerify(assertion, await importX509(leaf.certificate, 'PS256'), {
			// MSAL rounds the time to whole seconds, up as well as down.
			clockTolerance: 1,
			issuer: CLIENT,
			subject: CLIENT,
			audience: `${server.url}/${TENANT}/oauth2/v2.0/token`,
		});
		expect((payload.exp ?? 0) - (payload.nbf ?? 0)).toBe(600);
	});

	it('needs no discovery at the login hosts of Microsoft', async () => {
		for (const loginHost of ['login.microsoftonline.com', 'login.microsoftonline.us']) {
			const seen: string[] = [];
			const stub: Send = async ({ url }) => {
				seen.push(url);
				return { status: 200, reason: 'OK', headers: {}, text: tokenBody('t') };
			};
			await createTokenSource({ send: stub, clock: quick }).getToken(
				app({ loginHost }),
				AUDIENCES.viva.value,
			);
			expect(seen).toHaveLength(1);
			expect(seen[0]).toMatch(new RegExp(`^https://${loginHost}/${TENANT}/oauth2/v2.0/token\\?`));
		}
	});

	it('never asks anybody but the login host of its own', async () => {
		const hosts = new Set<string>();
		const spy: Send = async (request) => {
			hosts.add(new URL(request.url).host);
			return await send(request);
		};
		await createTokenSource({ send: spy, clock: quick }).getToken(app(), AUDIENCES.viva.value);
		expect([...hosts]).toEqual([`localhost:${server.port}`]);
	});
});

describe('remembering', () => {
	it('gives the same token until five minutes before its end', async () => {
		const tokens = source();
		const first = await tokens.getToken(app(), 'a');
		quick.offset = (3599 - 302) * 1000;
		expect(await tokens.getToken(app(), 'a')).toBe(first);
		quick.offset = (3599 - 298) * 1000;
		expect((await tokens.getToken(app(), 'a')).value).not.toBe(first.value);
	});

	it('keeps apart what differs in anything', async () => {
		const tokens = source();
		const apps = [
			app(),
			app({ clientId: TENANT }),
			app({ proof: { kind: 'secret', secret: 'other' } }),
			app({ loginHost: `127.0.0.1:${server.port}` }),
		];
		const values = new Set<string>();
		for (const one of apps)
			for (const audience of ['a', 'b']) values.add((await tokens.getToken(one, audience)).value);
		expect(values.size).toBe(8);
	});

	it('renews when asked, and forgets when told', async () => {
		const tokens = source();
		const first = await tokens.getToken(app(), 'a');
		const second = await tokens.getToken(app(), 'a', { renew: true });
		expect(second.value).not.toBe(first.value);
		expect(await tokens.getToken(app(), 'a')).toBe(second);
		tokens.forget();
		expect((await tokens.getToken(app(), 'a')).value).not.toBe(second.value);
	});

	it('shares one request among all who ask at the same time', async () => {
		const tokens = source();
		const all = await Promise.all(Array.from({ length: 20 }, async () => await tokens.getToken(app(), 'a')));
		expect(new Set(all.map(({ value }) => value)).size).toBe(1);
		expect(tokenRequests()).toHaveLength(1);
	});

	it('lets one give up without the others', async () => {
		let answer = () => {};
		const after = new Promise<void>((resolve) => (answer = resolve));
		script = [{ status: 200, body: tokenBody('slow'), after }];
		const tokens = source();
		const abort = new AbortController();
		const leaving = failureOf(tokens.getToken(app(), 'a', { signal: abort.signal }));
		const staying = tokens.getToken(app(), 'a', { signal: new AbortController().signal });
		const staying2 = tokens.getToken(app(), 'a');
		await until(() => tokenRequests().length === 1);
		abort.abort();
		expect((await leaving).kind).toBe('cancelled');
		answer();
		expect([(await staying).value, (await staying2).value]).toEqual(['slow', 'slow']);
		expect(tokenRequests()).toHaveLength(1);
	});

	it('ends the request when all have given up, and asks anew for who comes later', async () => {
		script = [{ status: 200, body: '', after: new Promise(() => undefined) }];
		const tokens = source();
		const abort = new AbortController();
		const leaving = [1, 2].map(
			async () => await failureOf(tokens.getToken(app(), 'a', { signal: abort.signal })),
		);
		await until(() => tokenRequests().length === 1);
		abort.abort();
		expect((await Promise.all(leaving)).map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled']);
		await until(() => abandoned === 1);
		expect((await tokens.getToken(app(), 'a')).value).toMatch(/^token-/);
	});

	it('does not even ask when already cancelled', async () => {
		expect((await failureOf(source().getToken(app(), 'a', { signal: AbortSignal.abort() }))).kind).toBe(
			'cancelled',
		);
		expect(requests).toEqual([]);
	});
});

describe('failing', () => {
	it('remembers no failure: the next call asks again', async () => {
		const tokens = source();
		script = [{ status: 401, body: refusalBody(7000215) }];
		expect((await failureOf(tokens.getToken(app(), 'a'))).details.microsoftCode).toBe('AADSTS7000215');
		expect((await tokens.getToken(app(), 'a')).value).toMatch(/^token-/);
	});

	it('repeats when throttled or overloaded, waits as asked, and is not poisoned by it', async () => {
		script = [
			{ status: 429, headers: { 'retry-after': '7' }, body: refusalBody(90055) },
			{ status: 503, body: refusalBody(90033, 'temporarily_unavailable') },
			{ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>bad gateway</html>' },
		];
		expect((await source().getToken(app(), 'a')).value).toMatch(/^token-/);
		expect(quick.waits).toEqual([7_000, 2_000, 4_000]);
	});

	it('gives up after four attempts; the next call starts afresh', async () => {
		const tokens = source();
		script = Array.from({ length: 4 }, () => ({ status: 503, body: '' }));
		const problem = await failureOf(tokens.getToken(app(), 'a'));
		expect(problem.details.status).toBe(503);
		expect(tokenRequests()).toHaveLength(4);
		expect((await tokens.getToken(app(), 'a')).value).toMatch(/^token-/);
	});

	it('does not repeat a refusal', async () => {
		script = [{ status: 401, body: refusalBody(7000222) }];
		const problem = await failureOf(source().getToken(app(), 'a'));
		expect(problem.kind).toBe('token');
		expect(problem.message).toBe('The client secret has expired.');
		expect(problem.advice).toContain(
			"(For Microsoft's support: AADSTS7000222, correlation ID bbbbbbbb-0000-4000-8000-000000000002, trace ID aaaaaaaa-0000-4000-8000-000000000001.)",
		);
		expect(problem.details).toMatchObject({
			status: 401,
			microsoftCode: 'AADSTS7000222',
			correlationId: 'bbbbbbbb-0000-4000-8000-000000000002',
			traceId: 'aaaaaaaa-0000-4000-8000-000000000001',
		});
		expect(tokenRequests()).toHaveLength(1);
	});

	it('a connection cut after the request: no doubt about a token, so it is repeated and then told as network', async () => {
		let count = 0;
		const cut: Send = async () => {
			count++;
			throw problem.network('The token request got no answer: it was cut.', 'again', {
				networkCode: 'ECONNRESET',
			});
		};
		const caught = await failureOf(createTokenSource({ send: cut, clock: quick }).getToken(app(), 'a'));
		expect([caught.kind, count]).toEqual(['network', 4]);

		let posted = 0;
		const honest = listener;
		server.handle((request, answer) => {
			if (request.method === 'GET') {
				void honest(request, answer);
				return;
			}
			posted++;
			request.resume().on('end', () => request.socket.destroy());
		});
		const real = await failureOf(source().getToken(app(), 'a'));
		expect([real.kind, real.details.delivery, posted]).toEqual(['network', 'all', 4]);
	});

	it('a certificate that is not trusted is not tried again', async () => {
		const tokens = createTokenSource({ send: createSend().send, clock: quick });
		const problem = await failureOf(tokens.getToken(app(), 'a'));
		expect([problem.kind, quick.waits]).toEqual(['network', []]);
		expect(problem.advice).toContain('NODE_EXTRA_CA_CERTS');
	});

	it('a web page in place of Entra', async () => {
		script = [
			{ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to Wi-Fi</html>' },
		];
		const problem = await failureOf(source().getToken(app(), 'a'));
		expect(problem.kind).toBe('unexpectedAnswer');
		expect(problem.message).toMatch(/answered the token request with a web page \(HTTP 200\)\.$/);
	});

	it.each([
		[{ status: 302, headers: { location: 'https://x.example' }, body: '' }, 'a redirect'],
		[{ status: 200, body: '' }, 'nothing'],
		[{ status: 200, body: 'ok' }, 'something unreadable'],
		[{ status: 200, body: '[]' }, 'something unreadable'],
		[{ status: 200, body: `{"error":"${SECRET}","rest":${'['.repeat(1e5)}${']'.repeat(1e5)}}` }, 'no token'],
		[{ status: 200, body: '{"token_type":"Bearer"}' }, 'no token that can be used'],
	])('%j', async (answer, words) => {
		script = [answer];
		const problem = await failureOf(source().getToken(app(), 'a'));
		expect([problem.kind, problem.message]).toEqual(['unexpectedAnswer', expect.stringContaining(words)]);
	});

	it('a tenant that the discovery does not know', async () => {
		const stub: Send = async ({ url }): Promise<HttpAnswer> => {
			expect(url).toContain('openid-configuration');
			return { status: 400, reason: '', headers: {}, text: refusalBody(90002, 'invalid_tenant') };
		};
		const problem = await failureOf(createTokenSource({ send: stub, clock: quick }).getToken(app(), 'a'));
		expect(problem.message).toBe(`The tenant ${TENANT} was not found at localhost:${server.port}.`);
	});

	it('a login host that names an endpoint without https', async () => {
		const stub: Send = async (request): Promise<HttpAnswer> => {
			if (request.method === 'POST') return await send(request);
			const base = server.url.replace('https', 'http');
			const text = JSON.stringify({
				authorization_endpoint: `${base}/a`,
				token_endpoint: `${base}/t`,
				issuer: server.url,
				jwks_uri: `${base}/k`,
			});
			return { status: 200, reason: '', headers: {}, text };
		};
		const problem = await failureOf(createTokenSource({ send: stub, clock: quick }).getToken(app(), 'a'));
		expect(['configuration', 'unexpectedAnswer']).toContain(problem.kind);
		expect(tokenRequests()).toEqual([]);
	});

	it.each(['evil.example', 'login.microsoftonline.com.evil.example', 'localhost:1'])(
		'a login host that names %s for tokens gets no secret',
		async (host) => {
			const asked: string[] = [];
			const stub: Send = async ({ url }): Promise<HttpAnswer> => {
				asked.push(new URL(url).host);
				const base = `https://${host}`;
				const text = JSON.stringify({
					authorization_endpoint: `${base}/a`,
					token_endpoint: `${base}/t`,
					issuer: `${server.url}/v2.0`,
					jwks_uri: `${base}/k`,
				});
				return { status: 200, reason: '', headers: {}, text };
			};
			const problem = await failureOf(createTokenSource({ send: stub, clock: quick }).getToken(app(), 'a'));
			expect([problem.kind, problem.message]).toEqual([
				'unexpectedAnswer',
				`localhost:${server.port} names another host for tokens (${host}), so nothing was sent there.`,
			]);
			expect(asked).toEqual([`localhost:${server.port}`]);
		},
	);

	it('a refusal that repeats the form of the request', async () => {
		listener = async (request, answer) => {
			const form = await readAll(request);
			const isToken = request.method === 'POST';
			const base = `https://${request.headers.host}/${TENANT}`;
			const description = `AADSTS7: ${new URLSearchParams(form).get('client_secret') ?? ''} ${form}`;
			answer.writeHead(isToken ? 400 : 200, { 'content-type': 'application/json' }).end(
				JSON.stringify(
					isToken
						? { error: form, error_description: description, correlation_id: form, trace_id: form }
						: {
								authorization_endpoint: `${base}/a`,
								token_endpoint: `${base}/t`,
								issuer: `${base}/v2.0`,
								jwks_uri: `${base}/k`,
							},
				),
			);
		};
		// Its secret needs another writing in a form.
		const proof = { kind: 'secret', secret: `${SECRET}+&é` } as const;
		const problem = await failureOf(source().getToken(app({ proof }), 'a'));
		expect(problem.details.microsoftCode).toBe('AADSTS7');
		expect(problem.details.serviceText).toContain('[redacted]');
		expect(JSON.stringify(problem)).not.toContain(encodeURIComponent(SECRET));
	});
});
