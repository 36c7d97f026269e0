import { generate } from 'selfsigned';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
	certificatePem: string;
	privateKeyPem: string;
}

/** What the emulator's HTTPS listener needs, and what a client must trust. */
export interface ServerIdentity extends KeyPair {
	/** the authority that signed the certificate; for NODE_EXTRA_CA_CERTS */
	caPem: string;
}

const year = 365 * 24 * 3_600_000;

/**
 * Makes a new authority and a certificate of it for 127.0.0.1, ::1 and the given names.
 * Nothing is kept: every start of the emulator has its own.
 * @param authorityName two authorities of the same name cannot be trusted by one process
 * @param names host names
 */
export async function makeServerIdentity(
	authorityName = 'Microsoft HR emulator authority',
	names: string[] = ['localhost'],
): Promise<ServerIdentity> {
	const validity = {
		notBeforeDate: new Date(Date.now() - 3_600_000),
		notAfterDate: new Date(Date.now() + year),
	};
	const authority = await generate([{ name: 'commonName', value: authorityName }], {
		...validity,
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
		],
	});
	const server = await generate([{ name: 'commonName', value: names[0] }], {
		...validity,
		keyType: 'ec',
		algorithm: 'sha256',
		ca: { key: authority.private, cert: authority.cert },
		extensions: [
			{ name: 'basicConstraints', cA: false, critical: true },
			{ name: 'keyUsage', digitalSignature: true, critical: true },
			{ name: 'extKeyUsage', serverAuth: true },
			{
				name: 'subjectAltName',
				altNames: [
					...names.map((value) => ({ type: 2 as const, value })),
					{ type: 7, ip: '127.0.0.1' },
					{ type: 7, ip: '::1' },
				],
			},
		],
	});
	return { certificatePem: server.cert, privateKeyPem: server.private, caPem: authority.cert };
}

/**
 * Makes a self-signed RSA certificate as an administrator would register it for an Entra app.
 * @param commonName name in the certificate
 * @param options `expired`: validity that ended yesterday
 */
export async function makeAppCertificate(
	commonName: string,
	options: { expired?: boolean } = {},
): Promise<KeyPair> {
	const end = options.expired === true ? Date.now() - 24 * 3_600_000 : Date.now() + year;
	const made = await generate([{ name: 'commonName', value: commonName }], {
		notBeforeDate: new Date(end - 2 * year),
		notAfterDate: new Date(end),
		keySize: 2048,
		algorithm: 'sha256',
	});
	return { certificatePem: made.cert, privateKeyPem: made.private };
}
