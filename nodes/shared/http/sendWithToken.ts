import { isCertificateFault, retry, retryAfterOf, type Outcome, type RetryRules } from './retry';

/** Gives a bearer token; true asks for a fresh one because the last was refused. */
export type GetToken = (renew: boolean) => Promise<string>;

/** What a caller of {@link sendWithToken} decides. */
export interface TokenRules<T> extends Omit<RetryRules<T>, 'retryAfterMs'> {
	getToken: GetToken;
	/** answers after which the request is sent once more, at once, with a fresh token */
	needsFreshToken: (answer: T) => boolean;
}

/**
 * Sends until an answer stands: with waits as the rules allow, and once more with a fresh token.
 * @param once sends one request; gets the value of the Authorization header
 * @param rules see {@link TokenRules}
 * @throws Problem of the last attempt, or of the token; waiting for a token has its own patience and is not repeated here
 */
export async function sendWithToken<T extends { headers: Record<string, string> }>(
	once: (authorization: string) => Promise<T>,
	rules: TokenRules<T>,
): Promise<T> {
	let renewed = false;
	let tokenFailed = false;
	const attempt = async (renew: boolean): Promise<T> => {
		const token = await rules.getToken(renew).catch((error: unknown) => {
			tokenFailed = true;
			throw error;
		});
		return await once(`Bearer ${token}`);
	};
	return await retry(
		async () => {
			const answer = await attempt(false);
			if (renewed || !rules.needsFreshToken(answer)) return answer;
			renewed = true;
			return await attempt(true);
		},
		{
			...rules,
			repeat: (outcome) => !tokenFailed && !isCertificate(outcome) && rules.repeat(outcome),
			retryAfterMs: ({ headers }) => retryAfterOf(headers),
		},
	);
}

/** A certificate does not become right by waiting. */
function isCertificate(outcome: Outcome<unknown>): boolean {
	return 'problem' in outcome && isCertificateFault(outcome.problem);
}
