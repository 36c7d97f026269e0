import { createPrivateKey } from 'node:crypto';
import type { EntraFields } from '../nodes/shared/entra/app';
import type { Pair, PairOptions } from '../test/unit/entra/certificates';

/** Fields of a credential that cannot be used. */
export interface CredentialSample {
	behind: string;
	fields: Partial<EntraFields>;
	/** milliseconds since 1970 */
	now?: number;
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
	const fields = (behind: string, changes: Partial<EntraFields>): CredentialSample => ({
		behind,
		fields: { ...base, ...changes },
	});
	const proof = (behind: string, changes: Partial<EntraFields>): CredentialSample =>
		fields(behind, { ...certificate, ...changes });
	return [
		fields('the field *Tenant ID* is blank', { tenantId: '' }),
		fields('something that is neither an ID nor a domain name', { tenantId: 'our company' }),
		fields('a word of sign-in pages for people', { tenantId: 'common' }),
		fields('the field *Client ID* is blank', { clientId: '' }),
		fields('something that is no ID, for example the name of the app', { clientId: 'our app' }),
		fields('the field *Client Secret* is blank', { clientSecret: '' }),
		fields('the column *Secret ID* was copied', { clientSecret: ID }),
		fields('the field *Login Host* (cloud *Custom*) is blank', { loginHost: '' }),
		fields('an address without TLS', { loginHost: 'http://login.example.com' }),
		fields('an address with a path', { loginHost: 'https://login.example.com/tenant' }),
		proof('the field *Private Key* is blank', { privateKey: '', certificateChain: app.certificate }),
		proof('another kind of text, or a binary file', { privateKey: 'x' }),
		proof('the certificate was pasted into both fields', { privateKey: app.certificate }),
		proof('a key of `ssh-keygen`', { privateKey: LABELLED('OPENSSH PRIVATE KEY') }),
		proof('a part of the text is missing', { privateKey: LABELLED('PRIVATE KEY') }),
		proof('an encrypted key', { privateKey: encrypted }),
		proof('a wrong passphrase, or a damaged key', { privateKey: encrypted, passphrase: 'wrong' }),
		proof('an elliptic key', { privateKey: elliptic.key, certificateChain: elliptic.certificate }),
		proof('an old, short key', { privateKey: short.key, certificateChain: short.certificate }),
		proof('the field *Certificate* is blank', { certificateChain: '' }),
		proof('a binary file (`.cer`, `.der`)', { certificateChain: 'x' }),
		proof('the request that was sent to the authority', {
			certificateChain: LABELLED('CERTIFICATE REQUEST'),
		}),
		proof('a part of the text is missing', { certificateChain: LABELLED('CERTIFICATE') }),
		proof('key and certificate come from different pairs', { privateKey: other.key }),
		{ ...proof('its last day is over', {}), now: Date.now() + 400 * DAY },
		{ ...proof('its first day has not come, or a wrong clock', {}), now: Date.now() - 400 * DAY },
	];
}
