import type { HttpAnswer, HttpBody, KeptConnection, Send } from '../../http/message';
import { systemClock, type Outcome, type RetryClock, type RetryPolicy } from '../../http/retry';
import { sendWithToken, type GetToken } from '../../http/sendWithToken';
import { Problem, problem } from '../../core/problem';
import { serviceText } from '../../http/answerText';
import { meaningOf, signalRefusal } from './answers';
import { CHUNK_TIMEOUT_MS } from '../signals/scenarios';

/** What happens when nobody can say whether rows arrived. */
export type WhenInDoubt = 'sendAgain' | 'stop' | 'takeAsSent';

/** What a client of the webhook needs. */
export interface SignalClientOptions {
	send: Send;
	getToken: GetToken;
	/** address to which files are sent, without the job id */
	signalsUrl: string;
	jobId: string;
	/** all chunks use it, one after the other; without it each chunk has a connection of its own */
	connection?: KeptConnection;
	/** patience with one chunk */
	policy: RetryPolicy;
	whenInDoubt: WhenInDoubt;
	/** one chunk and its answer must end within this time, in milliseconds; {@link CHUNK_TIMEOUT_MS} unless told */
	timeoutMs?: number;
	signal?: AbortSignal;
	clock?: RetryClock;
	/** told before each wait for another attempt */
	onWait?: (step: string, attempt: number, waitMs: number) => void;
}

/** What came of a chunk that was accepted. */
export interface ChunkReceipt {
	status: number;
	/** how often it was sent */
	attempts: number;
	/** from the first attempt to the answer, in milliseconds */
	durationMs: number;
	/** only some of its rows were accepted (207) */
	partly: boolean;
	/** the service's words, shortened; blank where it said nothing */
	answer: string;
	/** an earlier attempt may have been accepted too */
	possiblyDuplicated: boolean;
}

/** Sends chunks to a Purview HR connector. */
export interface SignalClient {
	/**
	 * Sends one chunk until it is accepted or may not be repeated (source C3, F25).
	 * @param body the form
	 * @param step begins the sentences about it: "Chunk 2 of 3"
	 * @throws Problem; `details.inDoubt` is true where the rows may have been accepted all the same
	 */
	sendChunk(body: HttpBody, step: string): Promise<ChunkReceipt>;
}

/**
 * Makes a client of the webhook of one job.
 *
 * Passing faults are waited out; 401 gets one fresh token for each chunk; all other refusals are told at once.
 */
export function createSignalClient(options: SignalClientOptions): SignalClient {
	const { send, getToken, connection, policy, whenInDoubt, signal, clock = systemClock } = options;
	const url = addressOf(options.signalsUrl, options.jobId);
	const timeoutMs = options.timeoutMs ?? CHUNK_TIMEOUT_MS;

	async function sendChunk(body: HttpBody, step: string): Promise<ChunkReceipt> {
		const begun = clock.now();
		let attempts = 0;
		/** whether the last attempt, and one of those before it, may have been accepted */
		let inDoubt = false;
		let inDoubtBefore = false;

		const once = async (Authorization: string): Promise<HttpAnswer> => {
			let sentBytes = 0;
			attempts++;
			inDoubtBefore ||= inDoubt;
			inDoubt = false;
			const answer = await send({
				step,
				method: 'POST',
				url,
				headers: { Authorization },
				body,
				timeoutMs,
				connection,
				signal,
				onProgress: (bytes) => {
					sentBytes = bytes;
				},
			}).catch((error: unknown) => {
				const unanswered =
					error instanceof Problem && (error.kind === 'inDoubt' || error.kind === 'cancelled');
				inDoubt = unanswered && sentBytes === body.length;
				throw error;
			});
			inDoubt = meaningOf(answer).doubtful;
			return answer;
		};

		try {
			const answer = await sendWithToken(once, {
				step,
				getToken,
				policy,
				clock,
				signal,
				needsFreshToken: ({ status }) => status === 401,
				repeat: (outcome) => (!inDoubt || whenInDoubt === 'sendAgain') && isRepeatable(outcome),
				onWait: (number, waitMs) => options.onWait?.(step, number, waitMs),
			});
			if (!meaningOf(answer).accepted) throw signalRefusal(answer, step);
			return {
				status: answer.status,
				attempts,
				durationMs: Math.round(clock.now() - begun),
				partly: answer.status === 207,
				answer: serviceText(answer) ?? '',
				possiblyDuplicated: inDoubtBefore,
			};
		} catch (error) {
			throw withSendingFacts(error, { attempts, inDoubt: inDoubt || inDoubtBefore });
		}
	}

	return { sendChunk };
}

/** The address with the job id in its query (source C3, F18). */
function addressOf(signalsUrl: string, jobId: string): string {
	const address = new URL(signalsUrl);
	address.searchParams.set('jobid', jobId);
	return address.href;
}

function isRepeatable(outcome: Outcome<HttpAnswer>): boolean {
	if ('value' in outcome) return meaningOf(outcome.value).repeatable;
	return outcome.problem.kind === 'network' || outcome.problem.kind === 'inDoubt';
}

/** Adds what is known about the rows. Token problems and the like come as they are: nothing was sent then. */
function withSendingFacts(error: unknown, facts: { attempts: number; inDoubt: boolean }): unknown {
	if (!(error instanceof Problem)) return error;
	const { kind, message, advice, details } = error;
	const often = facts.attempts > 1 ? ` It was tried ${facts.attempts} times.` : '';
	return problem[kind](message + often, advice, { ...details, ...facts });
}
