import { isAbsolute } from 'node:path';
import type { Fact } from '../../core/evidence';
import { problem, type Problem } from '../../core/problem';

/** Variables of n8n's environment; the first two are this package's own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Lets credentials sign in as this n8n. */
export const ALLOW = 'N8N_MICROSOFT_HR_ALLOW_FEDERATED';
/** Hosts besides Microsoft's that may get a token of this n8n. */
export const HOSTS = 'N8N_MICROSOFT_HR_FEDERATED_HOSTS';
/** Where Kubernetes has put the token. */
export const TOKEN_FILE = 'AZURE_FEDERATED_TOKEN_FILE';
/** Where managed identities are asked for, if not at the usual address. */
export const IDENTITY_HOST = 'AZURE_POD_IDENTITY_AUTHORITY_HOST';

const USUAL_IDENTITY_HOST: Fact<string> = {
	value: 'http://169.254.169.254',
	source: 'D5',
	certainty: 'sample',
};
const IDENTITY_PATH: Fact<string> = {
	value: '/metadata/identity/oauth2/token',
	source: 'D5',
	certainty: 'sample',
};

/**
 * Refuses a federated sign-in unless the administrator of n8n allows it: the identity is that of n8n itself, and whoever may
 * create a credential could use it.
 * @throws Problem `configuration` that names the switch
 */
export function assertAllowed(environment: Environment): void {
	if (environment[ALLOW]?.trim() === 'true') return;
	throw wrong(
		'This n8n does not allow credentials to sign in as n8n itself.',
		`Ask who runs n8n to set the environment variable ${ALLOW} to true, or choose another authentication.`,
	);
}

/**
 * Refuses to give a token of n8n to a host that only the author of a credential has named.
 * @param host with its port unless that is 443
 * @param known hosts of Microsoft's clouds
 * @throws Problem `configuration` that names the list
 */
export function assertTrustedHost(host: string, known: readonly string[], environment: Environment): void {
	const listed = (environment[HOSTS] ?? '').split(',').map((entry) => entry.trim().toLowerCase());
	if (known.includes(host) || listed.includes(host)) return;
	throw wrong(
		`A federated sign-in may not use the host ${host}.`,
		`Choose a cloud of Microsoft in the credential, or ask who runs n8n to add this host to the environment variable ${HOSTS}.`,
	);
}

/**
 * The path of the token file. Only n8n's environment names it: a path in a credential could name any file of the machine.
 * @throws Problem `configuration` where it is missing or relative
 */
export function tokenFilePath(environment: Environment): string {
	const path = environment[TOKEN_FILE]?.trim() ?? '';
	if (path === '') {
		throw wrong(
			`This n8n has no token file: the environment variable ${TOKEN_FILE} is not set.`,
			'Ask who runs n8n. Azure Workload Identity for Kubernetes sets it for the pods of a labelled service account.',
		);
	}
	if (isAbsolute(path)) return path;
	throw wrong(
		`The path in the environment variable ${TOKEN_FILE} is not absolute.`,
		'Ask who runs n8n to write the whole path, from the root.',
	);
}

/**
 * The address that gives tokens of managed identities.
 * @throws Problem `configuration` where the environment names one that is no http address
 */
export function identityAddress(environment: Environment): string {
	const host = environment[IDENTITY_HOST]?.trim() || USUAL_IDENTITY_HOST.value;
	const address = URL.canParse(host) ? new URL(host) : undefined;
	if (address?.protocol === 'http:') return `${host.replace(/\/$/, '')}${IDENTITY_PATH.value}`;
	throw wrong(
		`The environment variable ${IDENTITY_HOST} holds no http address.`,
		`Ask who runs n8n to correct or remove it; the usual address is ${USUAL_IDENTITY_HOST.value}.`,
	);
}

function wrong(message: string, advice: string): Problem {
	return problem.configuration(message, advice);
}
