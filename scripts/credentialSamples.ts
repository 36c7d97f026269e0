import { createPrivateKey } from 'node:crypto';
import type { EntraFields } from '../nodes/shared/entra/app';
import {
	ALLOW,
	IDENTITY_HOST,
	TOKEN_FILE,
	type Environment,
} from '../nodes/shared/entra/federated/permission';
import type { Pair, PairOptions } from '../test/unit/entra/certificates';

/** Fields of a credential that cannot be used. */
export interface CredentialSample {
	fields: Partial<EntraFields>;
	/** milliseconds since 1970 */
	now?: number;
	/** of n8n, for a federated sign-in */
	environment?: Environment;
}

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const DAY = 86_400_000;
const LABELLED = (label: string) => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----`;

/**
 * Everything that can be wrong with the fields of a credential before anybody is asked.
 * @param makePair makes a key and a certificate
 */
export async function credentialSamples(
	makePair: (commonName: string, options?: PairOptions) => Promise<Pair>,
): Promise<CredentialSample[]> {
	const app = await makePair('app');
	const [other, elliptic, short] = await Promise.all([
		makePair('other'),
		makePair('elliptic', { keyType: 'ec' }),
		makePair('short', { keySize: 1024 }),
	]);
	const encrypted = String(
		createPrivateKey(app.key).export({
			type: 'pkcs8',
			format: 'pem',
			cipher: 'aes-256-cbc',
			passphrase: 'right',
		}),
	);
	const base: EntraFields = {
		tenantId: ID,
		clientId: ID,
		authentication: 'clientSecret',
		clientSecret: 'a value',
		loginHost: 'login.microsoftonline.com',
	};
	const certificate = {
		authentication: 'certificate' as const,
		privateKey: app.key,
		certificateChain: app.certificate,
	};
	const fields = (changes: Partial<EntraFields>): CredentialSample => ({ fields: { ...base, ...changes } });
	const proof = (changes: Partial<EntraFields>): CredentialSample => fields({ ...certificate, ...changes });
	const federated = (environment: Environment, changes: Partial<EntraFields> = {}): CredentialSample => ({
		...fields({ authentication: 'federated', ...changes }),
		environment,
	});
	const allowed = { [ALLOW]: 'true', [TOKEN_FILE]: '/tokens/token' };
	const identity = { federatedSource: 'managedIdentity' as const, identityClientId: ID };
	return [
		fields({ tenantId: '' }),
		fields({ tenantId: 'our company' }),
		fields({ tenantId: 'common' }),
		fields({ clientId: '' }),
		fields({ clientId: 'our app' }),
		fields({ clientSecret: '' }),
		fields({ clientSecret: ID }),
		fields({ expiresOn: '31/01/2027' }),
		fields({ loginHost: '' }),
		fields({ loginHost: 'http://login.example.com' }),
		fields({ loginHost: 'https://login.example.com/tenant' }),
		proof({ privateKey: '', certificateChain: app.certificate }),
		proof({ privateKey: 'x' }),
		proof({ privateKey: app.certificate }),
		proof({ privateKey: LABELLED('OPENSSH PRIVATE KEY') }),
		proof({ privateKey: LABELLED('PRIVATE KEY') }),
		proof({ privateKey: encrypted }),
		proof({ privateKey: encrypted, passphrase: 'wrong' }),
		proof({ privateKey: elliptic.key, certificateChain: elliptic.certificate }),
		proof({ privateKey: short.key, certificateChain: short.certificate }),
		proof({ certificateChain: '' }),
		proof({ certificateChain: 'x' }),
		proof({
			certificateChain: LABELLED('CERTIFICATE REQUEST'),
		}),
		proof({ certificateChain: LABELLED('CERTIFICATE') }),
		proof({ privateKey: other.key }),
		{ ...proof({}), now: Date.now() + 400 * DAY },
		{ ...proof({}), now: Date.now() - 400 * DAY },
		federated({}),
		federated(allowed, { loginHost: 'login.example.com' }),
		federated({ [ALLOW]: 'true' }),
		federated({ ...allowed, [TOKEN_FILE]: 'token' }),
		federated(allowed, { ...identity, identityClientId: '' }),
		federated(allowed, { ...identity, identityClientId: 'our identity' }),
		federated({ ...allowed, [IDENTITY_HOST]: 'nmi' }, identity),
	];
}
