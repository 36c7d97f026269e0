import type { HttpAnswer } from './message';
import { jsonValue, quote } from './outsideText';
import { retryAfterOf } from './retry';
import type { ProblemDetails } from '../core/problem';

const LONGEST_QUOTE = 300;
/** The title of a page stands near its beginning. */
const TITLE_WITHIN = 16_384;
const LOGIN_HOST = /(^|\.)login[a-z0-9.-]*\.|(^|\.)(login|signin|sso|adfs|sts)\b/i;
const SIGN_IN_WORDS = /login\.(microsoftonline|microsoft|windows|live)\b|sign[ -]?in|log[ -]?in|oauth2/i;

/** Whether an answer is a web page. */
export function isWebPage(answer: Pick<HttpAnswer, 'headers' | 'text'>): boolean {
	if (/\bhtml\b/i.test(answer.headers['content-type'] ?? '')) return true;
	return /^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(answer.text);
}

/** Whether an answer sends to a sign-in page or is one: what this service does with an expired token (source A6). */
export function isSignInPage(answer: Pick<HttpAnswer, 'status' | 'headers' | 'text'>): boolean {
	if (isRedirect(answer.status)) return LOGIN_HOST.test(redirectHost(answer.headers));
	return isWebPage(answer) && SIGN_IN_WORDS.test(answer.text);
}

/** Whether a status asks to go elsewhere. */
export function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}

/** Where a redirect leads, to stand behind the word for it: ` to example.com`; blank where it does not say. */
export function redirectTarget(headers: HttpAnswer['headers']): string {
	const host = redirectHost(headers);
	return host === '' ? '' : ` to ${host}`;
}

/** Host of a redirect's target; blank where there is none. Never the whole address: it may carry a token. */
function redirectHost(headers: HttpAnswer['headers']): string {
	const target = headers.location ?? '';
	return URL.canParse(target) ? quote(new URL(target).host, 100) : '';
}

/** The title of a web page, to stand behind the word for it: ` ('Sign in')`; blank where it has none. */
export function pageTitle(answer: Pick<HttpAnswer, 'text' | 'withoutEcho'>): string {
	const head = answer.text.slice(0, TITLE_WITHIN);
	const start = head.search(/<title/i);
	const end = start < 0 ? -1 : head.indexOf('>', start);
	const title = end < 0 ? '' : shown(answer, head.slice(end + 1).split('<', 1)[0], 100);
	return title === '' ? '' : ` ('${title}')`;
}

/** A sentence about a refusal that comes as a web page, and so was perhaps never the service's; blank for others. */
export function pageNote(answer: HttpAnswer): string {
	return isWebPage(answer)
		? ` The answer is a web page${pageTitle(answer)}: it may come from a proxy or firewall.`
		: '';
}

/** How long the service asks to wait, to stand at the end of a clause; blank where it does not say. */
export function waitAsked(headers: HttpAnswer['headers']): string {
	const waitMs = retryAfterOf(headers);
	return waitMs === undefined ? '' : `; the service asks to wait ${Math.ceil(waitMs / 1000)} s`;
}

/**
 * What the service said about a refusal, in its own words, from JSON or plain text; undefined for web pages and blank
 * answers.
 */
export function serviceText(
	answer: Pick<HttpAnswer, 'headers' | 'text' | 'withoutEcho'>,
): string | undefined {
	if (isWebPage(answer)) return undefined;
	const said = shown(answer, fromJson(answer.text)?.text ?? answer.text, LONGEST_QUOTE);
	return said === '' ? undefined : said;
}

/** The facts of an answer's head that a problem carries. */
export function headFacts(answer: HttpAnswer): ProblemDetails {
	const facts: ProblemDetails = { status: answer.status };
	if (answer.reason !== '') facts.reason = shown(answer, answer.reason, 100);
	const retryAfterMs = retryAfterOf(answer.headers);
	if (retryAfterMs !== undefined) facts.retryAfterMs = retryAfterMs;
	return facts;
}

/** The facts of an answer that a problem carries. */
export function answerFacts(answer: HttpAnswer): ProblemDetails {
	const { headers } = answer;
	const facts = headFacts(answer);
	const text = serviceText(answer);
	if (text !== undefined) facts.serviceText = text;
	const correlationId =
		headers['x-ms-correlation-id'] ??
		headers['x-ms-correlation-request-id'] ??
		headers['x-correlation-id'] ??
		headers['x-ms-request-id'] ??
		headers['request-id'] ??
		headers['client-request-id'];
	if (correlationId !== undefined) facts.correlationId = shown(answer, correlationId, 60);
	const code = fromJson(answer.text)?.code;
	if (code !== undefined) facts.microsoftCode = shown(answer, code, 60);
	return facts;
}

/** A text of an answer as it may be shown: without secrets, addresses and what the answer repeats of the request's body. */
function shown({ withoutEcho }: Pick<HttpAnswer, 'withoutEcho'>, text: string, length: number): string {
	const start = text.trimStart().slice(0, 4 * length);
	return quote(withoutEcho?.(start) ?? start, length);
}

/** The usual shapes of an error in JSON: a text, `{ message }`, `{ error: { code, message } }`, `{ title, detail }`. */
function fromJson(text: string): { text: string; code?: string } | undefined {
	const value = jsonValue(text);
	if (typeof value === 'string') return { text: value };
	const outer = lowerCased(value);
	const inner = lowerCased(outer.error);
	const said = [
		inner.message,
		outer.message,
		outer.detail,
		outer.error_description,
		outer.title,
		outer.error,
	];
	const message = said.find((part): part is string => typeof part === 'string' && part !== '');
	if (message === undefined) return undefined;
	const code = [inner.code, outer.code, outer.errorcode].find((part) => typeof part === 'string');
	return { text: message, ...(typeof code === 'string' ? { code } : {}) };
}

function lowerCased(value: unknown): Record<string, unknown> {
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(Object.entries(value).map(([name, content]) => [name.toLowerCase(), content]));
}
