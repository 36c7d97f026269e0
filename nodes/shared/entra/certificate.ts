import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { problem, type Problem } from '../core/problem';
import { pemBlocks, type PemBlock } from './pem';

/** A certificate ready to sign in with. */
export interface AppCertificate {
	/** the private key, unencrypted PKCS#8 PEM */
	privateKey: string;
	/** PEM certificates: the app's own first, then its issuers in order, as far as they were given */
	chain: string[];
	/** SHA-256 thumbprint of the app's certificate, 64 upper-case hex digits */
	thumbprintSha256: string;
	/** SHA-1 thumbprint, 40 upper-case hex digits: what the Entra admin center shows */
	thumbprintSha1: string;
	/** when the app's certificate ends, in milliseconds since 1970 */
	validTo: number;
}

/** What a person pasted. */
export interface CertificateFields {
	privateKey: string;
	passphrase?: string;
	certificateChain: string;
}

/** Smaller keys are refused by the signing that Entra expects, PS256 (source D2). */
const MIN_KEY_BITS = 2048;

/**
 * Reads a private key and its certificates as people paste them, and checks all that can be checked without asking
 * Entra: that both can be read, belong together, and are valid today.
 * @param now the present time, in milliseconds since 1970
 * @throws Problem `configuration` that says what is wrong and what to do
 */
export function readCertificate(fields: CertificateFields, now: number = Date.now()): AppCertificate {
	// Both fields are searched for both: many people paste one file with everything in it.
	const blocks = [...pemBlocks(fields.privateKey), ...pemBlocks(fields.certificateChain)];
	const key = readKey(blocks, fields);
	const certificates = readCertificates(blocks, fields);
	const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
	if (own === undefined) {
		throw wrong(
			certificates.length === 1
				? 'The private key does not belong to the certificate.'
				: `The private key belongs to none of the ${certificates.length} certificates.`,
			'Paste the key with which this certificate was made. If several pairs exist, compare the dates of their files.',
		);
	}
	assertValid(own, now);
	return {
		privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
		chain: chainFrom(own, certificates).map((certificate) => certificate.toString()),
		thumbprintSha256: own.fingerprint256.replaceAll(':', ''),
		thumbprintSha1: own.fingerprint.replaceAll(':', ''),
		validTo: Date.parse(own.validTo),
	};
}

function readKey(blocks: PemBlock[], { privateKey, passphrase }: CertificateFields): KeyObject {
	const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
	if (block === undefined) throw missingKey(privateKey);
	if (block.label === 'OPENSSH PRIVATE KEY') {
		throw wrong(
			'The private key is an SSH key.',
			'Entra needs the RSA key of a certificate. Make a key and a certificate with openssl, or export them from where the certificate was made.',
		);
	}
	const key = opened(block, (passphrase ?? '').trim());
	if (key.asymmetricKeyType !== 'rsa') {
		throw wrong(
			`The private key is of the kind ${key.asymmetricKeyType?.toUpperCase() ?? 'unknown'}, but Entra takes only RSA keys.`,
			'Make a certificate with an RSA key of 2048 bits or more, and register it with the app.',
		);
	}
	const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
	if (bits < MIN_KEY_BITS) {
		throw wrong(
			`The private key has ${bits} bits; at least ${MIN_KEY_BITS} are needed.`,
			'Make a certificate with an RSA key of 2048 bits or more, and register it with the app.',
		);
	}
	return key;
}

function opened(block: PemBlock, passphrase: string): KeyObject {
	const encrypted = block.label === 'ENCRYPTED PRIVATE KEY' || block.pem.includes('Proc-Type: 4,ENCRYPTED');
	if (encrypted && passphrase === '') {
		throw wrong(
			'The private key is encrypted, and the passphrase is blank.',
			"Fill in the field 'Passphrase', or paste the key without encryption.",
		);
	}
	try {
		return createPrivateKey(encrypted ? { key: block.pem, passphrase } : block.pem);
	} catch {
		// What OpenSSL says here depends on its version and may quote the key.
		throw encrypted
			? wrong(
					'The private key could not be decrypted.',
					'Check the passphrase. If it is right, the key was damaged when it was copied: paste the whole file again.',
				)
			: wrong(
					'The private key could not be read.',
					'It was probably cut when it was copied. Paste the whole file again, from -----BEGIN to the end of the END line.',
				);
	}
}

function missingKey(text: string): Problem {
	if (text.trim() === '') {
		return wrong(
			'The private key is blank.',
			'Paste the private key of the certificate, in PEM form (it begins with -----BEGIN PRIVATE KEY-----).',
		);
	}
	if (pemBlocks(text).some(({ label }) => label === 'PUBLIC KEY' || label === 'CERTIFICATE')) {
		return wrong(
			"The field 'Private Key' holds a certificate or a public key, but no private key.",
			'The private key is a file of its own, or a part of the .pfx file. Paste the part that begins with -----BEGIN PRIVATE KEY-----.',
		);
	}
	return wrong(
		'The private key is not in PEM form.',
		'It must begin with -----BEGIN and end with an END line. From a .pfx file you get it with: openssl pkcs12 -in app.pfx -nodes -out app.pem',
	);
}

function readCertificates(blocks: PemBlock[], { certificateChain }: CertificateFields): X509Certificate[] {
	const found = blocks.filter(({ label }) => /^(X509 |TRUSTED )?CERTIFICATE$/.test(label));
	if (found.length === 0) {
		if (blocks.some(({ label }) => label.endsWith('CERTIFICATE REQUEST'))) {
			throw wrong(
				'Instead of a certificate there is a certificate request.',
				'Paste the certificate that was issued for this request.',
			);
		}
		throw certificateChain.trim() === ''
			? wrong(
					'The certificate is blank.',
					'Paste the certificate that is registered with the app, in PEM form (it begins with -----BEGIN CERTIFICATE-----).',
				)
			: wrong(
					'The certificate is not in PEM form.',
					'It must begin with -----BEGIN CERTIFICATE-----. A binary .cer file becomes PEM with: openssl x509 -inform der -in app.cer -out app.pem',
				);
	}
	const certificates = found.map(({ pem }, index) => {
		try {
			return new X509Certificate(pem);
		} catch {
			throw wrong(
				found.length === 1
					? 'The certificate could not be read.'
					: `Certificate ${index + 1} of ${found.length} could not be read.`,
				'It was probably cut when it was copied. Paste the whole file again, from -----BEGIN to the end of the END line.',
			);
		}
	});
	const byPrint = new Map(certificates.map((certificate) => [certificate.fingerprint256, certificate]));
	return [...byPrint.values()];
}

/** The app's certificate and its issuers in order; certificates that do not belong to it stay out. */
function chainFrom(own: X509Certificate, all: X509Certificate[]): X509Certificate[] {
	const chain = [own];
	for (let last = own; ;) {
		const issuer = all.find(
			(other) => !chain.includes(other) && last.checkIssued(other) && last.verify(other.publicKey),
		);
		if (issuer === undefined) return chain;
		chain.push(issuer);
		last = issuer;
	}
}

function assertValid(certificate: X509Certificate, now: number): void {
	if (Date.parse(certificate.validTo) < now) {
		throw wrong(
			`The certificate has expired on ${day(certificate.validTo)}.`,
			'Make a new certificate, register it with the app (Entra admin center > App registrations > the app > Certificates & secrets), and paste it with its key here.',
		);
	}
	if (Date.parse(certificate.validFrom) > now) {
		throw wrong(
			`The certificate is valid only from ${day(certificate.validFrom)} on.`,
			'Wait until then, use an older certificate, or check the clock of the machine that runs n8n.',
		);
	}
}

function day(text: string): string {
	return new Date(text).toISOString().slice(0, 10);
}

function wrong(message: string, advice: string): Problem {
	return problem.configuration(message, advice);
}
