import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { decodeJwt, type JWTPayload } from 'jose';
import { demo, exchangeAudience, startEmulator, type Emulator } from '../emulator';
import { startIdentityService, type IdentityService } from '../identityService';
import { startIssuer } from '../issuer';
import type { FederatedCredentialSetup } from '../model';
import { askToken } from './client';

const spreadingClientId = '8a7b6c5d-4e3f-4a2b-9c1d-0e9f8a7b6c5d';
const trusted = { issuer: demo.federatedIssuer, subject: demo.federatedSubject, audience: exchangeAudience };
const otherTenant = '11111111-2222-4333-8444-555555555555';
let emulator: Emulator;
beforeAll(async () => {
	const viva = { hrConnector: null };
	const apps = [{ clientId: spreadingClientId, federatedCredentials: [{ ...trusted, spreading: true }] }];
	emulator = await startEmulator({ tenants: [{ tenantId: otherTenant, apps, viva }] });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
});

const right: JWTPayload = { iss: trusted.issuer, sub: trusted.subject, aud: trusted.audience };

/** The code of a refusal, or `token`. */
async function codeOf(assertion: string, app: { clientId?: string; tenantId?: string } = {}) {
	const fields = {
		client_id: app.clientId ?? demo.clientId,
		client_secret: undefined,
		client_assertion: assertion,
		client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
	};
	const answer = await askToken(emulator, fields, app.tenantId);
	const body = JSON.parse(answer.text) as { access_token?: string; error?: string; error_codes?: number[] };
	if (body.access_token !== undefined) return 'token';
	expect(body.error).toBe('invalid_client');
	return body.error_codes?.[0];
}

describe('a token of another issuer (D3, D5)', () => {
	it('of the issuer, subject and audience of a federated credential is taken', async () => {
		expect(await codeOf(await emulator.issuer.issue(right))).toBe('token');
		expect(await codeOf(await emulator.issuer.issue({ ...right, aud: [exchangeAudience] }))).toBe('token');
	});

	it.each<[string, number, JWTPayload]>([
		['of another issuer', 700211, { iss: 'https://other.example/' }],
		['of the issuer without its slash', 700211, { iss: trusted.issuer.slice(0, -1) }],
		['of another subject', 700213, { sub: 'system:serviceaccount:hr:other' }],
		['of the subject in capitals', 700213, { sub: trusted.subject.toUpperCase() }],
		['of another audience', 700212, { aud: 'sts.example' }],
		['of two audiences', 700212, { aud: [exchangeAudience, 'sts.example'] }],
		['of no audience', 700212, { aud: undefined }],
		['that has expired', 700024, { nbf: 1_000, exp: 2_000 }],
		['that begins in a day', 700024, { nbf: Math.round(Date.now() / 1000) + 86_400 }],
		['of a person', 700229, { scp: 'User.Read' }],
	])('%s gets %s', async (_, code, claims) => {
		expect(await codeOf(await emulator.issuer.issue({ ...right, ...claims }))).toBe(code);
		expect(emulator.tokensIssued).toBe(0);
	});

	it('signed by somebody else, or by another algorithm than RS256, gets 700027', async () => {
		expect(await codeOf(await startIssuer().issue(right))).toBe(700027);
		expect(await codeOf(await emulator.issuer.issue(right, 'PS256'))).toBe(700027);
	});

	it('of an app without federated credentials gets 700211', async () => {
		const app = { clientId: demo.strangerClientId };
		expect(await codeOf(await emulator.issuer.issue(right), app)).toBe(700211);
	});

	it('gets 70021 while a new federated credential spreads', async () => {
		const app = { clientId: spreadingClientId, tenantId: otherTenant };
		expect(await codeOf(await emulator.issuer.issue(right), app)).toBe(70021);
	});
});

describe('federated credentials of an app (D5)', () => {
	const added = (federatedCredentials: FederatedCredentialSetup[]) => () =>
		emulator.addTenant({
			tenantId: otherTenant,
			apps: [{ clientId: demo.clientId, federatedCredentials }],
		});
	const many = (count: number) =>
		Array.from({ length: count }, (_, at) => ({ ...trusted, subject: `s${at}` }));

	it('are at most 20, with issuer and subject once, and at most 600 characters a value', () => {
		expect(added(many(20))).not.toThrow();
		expect(added(many(21))).toThrow('more than 20');
		expect(added([trusted, { ...trusted, audience: 'other' }])).toThrow('one issuer and subject');
		expect(added([{ ...trusted, subject: 'x'.repeat(600) }])).not.toThrow();
		expect(added([{ ...trusted, subject: 'x'.repeat(601) }])).toThrow('600 characters');
		expect(added([{ ...trusted, issuer: '' }])).toThrow('600 characters');
	});
});

describe('the identity service of a machine (D5)', () => {
	let service: IdentityService;
	beforeAll(async () => {
		service = await startIdentityService(emulator.issuer, [
			{ tenantId: demo.tenantId, clientId: demo.identityClientId, objectId: demo.identityObjectId },
		]);
	});
	afterAll(async () => await service.close());

	const usual = { 'api-version': '2018-02-01', resource: exchangeAudience, client_id: demo.identityClientId };
	async function ask(
		query: Record<string, string> = {},
		headers: Record<string, string> = { metadata: 'true' },
		path = '/metadata/identity/oauth2/token',
	) {
		const search = new URLSearchParams({ ...usual, ...query });
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			request(`${service.origin}${path}?${search}`, { headers, agent: false }, resolve)
				.on('error', reject)
				.end();
		});
		return { status: answer.statusCode, body: JSON.parse(await text(answer)) as Record<string, string> };
	}

	it('gives a token that Entra takes as proof of the app', async () => {
		const { status, body } = await ask();
		expect([status, body]).toEqual([
			200,
			expect.objectContaining({
				expires_on: expect.stringMatching(/^\d{10}$/),
				resource: exchangeAudience,
				token_type: 'Bearer',
			}),
		]);
		expect(decodeJwt(body.access_token).exp).toBe(Number(body.expires_on));
		expect(await codeOf(body.access_token)).toBe('token');
	});

	it.each<[string, number, Parameters<typeof ask>]>([
		['without the header', 400, [{}, {}]],
		['of another version', 400, [{ 'api-version': '2017-09-01' }]],
		['without a resource', 400, [{ resource: '' }]],
		['for an identity that the machine does not have', 400, [{ client_id: demo.clientId }]],
		['at another path', 404, [{}, { metadata: 'true' }, '/metadata/instance']],
	])('refuses a request %s', async (_, status, asked) => {
		expect((await ask(...asked)).status).toBe(status);
	});
});
