import type { Readable } from 'node:stream';
import type { HttpAnswer, HttpBody, HttpStreamAnswer, Send, SendForStream } from '../../http/message';
import { retry, retryAfterOf, type RetryClock, type RetryPolicy } from '../../http/retry';
import { Problem, problem } from '../../core/problem';
import { isScaleUnit, readConnector, readIngestion, readScaleUnit, type ConnectorAnswer } from './answers';
import { isWebPage } from '../../http/answerText';
import {
	DESTINATIONS,
	fillPath,
	SCALE_UNIT_HEADER,
	SCALE_UNIT_PATH,
	type BodyType,
	type DestinationId,
	type PathTemplate,
} from './destinations';
import type { Ingestion } from './ingestion';
import { howToFindOut, refusal, type Call, type CallContext } from './refusals';
import { mayRepeat, READING, UPLOADING, type RepetitionRule } from './repetition';

/** What a client of the ingress API needs. */
export interface IngressClientOptions {
	send: Send;
	sendForStream: SendForStream;
	/** a bearer token; true asks for a fresh one because the last was refused */
	getToken: (renew: boolean) => Promise<string>;
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
	/** patience of what only reads; {@link READING} unless told */
	readingPolicy?: RetryPolicy;
	/** patience of uploads; {@link UPLOADING} unless told */
	uploadingPolicy?: RetryPolicy;
	/** told before each wait for another attempt */
	onWait?: (step: string, attempt: number, waitMs: number) => void;
	clock?: RetryClock;
}

/** What may be set for one upload. */
export interface PushOptions {
	/** bytes of the body sent so far, told at sensible intervals; begins anew with each attempt */
	onProgress?: (sentBytes: number) => void;
}

/** The file of an import's errors. The caller must read or destroy `stream`. */
export interface ErrorStream {
	stream: Readable;
	contentType: string;
	/** name that the service gives the file; blank where it gives none */
	fileName: string;
	/** which of the candidate paths answered */
	source: string;
}

/** Functions that speak to the ingress API; all of them throw a `Problem` for anything but success. */
export interface IngressClient {
	/** the tenant's scale unit: as given, or looked up once; `renew` looks it up again */
	scaleUnit: (renew?: boolean) => Promise<string>;
	ping: (destination: DestinationId) => Promise<ConnectorAnswer>;
	push: (
		destination: DestinationId,
		form: BodyType,
		body: HttpBody,
		options?: PushOptions,
	) => Promise<Ingestion>;
	status: (destination: DestinationId, ingestionId: string) => Promise<Ingestion>;
	/** undefined where the service has no error file for the import */
	errors: (destination: DestinationId, ingestionId: string) => Promise<ErrorStream | undefined>;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Enough for any explanation of a refusal. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/**
 * Makes a client of the ingress API that Viva Insights and Organizational Data share (source A, B).
 * Throws a `Problem` of kind `configuration` at once where the scale unit given cannot be one.
 *
 * Reading is repeated after passing faults; an upload only where it certainly was not taken (see {@link UPLOADING}). A
 * refused token is renewed once. Paths that are not documented beyond doubt are tried in their order.
 */
export function createIngressClient(options: IngressClientOptions): IngressClient {
	const { send, sendForStream, getToken, tenantId, signal, clock, onWait } = options;
	const baseUrl = options.baseUrl.trim().replace(/\/+$/, '');
	const readTimeoutMs = options.readTimeoutMs ?? MINUTE_MS;
	const reading: RepetitionRule = { ...READING, policy: options.readingPolicy ?? READING.policy };
	const uploading: RepetitionRule = { ...UPLOADING, policy: options.uploadingPolicy ?? UPLOADING.policy };
	let unit = givenUnit(options.scaleUnit);
	/** the poll path that answered last, by destination */
	const pollPath = new Map<DestinationId, PathTemplate>();

	/** Sends until an answer stands: with waits as the rule allows, and once more with a fresh token. */
	async function exchange<T extends Pick<HttpAnswer, 'status' | 'headers' | 'text'>>(
		step: string,
		rule: RepetitionRule,
		once: (headers: Record<string, string>) => Promise<T>,
		headers: Record<string, string>,
		onRepeat?: (status: number) => void,
	): Promise<T> {
		let renewed = false;
		// Getting a token has a patience of its own; repeating it here would multiply the two.
		let tokenFailed = false;
		const withToken = async (renew: boolean) => {
			const token = await getToken(renew).catch((error: unknown) => {
				tokenFailed = true;
				throw error;
			});
			return await once({ Accept: 'application/json', ...headers, Authorization: `Bearer ${token}` });
		};
		return await retry(
			async () => {
				const answer = await withToken(false);
				if (renewed || !rule.freshToken(answer)) return answer;
				renewed = true;
				return await withToken(true);
			},
			{
				step,
				policy: rule.policy,
				repeat: (outcome) => !tokenFailed && mayRepeat(rule, outcome),
				retryAfterMs: (answer) => retryAfterOf(answer.headers),
				onWait: (attempt, waitMs, outcome) => {
					if ('value' in outcome) onRepeat?.(outcome.value.status);
					onWait?.(step, attempt, waitMs);
				},
				...(signal === undefined ? {} : { signal }),
				...(clock === undefined ? {} : { clock }),
			},
		);
	}

	async function read(step: string, path: string, headers: Record<string, string>): Promise<HttpAnswer> {
		return await exchange(
			step,
			reading,
			async (withToken) => {
				const url = baseUrl + path;
				return await send({ step, method: 'GET', url, headers: withToken, timeoutMs: readTimeoutMs, signal });
			},
			headers,
		);
	}

	async function scaleUnit(renew = false): Promise<string> {
		if (unit === undefined || renew) {
			const lookup = lookUpScaleUnit();
			unit = lookup;
			// A failed lookup is not remembered: the next call asks again.
			lookup.catch(() => {
				if (unit === lookup) unit = undefined;
			});
		}
		return await unit;
	}

	async function lookUpScaleUnit(): Promise<string> {
		const context: CallContext = { call: 'scaleUnit', step: 'The lookup of the scale unit' };
		return readScaleUnit(await read(context.step, fillPath(SCALE_UNIT_PATH, tenantId), {}), context);
	}

	const unitHeader = async () => ({ [SCALE_UNIT_HEADER]: await scaleUnit() });

	async function ping(id: DestinationId): Promise<ConnectorAnswer> {
		const context = contextOf('ping', 'The check of the connection to', id);
		const path = fillPath(DESTINATIONS[id].paths.ping, tenantId);
		return readConnector(await read(context.step, path, await unitHeader()), context);
	}

	async function push(
		id: DestinationId,
		form: BodyType,
		body: HttpBody,
		{ onProgress }: PushOptions = {},
	): Promise<Ingestion> {
		const destination = DESTINATIONS[id];
		const context = contextOf('push', 'The upload to', id);
		assertBodyType(id, form, body);
		const url = baseUrl + fillPath(destination.paths.push, tenantId);
		let repeatedAfter: string | undefined;
		try {
			const answer = await exchange(
				context.step,
				uploading,
				async (headers) =>
					await send({
						step: context.step,
						method: 'POST',
						url,
						headers,
						body,
						timeoutMs: options.pushTimeoutMs ?? HOUR_MS,
						signal,
						onProgress,
					}),
				await unitHeader(),
				(status) => {
					// Other answers after which it is repeated come before the work, and a broken connection left it unfinished.
					if (status >= 500) repeatedAfter = `HTTP ${status}`;
				},
			);
			return readIngestion(answer, context);
		} catch (error) {
			throw withUploadAdvice(error, context, repeatedAfter);
		}
	}

	async function status(id: DestinationId, ingestionId: string): Promise<Ingestion> {
		const context = contextOf('status', 'The status request to', id);
		const headers = await unitHeader();
		const candidates = DESTINATIONS[id].paths.poll;
		const proven = pollPath.get(id);
		let refused: HttpAnswer | undefined;
		for (const path of proven === undefined ? candidates : [proven]) {
			const answer = await read(context.step, fillPath(path, tenantId, ingestionId), headers);
			if (answer.status !== 404) {
				const ingestion = readIngestion(answer, context, ingestionId);
				pollPath.set(id, path);
				return ingestion;
			}
			refused ??= answer;
		}
		throw refusal(refused as HttpAnswer, context);
	}

	async function errors(id: DestinationId, ingestionId: string): Promise<ErrorStream | undefined> {
		const context = contextOf('errors', 'The download of the errors from', id);
		const headers = await unitHeader();
		let refused: HttpAnswer | undefined;
		for (const path of DESTINATIONS[id].paths.errors) {
			const url = baseUrl + fillPath(path, tenantId, ingestionId);
			const answer = await exchange(
				context.step,
				reading,
				async (withToken) =>
					await openStream({
						step: context.step,
						method: 'GET',
						url,
						headers: { ...withToken, Accept: '*/*' },
						timeoutMs: HOUR_MS,
						signal,
					}),
				headers,
			);
			if (answer.stream !== undefined) {
				return {
					stream: answer.stream,
					contentType: answer.headers['content-type'] ?? '',
					fileName: fileNameOf(answer.headers['content-disposition']),
					source: path.template,
				};
			}
			if (answer.status === 204) return undefined;
			// Only one of the candidates can be right; what the wrong ones answer is not told anywhere.
			if (![400, 404, 405].includes(answer.status)) throw refusal(answer, context);
			if (answer.status === 400) refused ??= answer;
		}
		if (refused !== undefined) throw refusal(refused, context);
		return undefined;
	}

	/** Opens a download; anything but a file is read as text at once, so that it can be judged like other answers. */
	async function openStream(
		request: Parameters<SendForStream>[0],
	): Promise<HttpAnswer & { stream?: Readable }> {
		const { stream, ...answer } = await sendForStream(request);
		if (answer.status === 200 && !isWebPage({ ...answer, text: '' })) return { ...answer, text: '', stream };
		return { ...answer, text: await readShort({ ...answer, stream }) };
	}

	return { scaleUnit, ping, push, status, errors };
}

function givenUnit(scaleUnit: string | undefined): Promise<string> | undefined {
	const text = (scaleUnit ?? '').replaceAll('"', '').trim();
	if (text === '') return undefined;
	if (isScaleUnit(text)) return Promise.resolve(text);
	throw problem.configuration(
		'The scale unit holds characters that no scale unit has.',
		'Copy it from the page of the connection (it looks like novaprdwus2-01), or leave it blank to have it looked up.',
	);
}

function contextOf(call: Call, deed: string, id: DestinationId): CallContext {
	const destination = DESTINATIONS[id];
	return { call, step: `${deed} ${destination.displayName}`, destination };
}

function assertBodyType(id: DestinationId, form: BodyType, body: HttpBody): void {
	const { bodyTypes: bodyForms, displayName } = DESTINATIONS[id];
	const rule = bodyForms[form];
	const forms = Object.keys(bodyForms);
	if (rule === undefined) {
		throw problem.configuration(
			`${displayName} does not take files in the form '${form}'.`,
			`Choose one of these forms: ${forms.join(', ')}.`,
		);
	}
	if (!body.contentType.startsWith(rule.contentType)) {
		throw problem.configuration(
			`A file in the form '${form}' was to be sent to ${displayName} as '${body.contentType}' instead of '${rule.contentType}'.`,
			'This is a fault of this package; please report it.',
		);
	}
}

/** Adds to a failed upload what its user must know: whether it may count, and how to find out. */
function withUploadAdvice(error: unknown, context: CallContext, repeatedAfter: string | undefined): unknown {
	if (!(error instanceof Problem)) return error;
	const { kind, message, advice, details } = error;
	if (kind === 'inDoubt') {
		return problem[kind](message, howToFindOut(context.destination), { ...details, code: 'inDoubt' });
	}
	if (details.code === 'previousIngestionRunning' && repeatedAfter !== undefined) {
		return problem[kind](
			`${message} It may be this very file: an earlier attempt of this upload ended with ${repeatedAfter}.`,
			advice,
			{ ...details, repeatedAfter },
		);
	}
	return error;
}

/** The beginning of an answer as text. A connection that breaks here only shortens an explanation. */
async function readShort({ stream, status }: HttpStreamAnswer): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	let fault: unknown;
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= MAX_REFUSAL_BYTES) break;
		}
	} catch (error) {
		fault = error;
	} finally {
		stream.destroy();
	}
	if (fault instanceof Problem && (fault.kind === 'cancelled' || status < 300)) throw fault;
	return Buffer.concat(chunks).toString('utf8', 0, MAX_REFUSAL_BYTES);
}

function fileNameOf(disposition: string | undefined): string {
	const extended = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition ?? '')?.[1];
	const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition ?? '');
	let name = plain?.[1] ?? plain?.[2] ?? '';
	try {
		if (extended !== undefined) name = decodeURIComponent(extended);
	} catch {
		// The plain name stands.
	}
	return name
		.replace(/^.*[/\\]/, '')
		.trim()
		.slice(0, 200);
}
