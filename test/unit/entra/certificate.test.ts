import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readCertificate, type CertificateFields } from '../../../nodes/shared/entra/certificate';
import { pemBlocks } from '../../../nodes/shared/entra/pem';
import { Problem } from '../../../nodes/shared/core/problem';
import { makePair, type Pair } from './certificates';

let app: Pair;
let other: Pair;

beforeAll(async () => {
	[app, other] = await Promise.all([makePair('app'), makePair('other')]);
});

function read(fields: Partial<CertificateFields> = {}) {
	return readCertificate({ privateKey: app.key, certificateChain: app.certificate, ...fields });
}

function refusal(fields: Partial<CertificateFields>, now?: number): Problem {
	try {
		readCertificate({ privateKey: app.key, certificateChain: app.certificate, ...fields }, now);
	} catch (error) {
		if (!(error instanceof Problem)) throw new Error('not a Problem');
		expect(error.kind).toBe('configuration');
		expect(error.message + error.advice + error.stack).not.toContain(app.key.slice(60, 90));
		return error;
	}
	throw new Error('not refused');
}

const der = (pem: string) => Buffer.from(pem.replace(/-----.*?-----/g, ''), 'base64');

it('computes both thumbprints', () => {
	const { thumbprintSha256, thumbprintSha1 } = read();
	const hash = (name: string) => createHash(name).update(der(app.certificate)).digest('hex').toUpperCase();
	expect([thumbprintSha256, thumbprintSha1]).toEqual([hash('sha256'), hash('sha1')]);
});

describe('mends what copying does to PEM', () => {
	const ways: Array<[string, (pem: string) => string]> = [
		['nothing', (pem) => pem],
		['one line with blanks', (pem) => pem.replaceAll('\n', ' ')],
		['one line without anything', (pem) => pem.replaceAll('\n', '')],
		['literal \\n', (pem) => pem.replaceAll('\n', '\\n')],
		['literal \\r\\n', (pem) => pem.replaceAll('\n', '\\r\\n')],
		['Windows line ends', (pem) => pem.replaceAll('\n', '\r\n')],
		['old Mac line ends', (pem) => pem.replaceAll('\n', '\r')],
		['quotes and blanks round it', (pem) => `  "${pem.replaceAll('\n', '\\n')}"  `],
		['JSON in single quotes', (pem) => `'${pem}'`],
		['indented lines', (pem) => pem.replaceAll('\n', '\n      ')],
		['a byte order mark', (pem) => `\ufeff${pem}`],
		[
			'bag attributes before it',
			(pem) => `Bag Attributes\n    localKeyID: 01 00\nKey Attributes: <No Attributes>\n${pem}`,
		],
		['very long lines', (pem) => pem.replace(/([A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])/g, '$1')],
	];
	it.each(ways)('%s', (_, way) => {
		const mended = read({ privateKey: way(app.key), certificateChain: way(app.certificate) });
		expect(mended).toEqual(read());
		expect(mended.chain[0]).toMatch(
			/^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END CERTIFICATE-----\n$/,
		);
	});

	it('finds several blocks on one line', () => {
		const text = (app.certificate + other.certificate).replaceAll('\n', ' ');
		expect(pemBlocks(text).map(({ label }) => label)).toEqual(['CERTIFICATE', 'CERTIFICATE']);
	});
});

describe('keys', () => {
	const exported = (options: object) =>
		String(
			createPrivateKey(app.key).export({ format: 'pem', ...options } as { type: 'pkcs8'; format: 'pem' }),
		);
	const cipher = 'aes-256-cbc';
	const passphrase = 'correct horse';

	it.each([
		['PKCS#8', { type: 'pkcs8' }, undefined],
		['PKCS#1', { type: 'pkcs1' }, undefined],
		['encrypted PKCS#8', { type: 'pkcs8', cipher, passphrase }, passphrase],
		['encrypted PKCS#1', { type: 'pkcs1', cipher, passphrase }, passphrase],
	])('%s, also on one line', (_, options, phrase) => {
		const privateKey = exported(options);
		for (const text of [privateKey, privateKey.replaceAll('\n', ' '), privateKey.replaceAll('\n', '\\n')]) {
			expect(read({ privateKey: text, passphrase: phrase }).privateKey).toBe(exported({ type: 'pkcs8' }));
		}
	});

	it('a passphrase that is missing or wrong', () => {
		for (const type of ['pkcs8', 'pkcs1']) {
			const privateKey = exported({ type, cipher, passphrase });
			expect(refusal({ privateKey }).message).toBe(
				'The private key is encrypted, and the passphrase is blank.',
			);
			const wrong = refusal({ privateKey, passphrase: 'planted-wrong' });
			expect(wrong.message).toBe('The private key could not be decrypted.');
			expect(JSON.stringify(wrong)).not.toContain('planted-wrong');
		}
	});

	it('a passphrase that is not needed does no harm', () => {
		expect(read({ passphrase: 'x' })).toEqual(read());
	});

	it('an elliptic key: Entra takes only RSA', async () => {
		const ec = await makePair('ec', { keyType: 'ec' });
		expect(refusal({ privateKey: ec.key, certificateChain: ec.certificate }).message).toBe(
			'The private key is of the kind EC, but Entra takes only RSA keys.',
		);
	});

	it('a key that is too short', async () => {
		const short = await makePair('short', { keySize: 1024 });
		expect(refusal({ privateKey: short.key, certificateChain: short.certificate }).message).toContain(
			'1024 bits',
		);
	});

	it.each([
		['', 'The private key is blank.'],
		['secret', 'The private key is not in PEM form.'],
		['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'The private key could not be read.'],
		[
			'-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
			'The private key is an SSH key.',
		],
		['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'holds a certificate or a public key'],
	])('%j', (privateKey, words) => {
		expect(refusal({ privateKey }).message).toContain(words);
	});

	it('a key cut in the middle', () => {
		const lines = app.key.split('\n');
		const cut = [...lines.slice(0, 5), ...lines.slice(-2)].join('\n');
		expect(refusal({ privateKey: cut }).message).toBe('The private key could not be read.');
		expect(refusal({ privateKey: lines.slice(0, 8).join('\n') }).message).toContain('not in PEM form');
	});
});

describe('certificates', () => {
	it.each([
		['', 'The certificate is blank.'],
		['MIIB', 'The certificate is not in PEM form.'],
		['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'The certificate could not be read.'],
		['-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----', 'a certificate request'],
	])('%j', (certificateChain, words) => {
		expect(refusal({ certificateChain }).message).toContain(words);
	});

	it('a certificate of another key', () => {
		expect(refusal({ certificateChain: other.certificate }).message).toBe(
			'The private key does not belong to the certificate.',
		);
	});

	it('expired, and not yet valid', async () => {
		const old = await makePair('old', { fromDays: -20, toDays: -10 });
		const end = new Date(new X509Certificate(old.certificate).validTo).toISOString().slice(0, 10);
		expect(refusal({ privateKey: old.key, certificateChain: old.certificate }).message).toBe(
			`The certificate has expired on ${end}.`,
		);
		const early = refusal({}, Date.now() - 10 * 24 * 3600 * 1000);
		expect(early.message).toMatch(/^The certificate is valid only from \d{4}-\d\d-\d\d on\.$/);
	});

	it('key and certificates may all be in one field', () => {
		const all = `${app.key}\n${app.certificate}`;
		expect(read({ privateKey: all, certificateChain: '' })).toEqual(read());
		expect(read({ privateKey: all, certificateChain: all })).toEqual(read());
	});

	it('puts the chain in order, own certificate first, and leaves strangers out', async () => {
		const root = await makePair('root');
		const middle = await makePair('middle', { issuer: root });
		const leaf = await makePair('leaf', { issuer: middle });
		const text = [other, root, leaf, middle, leaf].map(({ certificate }) => certificate).join('\n');
		const { chain, thumbprintSha256 } = read({ privateKey: leaf.key, certificateChain: text });
		const names = chain.map((pem) => new X509Certificate(pem).subject);
		expect(names).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
		expect(thumbprintSha256).toBe(
			createHash('sha256').update(der(leaf.certificate)).digest('hex').toUpperCase(),
		);
	});
});
