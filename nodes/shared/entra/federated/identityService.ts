import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Fact } from '../../core/evidence';
import { Problem, problem } from '../../core/problem';
import { jsonValue, quote } from '../../http/outsideText';
import { retryAfterOf } from '../../http/retry';

/** A managed identity, and where its tokens are asked for. */
export interface ManagedIdentity {
	/** client id of the identity, not of the app */
	clientId: string;
	/** http address of the identity service of the machine */
	address: string;
}

/** A token that proves the app, and when it ends, in milliseconds since 1970. */
export interface IdentityToken {
	value: string;
	expiresAt: number;
}

const API_VERSION: Fact<string> = { value: '2018-02-01', source: 'D5', certainty: 'sample' };
/** What a token must be for, to be taken as proof of an app. */
export const EXCHANGE_AUDIENCE: Fact<string> = {
	value: 'api://AzureADTokenExchange',
	source: 'D5',
	certainty: 'documented',
};

/** The service is on the same machine; elsewhere nobody answers at its address. */
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;

/** An answer, no longer than {@link MAX_BYTES}. */
interface Answer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/**
 * Asks the identity service of this Azure machine for a token of a managed identity. It is asked directly: not by way of a proxy,
 * which would ask from another machine, and a redirect is an answer like any other.
 * @param timeoutMs the whole exchange ends within this time, in milliseconds
 * @throws Problem `network`, `token`, `unexpectedAnswer` or `cancelled`
 */
export async function askIdentityService(
	identity: ManagedIdentity,
	signal?: AbortSignal,
	timeoutMs = TIMEOUT_MS,
): Promise<IdentityToken> {
	const answer = await exchange(identity, AbortSignal.timeout(timeoutMs), signal);
	if (answer.status !== 200) throw refusal(identity, answer);
	const { access_token: value, expires_on: end } = fieldsOf(answer.text);
	// Seconds since 1970, as a number or as digits.
	const seconds = typeof end === 'string' && /^\d{1,12}$/.test(end) ? Number(end) : end;
	if (typeof value === 'string' && typeof seconds === 'number' && Number.isFinite(seconds)) {
		return { value, expiresAt: seconds * 1000 };
	}
	throw problem.unexpectedAnswer(
		'The identity service of this machine answered without a token, or without its end.',
		'Ask who runs n8n what answers there: it should be the Azure Instance Metadata Service.',
		{ status: answer.status },
	);
}

async function exchange(
	{ address, clientId }: ManagedIdentity,
	limit: AbortSignal,
	signal?: AbortSignal,
): Promise<Answer> {
	const url = new URL(address);
	url.searchParams.set('api-version', API_VERSION.value);
	url.searchParams.set('resource', EXCHANGE_AUDIENCE.value);
	url.searchParams.set('client_id', clientId);
	// An agent of its own: the one of the process may lead to a proxy.
	const agent = new Agent({ keepAlive: false });
	try {
		return await new Promise<Answer>((resolve, reject) => {
			const sent = httpRequest(
				url,
				{
					agent,
					headers: { Metadata: 'true', Accept: 'application/json' },
					signal: signal ? AbortSignal.any([signal, limit]) : limit,
				},
				(answer) => void readAnswer(answer).then(resolve, reject),
			);
			sent.on('error', reject);
			sent.end();
		});
	} catch (error) {
		throw error instanceof Problem ? error : failureOf(error, limit, signal);
	} finally {
		agent.destroy();
	}
}

async function readAnswer(answer: IncomingMessage): Promise<Answer> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of answer as AsyncIterable<Buffer>) {
		bytes += piece.length;
		if (bytes > MAX_BYTES) {
			throw problem.unexpectedAnswer(
				'The identity service of this machine answered with more than a token.',
				'Ask who runs n8n what answers there: it should be the Azure Instance Metadata Service.',
			);
		}
		pieces.push(piece);
	}
	const headers = Object.fromEntries(
		Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
	);
	return { status: answer.statusCode ?? 0, headers, text: Buffer.concat(pieces).toString('utf8') };
}

function fieldsOf(text: string): Record<string, unknown> {
	const body = jsonValue(text);
	return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function refusal({ clientId }: ManagedIdentity, { status, headers, text }: Answer): Problem {
	const { error_description: words } = fieldsOf(text);
	const passes = status === 429 || status >= 500;
	return problem.token(
		`The identity service of this machine gave no token of the managed identity ${clientId} (HTTP ${status}).`,
		passes
			? 'Run the workflow again in some minutes.'
			: "Assign the identity to the Azure machine that runs n8n (Azure portal > the machine > Identity > User assigned), and compare 'Client ID' on the Overview page of the identity.",
		{
			status,
			retryAfterMs: retryAfterOf(headers),
			...(typeof words === 'string' ? { serviceText: quote(words, 300) } : {}),
		},
	);
}

function failureOf(error: unknown, limit: AbortSignal, signal?: AbortSignal): Problem {
	if (signal?.aborted) return cancelled();
	return unreachable(limit.aborted ? 'ETIMEDOUT' : codeOf(error));
}

function unreachable(networkCode: string): Problem {
	return problem.network(
		'No identity service answers on the machine that runs n8n.',
		'A managed identity needs n8n on an Azure machine that has one. Elsewhere choose another authentication; in Kubernetes, the token file.',
		{ networkCode },
	);
}

function cancelled(): Problem {
	return problem.cancelled('The sign-in was cancelled.', 'Run the workflow again when you want to.');
}

function codeOf(error: unknown): string {
	const code = (error as NodeJS.ErrnoException | undefined)?.code;
	return typeof code === 'string' ? code : 'ECONNRESET';
}
