import { createHash, randomUUID, timingSafeEqual, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, errors as joseErrors, jwtVerify } from 'jose';
import { strip } from '../../nodes/shared/core/strip';
import { drain, json, readSmallBody, type Exchange, type Reply } from './exchange';
import { isFederated, verifyFederated } from './federation';
import type { Issuer } from './issuer';
import type { App, Tenant } from './model';
import { refuse, Refused, type Refusal } from './refusal';
import type { EmulatorState } from './state';
import { guid } from './tenants';

/** Application id of the Viva ingress service (A1). Organizational Data has the same (B1). */
export const vivaResourceId = '9d827643-d003-4cca-9dc8-71213a8f1644';
/** The other documented name of the same resource (A1). */
export const vivaResourceUrl = 'https://api.orginsights.viva.office.com';
/** The resource of the Purview webhook in all clouds (C2). The older ones are refused here. */
export const purviewResource = 'https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const loginHosts: readonly string[] = [
	'login.microsoftonline.com',
	'login.windows.net',
	'login.microsoftonline.us',
];

/** `GET /{tenant}/v2.0/.well-known/openid-configuration`: where the tenant's endpoints are (D1). */
export function openidConfiguration(state: EmulatorState, exchange: Exchange, tenantName: string): Reply {
	const tenant = state.tenants.get(tenantName.toLowerCase());
	if (!tenant) {
		return refusalReply(exchange, randomUUID(), {
			status: 400,
			error: 'invalid_tenant',
			code: 90002,
			sentence: `Tenant '${tenantName}' not found. Check the tenant id and the cloud.`,
		});
	}
	const base = `${exchange.origin}/${tenant.tenantId}`;
	return json(200, {
		token_endpoint: `${base}/oauth2/v2.0/token`,
		token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
		jwks_uri: `${base}/discovery/v2.0/keys`,
		response_modes_supported: ['query', 'fragment', 'form_post'],
		subject_types_supported: ['pairwise'],
		id_token_signing_alg_values_supported: ['RS256'],
		response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		issuer: `${base}/v2.0`,
		authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
		tenant_region_scope: 'NA',
		cloud_instance_name: 'microsoftonline.com',
	});
}

/** `GET /{tenant}/discovery/v2.0/keys`: the key that signs tokens. */
export async function signingKeys(state: EmulatorState): Promise<Reply> {
	return json(200, { keys: [await state.tokens.publicJwk()] });
}

/** `GET /common/discovery/instance`: asked for authorities that a client does not know (D1). */
export function instanceDiscovery(exchange: Exchange): Reply {
	const host = new URL(exchange.origin).host;
	const asked = exchange.query.get('authorization_endpoint') ?? '';
	const endpoint = URL.canParse(asked) ? new URL(asked) : null;
	if (endpoint?.host !== host) {
		return json(400, { error: 'invalid_instance', error_description: 'AADSTS50049: Unknown authority.' });
	}
	const tenant = endpoint.pathname.split('/')[1] ?? '';
	return json(200, {
		tenant_discovery_endpoint: `${exchange.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
		'api-version': '1.1',
		metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
	});
}

/**
 * `POST /{tenant}/oauth2/v2.0/token` and, for the vendor's own scripts, `POST /{tenant}/oauth2/token` (C2, D).
 * @param version 1: `resource` instead of `scope`, and numbers written as text
 */
export async function token(
	state: EmulatorState,
	exchange: Exchange,
	tenantName: string,
	version: 1 | 2,
): Promise<Reply> {
	const type = (exchange.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
	const form = new URLSearchParams(
		type === 'application/x-www-form-urlencoded' ? await readSmallBody(exchange.request) : '',
	);
	// a body of another type counts as none, yet has to be taken in before the answer
	await drain(exchange.request);
	const asked = exchange.query.get('client-request-id') ?? form.get('client-request-id') ?? '';
	const correlationId = guid.test(asked) ? asked : randomUUID();
	try {
		return await grant(state, exchange, form, tenantName, version);
	} catch (error) {
		if (error instanceof Refused) return refusalReply(exchange, correlationId, error.refusal);
		throw error;
	}
}

async function grant(
	state: EmulatorState,
	exchange: Exchange,
	form: URLSearchParams,
	tenantName: string,
	version: 1 | 2,
): Promise<Reply> {
	const tenant = state.tenants.get(tenantName.toLowerCase());
	if (!tenant)
		refuse(400, 'invalid_request', 90002, `Tenant '${tenantName}' not found. Check the tenant id.`);
	needParameter(form, 'grant_type');
	if (form.get('grant_type') !== 'client_credentials') {
		refuse(400, 'unsupported_grant_type', 70003, 'The app requested a grant type that is not supported.');
	}
	const clientId = needParameter(form, 'client_id').toLowerCase();
	const app = tenant.apps.find((candidate) => candidate.clientId === clientId);
	if (!app) {
		refuse(
			400,
			'unauthorized_client',
			700016,
			`Application with identifier '${clientId}' was not found in the directory '${tenant.tenantId}'.`,
		);
	}
	const audience =
		version === 2 ? audienceOfScope(needParameter(form, 'scope')) : needParameter(form, 'resource');
	await authenticate(state.issuer, exchange, app, form);
	if (app.blocked)
		refuse(400, 'unauthorized_client', 501051, `Application '${clientId}' is blocked or has no role.`);
	if (!knowsResource(tenant, audience)) {
		refuse(
			400,
			'invalid_resource',
			500011,
			`The resource principal named ${audience} was not found in the tenant named ${tenant.tenantId}.`,
		);
	}

	const lifetimeS = state.settings.tokenLifetimeS;
	const accessToken = await state.tokens.issue(
		{ tenantId: tenant.tenantId, appId: clientId, audience },
		lifetimeS,
	);
	if (version === 2) {
		return json(
			200,
			{ token_type: 'Bearer', expires_in: lifetimeS, ext_expires_in: lifetimeS, access_token: accessToken },
			{ 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
		);
	}
	const now = Math.floor(Date.now() / 1000);
	return json(200, {
		token_type: 'Bearer',
		expires_in: String(lifetimeS),
		ext_expires_in: String(lifetimeS),
		expires_on: String(now + lifetimeS),
		not_before: String(now),
		resource: audience,
		access_token: accessToken,
	});
}

function needParameter(form: URLSearchParams, name: string): string {
	const value = form.get(name);
	// code from Entra's general list, the reference does not name it
	if (!value) refuse(400, 'invalid_request', 900144, `The request body must have the parameter '${name}'.`);
	return value;
}

function audienceOfScope(scope: string): string {
	const audience = scope.endsWith('/.default') ? strip(scope.slice(0, -'/.default'.length), '/') : '';
	if (audience === '' || /\s/.test(audience)) {
		refuse(
			400,
			'invalid_scope',
			70011,
			`The provided value for the input parameter 'scope' is not valid: ${scope}.`,
		);
	}
	return audience;
}

function knowsResource(tenant: Tenant, audience: string): boolean {
	const name = audience.toLowerCase();
	if (name === vivaResourceId || name === vivaResourceUrl) {
		return tenant.viva !== null || tenant.organizationalData !== null;
	}
	return name === purviewResource && tenant.purview !== null;
}

async function authenticate(
	issuer: Issuer,
	exchange: Exchange,
	app: App,
	form: URLSearchParams,
): Promise<void> {
	const secret = form.get('client_secret');
	const assertion = form.get('client_assertion');
	if (assertion !== null) {
		if (form.get('client_assertion_type') !== assertionType) {
			refuse(400, 'invalid_request', 900144, `client_assertion_type must be '${assertionType}'.`);
		}
		if (isFederated(assertion)) await verifyFederated(issuer, app, assertion);
		else await verifyAssertion(exchange, app, assertion);
		return;
	}
	if (!secret) {
		refuse(
			401,
			'invalid_client',
			7000218,
			"The request body must have the parameter 'client_assertion' or 'client_secret'.",
		);
	}
	const known = app.secrets.find((candidate) => equal(candidate.value, secret));
	if (!known) {
		refuse(
			401,
			'invalid_client',
			7000215,
			`Invalid client secret for app '${app.clientId}'. The value of the secret must be sent, not its id.`,
		);
	}
	if (known.expired === true) {
		refuse(401, 'invalid_client', 7000222, `The client secret keys of app '${app.clientId}' are expired.`);
	}
}

function equal(one: string, other: string): boolean {
	const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
	return timingSafeEqual(digest(one), digest(other));
}

/** Checks a client assertion against the registered certificates (D2, D3). */
async function verifyAssertion(exchange: Exchange, app: App, assertion: string): Promise<void> {
	const certificate = certificateOf(app, assertion);
	const now = new Date();
	if (now < new Date(certificate.validFrom) || now > new Date(certificate.validTo)) {
		refuse(401, 'invalid_client', 700027, 'The certificate that signed the client assertion is expired.');
	}
	let claims: Record<string, unknown>;
	try {
		const verified = await jwtVerify(assertion, certificate.publicKey, {
			algorithms: ['PS256', 'RS256'],
			requiredClaims: ['aud', 'iss', 'sub', 'exp', 'nbf', 'jti'],
			// clocks differ, and MSAL rounds "now" up (the width is inferred: the usual five minutes)
			clockTolerance: 300,
		});
		claims = verified.payload;
	} catch (error) {
		if (error instanceof joseErrors.JWTExpired || isTimeClaim(error)) {
			refuse(401, 'invalid_client', 700024, 'The client assertion is not within its valid time range.');
		}
		if (error instanceof joseErrors.JWSSignatureVerificationFailed) {
			refuse(401, 'invalid_client', 700027, 'The signature of the client assertion is not valid.');
		}
		refuse(401, 'invalid_client', 50027, 'The client assertion is malformed or lacks a claim.');
	}
	if (!isTokenEndpoint(exchange, claims['aud'])) {
		refuse(401, 'invalid_client', 50027, 'The audience of the client assertion is not the token endpoint.');
	}
	const iss = String(claims['iss']).toLowerCase();
	const sub = String(claims['sub']).toLowerCase();
	if (iss !== app.clientId || sub !== app.clientId) {
		refuse(401, 'invalid_client', 700021, "The client assertion's issuer and subject must be the client id.");
	}
}

function isTimeClaim(error: unknown): boolean {
	return (
		error instanceof joseErrors.JWTClaimValidationFailed &&
		error.claim === 'nbf' &&
		error.reason !== 'missing'
	);
}

function certificateOf(app: App, assertion: string): X509Certificate {
	let header: ReturnType<typeof decodeProtectedHeader>;
	try {
		header = decodeProtectedHeader(assertion);
	} catch {
		refuse(401, 'invalid_client', 50027, 'The client assertion is no JWT.');
	}
	const sha256 = header['x5t#S256'];
	const sha1 = header.x5t;
	const hash = header.alg === 'PS256' ? 'sha256' : header.alg === 'RS256' ? 'sha1' : null;
	const thumbprint = hash === 'sha256' ? sha256 : sha1;
	if (hash === null || thumbprint === undefined) {
		refuse(
			401,
			'invalid_client',
			700027,
			'The client assertion must be PS256 with x5t#S256, or RS256 with x5t.',
		);
	}
	for (const pem of app.certificates) {
		const certificate = new X509Certificate(pem);
		if (createHash(hash).update(certificate.raw).digest('base64url') !== thumbprint) continue;
		const leaf = header.x5c?.[0];
		if (leaf !== undefined && !Buffer.from(leaf, 'base64').equals(certificate.raw)) {
			refuse(401, 'invalid_client', 700027, 'The first certificate of x5c is not the one that x5t names.');
		}
		return certificate;
	}
	refuse(
		401,
		'invalid_client',
		700027,
		`The certificate with thumbprint '${thumbprint}' is not registered on application '${app.clientId}'.`,
	);
}

function isTokenEndpoint(exchange: Exchange, audience: unknown): boolean {
	if (typeof audience !== 'string' || !URL.canParse(audience)) return false;
	const url = new URL(audience);
	const ownHost = new URL(exchange.origin).host;
	return (
		url.protocol === 'https:' &&
		// a client may have been told the real login host and be led here by its network layer
		(url.host === ownHost || loginHosts.includes(url.host)) &&
		url.pathname.toLowerCase() === exchange.path.toLowerCase()
	);
}

function refusalReply(exchange: Exchange, correlationId: string, refusal: Refusal): Reply {
	const traceId = randomUUID();
	const timestamp = new Date()
		.toISOString()
		.replace('T', ' ')
		.replace(/\.\d+Z$/, 'Z');
	const description = [
		`AADSTS${refusal.code}: ${refusal.sentence}`,
		`Trace ID: ${traceId}`,
		`Correlation ID: ${correlationId}`,
		`Timestamp: ${timestamp}`,
	];
	return json(
		refusal.status,
		{
			error: refusal.error,
			error_description: description.join('\r\n'),
			error_codes: [refusal.code],
			timestamp,
			trace_id: traceId,
			correlation_id: correlationId,
			error_uri: `${exchange.origin}/error?code=${refusal.code}`,
		},
		{ 'x-ms-request-id': traceId, 'cache-control': 'no-store, no-cache' },
	);
}
