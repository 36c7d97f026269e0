import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NodeHelpers, type ICredentialType, type INodeProperties } from 'n8n-workflow';
import { PurviewHrApi } from '../../../credentials/PurviewHrApi.credentials';
import { VivaHrApi } from '../../../credentials/VivaHrApi.credentials';
import { readPurviewCredential, readVivaCredential } from '../../../nodes/shared/n8n/credentials/credentials';
import { Problem } from '../../../nodes/shared/core/problem';
import { setEnvironment } from '../../helpers/environment';

const TENANT = '11111111-2222-4333-8444-555555555555';
const CLIENT = '99999999-8888-4777-8666-555555555555';
const sound = { tenantId: TENANT, clientId: CLIENT, clientSecret: 'planted~Secret' };
const types: ICredentialType[] = [new VivaHrApi(), new PurviewHrApi()];

function refusal(call: () => unknown): Problem {
	try {
		call();
	} catch (error) {
		if (error instanceof Problem) return error;
	}
	throw new Error('not refused');
}

/** Labels of the fields that a person sees with these values. */
function visible(type: ICredentialType, values: Record<string, string>): string[] {
	const all = { ...defaultsOf(type), ...values };
	return type.properties
		.filter((field) => NodeHelpers.displayParameter(all, field, null, null))
		.map(({ displayName }) => displayName);
}

function defaultsOf(type: ICredentialType): Record<string, string> {
	return Object.fromEntries(type.properties.map(({ name, default: value }) => [name, String(value)]));
}

describe('Viva HR API', () => {
	it('needs only tenant, client and secret', () => {
		expect(readVivaCredential(sound)).toEqual({
			app: {
				tenantId: TENANT,
				clientId: CLIENT,
				loginHost: 'login.microsoftonline.com',
				proof: { kind: 'secret', secret: 'planted~Secret' },
			},
			baseUrl: 'https://api.orginsights.viva.office.com/v1.0',
			audience: '9d827643-d003-4cca-9dc8-71213a8f1644',
		});
	});

	it('reads what its own form gives', () => {
		expect(readVivaCredential({ ...defaultsOf(types[0]), ...sound })).toEqual(readVivaCredential(sound));
	});

	it('takes addresses of its own, a scale unit and the other audience', () => {
		const custom = readVivaCredential({
			...sound,
			cloud: 'custom',
			loginHost: ' https://localhost:8443/ ',
			apiBaseUrl: 'https://localhost:8443//v1.0/',
			scaleUnit: ' novaprdwus2-01 ',
			audience: 'https://api.orginsights.viva.office.com',
		});
		expect(custom.app.loginHost).toBe('localhost:8443');
		expect(custom).toMatchObject({
			baseUrl: 'https://localhost:8443/v1.0',
			scaleUnit: 'novaprdwus2-01',
			audience: 'https://api.orginsights.viva.office.com',
		});
	});

	it('does not use custom addresses that are left over when the cloud is the worldwide one', () => {
		const left = {
			...sound,
			cloud: 'worldwide',
			loginHost: 'evil.example',
			apiBaseUrl: 'https://evil.example',
		};
		expect(readVivaCredential(left)).toEqual(readVivaCredential(sound));
	});

	it.each([
		[{ tenantId: 'contoso.com' }, 'Viva needs its ID'],
		[
			{ cloud: 'custom', loginHost: '', apiBaseUrl: 'https://a.example' },
			"'Login Host' of the credential is blank",
		],
		[
			{ cloud: 'custom', loginHost: 'a.example', apiBaseUrl: '' },
			"'API Base URL' of the credential is blank",
		],
		[
			{ cloud: 'custom', loginHost: 'a.example', apiBaseUrl: 'http://a.example' },
			'does not begin with https://',
		],
		[{ clientSecret: '' }, 'The client secret is blank.'],
		[{ authentication: 'certificate' }, 'The private key is blank.'],
		[{ tenantId: 5 as unknown as string }, 'The tenant ID is neither an ID nor a domain name.'],
		[{ tenantId: null as unknown as string }, "'Tenant ID' is nothing (null) instead of a text."],
		[{ authentication: 'Certificate' }, "'Authentication' is a text that is none of its values."],
		[{ audience: 'api://x' }, "'Audience' is a text that is none of its values."],
	])('%j: %s', (more, words) => {
		const caught = refusal(() => readVivaCredential({ ...sound, ...more }));
		expect([caught.kind, caught.message]).toEqual(['configuration', expect.stringContaining(words)]);
	});
});

describe('Purview HR API', () => {
	it.each([
		['worldwide', 'login.microsoftonline.com', 'https://webhook.ingestion.office.com/api/signals'],
		['gcc', 'login.microsoftonline.com', 'https://webhook-gcc.ingestion.office365.us/api/signals'],
		['gccHigh', 'login.microsoftonline.us', 'https://webhook-itarl4.ingestion.office365.us/api/signals'],
		['dod', 'login.microsoftonline.us', 'https://webhook-itarl5.ingestion.apps.mil/api/signals'],
	])('%s', (cloud, loginHost, signalsUrl) => {
		expect(readPurviewCredential({ ...sound, cloud })).toMatchObject({
			app: { loginHost },
			signalsUrl,
			audience: 'https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1',
		});
	});

	it('worldwide unless told, custom with its own addresses, and no other cloud', () => {
		expect(readPurviewCredential({ ...sound, tenantId: 'contoso.com' }).signalsUrl).toBe(
			'https://webhook.ingestion.office.com/api/signals',
		);
		const custom = {
			...sound,
			cloud: 'custom',
			loginHost: 'a.example',
			signalsUrl: 'https://b.example/api/signals/',
		};
		expect(readPurviewCredential(custom)).toMatchObject({
			app: { loginHost: 'a.example' },
			signalsUrl: 'https://b.example/api/signals',
		});
		expect(refusal(() => readPurviewCredential({ ...custom, signalsUrl: '' })).message).toContain(
			"'Signals URL'",
		);
		for (const cloud of ['mars', 'constructor', 'Custom', 'custom ', '']) {
			for (const read of [readPurviewCredential, readVivaCredential]) {
				expect(refusal(() => read({ ...sound, cloud })).message).toMatch(/^'Cloud' is .* none of its values/);
			}
		}
	});
});

describe('a federated sign-in', () => {
	const federated = { ...sound, authentication: 'federated', clientSecret: '' };
	const custom = {
		...federated,
		cloud: 'custom',
		loginHost: 'login.microsoftonline.com',
		apiBaseUrl: 'https://gateway.example/v1.0',
		signalsUrl: 'https://gateway.example/api/signals',
	};
	beforeEach(() =>
		setEnvironment({
			N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true',
			N8N_MICROSOFT_HR_FEDERATED_HOSTS: undefined,
			AZURE_FEDERATED_TOKEN_FILE: '/tokens/token',
		}),
	);

	it.each([readVivaCredential, readPurviewCredential])('%p: from the file, unless told', (read) => {
		expect(read(federated).app.proof).toEqual({
			kind: 'federated',
			source: { kind: 'tokenFile', path: '/tokens/token' },
		});
		setEnvironment({ N8N_MICROSOFT_HR_ALLOW_FEDERATED: undefined });
		expect(refusal(() => read(federated)).message).toContain('does not allow credentials to sign in');
	});

	it.each([readVivaCredential, readPurviewCredential])('%p: to no address of its author', (read) => {
		expect(refusal(() => read(custom)).message).toContain('may not use the host gateway.example');
		setEnvironment({ N8N_MICROSOFT_HR_FEDERATED_HOSTS: 'gateway.example' });
		expect(read(custom).app.proof.kind).toBe('federated');
	});

	it('from no place that the panel does not list', () => {
		expect(refusal(() => readVivaCredential({ ...federated, federatedSource: '/etc/passwd' })).message).toBe(
			"'Identity' is a text that is none of its values.",
		);
	});
});

describe.each(types.map((type) => [type.displayName, type] as const))('the form of %s', (_, type) => {
	it('shows a newcomer few fields', () => {
		const first = visible(type, {});
		expect(first.slice(0, 5)).toEqual([
			'Tenant ID',
			'Client ID',
			'Authentication',
			'Client Secret',
			'Secret Expires On',
		]);
		expect(first.length).toBeLessThanOrEqual(8);
		const withCertificate = visible(type, { authentication: 'certificate' });
		expect(withCertificate).toEqual(expect.arrayContaining(['Private Key', 'Passphrase', 'Certificate']));
		expect(withCertificate).not.toContain('Client Secret');
		const federated = visible(type, { authentication: 'federated' });
		expect(federated.slice(0, 4)).toEqual(['Tenant ID', 'Client ID', 'Authentication', 'Identity']);
		expect(federated).not.toContain('Client ID of the Identity');
		expect(visible(type, { authentication: 'federated', federatedSource: 'managedIdentity' })).toContain(
			'Client ID of the Identity',
		);
		expect(visible(type, { cloud: 'custom' })).toContain('Login Host');
	});

	it('hides what is secret, and has labels, names and icons', () => {
		const secrets = type.properties.filter(({ name }) => /secret|key|passphrase/i.test(name));
		expect(secrets.length).toBe(3);
		for (const field of secrets) expect(field.typeOptions?.password).toBe(true);
		expect(new Set(type.properties.map(({ name }) => name)).size).toBe(type.properties.length);
		expect(type.displayName).toMatch(/ API$/);
		const { light, dark } = type.icon as { light: string; dark: string };
		for (const icon of [light, dark]) {
			const path = resolve(__dirname, '../../../credentials', icon.replace('file:', ''));
			expect(existsSync(path)).toBe(true);
			expect(readFileSync(path, 'utf8')).toMatch(/^<svg [^>]*viewBox="0 0 60 60"/);
		}
		expect(light).not.toBe(dark);
	});

	it('has one set of fields for signing in', () => {
		const shared = (one: ICredentialType): INodeProperties[] => one.properties.slice(0, 10);
		expect(shared(type)).toEqual(shared(types[0]));
	});
});

it('package.json names both files', () => {
	const { n8n } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
		n8n: { credentials: string[] };
	};
	expect(n8n.credentials).toEqual([
		'dist/credentials/VivaHrApi.credentials.js',
		'dist/credentials/PurviewHrApi.credentials.js',
	]);
});
