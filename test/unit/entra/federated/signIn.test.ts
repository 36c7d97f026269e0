import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWTPayload } from 'jose';
import { readEntraApp, type EntraApp, type EntraFields } from '../../../../nodes/shared/entra/app';
import { AUDIENCES } from '../../../../nodes/shared/entra/clouds';
import { createTokenSource } from '../../../../nodes/shared/entra/token';
import { systemClock, type RetryClock } from '../../../../nodes/shared/http/retry';
import { createSend } from '../../../../nodes/shared/http/transport/send';
import { demo, exchangeAudience, startEmulator, type Emulator } from '../../../emulator/emulator';
import { startIdentityService, type IdentityService } from '../../../emulator/identityService';
import { problemOf } from '../../../helpers/thrownBy';

const folder = mkdtempSync(join(tmpdir(), 'federated-'));
const path = join(folder, 'token');
let emulator: Emulator;
let service: IdentityService;
let token: string;
const clock: RetryClock & { offset: number } = {
	...systemClock,
	offset: 0,
	now: () => Date.now() + clock.offset,
	sleep: async (_, signal) => await systemClock.sleep(1, signal),
};

beforeAll(async () => {
	emulator = await startEmulator();
	service = await startIdentityService(
		emulator.issuer,
		[{ tenantId: demo.tenantId, clientId: demo.identityClientId, objectId: demo.identityObjectId }],
		3_600,
	);
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await Promise.all([emulator.close(), service.close()]);
	rmSync(folder, { recursive: true });
});
beforeEach(async () => {
	emulator.reset();
	service.requests.splice(0);
	clock.offset = 0;
	await mount();
});

/** Puts a token of the service account there. */
async function mount(changes: JWTPayload = {}): Promise<void> {
	token = await emulator.issuer.issue({
		iss: demo.federatedIssuer,
		sub: demo.federatedSubject,
		aud: [exchangeAudience],
		...changes,
	});
	writeFileSync(path, `${token}\n`);
}

function app(changes: Partial<EntraFields> = {}): EntraApp {
	const fields: EntraFields = {
		tenantId: demo.tenantId,
		clientId: demo.clientId,
		authentication: 'federated',
		loginHost: emulator.origin,
		...changes,
	};
	return readEntraApp(fields, undefined, {
		N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true',
		N8N_MICROSOFT_HR_FEDERATED_HOSTS: `localhost:${emulator.port}`,
		AZURE_FEDERATED_TOKEN_FILE: path,
		AZURE_POD_IDENTITY_AUTHORITY_HOST: service.origin,
	});
}
const identity = () => app({ federatedSource: 'managedIdentity', identityClientId: demo.identityClientId });
const source = () => createTokenSource({ send: createSend({ ca: [emulator.caPem()] }).send, clock });
const audience = AUDIENCES.viva.value;
const failure = async (asked: EntraApp = app()) =>
	await problemOf(source().getToken(asked, audience), [token, 'client_assertion']);

it('with a token file, read at each request', async () => {
	const tokens = source();
	const first = await tokens.getToken(app(), audience);
	await mount({ sub: 'system:serviceaccount:hr:other' });
	expect(await tokens.getToken(app(), audience)).toBe(first);
	await problemOf(tokens.getToken(app(), audience, { renew: true }), [token]);
	await mount();
	expect((await tokens.getToken(app(), audience, { renew: true })).value).not.toBe(first.value);
});

describe('with a managed identity', () => {
	it('whose token is kept for all requests until five minutes before its end', async () => {
		const tokens = source();
		await tokens.getToken(identity(), audience);
		await tokens.getToken(identity(), AUDIENCES.purview.value);
		clock.offset = (3_600 - 310) * 1000;
		await tokens.getToken(identity(), audience, { renew: true });
		expect(service.requests).toHaveLength(1);
		clock.offset = (3_600 - 290) * 1000;
		await tokens.getToken(identity(), audience, { renew: true });
		expect(service.requests).toHaveLength(2);
		expect(emulator.tokensIssued).toBe(4);
	});

	it('whose token is asked for again when Entra has refused it, and when all are forgotten', async () => {
		const tokens = source();
		const stranger = { ...identity(), clientId: demo.strangerClientId };
		await problemOf(tokens.getToken(stranger, audience));
		await tokens.getToken(identity(), audience);
		expect(service.requests).toHaveLength(2);
		tokens.forget();
		await tokens.getToken(identity(), audience);
		expect(service.requests).toHaveLength(3);
	});

	it('whose token is kept while Entra is overloaded', async () => {
		emulator.fault({ service: 'token', times: 2, action: { kind: 'status', status: 503 } });
		await source().getToken(identity(), audience);
		expect(service.requests).toHaveLength(1);
	});
});

it('an access token belongs to its proof: none serves another kind', async () => {
	const tokens = source();
	const secret = app({ authentication: 'clientSecret', clientSecret: demo.clientSecret });
	const { privateKeyPem, certificatePem } = emulator.appCertificate;
	const certificate = app({
		authentication: 'certificate',
		privateKey: privateKeyPem,
		certificateChain: certificatePem,
	});
	const values = new Set<string>();
	for (const one of [app(), identity(), secret, certificate, app()]) {
		values.add((await tokens.getToken(one, audience)).value);
	}
	expect([values.size, emulator.tokensIssued]).toEqual([4, 4]);
});

describe('what is wrong with the proof reaches the user as it is', () => {
	it.each<[string, () => void, string]>([
		['a file that is not there', () => rmSync(path), 'does not exist'],
		['a file without a token', () => writeFileSync(path, 'planted words'), 'holds no token'],
		['a blank file', () => writeFileSync(path, ''), 'holds no token'],
	])('%s', async (_, spoil, words) => {
		spoil();
		const { kind, message } = await failure();
		expect([kind, message]).toEqual(['configuration', expect.stringContaining(words)]);
		expect(message).toMatch(/^The token file that AZURE_FEDERATED_TOKEN_FILE names /);
	});

	it('an identity that the machine does not have', async () => {
		const other = app({ federatedSource: 'managedIdentity', identityClientId: demo.clientId });
		expect((await failure(other)).message).toContain('gave no token of the managed identity');
		expect(service.requests).toHaveLength(1);
	});
});

describe('a token that Entra does not take', () => {
	it.each<[string, JWTPayload, string, string]>([
		['subject', { sub: 'system:serviceaccount:hr:other' }, '700213', 'system:serviceaccount:hr:other'],
		[
			'issuer',
			{ iss: 'https://oidc.cluster.example/9f1e2d3c' },
			'700211',
			'https://oidc.cluster.example/9f1e2d3c',
		],
		['audience', { aud: ['sts.example'] }, '700212', 'sts.example'],
	])('for its %s, which the sentence names', async (name, claims, code, value) => {
		await mount(claims);
		const { kind, message, details } = await failure();
		expect([kind, message, details.microsoftCode]).toEqual([
			'token',
			`The app has no federated credential for the ${name} '${value}' of this n8n's token.`,
			`AADSTS${code}`,
		]);
	});

	it('because it has expired', async () => {
		await mount({ nbf: 1_000, exp: 2_000 });
		const { message, advice } = await failure();
		expect(message).toBe('The token that proves the app had expired, or was not valid yet.');
		expect(advice).toContain('Kubernetes must renew the token file');
	});

	it('because it is signed by somebody else', async () => {
		writeFileSync(path, `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`);
		expect((await failure()).message).toBe(
			'Entra could not verify the signature of the token that proves the app.',
		);
	});

	it('because it names a person in what it says of itself', async () => {
		await mount({ sub: 'ann@contoso.com' });
		expect((await failure()).message).toContain("the subject '[address]'");
	});
});
