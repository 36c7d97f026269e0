import type { Evidence } from '../core/evidence';
import type { EntraApp } from './app';
import type { Presented } from './federated/assertions';
import { EXCHANGE_AUDIENCE } from './federated/identityService';

/** Who asked for which token: what the sentences name. */
export interface TokenContext {
	app: EntraApp;
	/** what the token was asked for */
	audience: string;
	/** what the token said of itself that proves the app, in a federated sign-in */
	presented?: Presented;
}

/** One refusal of Entra: what it means in words, and what to do. */
export interface TokenError extends Evidence {
	/** number behind AADSTS */
	codes: number[];
	happened: (context: TokenContext) => string;
	advice: (context: TokenContext) => string;
	/** key of the reference; `Entra` for codes of Entra's general list that the reference does not name */
	source: string;
}

const SECRETS = 'Entra admin center > App registrations > the app > Certificates & secrets';
const FEDERATED = `${SECRETS} > Federated credentials`;

/** One sentence for a certificate, another for a token of n8n. */
const byProof =
	(certificate: string, federated: string) =>
	({ app }: TokenContext) =>
		app.proof.kind === 'federated' ? federated : certificate;

/** A claim of the token, where it is known. */
const quoted = (claim: string | undefined) => (claim === undefined ? '' : ` '${claim}'`);

/** Refusals that we have words for; docs/troubleshooting.md is written from them. */
export const TOKEN_ERRORS: readonly TokenError[] = [
	{
		codes: [7000215],
		happened: () => 'The client secret is wrong.',
		advice: () =>
			`Paste the value of a secret, not its ID (${SECRETS}). The value is shown only once; create a new secret if you do not have it.`,
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [7000222],
		happened: () => 'The client secret has expired.',
		advice: () => `Create a new secret (${SECRETS}) and paste its value into the credential.`,
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [700016],
		happened: ({ app }) => `The app ${app.clientId} does not exist in the tenant ${app.tenantId}.`,
		advice: () =>
			'Check that client ID and tenant ID come from the same app registration, and that the cloud of the credential is that of the tenant.',
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [90002],
		happened: ({ app }) => `The tenant ${app.tenantId} was not found at ${app.loginHost}.`,
		advice: () =>
			"Check the tenant ID ('Directory (tenant) ID' on the Overview page of the app registration) and the cloud of the credential.",
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [900023, 50034],
		happened: ({ app }) => `'${app.tenantId}' is not known as a tenant at ${app.loginHost}.`,
		advice: () =>
			"Use the tenant's ID ('Directory (tenant) ID' on the Overview page of the app registration), and check the cloud of the credential.",
		source: 'Entra',
		certainty: 'inferred',
	},
	{
		codes: [700027],
		happened: ({ app }) =>
			app.proof.kind === 'certificate'
				? `The certificate is not registered with the app, or the key is not its own (SHA-1 thumbprint ${app.proof.certificate.thumbprintSha1}).`
				: app.proof.kind === 'federated'
					? 'Entra could not verify the signature of the token that proves the app.'
					: 'The certificate is not registered with the app, or the key is not its own.',
		advice: byProof(
			`Upload the certificate under ${SECRETS} and compare its thumbprint. A new certificate can take some minutes to be known everywhere.`,
			`Check that Entra can read the keys of the issuer (${FEDERATED}), and that the token is of this cluster or tenant.`,
		),
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [700024],
		happened: byProof(
			'The proof made with the certificate was not valid at the time it arrived.',
			'The token that proves the app had expired, or was not valid yet.',
		),
		advice: byProof(
			'Set the clock of the machine that runs n8n; it is probably some minutes off.',
			'Ask who runs n8n: Kubernetes must renew the token file, and the clock of the machine must be right.',
		),
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [50027],
		happened: byProof(
			'The proof made with the certificate was not accepted.',
			'The token that proves the app was not accepted.',
		),
		advice: byProof(
			'Check tenant ID, cloud and login host of the credential, and the clock of the machine that runs n8n.',
			`Compare issuer, subject and audience of the federated credential with those of the token (${FEDERATED}).`,
		),
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [700023],
		happened: byProof(
			'The proof made with the certificate is for another login host.',
			'The token that proves the app is for another audience.',
		),
		advice: byProof(
			'Check the cloud and the login host of the credential.',
			`Compare 'Audience' of the federated credential with that of the token (${FEDERATED}).`,
		),
		source: 'Entra',
		certainty: 'inferred',
	},
	{
		codes: [700030, 5000611],
		happened: () => 'The certificate or its signature is of a kind that Entra does not take.',
		advice: () =>
			'Use a certificate with an RSA key of 2048 bits or more, made with SHA-256, and valid today.',
		source: 'Entra',
		certainty: 'inferred',
	},
	{
		codes: [7000218],
		happened: () => 'Entra got neither a secret nor a certificate nor a federated token.',
		advice: () =>
			"Choose 'Authentication' in the credential and fill in what belongs to it. If all is there, something in the network changes the request.",
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [70011, 1002012],
		happened: ({ audience }) => `The audience '${audience}' is not one that a token can be asked for.`,
		advice: () => 'Set the audience of the credential back to its default.',
		source: 'D1, D3',
		certainty: 'documented',
	},
	{
		codes: [500011],
		happened: ({ audience }) => `The tenant does not know the service '${audience}'.`,
		advice: () =>
			'The service is probably not enabled or licensed in this tenant; ask its Microsoft 365 admin. If it is, try the other audience in the credential, and check that the tenant ID is that of the tenant with the service.',
		source: 'D3',
		certainty: 'inferred',
	},
	{
		codes: [500014],
		happened: ({ audience }) => `The service '${audience}' is disabled in the tenant.`,
		advice: () =>
			"Ask an Entra admin to enable it (Enterprise applications > the service > Properties > 'Enabled for users to sign-in'). A licence that has ended can be the reason.",
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [700213],
		happened: ({ presented }) =>
			`The app has no federated credential for the subject${quoted(presented?.subject)} of this n8n's token.`,
		advice: () =>
			`Enter the subject of the token into the federated credential, letter by letter (${FEDERATED}).`,
		source: 'D3, D5',
		certainty: 'inferred',
	},
	{
		codes: [700211],
		happened: ({ presented }) =>
			`The app has no federated credential for the issuer${quoted(presented?.issuer)} of this n8n's token.`,
		advice: () =>
			`Enter the issuer of the token into the federated credential, letter by letter and with its slashes (${FEDERATED}).`,
		source: 'D3, D5',
		certainty: 'inferred',
	},
	{
		codes: [700212],
		happened: ({ presented }) =>
			`The app has no federated credential for the audience${quoted(presented?.audience)} of this n8n's token.`,
		advice: () =>
			`Both the token and the federated credential should have the audience ${EXCHANGE_AUDIENCE.value} (${FEDERATED}).`,
		source: 'D3, D5',
		certainty: 'inferred',
	},
	{
		codes: [70021],
		happened: () => "No federated credential of the app fits this n8n's token.",
		advice: () =>
			`A new federated credential takes some minutes to spread: run the workflow again then. If this comes back, compare its issuer, subject and audience with those of the token (${FEDERATED}).`,
		source: 'D3, D5',
		certainty: 'documented',
	},
	{
		codes: [700229],
		happened: () => 'The token that proves the app is the token of a person.',
		advice: () => 'Ask who runs n8n: Entra takes the tokens of apps and managed identities only.',
		source: 'D3, D5',
		certainty: 'documented',
	},
	{
		codes: [501051, 50105],
		happened: () => 'The app is not assigned to the service, and the service demands that.',
		advice: () =>
			'Ask an Entra admin to assign the app to the service (Enterprise applications > the service > Users and groups), or to find out why it is blocked.',
		source: 'D3',
		certainty: 'inferred',
	},
	{
		codes: [7000112],
		happened: ({ app }) => `The app ${app.clientId} is disabled in this tenant.`,
		advice: () =>
			"Ask an Entra admin to enable it: Enterprise applications > the app > Properties > 'Enabled for users to sign-in'.",
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [53003, 530003, 53000],
		happened: () => 'A Conditional Access policy of the tenant keeps the app from signing in.',
		advice: () =>
			'Ask an Entra admin to look at the sign-in logs (Sign-in logs > Service principal sign-ins) and to allow the app from the address of this n8n.',
		source: 'D3, D5',
		certainty: 'inferred',
	},
	{
		codes: [90033, 90024, 50196],
		happened: () => 'Microsoft Entra cannot issue tokens at the moment.',
		advice: () => 'Run the workflow again in some minutes.',
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [90038, 9001023],
		happened: ({ app }) => `The tenant ${app.tenantId} belongs to another cloud than ${app.loginHost}.`,
		advice: () => 'Choose the cloud of the tenant in the credential.',
		source: 'Entra',
		certainty: 'inferred',
	},
];
