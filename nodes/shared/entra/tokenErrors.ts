import { headFacts, isRedirect, isWebPage } from '../http/answerText';
import type { HttpAnswer } from '../http/message';
import { jsonValue, quote } from '../http/outsideText';
import { isCertificateFault } from '../http/retry';
import { problem, type Problem, type ProblemDetails } from '../core/problem';
import type { EntraApp } from './app';
import type { Certainty } from '../core/evidence';

/** Who asked for which token: what the sentences name. */
export interface TokenContext {
	app: EntraApp;
	/** what the token was asked for */
	audience: string;
}

/** One refusal of Entra: what it means in words, and what to do. */
export interface TokenError {
	/** number behind AADSTS */
	codes: number[];
	happened: (context: TokenContext) => string;
	advice: (context: TokenContext) => string;
	/** key of the reference; `Entra` for codes of Entra's general list that the reference does not name */
	source: string;
	certainty: Certainty;
}

const SECRETS = 'Entra admin center > App registrations > the app > Certificates & secrets';

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
				: 'The certificate is not registered with the app, or the key is not its own.',
		advice: () =>
			`Upload the certificate under ${SECRETS} and compare its thumbprint. A new certificate can take some minutes to be known everywhere.`,
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [700024],
		happened: () => 'The proof made with the certificate was not valid at the time it arrived.',
		advice: () => 'Set the clock of the machine that runs n8n; it is probably some minutes off.',
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [50027],
		happened: () => 'The proof made with the certificate was not accepted.',
		advice: () =>
			'Check tenant ID, cloud and login host of the credential, and the clock of the machine that runs n8n.',
		source: 'D3',
		certainty: 'documented',
	},
	{
		codes: [700023],
		happened: () => 'The proof made with the certificate is for another login host.',
		advice: () => 'Check the cloud and the login host of the credential.',
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
		happened: () => 'Entra got neither a secret nor a certificate.',
		advice: () =>
			"Choose 'Client Secret' or 'Certificate' in the credential and fill in what belongs to it. If both are there, something in the network changes the request.",
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
		source: 'Entra',
		certainty: 'inferred',
	},
	{
		codes: [53003, 530003, 53000],
		happened: () => 'A Conditional Access policy of the tenant keeps the app from signing in.',
		advice: () =>
			'Ask an Entra admin to look at the sign-in log of the app (Enterprise applications > the app > Sign-in logs) and to allow it from the address of this n8n.',
		source: 'Entra',
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

/** Codes that pass by themselves. */
const TRANSIENT = new Set([90033, 90024]);

/**
 * Tells in words why Entra gave no token. Microsoft's code, correlation id and trace id are kept in details and advice;
 * its own text only where we have no words, and cut short.
 * @param answer of the token endpoint or of the discovery of the login host
 */
export function tokenRefusal(answer: HttpAnswer, context: TokenContext): Problem {
	const { host, status } = { host: context.app.loginHost, status: answer.status };
	const body = jsonOf(answer.text);
	if (body === undefined) return notEntra(answer, host);

	const description = stringOf(body.error_description) ?? '';
	const number = numberOf(body, description);
	const known = TOKEN_ERRORS.find(({ codes }) => number !== undefined && codes.includes(number));
	const ids = {
		microsoftCode: number === undefined ? idOf(body.error) : `AADSTS${number}`,
		correlationId: idOf(body.correlation_id) ?? idAfter('Correlation ID:', description),
		traceId: idOf(body.trace_id) ?? idAfter('Trace ID:', description),
	};
	const details: ProblemDetails = {
		...headFacts(answer),
		...ids,
		...(known === undefined && description !== '' ? { serviceText: firstSentences(description) } : {}),
	};
	const overloaded = status === 429 || status >= 500;
	const message =
		known?.happened(context) ??
		(overloaded
			? `Microsoft Entra (${host}) cannot issue tokens at the moment (HTTP ${status}).`
			: `Microsoft Entra (${host}) refused to issue a token (HTTP ${status}${ids.microsoftCode ? `, ${ids.microsoftCode}` : ''}).`);
	const advice =
		known?.advice(context) ??
		(overloaded
			? 'Run the workflow again in some minutes.'
			: 'Check tenant, app, secret or certificate and cloud in the credential. The sign-in log of the app in the Entra admin center tells more (Enterprise applications > the app > Sign-in logs).');
	return problem.token(message, `${advice}${forSupport(ids)}`, details);
}

/** Whether a failed request for a token is worth repeating: throttled, overloaded, or not reached. */
export function isTransientTokenProblem(failure: Problem): boolean {
	const { kind, details } = failure;
	if (kind === 'network' || kind === 'inDoubt') return !isCertificateFault(failure);
	if (kind !== 'token' && kind !== 'unexpectedAnswer') return false;
	const { status = 0, microsoftCode = '' } = details;
	return (
		status === 408 ||
		status === 429 ||
		status >= 500 ||
		TRANSIENT.has(Number(microsoftCode.replace('AADSTS', '')))
	);
}

/** For an answer that no Entra gives: a sign-in page of a proxy, a maintenance page, nothing at all. */
function notEntra(answer: HttpAnswer, host: string): Problem {
	const what = isWebPage(answer)
		? 'a web page'
		: isRedirect(answer.status)
			? 'a redirect'
			: answer.text.trim() === ''
				? 'nothing'
				: 'something unreadable';
	return problem.unexpectedAnswer(
		`${host} answered the token request with ${what} (HTTP ${answer.status}).`,
		answer.status === 429 || answer.status >= 500
			? 'Run the workflow again in some minutes. If this comes back, look whether a proxy or firewall answers in place of Microsoft.'
			: 'Probably a proxy or firewall answers in place of Microsoft: ask your network team to let n8n reach this host, or check the login host in the credential.',
		headFacts(answer),
	);
}

function forSupport(ids: { microsoftCode?: string; correlationId?: string; traceId?: string }): string {
	const parts = [
		ids.microsoftCode,
		ids.correlationId && `correlation ID ${ids.correlationId}`,
		ids.traceId && `trace ID ${ids.traceId}`,
	].filter(Boolean);
	return parts.length === 0 ? '' : ` (For Microsoft's support: ${parts.join(', ')}.)`;
}

/** A JSON object; undefined for any other text. */
export function jsonOf(text: string): Record<string, unknown> | undefined {
	const body = jsonValue(text);
	return typeof body === 'object' && body !== null && !Array.isArray(body)
		? (body as Record<string, unknown>)
		: undefined;
}

/** Entra is not the only one who may answer: texts are cut before anything is looked for in them. */
function stringOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value.slice(0, 4_000) : undefined;
}

/** An id or a code as Entra writes them; undefined for anything else. */
export function idOf(value: unknown): string | undefined {
	return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}

function idAfter(label: string, description: string): string | undefined {
	const start = description.indexOf(label);
	return start < 0
		? undefined
		: idOf(
				description
					.slice(start + label.length)
					.trim()
					.slice(0, 36),
			);
}

function numberOf(body: Record<string, unknown>, description: string): number | undefined {
	const { error_codes: codes } = body;
	if (Array.isArray(codes) && typeof codes[0] === 'number') return codes[0];
	const written = /AADSTS(\d+)/.exec(description)?.[1];
	return written === undefined ? undefined : Number(written);
}

/** Microsoft's text without its code and its trailing ids, cut short. */
function firstSentences(description: string): string {
	const [text] = description.replace(/^AADSTS\d+:/, '').split(/(?:Trace ID|Correlation ID|Timestamp):/, 1);
	return quote(text, 300);
}
