import http, { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { askIdentityService } from '../../../../nodes/shared/entra/federated/identityService';
import { identityAddress } from '../../../../nodes/shared/entra/federated/permission';
import { demo } from '../../../emulator/demoTenant';
import { startIdentityService, type IdentityService } from '../../../emulator/identityService';
import { startIssuer } from '../../../emulator/issuer';
import { setEnvironment } from '../../../helpers/environment';
import { problemOf } from '../../../helpers/thrownBy';
import { until } from '../../../helpers/until';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.planted.planted';
const identity = {
	tenantId: demo.tenantId,
	clientId: demo.identityClientId,
	objectId: demo.identityObjectId,
};
let service: IdentityService;
beforeAll(async () => {
	service = await startIdentityService(startIssuer(), [identity], 3_600);
});
afterAll(async () => await service.close());
beforeEach(() => service.requests.splice(0));

const at = (host: string, clientId: string = identity.clientId) => ({
	clientId,
	address: identityAddress({ AZURE_POD_IDENTITY_AUTHORITY_HOST: host }),
});

it('gives a token of the identity, and its end', async () => {
	const before = Date.now();
	const { value, expiresAt } = await askIdentityService(at(service.origin));
	expect(decodeJwt(value)).toMatchObject({ sub: identity.objectId, aud: 'api://AzureADTokenExchange' });
	expect(expiresAt).toBeGreaterThan(before + 3_590_000);
	expect(expiresAt).toBeLessThanOrEqual(Date.now() + 3_600_000);
	expect(service.requests).toEqual([
		`/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api%3A%2F%2FAzureADTokenExchange&client_id=${identity.clientId}`,
	]);
});

it('is asked without a proxy, whatever n8n has set for others', async () => {
	setEnvironment({ HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1', NO_PROXY: undefined });
	const usual = http.globalAgent;
	// As one that leads to a proxy, which n8n may have set for the whole process.
	http.globalAgent = Object.assign(new http.Agent(), {
		createConnection: () => {
			throw new Error('the agent of the process was asked');
		},
	});
	try {
		expect((await askIdentityService(at(service.origin))).value).toMatch(/^eyJ/);
	} finally {
		http.globalAgent = usual;
	}
});

it('an identity that the machine does not have', async () => {
	const problem = await problemOf(askIdentityService(at(service.origin, demo.clientId)));
	expect([problem.kind, problem.message]).toEqual([
		'token',
		`The identity service of this machine gave no token of the managed identity ${demo.clientId} (HTTP 400).`,
	]);
	expect(problem.advice).toContain('Assign the identity to the Azure machine');
	expect(problem.details).toMatchObject({ status: 400, serviceText: 'Identity not found' });
});

describe('something else at its address', () => {
	let server: Server;
	let reached: string[];
	let listener: RequestListener;
	beforeAll(async () => {
		server = createServer((request, answer) => {
			reached.push(request.url ?? '');
			listener(request, answer);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(() => {
		reached = [];
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const failure = async (timeoutMs?: number, signal?: AbortSignal) =>
		await problemOf(askIdentityService(at(origin()), signal, timeoutMs), [TOKEN]);
	const end = Math.round(Date.now() / 1000) + 3_600;

	it.each<[string, string, string]>([
		['no JSON', `<html>${TOKEN}</html>`, 'without a token, or without its end'],
		['no token', `{"expires_on":"${end}"}`, 'without a token, or without its end'],
		['no end', `{"access_token":"${TOKEN}"}`, 'without a token, or without its end'],
		[
			'an end that is a date',
			`{"access_token":"${TOKEN}","expires_on":"2026-11-27"}`,
			'without a token, or without its end',
		],
		[
			'an end that is a list',
			`{"access_token":"${TOKEN}","expires_on":["${end}"]}`,
			'without a token, or without its end',
		],
		['an endless text', `"${'x'.repeat(70_000)}"`, 'with more than a token'],
	])('answers %s', async (_, body, words) => {
		listener = (_request, answer) => void answer.end(body);
		const { kind, message } = await failure();
		expect([kind, message]).toEqual(['unexpectedAnswer', expect.stringContaining(words)]);
	});

	it('takes an end in digits or as a number', async () => {
		for (const written of [end, String(end)]) {
			listener = (_request, answer) =>
				void answer.end(JSON.stringify({ access_token: TOKEN, expires_on: written }));
			expect(await askIdentityService(at(origin()))).toEqual({ value: TOKEN, expiresAt: end * 1000 });
		}
	});

	it('leads elsewhere: a redirect is not followed', async () => {
		listener = (_request, answer) => void answer.writeHead(302, { location: '/elsewhere' }).end();
		expect((await failure()).message).toContain('(HTTP 302)');
		expect(reached).toHaveLength(1);
	});

	it('is overloaded, which passes', async () => {
		listener = (_request, answer) => void answer.writeHead(429, { 'retry-after': '3' }).end();
		const { advice, details } = await failure();
		expect(details).toMatchObject({ status: 429, retryAfterMs: 3_000 });
		expect(advice).toContain('again in some minutes');
	});

	it('never answers', async () => {
		listener = () => undefined;
		const { kind, details } = await failure(50);
		expect([kind, details.networkCode]).toEqual(['network', 'ETIMEDOUT']);
	});

	it('begins to answer and stops', async () => {
		listener = (_request, answer) => void answer.writeHead(200).write('{');
		expect((await failure(50)).details.networkCode).toBe('ETIMEDOUT');
	});

	it('is not waited for by who gives up', async () => {
		listener = () => undefined;
		const abort = new AbortController();
		const leaving = failure(600_000, abort.signal);
		await until(() => reached.length === 1);
		abort.abort();
		expect((await leaving).kind).toBe('cancelled');
	});
});

it('nobody at its address', async () => {
	const { kind, details, advice } = await problemOf(askIdentityService(at('http://127.0.0.1:1')));
	expect([kind, details.networkCode]).toEqual(['network', 'ECONNREFUSED']);
	expect(advice).toContain('needs n8n on an Azure machine');
});

it('its address is the usual one unless the environment names another', () => {
	expect(identityAddress({})).toBe('http://169.254.169.254/metadata/identity/oauth2/token');
	expect(identityAddress({ AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://10.0.0.1:80/' })).toBe(
		'http://10.0.0.1:80/metadata/identity/oauth2/token',
	);
	expect(() => identityAddress({ AZURE_POD_IDENTITY_AUTHORITY_HOST: 'file:///etc' })).toThrow(
		'AZURE_POD_IDENTITY_AUTHORITY_HOST holds no http address',
	);
});
