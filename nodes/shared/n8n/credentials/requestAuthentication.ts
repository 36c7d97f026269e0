import { UserError, type ICredentialDataDecryptedObject, type IHttpRequestOptions } from 'n8n-workflow';
import { problem, Problem } from '../../core/problem';
import type { EntraApp } from '../../entra/app';
import { CLOUDS } from '../../entra/clouds';
import { quote } from '../../http/outsideText';
import { readPurviewCredential, readVivaCredential } from './credentials';
import { networkOf } from './network';

/** What n8n hands over: HTTP Request uses the older form, with `uri`. */
type RequestOptions = IHttpRequestOptions & { uri?: string };

/** Puts the token of a credential on a request. */
type Authenticate = (
	data: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	token?: TokenReader,
) => Promise<IHttpRequestOptions>;

/** Gives the value of a token. */
type TokenReader = (app: EntraApp, audience: string) => Promise<string>;

/** What a request of a credential may reach, and how it signs in. */
interface Grant {
	app: EntraApp;
	audience: string;
	/** the address whose host alone gets the token */
	service: string;
}

/** `authenticate` of Viva HR API, for n8n's HTTP Request. */
export const authenticateViva: Authenticate = async (data, request, token = sharedToken) =>
	await authenticate(
		() => {
			const { app, audience, baseUrl } = readVivaCredential(data);
			return { app, audience, service: baseUrl };
		},
		request,
		token,
	);

/** `authenticate` of Purview HR API, for n8n's HTTP Request. */
export const authenticatePurview: Authenticate = async (data, request, token = sharedToken) =>
	await authenticate(
		() => {
			const { app, audience, signalsUrl } = readPurviewCredential(data);
			return { app, audience, service: signalsUrl };
		},
		request,
		token,
	);

async function authenticate(
	grant: () => Grant,
	request: RequestOptions,
	token: TokenReader,
): Promise<IHttpRequestOptions> {
	try {
		const { app, audience, service } = grant();
		assertHost(request, new URL(service));
		assertLoginHost(app.loginHost);
		return signed(request, await token(app, audience));
	} catch (caught) {
		throw toRequestError(caught);
	}
}

/** A credential knows no step, so n8n makes this a node's error. Words that nobody has checked stay out. */
function toRequestError(caught: unknown): UserError {
	if (caught instanceof Problem) return new UserError(caught.message, { description: caught.advice });
	return new UserError('The request was not signed because of a fault within the credential.', {
		description: 'This should not happen; please report it to the authors of this package.',
	});
}

/** The request with the token as its only authorization. It follows no redirect, because n8n may carry the token along to any host. */
function signed(request: RequestOptions, token: string): IHttpRequestOptions {
	const headers = Object.entries(request.headers ?? {}).filter(
		([name]) => name.toLowerCase() !== 'authorization',
	);
	return Object.assign(request, {
		headers: { ...Object.fromEntries(headers), Authorization: `Bearer ${token}` },
		followRedirect: false,
		followAllRedirects: false,
		disableFollowRedirect: true,
		maxRedirects: 0,
	});
}

function assertHost({ baseURL, url, uri }: RequestOptions, service: URL): void {
	const address = uri ?? url ?? '';
	const target = URL.canParse(address, baseURL) ? new URL(address, baseURL) : undefined;
	if (target?.origin === service.origin) return;
	throw problem.configuration(
		`This credential signs in to ${service.origin} only, so nothing was sent to ${target === undefined ? 'an address that cannot be read' : quote(target.origin, 100)}.`,
		`Use an address that begins with ${service.origin}/, or choose another credential for this address.`,
	);
}

/**
 * n8n gives a credential no filter against requests into its own network, so where that protection is on, a host that a person
 * wrote must be one that the protection names.
 */
function assertLoginHost(loginHost: string): void {
	const { env } = process;
	const isProtected =
		env.N8N_SSRF_PROTECTION_ENABLED_FILE !== undefined ||
		!['', 'false', '0'].includes(env.N8N_SSRF_PROTECTION_ENABLED?.trim().toLowerCase() ?? '');
	if (!isProtected || Object.values(CLOUDS).some((cloud) => cloud.loginHost.value === loginHost)) return;
	const { hostname } = new URL(`https://${loginHost}`);
	const allowed = (env.N8N_SSRF_ALLOWED_HOSTNAMES ?? '').split(',').map((name) => name.trim().toLowerCase());
	if (allowed.includes(hostname)) return;
	throw problem.configuration(
		`n8n's protection against requests into its own network is on, and does not name the login host ${hostname}.`,
		'Ask the administrator of n8n to add it to N8N_SSRF_ALLOWED_HOSTNAMES, or choose a cloud of Microsoft in the credential.',
	);
}

const sharedToken: TokenReader = async (app, audience) =>
	(await networkOf({}).tokens.getToken(app, audience)).value;
