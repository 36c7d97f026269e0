import { jsonValue, quote } from '../../http/outsideText';
import { problem, type Problem } from '../../core/problem';
import {
	askIdentityService,
	EXCHANGE_AUDIENCE,
	type IdentityToken,
	type ManagedIdentity,
} from './identityService';
import { TOKEN_FILE } from './permission';
import { readTokenFile } from './tokenFile';

/** Where the token comes from that proves the app. */
export type FederatedSource =
	{ kind: 'tokenFile'; path: string } | ({ kind: 'managedIdentity' } & ManagedIdentity);

/** What a token says of itself; Entra compares all three with the federated credentials of the app. */
export interface Presented {
	issuer?: string;
	subject?: string;
	audience?: string;
}

/** Gives the tokens that prove apps. */
export interface Assertions {
	/**
	 * A file is read each time; a token of a managed identity is kept until shortly before its end.
	 * @throws Problem that says what is wrong with the source
	 */
	get(source: FederatedSource, signal?: AbortSignal): Promise<string>;
	/** the next one is asked for at its source: Entra has refused this one */
	forget(source: FederatedSource): void;
	/** forgets all of them */
	forgetAll(): void;
}

/** A token is renewed when it has less than this left, in milliseconds. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** Longer than any token, in characters. */
const LONGEST_TOKEN = 32_768;

/** Makes a source of assertions that remembers them, apart from the clients of MSAL, which live for one request. */
export function createAssertions(clock: { now(): number }): Assertions {
	const kept = new Map<string, IdentityToken>();

	async function ofIdentity(source: ManagedIdentity, signal?: AbortSignal): Promise<string> {
		const key = keyOf(source);
		const known = kept.get(key);
		if (known !== undefined && known.expiresAt - clock.now() > RENEW_BEFORE_MS) return known.value;
		const fresh = await askIdentityService(source, signal);
		assertToken(fresh.value, 'The identity service of this machine gave something that is not a token.');
		kept.set(key, fresh);
		return fresh.value;
	}

	return {
		async get(source, signal) {
			if (source.kind === 'managedIdentity') return await ofIdentity(source, signal);
			const token = await readTokenFile(source.path);
			assertToken(token, `The token file that ${TOKEN_FILE} names holds no token.`);
			return token;
		},
		forget(source) {
			if (source.kind === 'managedIdentity') kept.delete(keyOf(source));
		},
		forgetAll: () => kept.clear(),
	};
}

function keyOf({ address, clientId }: ManagedIdentity): string {
	return JSON.stringify([address, clientId]);
}

function assertToken(text: string, message: string): void {
	if (text.length <= LONGEST_TOKEN && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return;
	throw notToken(message);
}

function notToken(message: string): Problem {
	return problem.configuration(
		message,
		`Ask who runs n8n: it should be a signed JSON Web Token for the audience ${EXCHANGE_AUDIENCE.value}.`,
	);
}

/** What a token says of itself, short enough for a sentence; nothing of it is checked. */
export function presentedBy(token: string): Presented {
	const claims = jsonValue(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
	if (typeof claims !== 'object' || claims === null) return {};
	const { iss, sub, aud } = claims as Record<string, unknown>;
	return { issuer: claim(iss), subject: claim(sub), audience: claim(aud) };
}

function claim(value: unknown): string | undefined {
	const text = Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
	return typeof text === 'string' ? quote(text, 600) || undefined : undefined;
}
