import type { HttpAnswer, HttpRequest, Send, SendForStream } from '../../http/message';
import type { RetryClock, RetryPolicy } from '../../http/retry';
import { sendWithToken, type GetToken } from '../../http/sendWithToken';
import type { CallContext } from './refusals';
import { mayRepeat, type RepetitionRule } from './repetition';

/** What a client of the ingress API needs. */
export interface IngressClientOptions {
	send: Send;
	sendForStream: SendForStream;
	getToken: GetToken;
	/** the API's base address with its version, see `CLOUDS` in `entra/clouds` */
	baseUrl: string;
	tenantId: string;
	/** looked up from the service where it is missing or blank */
	scaleUnit?: string;
	/** cancels whatever is under way */
	signal?: AbortSignal;
	/** the upload and its answer must end within this time, in milliseconds; one hour unless told */
	pushTimeoutMs?: number;
	/** every other exchange must end within this time, in milliseconds; one minute unless told */
	readTimeoutMs?: number;
	/** patience of what only reads; that of `READING` unless told */
	readingPolicy?: RetryPolicy;
	/** patience of uploads; that of `UPLOADING` unless told */
	uploadingPolicy?: RetryPolicy;
	/** told before each wait for another attempt */
	onWait?: (step: string, attempt: number, waitMs: number) => void;
	clock?: RetryClock;
}

/** Every exchange but uploads and downloads ends within this time unless told, in milliseconds. */
const READ_TIMEOUT_MS = 60_000;

/** What all requests of a client share. */
export interface Caller {
	options: IngressClientOptions;
	/** without a slash at its end */
	baseUrl: string;
	reading: RepetitionRule;
	uploading: RepetitionRule;
}

/** One call, before it has a token. */
export interface CallRequest {
	context: CallContext;
	/** below the base address */
	path: string;
	headers: Record<string, string>;
}

/** Sends until an answer stands, see {@link sendWithToken}. */
export async function call<T extends Pick<HttpAnswer, 'status' | 'headers' | 'text'>>(
	{ options, baseUrl }: Caller,
	{ context: { step }, path, headers }: CallRequest,
	rules: {
		repetition: RepetitionRule;
		once: (request: BareRequest) => Promise<T>;
		onRepeat?: (status: number) => void;
	},
): Promise<T> {
	const { getToken, signal, clock, onWait } = options;
	const { repetition, once, onRepeat } = rules;
	return await sendWithToken(
		async (Authorization) =>
			await once({
				step,
				url: baseUrl + path,
				headers: { Accept: 'application/json', ...headers, Authorization },
				signal,
			}),
		{
			step,
			getToken,
			policy: repetition.policy,
			needsFreshToken: repetition.freshToken,
			repeat: (outcome) => mayRepeat(repetition, outcome),
			onWait: (attempt, waitMs, outcome) => {
				if ('value' in outcome) onRepeat?.(outcome.value.status);
				onWait?.(step, attempt, waitMs);
			},
			signal,
			clock,
		},
	);
}

/** The part of a request that every call has. */
export type BareRequest = Pick<HttpRequest, 'step' | 'url' | 'headers' | 'signal'>;

/** Sends a request that only reads. */
export async function read(caller: Caller, request: CallRequest): Promise<HttpAnswer> {
	const { send, readTimeoutMs = READ_TIMEOUT_MS } = caller.options;
	return await call(caller, request, {
		repetition: caller.reading,
		once: async (bare) => await send({ ...bare, method: 'GET', timeoutMs: readTimeoutMs }),
	});
}
