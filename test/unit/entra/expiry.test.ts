import { readEntraApp, type EntraApp, type EntraFields } from '../../../nodes/shared/entra/app';
import { expiryWarning } from '../../../nodes/shared/entra/expiry';
import { makePair } from './certificates';

const ID = '11111111-2222-4333-8444-555555555555';
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-27T12:00:00Z');
const read = (fields: Partial<EntraFields>): EntraApp =>
	readEntraApp({
		tenantId: ID,
		clientId: ID,
		authentication: 'clientSecret',
		clientSecret: 'planted~Secret',
		loginHost: 'login.microsoftonline.com',
		...fields,
	});
const secret = (expiresOn: string) => expiryWarning(read({ expiresOn }), NOW)?.meaning;

it('a secret is warned about in the 30 days before its date', () => {
	expect(secret('2026-12-28')).toBeUndefined();
	expect(secret('2026-12-27')).toBe('The client secret ends on 2026-12-27, in 29 days.');
	expect(secret(' 2026-11-29 ')).toBe('The client secret ends on 2026-11-29, in 1 day.');
	expect(secret('2026-11-28')).toBe('The client secret ends on 2026-11-28, in less than a day.');
	expect(secret('2026-11-01')).toBe('The client secret ended on 2026-11-01, by the date in the credential.');
});

it('a secret whose end nobody knows is not', () => {
	expect(secret('')).toBeUndefined();
	expect(expiryWarning(read({}), NOW)).toBeUndefined();
});

it.each(['31/01/2027', '2027-1-31', '2027-02-30', '2027-13-01', 'next year', '2027-01-31T00:00:00Z', '0'])(
	'the date %j is refused',
	(expiresOn) => {
		expect(() => read({ expiresOn })).toThrow("The date in 'Secret Expires On' is not understood.");
	},
);

it('a certificate is warned about in the 30 days before its end, by what it says itself', async () => {
	const { key, certificate } = await makePair('app', { toDays: 40 });
	const app = read({ authentication: 'certificate', privateKey: key, certificateChain: certificate });
	expect(expiryWarning(app, Date.now() + 9 * DAY)).toBeUndefined();
	const warning = expiryWarning(app, Date.now() + 11 * DAY);
	expect(warning?.meaning).toMatch(/^The certificate ends on \d{4}-\d\d-\d\d, in 2[89] days\.$/);
	expect(warning?.whatToDo).toContain('upload it to the app beside this one');
});

it('the certificate of the app counts, not that of its issuer', async () => {
	const root = await makePair('root', { toDays: 5 });
	const { key, certificate } = await makePair('leaf', { issuer: root, toDays: 90 });
	const app = read({
		authentication: 'certificate',
		privateKey: key,
		certificateChain: root.certificate + certificate,
	});
	expect(expiryWarning(app)).toBeUndefined();
});

it('a federated sign-in has nothing that ends', () => {
	const source = { kind: 'tokenFile', path: '/tokens/token' } as const;
	expect(expiryWarning({ ...read({}), proof: { kind: 'federated', source } }, NOW)).toBeUndefined();
});
