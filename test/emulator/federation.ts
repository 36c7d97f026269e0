import { decodeJwt, errors as joseErrors, jwtVerify, type JWTPayload } from 'jose';
import type { Issuer } from './issuer';
import type { App, FederatedCredentialSetup } from './model';
import { refuse } from './refusal';

/** Highest number of federated credentials of an app, and of characters of each of their values (D5). */
const MOST_CREDENTIALS = 20;
const LONGEST_VALUE = 600;

/** The federated credentials of an app. Throws where Entra would not let an administrator add them (D5). */
export function checkFederatedCredentials(setups: FederatedCredentialSetup[]): FederatedCredentialSetup[] {
	if (setups.length > MOST_CREDENTIALS)
		throw new Error(`more than ${MOST_CREDENTIALS} federated credentials`);
	const pairs = new Set(setups.map(({ issuer, subject }) => JSON.stringify([issuer, subject])));
	if (pairs.size < setups.length) throw new Error('two federated credentials of one issuer and subject');
	for (const { issuer, subject, audience } of setups) {
		for (const value of [issuer, subject, audience]) {
			if (value === '' || value.length > LONGEST_VALUE) {
				throw new Error(`a value of a federated credential has 1 to ${LONGEST_VALUE} characters`);
			}
		}
	}
	return setups;
}

/** Whether an assertion is the token of another issuer: those made with a certificate name the app as their issuer (D2). */
export function isFederated(assertion: string): boolean {
	try {
		return decodeJwt(assertion).iss?.startsWith('https://') ?? false;
	} catch {
		return false;
	}
}

/** Checks the token of another issuer against the federated credentials of an app (D3, D5). */
export async function verifyFederated(issuer: Issuer, app: App, assertion: string): Promise<void> {
	const claims = decodeJwt(assertion);
	assertMatches(app.federatedCredentials, claims);
	// A person's token has the scopes that the person agreed to; only app-only tokens of Entra are taken (D5).
	if (claims['scp'] !== undefined) {
		refuse(400, 'invalid_client', 700229, 'Only app-only tokens can be used as federated credentials.');
	}
	try {
		await jwtVerify(assertion, issuer.publicKey(), {
			algorithms: ['RS256'],
			requiredClaims: ['exp'],
			clockTolerance: 300,
		});
	} catch (error) {
		if (error instanceof joseErrors.JWTExpired || error instanceof joseErrors.JWTClaimValidationFailed) {
			refuse(401, 'invalid_client', 700024, 'The client assertion is not within its valid time range.');
		}
		refuse(401, 'invalid_client', 700027, 'The signature of the client assertion is not valid.');
	}
}

/** The three values are compared as they are: no wildcards, case and slashes count (D5). */
function assertMatches(credentials: FederatedCredentialSetup[], { iss, sub, aud }: JWTPayload): void {
	const no = (code: number, name: string, value: unknown): never =>
		refuse(
			401,
			'invalid_client',
			code,
			`No matching federated identity record found for presented assertion ${name} '${String(value)}'.`,
		);
	const ofIssuer = credentials.filter(({ issuer }) => issuer === iss);
	if (ofIssuer.length === 0) no(700211, 'issuer', iss);
	const ofSubject = ofIssuer.find(({ subject }) => subject === sub);
	if (ofSubject === undefined) return no(700213, 'subject', sub);
	const audiences = [aud ?? []].flat();
	// exactly one audience (D5)
	if (audiences.length !== 1 || audiences[0] !== ofSubject.audience) no(700212, 'audience', aud);
	if (ofSubject.spreading === true) no(70021, 'subject', sub);
}
