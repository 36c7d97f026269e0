import { strip } from '../core/strip';
import { readHost } from '../http/host';
import { problem, type Problem } from '../core/problem';
import { readCertificate, type AppCertificate } from './certificate';

/** The fields of a credential that say which app of which tenant signs in, and how it proves that it is the app. */
export interface EntraFields {
	/** id of the tenant, or one of its domain names */
	tenantId: string;
	/** application (client) id */
	clientId: string;
	authentication: 'clientSecret' | 'certificate';
	clientSecret?: string;
	privateKey?: string;
	passphrase?: string;
	certificateChain?: string;
	/** host that signs in, with its port unless that is 443 */
	loginHost: string;
}

/** How an app proves that it is itself. */
export type AppProof =
	{ kind: 'secret'; secret: string } | { kind: 'certificate'; certificate: AppCertificate };

/** An app of a tenant, checked as far as that goes without asking Entra. */
export interface EntraApp {
	tenantId: string;
	clientId: string;
	loginHost: string;
	proof: AppProof;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

/** Whether a text is an id as Entra writes them. */
export function isGuid(text: string): boolean {
	return GUID.test(text);
}

/**
 * Reads the Entra part of a credential and checks it before anything is sent.
 * @param fields as filled in; blanks around values are dropped
 * @param now the present time, in milliseconds since 1970; certificates are checked against it
 * @throws Problem `configuration` that names the field and says what to do
 */
export function readEntraApp(fields: EntraFields, now?: number): EntraApp {
	return {
		tenantId: readTenant(fields.tenantId),
		clientId: readClientId(fields.clientId),
		loginHost: readHost(fields.loginHost, 'Login Host'),
		proof: readProof(fields, now),
	};
}

const OVERVIEW = 'the Overview page of the app (Entra admin center > App registrations > the app)';

function readTenant(text: string): string {
	const tenant = bare(text);
	if (isGuid(tenant)) return tenant.toLowerCase();
	if (tenant === '') throw wrong('The tenant ID is blank.', `Copy 'Directory (tenant) ID' from ${OVERVIEW}.`);
	if (/^(common|organizations|consumers)$/i.test(tenant)) {
		throw wrong(
			`The tenant ID is '${tenant}', but an app that signs in by itself needs its own tenant.`,
			`Copy 'Directory (tenant) ID' from ${OVERVIEW}.`,
		);
	}
	if (DOMAIN.test(tenant)) return tenant.toLowerCase();
	throw wrong(
		'The tenant ID is neither an ID nor a domain name.',
		`Copy 'Directory (tenant) ID' from ${OVERVIEW}; it looks like 01234567-89ab-cdef-0123-456789abcdef.`,
	);
}

function readClientId(text: string): string {
	const id = bare(text);
	if (isGuid(id)) return id.toLowerCase();
	throw wrong(
		id === '' ? 'The client ID is blank.' : 'The client ID is not an ID.',
		`Copy 'Application (client) ID' from ${OVERVIEW}; it looks like 01234567-89ab-cdef-0123-456789abcdef.`,
	);
}

function readProof(fields: EntraFields, now?: number): AppProof {
	if (fields.authentication === 'certificate') {
		const { privateKey = '', passphrase = '', certificateChain = '' } = fields;
		return {
			kind: 'certificate',
			certificate: readCertificate({ privateKey, passphrase, certificateChain }, now),
		};
	}
	const secret = (fields.clientSecret ?? '').trim();
	if (secret === '') {
		throw wrong(
			'The client secret is blank.',
			'Create one in the Entra admin center (App registrations > the app > Certificates & secrets) and paste its value here.',
		);
	}
	if (isGuid(secret)) {
		throw wrong(
			'The client secret looks like the ID of a secret, not like its value.',
			"In the Entra admin center (App registrations > the app > Certificates & secrets) each secret has a 'Value' and a 'Secret ID'. The value is needed; it is shown only once, so create a new secret if you do not have it.",
		);
	}
	return { kind: 'secret', secret };
}

/** Without blanks, quotes and braces around it. */
function bare(text: string): string {
	return strip(text.trim(), '"\'{} \t\r\n');
}

function wrong(message: string, advice: string): Problem {
	return problem.configuration(message, advice);
}
