import { generate } from 'selfsigned';

/** A key and a certificate, both PEM. */
export interface Pair {
	key: string;
	certificate: string;
}

/** What a certificate is made with. */
export interface PairOptions {
	issuer?: Pair;
	fromDays?: number;
	toDays?: number;
	keyType?: 'rsa' | 'ec';
	keySize?: number;
}

/** Makes a certificate of an authority, or one that signs itself. */
export async function makePair(commonName: string, options: PairOptions = {}): Promise<Pair> {
	const { issuer, fromDays = -1, toDays = 30, keyType = 'rsa', keySize = 2048 } = options;
	const day = 24 * 3600 * 1000;
	const pems = await generate([{ name: 'commonName', value: commonName }], {
		keyType,
		keySize,
		algorithm: 'sha256',
		notBeforeDate: new Date(Date.now() + fromDays * day),
		notAfterDate: new Date(Date.now() + toDays * day),
		extensions: [{ name: 'basicConstraints', cA: true }],
		...(issuer === undefined ? {} : { ca: { key: issuer.key, cert: issuer.certificate } }),
	});
	return { key: pems.private, certificate: pems.cert };
}
