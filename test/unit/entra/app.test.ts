import { assertMayUse, readEntraApp, type EntraFields } from '../../../nodes/shared/entra/app';
import { Problem } from '../../../nodes/shared/core/problem';
import { makePair } from './certificates';

const TENANT = '11111111-2222-4333-8444-555555555555';
const CLIENT = '99999999-8888-4777-8666-555555555555';
const fields: EntraFields = {
	tenantId: TENANT,
	clientId: CLIENT,
	authentication: 'clientSecret',
	clientSecret: 'planted~Secret',
	loginHost: 'login.microsoftonline.com',
};

function refusal(more: Partial<EntraFields>): Problem {
	try {
		readEntraApp({ ...fields, ...more });
	} catch (error) {
		if (!(error instanceof Problem)) throw new Error('not a Problem');
		expect(error.kind).toBe('configuration');
		expect(JSON.stringify(error) + error.message).not.toContain('planted');
		return error;
	}
	throw new Error('not refused');
}

it('drops blanks, quotes and braces round values', () => {
	const untidy = {
		...fields,
		tenantId: ` {${TENANT.toUpperCase()}}\n`,
		clientId: `"${CLIENT}"`,
		clientSecret: ' planted~Secret\n',
		loginHost: ' https://Login.microsoftonline.com/ ',
	};
	expect(readEntraApp(untidy)).toEqual({
		tenantId: TENANT,
		clientId: CLIENT,
		loginHost: 'login.microsoftonline.com',
		proof: { kind: 'secret', secret: 'planted~Secret' },
	});
});

it('takes a domain name for the tenant', () => {
	expect(readEntraApp({ ...fields, tenantId: 'Contoso.onmicrosoft.com' }).tenantId).toBe(
		'contoso.onmicrosoft.com',
	);
});

it('reads a certificate', async () => {
	const { key, certificate } = await makePair('app');
	const app = readEntraApp({
		...fields,
		authentication: 'certificate',
		privateKey: key,
		certificateChain: certificate,
	});
	expect(app.proof).toMatchObject({
		kind: 'certificate',
		certificate: { chain: [`${certificate.replaceAll('\r', '').trim()}\n`] },
	});
});

it.each<[Partial<EntraFields>, string]>([
	[{ tenantId: '' }, 'The tenant ID is blank.'],
	[{ tenantId: 'common' }, 'needs its own tenant'],
	[{ tenantId: 'contoso' }, 'neither an ID nor a domain name'],
	[{ tenantId: 'a/../b.com' }, 'neither an ID nor a domain name'],
	[{ tenantId: 'https://contoso.com' }, 'neither an ID nor a domain name'],
	[{ tenantId: TENANT.slice(1) }, 'neither an ID nor a domain name'],
	[{ clientId: '' }, 'The client ID is blank.'],
	[{ clientId: 'my app' }, 'The client ID is not an ID.'],
	[{ clientSecret: '' }, 'The client secret is blank.'],
	[{ clientSecret: undefined }, 'The client secret is blank.'],
	[{ clientSecret: ` ${TENANT} ` }, 'looks like the ID of a secret, not like its value'],
	[{ authentication: 'certificate' }, 'The private key is blank.'],
	[{ authentication: 'federated' }, 'This n8n does not allow credentials to sign in as n8n itself.'],
	[{ loginHost: 'http://login.example.com' }, "'Login Host' of the credential does not begin with https://"],
])('%j: %s', (more, words) => {
	expect(refusal(more).message).toContain(words);
});

describe('a federated sign-in', () => {
	const federated: EntraFields = { ...fields, authentication: 'federated', clientSecret: undefined };
	const allowed = {
		N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true',
		AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/azure/tokens/azure-identity-token',
	};
	const IDENTITY: Partial<EntraFields> = {
		federatedSource: 'managedIdentity',
		identityClientId: ` {${CLIENT}}`,
	};
	const read = (more: Partial<EntraFields>, environment: Record<string, string | undefined> = {}) =>
		readEntraApp({ ...federated, ...more }, undefined, { ...allowed, ...environment });

	it('reads the path of the token file from the environment alone', () => {
		expect(read({}).proof).toEqual({
			kind: 'federated',
			source: { kind: 'tokenFile', path: allowed.AZURE_FEDERATED_TOKEN_FILE },
		});
	});

	it('reads the managed identity, which needs no token file', () => {
		expect(read(IDENTITY, { AZURE_FEDERATED_TOKEN_FILE: undefined }).proof).toEqual({
			kind: 'federated',
			source: {
				kind: 'managedIdentity',
				clientId: CLIENT,
				address: 'http://169.254.169.254/metadata/identity/oauth2/token',
			},
		});
	});

	it.each([undefined, '', 'false', '1', 'yes', 'TRUE'])(
		'is refused while the switch of the administrator is %j',
		(value) => {
			for (const source of [{}, IDENTITY]) {
				expect(() => read(source, { N8N_MICROSOFT_HR_ALLOW_FEDERATED: value })).toThrow(
					expect.objectContaining({
						message: 'This n8n does not allow credentials to sign in as n8n itself.',
						advice: expect.stringContaining('N8N_MICROSOFT_HR_ALLOW_FEDERATED to true'),
					}),
				);
			}
		},
	);

	it.each<[Partial<EntraFields>, Record<string, string | undefined>, string]>([
		[{}, { AZURE_FEDERATED_TOKEN_FILE: undefined }, 'AZURE_FEDERATED_TOKEN_FILE is not set'],
		[{}, { AZURE_FEDERATED_TOKEN_FILE: 'tokens/token' }, 'AZURE_FEDERATED_TOKEN_FILE is not absolute'],
		[{ ...IDENTITY, identityClientId: '' }, {}, 'The client ID of the managed identity is blank.'],
		[
			{ ...IDENTITY, identityClientId: 'my identity' },
			{},
			'The client ID of the managed identity is not an ID.',
		],
		[IDENTITY, { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'nmi' }, 'holds no http address'],
	])('%j with %j: %s', (more, environment, words) => {
		expect(() => read(more, environment)).toThrow(words);
	});

	it.each(['login.example', 'login.microsoftonline.com.evil.example', 'login.microsoftonline.com:8443'])(
		'gives no token to the login host %s, which only the credential names',
		(loginHost) => {
			for (const source of [{}, IDENTITY]) {
				expect(() => read({ ...source, loginHost })).toThrow(
					expect.objectContaining({
						message: `A federated sign-in may not use the host ${loginHost}.`,
						advice: expect.stringContaining('N8N_MICROSOFT_HR_FEDERATED_HOSTS'),
					}),
				);
			}
			const environment = { N8N_MICROSOFT_HR_FEDERATED_HOSTS: `other.example, ${loginHost.toUpperCase()}` };
			expect(read({ loginHost }, environment).loginHost).toBe(loginHost);
		},
	);

	it.each(['https://evil.example/v1.0', 'https://api.orginsights.viva.office.com:8443/v1.0'])(
		'sends nothing to %s unless the administrator lists it; a secret may go there',
		(address) => {
			expect(() => assertMayUse(read({}), address, allowed)).toThrow('may not use the host');
			const environment = { N8N_MICROSOFT_HR_FEDERATED_HOSTS: new URL(address).host };
			expect(() => assertMayUse(read({}), address, environment)).not.toThrow();
			expect(() => assertMayUse(readEntraApp(fields), address, {})).not.toThrow();
		},
	);

	it.each([
		'https://api.orginsights.viva.office.com/v1.0',
		'https://webhook.ingestion.office.com/api/signals',
		'https://webhook-itarl5.ingestion.apps.mil/api/signals',
		'https://login.microsoftonline.us',
	])('uses %s, a host of a cloud of Microsoft', (address) => {
		expect(() => assertMayUse(read({}), address, {})).not.toThrow();
	});
});
