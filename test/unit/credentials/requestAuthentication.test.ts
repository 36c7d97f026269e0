import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import {
	authenticatePurview,
	authenticateViva,
} from '../../../nodes/shared/n8n/credentials/requestAuthentication';
import { demo } from '../../emulator/emulator';
import { setEnvironment } from '../../helpers/environment';

const VIVA = 'https://api.orginsights.viva.office.com';
const sound: ICredentialDataDecryptedObject = {
	tenantId: demo.tenantId,
	clientId: demo.clientId,
	authentication: 'clientSecret',
	clientSecret: demo.clientSecret,
	cloud: 'worldwide',
};
const gateway = {
	...sound,
	cloud: 'custom',
	loginHost: 'login.gateway.example',
	apiBaseUrl: 'https://api.gateway.example:8443/v1.0',
};
const ask = async (request: object, data: ICredentialDataDecryptedObject = sound) => {
	const asked: string[] = [];
	const outcome = await authenticateViva(data, request as IHttpRequestOptions, async (_, audience) => {
		asked.push(audience);
		return 'planted-token';
	}).catch((error: Error & { description?: string }) => error);
	return { asked, outcome };
};

describe('a request of HTTP Request', () => {
	it.each([
		['in the older form', { uri: `${VIVA}/v1.0/ping` }],
		['in the newer form', { url: `${VIVA}/v1.0/ping` }],
		['with a base address', { baseURL: `${VIVA}/v1.0/`, url: 'ping' }],
	])('to the service gets the token, %s', async (_, request) => {
		const { asked, outcome } = await ask({ ...request, headers: { authorization: 'own', Accept: '*/*' } });
		expect(asked).toHaveLength(1);
		expect(outcome).toMatchObject({
			headers: { Accept: '*/*', Authorization: 'Bearer planted-token' },
			followRedirect: false,
			maxRedirects: 0,
		});
		expect(outcome).not.toHaveProperty('headers.authorization');
	});

	it.each([
		['another host', { uri: 'https://example.com/v1.0/ping' }],
		['the service without TLS', { uri: VIVA.replace('https', 'http') }],
		['another port of it', { uri: `${VIVA}:8443/` }],
		['a host that begins like it', { uri: `${VIVA}.example.com/` }],
		['a user name that looks like it', { uri: `${VIVA}@example.com/` }],
		['an address below a base of it that is whole', { baseURL: VIVA, url: 'https://example.com/' }],
		['nothing', {}],
	])('to %s is refused, and no token is asked for', async (_, request) => {
		const { asked, outcome } = await ask(request);
		expect(asked).toEqual([]);
		expect(outcome).toMatchObject({
			message: expect.stringContaining(`This credential signs in to ${VIVA} only, so nothing was sent to`),
			description: expect.stringContaining(`Use an address that begins with ${VIVA}/`),
		});
	});

	it('with a federated sign-in needs the administrator, who trusts the hosts too', async () => {
		const federated = { ...sound, authentication: 'federated' };
		const refused = { asked: [], outcome: expect.any(Error) };
		const request = { uri: `${VIVA}/v1.0/ping` };
		setEnvironment({
			N8N_MICROSOFT_HR_ALLOW_FEDERATED: undefined,
			AZURE_FEDERATED_TOKEN_FILE: '/tokens/token',
		});
		expect(await ask(request, federated)).toEqual(refused);
		setEnvironment({ N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true' });
		expect((await ask(request, federated)).asked).toHaveLength(1);
		const elsewhere = { ...gateway, authentication: 'federated', loginHost: 'login.microsoftonline.com' };
		const { asked, outcome } = await ask({ uri: `${gateway.apiBaseUrl}/ping` }, elsewhere);
		expect([asked, outcome]).toEqual([
			[],
			expect.objectContaining({
				message: expect.stringContaining('may not use the host api.gateway.example:8443'),
			}),
		]);
	});

	it('of Purview goes to the cloud of the credential only', async () => {
		const gcc = { ...sound, cloud: 'gcc' };
		const token = async () => 'planted-token';
		const address = (cloud: string) => ({ url: `https://${cloud}/api/signals?jobid=1` });
		await expect(
			authenticatePurview(gcc, address('webhook-gcc.ingestion.office365.us'), token),
		).resolves.toHaveProperty('headers.Authorization', 'Bearer planted-token');
		await expect(authenticatePurview(gcc, address('webhook.ingestion.office.com'), token)).rejects.toThrow(
			'nothing was sent to https://webhook.ingestion.office.com',
		);
	});

	describe("where n8n's protection of its own network is on", () => {
		afterEach(() => {
			delete process.env.N8N_SSRF_PROTECTION_ENABLED;
			delete process.env.N8N_SSRF_ALLOWED_HOSTNAMES;
		});
		const request = { uri: 'https://api.gateway.example:8443/v1.0/ping' };

		it('a login host that it does not name gets no secret', async () => {
			expect((await ask(request, gateway)).asked).toHaveLength(1);
			process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
			const { asked, outcome } = await ask(request, gateway);
			expect(asked).toEqual([]);
			expect(outcome).toHaveProperty(
				'message',
				expect.stringContaining('does not name the login host login.gateway.example'),
			);
			process.env.N8N_SSRF_ALLOWED_HOSTNAMES = 'x.example, login.gateway.example';
			expect((await ask(request, gateway)).asked).toHaveLength(1);
		});
	});
});
