import { headFacts, isRedirect, isWebPage } from '../http/answerText';
import type { HttpAnswer } from '../http/message';
import { jsonValue, quote } from '../http/outsideText';
import { isCertificateFault } from '../http/retry';
import { problem, type Problem, type ProblemDetails } from '../core/problem';
import { TOKEN_ERRORS, type TokenContext } from './tokenErrorTable';

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
			: 'Check tenant, app, authentication and cloud in the credential. The sign-in log of the app in the Entra admin center tells more (Enterprise applications > the app > Sign-in logs).');
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
