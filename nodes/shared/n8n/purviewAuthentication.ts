import {
	OperationalError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { Problem } from '../problem';
import { readPurviewCredential } from './credentials';
import { tokens } from './network';

/**
 * Adds a bearer token to a request that n8n itself sends with a Purview HR API credential: the request of the credential's
 * test, and those of the HTTP Request step.
 * @param credentials the decrypted credential
 * @param options the request
 * @returns the same request with an Authorization header
 * @throws OperationalError with our sentence and advice where the credential is wrong or gets no token
 */
export async function purviewAuthentication(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	// A test must not pass because of a token that is still remembered.
	const renew = options.url.includes('/.well-known/');
	const { value } = await token(credentials, renew).catch(asSentence);
	return { ...options, headers: { ...options.headers, Authorization: `Bearer ${value}` } };
}

async function token(credentials: ICredentialDataDecryptedObject, renew: boolean) {
	const { app, audience } = readPurviewCredential(credentials);
	return await tokens.getToken(app, audience, { renew });
}

/** n8n shows nothing but the message here. */
function asSentence(error: unknown): never {
	throw new OperationalError(
		error instanceof Problem
			? `${error.message} ${error.advice}`
			: 'The sign-in stopped because of a fault within it; please report it to the authors of this package.',
	);
}
