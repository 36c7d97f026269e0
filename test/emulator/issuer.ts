import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';

/** Somebody else who signs tokens: a Kubernetes cluster, or the identity service of Azure. */
export interface Issuer {
	/**
	 * Makes a token, valid for an hour unless its claims say otherwise.
	 * @param claims at least `iss`, `sub` and `aud`; one that is undefined is left out
	 * @param algorithm `RS256` is the only one that Entra takes (D5)
	 */
	issue(claims: JWTPayload, algorithm?: 'RS256' | 'PS256'): Promise<string>;
	/** the key that Entra would read from the address of the issuer */
	publicKey(): KeyObject;
}

/** Makes an {@link Issuer} with a key of its own, for whatever issuer a token names. */
export function startIssuer(): Issuer {
	let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;
	// Made with the first token: few tests need one, and a key takes a tenth of a second.
	const keys = () => (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
	return {
		async issue(claims, algorithm = 'RS256') {
			const now = Math.floor(Date.now() / 1000);
			const all: JWTPayload = { iat: now, nbf: now, exp: now + 3_600, jti: randomUUID(), ...claims };
			for (const [name, value] of Object.entries(all)) if (value === undefined) delete all[name];
			return await new SignJWT(all)
				.setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: 'issuer-key' })
				.sign(keys().privateKey);
		},
		publicKey: () => keys().publicKey,
	};
}
