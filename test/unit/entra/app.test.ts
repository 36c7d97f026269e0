import { readEntraApp, type EntraFields } from '../../../nodes/shared/entra/app';
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
	[{ loginHost: 'http://login.example.com' }, "'Login Host' of the credential does not begin with https://"],
])('%j: %s', (more, words) => {
	expect(refusal(more).message).toContain(words);
});
