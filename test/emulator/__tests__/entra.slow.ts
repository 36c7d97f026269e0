import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, type Configuration } from '@azure/msal-node';
import { importPKCS8, SignJWT, type JWTPayload } from 'jose';
import { demo, startEmulator, type Emulator } from '../emulator';
import { makeAppCertificate, type KeyPair } from '../tls';
import { askToken, call, purviewScope, vivaScope } from './client';

const otherTenant = '11111111-2222-4333-8444-555555555555';
let emulator: Emulator;
let unregistered: KeyPair;
let expired: KeyPair;

beforeAll(async () => {
	[unregistered, expired] = await Promise.all([
		makeAppCertificate('stranger'),
		makeAppCertificate('old', { expired: true }),
	]);
	emulator = await startEmulator({
		tenants: [
			{
				tenantId: otherTenant,
				apps: [
					{
						clientId: demo.clientId,
						secrets: [demo.clientSecret],
						certificates: [expired.certificatePem],
					},
					{ clientId: demo.strangerClientId, secrets: ['s'], blocked: true },
				],
				purview: { jobs: [] },
			},
		],
	});
});
beforeEach(() => emulator.reset());
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

test('a right secret gets a token with numbers for its life', async () => {
	const answer = await askToken(emulator);
	expect([answer.status, JSON.parse(answer.text)]).toEqual([
		200,
		{ token_type: 'Bearer', expires_in: 3_599, ext_expires_in: 3_599, access_token: expect.any(String) },
	]);
	expect(emulator.tokensIssued).toBe(1);
});

test('version 1 writes its numbers as text and names the resource', async () => {
	const answer = await call(emulator, `/${demo.tenantId}/oauth2/token?api-version=1.0`, {
		body: new URLSearchParams({
			client_id: demo.clientId,
			client_secret: demo.clientSecret,
			grant_type: 'client_credentials',
			resource: purviewScope.replace('/.default', ''),
		}).toString(),
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
	});
	expect(JSON.parse(answer.text)).toMatchObject({
		expires_in: '3599',
		resource: purviewScope.replace('/.default', ''),
	});
});

test.each([vivaScope, 'https://api.orginsights.viva.office.com/.default', purviewScope])(
	'the scope %s is known',
	async (scope) => expect((await askToken(emulator, { scope })).status).toBe(200),
);

const refusals: Array<[string, number, string, number, Record<string, string | undefined>, string?]> = [
	['a wrong secret', 401, 'invalid_client', 7000215, { client_secret: 'wrong' }],
	['an expired secret', 401, 'invalid_client', 7000222, { client_secret: demo.expiredClientSecret }],
	['no secret at all', 401, 'invalid_client', 7000218, { client_secret: undefined }],
	['an app of another tenant', 400, 'unauthorized_client', 700016, { client_id: randomUUID() }],
	['a tenant that does not exist', 400, 'invalid_request', 90002, {}, randomUUID()],
	['a scope without .default', 400, 'invalid_scope', 70011, { scope: demo.clientId }],
	['an unknown resource', 400, 'invalid_resource', 500011, { scope: `api://${randomUUID()}/.default` }],
	[
		'an old Purview resource',
		400,
		'invalid_resource',
		500011,
		{
			scope: 'https://microsoft.onmicrosoft.com/4e476d41-2395-42be-89ff-34cb9186a1ac/.default',
		},
	],
	['Viva in a tenant without it', 400, 'invalid_resource', 500011, {}, otherTenant],
	[
		'a blocked app',
		400,
		'unauthorized_client',
		501051,
		{
			client_id: demo.strangerClientId,
			client_secret: 's',
			scope: purviewScope,
		},
		otherTenant,
	],
	['another grant', 400, 'unsupported_grant_type', 70003, { grant_type: 'password' }],
	['no client id', 400, 'invalid_request', 900144, { client_id: undefined }],
];
test.each(refusals.map((row) => ({ row, name: row.slice(0, 4).join(' ') })))('$name', async ({ row }) => {
	const [, status, error, code, fields, tenantId] = row;
	const answer = await askToken(emulator, fields, tenantId);
	const body = JSON.parse(answer.text) as Record<string, unknown>;
	expect([answer.status, body['error'], body['error_codes']]).toEqual([status, error, [code]]);
	const id = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
	expect(body['error_description']).toMatch(
		new RegExp(
			`^AADSTS${code}: .+\\r\\nTrace ID: ${id}\\r\\nCorrelation ID: ${id}\\r\\nTimestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`,
		),
	);
	expect(body).toMatchObject({
		timestamp: expect.any(String),
		trace_id: expect.any(String),
		correlation_id: expect.any(String),
		error_uri: expect.stringContaining(`code=${code}`),
	});
	expect(emulator.tokensIssued).toBe(0);
});

test('the correlation id is the caller’s', async () => {
	const id = randomUUID();
	const answer = await askToken(emulator, { client_secret: 'wrong', 'client-request-id': id });
	expect(JSON.parse(answer.text)).toMatchObject({ correlation_id: id });
});

describe('certificate', () => {
	/** Signs an assertion as the vendor's table wants it, with changes. */
	async function assert(
		changes: {
			pair?: KeyPair;
			alg?: 'PS256' | 'RS256';
			claims?: JWTPayload;
			header?: Record<string, unknown>;
			thumbprintOf?: KeyPair;
		} = {},
	): Promise<string> {
		const pair = changes.pair ?? emulator.appCertificate;
		const { raw } = new X509Certificate((changes.thumbprintOf ?? pair).certificatePem);
		const alg = changes.alg ?? 'PS256';
		const digest = (hash: string): string => createHash(hash).update(raw).digest('base64url');
		const now = Math.floor(Date.now() / 1000);
		const claims: JWTPayload = {
			aud: `${emulator.origin}/${demo.tenantId}/oauth2/v2.0/token`,
			iss: demo.clientId,
			sub: demo.clientId,
			jti: randomUUID(),
			nbf: now,
			exp: now + 600,
			...changes.claims,
		};
		for (const [name, value] of Object.entries(claims)) if (value === undefined) delete claims[name];
		return await new SignJWT(claims)
			.setProtectedHeader({
				alg,
				typ: 'JWT',
				...(alg === 'PS256' ? { 'x5t#S256': digest('sha256') } : { x5t: digest('sha1') }),
				...changes.header,
			})
			.sign(await importPKCS8(pair.privateKeyPem, alg));
	}

	async function codeOf(assertion: string, tenantId?: string): Promise<number | 'token'> {
		const fields = {
			client_secret: undefined,
			client_assertion: assertion,
			client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
			...(tenantId !== undefined && { scope: purviewScope }),
		};
		const answer = await askToken(emulator, fields, tenantId);
		const body = JSON.parse(answer.text) as { access_token?: string; error_codes?: number[] };
		return body.access_token === undefined ? (body.error_codes?.[0] ?? 0) : 'token';
	}

	test('PS256 with x5t#S256, and RS256 with x5t', async () => {
		expect(await codeOf(await assert())).toBe('token');
		expect(await codeOf(await assert({ alg: 'RS256' }))).toBe('token');
	});

	test('the real login host may stand in the audience', async () => {
		const aud = `https://login.microsoftonline.com/${demo.tenantId}/oauth2/v2.0/token`;
		expect(await codeOf(await assert({ claims: { aud } }))).toBe('token');
	});

	test('a clock that is two minutes fast does no harm', async () => {
		const nbf = Math.floor(Date.now() / 1000) + 120;
		expect(await codeOf(await assert({ claims: { nbf, exp: nbf + 600 } }))).toBe('token');
	});

	test('x5c must begin with the registered certificate', async () => {
		const der = (pair: KeyPair): string => new X509Certificate(pair.certificatePem).raw.toString('base64');
		expect(await codeOf(await assert({ header: { x5c: [der(emulator.appCertificate)] } }))).toBe('token');
		expect(await codeOf(await assert({ header: { x5c: [der(unregistered)] } }))).toBe(700027);
	});

	const bad: Array<[string, number, () => Promise<string>, string?]> = [
		['not registered', 700027, async () => await assert({ pair: unregistered })],
		[
			'signed by another key',
			700027,
			async () => await assert({ pair: unregistered, thumbprintOf: emulator.appCertificate }),
		],
		['without a thumbprint', 700027, async () => await assert({ header: { 'x5t#S256': undefined } })],
		['expired', 700024, async () => await assert({ claims: { nbf: 1_000, exp: 2_000 } })],
		[
			'not yet valid',
			700024,
			async () => await assert({ claims: { nbf: 9_000_000_000, exp: 9_000_000_600 } }),
		],
		['for another audience', 50027, async () => await assert({ claims: { aud: 'https://localhost/other' } })],
		['for the issuer as audience', 50027, async () => await assert({ claims: { aud: emulator.origin } })],
		['without jti', 50027, async () => await assert({ claims: { jti: undefined } })],
		['of another app', 700021, async () => await assert({ claims: { iss: randomUUID() } })],
		['no JWT', 50027, async () => 'rubbish'],
		[
			'with a certificate that has run out',
			700027,
			async () =>
				await assert({
					pair: expired,
					claims: { aud: `${emulator.origin}/${otherTenant}/oauth2/v2.0/token` },
				}),
			otherTenant,
		],
	];
	test.each(bad.map((row) => ({ row, name: row.slice(0, 2).join(': ') })))(
		'an assertion $name',
		async ({ row }) => {
			const [, code, make, tenantId] = row;
			expect(await codeOf(await make(), tenantId)).toBe(code);
		},
	);
});

test('discovery tells the endpoints, and refuses a tenant that does not exist', async () => {
	const path = (tenant: string): string => `/${tenant}/v2.0/.well-known/openid-configuration`;
	const good = await call(emulator, path(demo.tenantId));
	expect(JSON.parse(good.text)).toMatchObject({
		token_endpoint: `${emulator.origin}/${demo.tenantId}/oauth2/v2.0/token`,
		issuer: expect.stringContaining(emulator.origin),
		authorization_endpoint: expect.any(String),
		jwks_uri: expect.any(String),
	});
	const bad = await call(emulator, path(randomUUID()));
	expect([bad.status, JSON.parse(bad.text)]).toEqual([
		400,
		expect.objectContaining({ error: 'invalid_tenant', error_codes: [90002] }),
	]);
});

describe('MSAL', () => {
	function client(auth: Partial<Configuration['auth']>): ConfidentialClientApplication {
		return new ConfidentialClientApplication({
			auth: {
				clientId: demo.clientId,
				authority: `${emulator.origin}/${demo.tenantId}`,
				knownAuthorities: [`localhost:${emulator.port}`],
				...auth,
			},
			system: { networkClient: { sendGetRequestAsync: send, sendPostRequestAsync: send } },
		});
	}

	/** The emulator's authority is not among those of this process, so MSAL is lent a client that trusts it. */
	async function send<T>(
		url: string,
		options?: { headers?: Record<string, string>; body?: string },
	): Promise<{ headers: Record<string, string>; body: T; status: number }> {
		const { pathname, search } = new URL(url);
		const answer = await call(emulator, pathname + search, {
			...(options?.body !== undefined && { body: options.body }),
			...(options?.headers && { headers: options.headers }),
		});
		return { headers: {}, body: JSON.parse(answer.text) as T, status: answer.status };
	}

	test('gets a token with a secret', async () => {
		const app = client({ clientSecret: demo.clientSecret });
		const result = await app.acquireTokenByClientCredential({ scopes: [vivaScope] });
		expect(result?.accessToken).toBeTruthy();
	});

	test('gets a token with a certificate, SHA-256 and x5c as well as SHA-1', async () => {
		const { certificatePem, privateKeyPem } = emulator.appCertificate;
		const { raw } = new X509Certificate(certificatePem);
		const digest = (hash: string): string => createHash(hash).update(raw).digest('hex');
		for (const clientCertificate of [
			{ thumbprintSha256: digest('sha256'), privateKey: privateKeyPem, x5c: certificatePem },
			{ thumbprint: digest('sha1'), privateKey: privateKeyPem },
		]) {
			const app = client({ clientCertificate });
			expect((await app.acquireTokenByClientCredential({ scopes: [vivaScope] }))?.accessToken).toBeTruthy();
		}
	});

	test('reports a refusal with its code', async () => {
		const app = client({ clientSecret: 'wrong' });
		await expect(app.acquireTokenByClientCredential({ scopes: [vivaScope] })).rejects.toMatchObject({
			errorCode: 'invalid_client',
			errorNo: 7000215,
			status: 401,
		});
	});
});
