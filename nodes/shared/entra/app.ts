import { strip } from '../core/strip';
import { readHost } from '../http/host';
import { problem, type Problem } from '../core/problem';
import { readCertificate, type AppCertificate } from './certificate';
import { CLOUDS, type Cloud } from './clouds';
import type { FederatedSource } from './federated/assertions';
import {
	assertAllowed,
	assertTrustedHost,
	identityAddress,
	tokenFilePath,
	type Environment,
} from './federated/permission';

/** The fields of a credential that say which app of which tenant signs in, and how it proves that it is the app. */
export interface EntraFields {
	/** id of the tenant, or one of its domain names */
	tenantId: string;
	/** application (client) id */
	clientId: string;
	authentication: 'clientSecret' | 'certificate' | 'federated';
	clientSecret?: string;
	/** day on which the secret ends, as in 2027-01-31; blank: nobody knows */
	expiresOn?: string;
	privateKey?: string;
	passphrase?: string;
	certificateChain?: string;
	/** where a token comes from that proves the app without a secret */
	federatedSource?: 'tokenFile' | 'managedIdentity';
	/** client id of the managed identity */
	identityClientId?: string;
	/** host that signs in, with its port unless that is 443 */
	loginHost: string;
}

/** How an app proves that it is itself. */
export type AppProof =
	| { kind: 'secret'; secret: string; /** milliseconds since 1970 */ expiresAt?: number }
	| { kind: 'certificate'; certificate: AppCertificate }
	| { kind: 'federated'; source: FederatedSource };

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
 * @param environment of n8n; it allows or forbids a federated sign-in
 * @throws Problem `configuration` that names the field and says what to do
 */
export function readEntraApp(
	fields: EntraFields,
	now?: number,
	environment: Environment = process.env,
): EntraApp {
	const app: EntraApp = {
		tenantId: readTenant(fields.tenantId),
		clientId: readClientId(fields.clientId),
		loginHost: readHost(fields.loginHost, 'Login Host'),
		proof: readProof(fields, now, environment),
	};
	assertMayUse(app, `https://${app.loginHost}`, environment);
	return app;
}

/**
 * Refuses an address that may not get what a federated sign-in gives: the identity is that of n8n, so the administrator decides,
 * not the author of the credential.
 * @param address of a service, or of the login host
 * @throws Problem `configuration` where the sign-in is federated and the host neither Microsoft's nor in the administrator's list
 */
export function assertMayUse(
	{ proof }: EntraApp,
	address: string,
	environment: Environment = process.env,
): void {
	if (proof.kind === 'federated') assertTrustedHost(new URL(address).host, MICROSOFT_HOSTS, environment);
}

const PROOF_NAMES: Readonly<Record<AppProof['kind'], string>> = {
	secret: 'secret',
	certificate: 'certificate',
	federated: 'federated credential',
};

/** What follows for the fields of a credential from a token that Entra has issued. */
export function tokenProves({ proof }: EntraApp): string {
	return `Microsoft Entra issued a token: tenant ID, client ID and the ${PROOF_NAMES[proof.kind]} are right.`;
}

const MICROSOFT_HOSTS = Object.values<Cloud>(CLOUDS).flatMap(
	({ loginHost, purviewSignalsUrl, vivaApiUrl }) => [
		loginHost.value,
		...[purviewSignalsUrl, vivaApiUrl].flatMap((url) => (url ? [new URL(url.value).host] : [])),
	],
);

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

function readProof(fields: EntraFields, now: number | undefined, environment: Environment): AppProof {
	switch (fields.authentication) {
		case 'certificate': {
			const { privateKey = '', passphrase = '', certificateChain = '' } = fields;
			return {
				kind: 'certificate',
				certificate: readCertificate({ privateKey, passphrase, certificateChain }, now),
			};
		}
		case 'clientSecret':
			return { kind: 'secret', secret: readSecret(fields), ...readExpiry(fields) };
		case 'federated':
			assertAllowed(environment);
			return { kind: 'federated', source: readSource(fields, environment) };
	}
}

function readSource(
	{ federatedSource = 'tokenFile', identityClientId = '' }: EntraFields,
	environment: Environment,
): FederatedSource {
	switch (federatedSource) {
		case 'tokenFile':
			return { kind: 'tokenFile', path: tokenFilePath(environment) };
		case 'managedIdentity': {
			const clientId = bare(identityClientId);
			if (!isGuid(clientId)) {
				throw wrong(
					clientId === ''
						? 'The client ID of the managed identity is blank.'
						: 'The client ID of the managed identity is not an ID.',
					"Copy 'Client ID' from the Overview page of the identity (Azure portal > Managed Identities > the identity).",
				);
			}
			return {
				kind: 'managedIdentity',
				clientId: clientId.toLowerCase(),
				address: identityAddress(environment),
			};
		}
	}
}

function readSecret({ clientSecret = '' }: EntraFields): string {
	const secret = clientSecret.trim();
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
	return secret;
}

function readExpiry({ expiresOn = '' }: EntraFields): { expiresAt?: number } {
	const text = expiresOn.trim();
	if (text === '') return {};
	const expiresAt = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
	// JavaScript takes the 30th of February for a day in March.
	if (!Number.isNaN(expiresAt) && new Date(expiresAt).toISOString().startsWith(text)) return { expiresAt };
	throw wrong(
		"The date in 'Secret Expires On' is not understood.",
		'Write year, month and day, as in 2027-01-31, or leave it blank.',
	);
}

/** Without blanks, quotes and braces around it. */
function bare(text: string): string {
	return strip(text.trim(), '"\'{} \t\r\n');
}

function wrong(message: string, advice: string): Problem {
	return problem.configuration(message, advice);
}
