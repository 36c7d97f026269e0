import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { decodeJwt, exportJWK, jwtVerify, SignJWT, type JWK } from 'jose';

/** Whom a token was made for. */
export interface TokenHolder {
	tenantId: string;
	appId: string;
	/** resource as the scope named it */
	audience: string;
}

/** Makes access tokens and knows its own. */
export interface TokenAuthority {
	/** how many tokens were issued since the start */
	issued: number;
	/** makes a token; the life is in seconds */
	issue(holder: TokenHolder, lifetimeS: number): Promise<string>;
	/** who holds a token; null when it is not ours, expired, or was made invalid */
	holderOf(token: string): Promise<TokenHolder | null>;
	/** makes every token issued so far invalid */
	expireAll(): void;
	publicJwk(): Promise<JWK>;
}

const keyId = 'emulator-signing-key';

/** Makes a {@link TokenAuthority} with a key of its own. */
export function startTokenAuthority(): TokenAuthority {
	const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync(
		'rsa',
		{
			modulusLength: 2048,
		},
	);
	// A token says which generation it belongs to, so that all can be made invalid at once.
	let generation = 0;

	const authority: TokenAuthority = {
		issued: 0,
		async issue(holder, lifetimeS) {
			authority.issued += 1;
			const now = Math.floor(Date.now() / 1000);
			return await new SignJWT({
				tid: holder.tenantId,
				appid: holder.appId,
				ver: '1.0',
				uti: randomUUID(),
				gen: generation,
			})
				.setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId })
				.setAudience(holder.audience)
				.setIssuer(`https://sts.windows.net/${holder.tenantId}/`)
				.setIssuedAt(now)
				.setNotBefore(now)
				.setExpirationTime(now + lifetimeS)
				.sign(privateKey);
		},
		async holderOf(token) {
			try {
				await jwtVerify(token, publicKey, { algorithms: ['RS256'] });
			} catch {
				return null;
			}
			const claims = decodeJwt(token);
			if (claims['gen'] !== generation) return null;
			return {
				tenantId: String(claims['tid']),
				appId: String(claims['appid']),
				audience: String(claims.aud),
			};
		},
		expireAll() {
			generation += 1;
		},
		async publicJwk() {
			return { ...(await exportJWK(publicKey)), kid: keyId, use: 'sig', alg: 'RS256' };
		},
	};
	return authority;
}

/** The bearer token of a request; null when there is none. */
export function bearerToken(headers: Record<string, string>): string | null {
	const match = /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '');
	return match?.[1] ?? null;
}
