import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Issuer } from './issuer';

/** A user-assigned managed identity of the machine. */
export interface IdentitySetup {
	tenantId: string;
	clientId: string;
	/** id of its service principal: the subject of its tokens */
	objectId: string;
}

/** A stand-in for the Instance Metadata Service of an Azure machine. */
export interface IdentityService {
	/** for AZURE_POD_IDENTITY_AUTHORITY_HOST */
	origin: string;
	/** paths with queries, in the order of arrival */
	requests: string[];
	close(): Promise<void>;
}

const TOKEN_PATH = '/metadata/identity/oauth2/token';

/**
 * Starts an identity service on 127.0.0.1, over plain HTTP as the real one (D5).
 * @param issuer signs its tokens
 * @param identities that the machine has
 * @param lifetimeS of its tokens
 */
export async function startIdentityService(
	issuer: Issuer,
	identities: IdentitySetup[],
	lifetimeS = 86_400,
): Promise<IdentityService> {
	const requests: string[] = [];
	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		requests.push(request.url ?? '');
		const { status, body } = await replyTo(request, { issuer, identities, lifetimeS });
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	}
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

interface Machine {
	issuer: Issuer;
	identities: IdentitySetup[];
	lifetimeS: number;
}

async function replyTo(
	request: IncomingMessage,
	{ issuer, identities, lifetimeS }: Machine,
): Promise<{ status: number; body: Record<string, string> }> {
	const bad = (words: string) => ({
		status: 400,
		body: { error: 'invalid_request', error_description: words },
	});
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	if (pathname !== TOKEN_PATH) return { status: 404, body: {} };
	if (request.method !== 'GET') return { status: 405, body: {} };
	if (request.headers['metadata'] !== 'true') return bad('Required metadata header not specified');
	if (searchParams.get('api-version') !== '2018-02-01') return bad('The api-version is not supported');
	const resource = searchParams.get('resource') ?? '';
	if (resource === '') return bad('Required audience parameter not specified');
	const identity = identities.find(({ clientId }) => clientId === searchParams.get('client_id'));
	if (identity === undefined) return bad('Identity not found');
	const { tenantId, clientId, objectId } = identity;
	const now = Math.floor(Date.now() / 1000);
	const token = await issuer.issue({
		iss: issuerOfTenant(tenantId),
		sub: objectId,
		aud: resource,
		oid: objectId,
		azp: clientId,
		idtyp: 'app',
		exp: now + lifetimeS,
	});
	return {
		status: 200,
		body: {
			access_token: token,
			client_id: clientId,
			expires_in: String(lifetimeS),
			expires_on: String(now + lifetimeS),
			not_before: String(now),
			resource,
			token_type: 'Bearer',
		},
	};
}

/** Who issues the tokens of a tenant's identities. */
export function issuerOfTenant(tenantId: string): string {
	return `https://login.microsoftonline.com/${tenantId}/v2.0`;
}
