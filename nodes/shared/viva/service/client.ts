import type { HttpAnswer, HttpBody } from '../../http/message';
import { Problem, problem } from '../../core/problem';
import { isScaleUnit, readConnector, readIngestion, readScaleUnit, type ConnectorAnswer } from './answers';
import { call, read, type BareRequest, type Caller, type IngressClientOptions } from './call';
import {
	DESTINATIONS,
	fillPath,
	SCALE_UNIT_HEADER,
	SCALE_UNIT_PATH,
	type DestinationId,
	type PathTemplate,
} from './destinations';
import { errorStreamOf, openDownload, type ErrorStream } from './download';
import type { Ingestion } from './ingestion';
import { howToFindOut, refusal, type Call, type CallContext } from './refusals';
import { isCertainlyNotTaken, READING, UPLOADING } from './repetition';

/** What may be set for one upload. */
export interface PushOptions {
	/** bytes of the body sent so far, told at sensible intervals; begins anew with each attempt */
	onProgress?: (sentBytes: number) => void;
}

/** Functions that speak to the ingress API; all of them throw a `Problem` for anything but success. */
export interface IngressClient {
	/** the tenant's scale unit: as given, or looked up once; `renew` looks it up again */
	scaleUnit: (renew?: boolean) => Promise<string>;
	ping: (destination: DestinationId) => Promise<ConnectorAnswer>;
	/** `body` must be of one of the types that the destination takes */
	push: (destination: DestinationId, body: HttpBody, options?: PushOptions) => Promise<Ingestion>;
	status: (destination: DestinationId, ingestionId: string) => Promise<Ingestion>;
	/** undefined where the service has no error file for the import; of a file above `maxBytes` the beginning is kept */
	errors: (
		destination: DestinationId,
		ingestionId: string,
		maxBytes?: number,
	) => Promise<ErrorStream | undefined>;
}

const HOUR_MS = 3_600_000;

/**
 * Makes a client of the ingress API that Viva Insights and Organizational Data share (source A, B).
 *
 * Reading is repeated after passing faults; an upload only where it certainly was not taken (see {@link UPLOADING}). A
 * refused token is renewed once. Paths that are not documented beyond doubt are tried in their order.
 * @throws Problem `configuration` where the scale unit given cannot be one
 */
export function createIngressClient(options: IngressClientOptions): IngressClient {
	const caller: Caller = {
		options,
		baseUrl: options.baseUrl,
		reading: { ...READING, policy: options.readingPolicy ?? READING.policy },
		uploading: { ...UPLOADING, policy: options.uploadingPolicy ?? UPLOADING.policy },
	};
	const scaleUnit = createUnitLookup(caller);
	const unitHeader = async () => ({ [SCALE_UNIT_HEADER]: await scaleUnit() });
	/** the poll path that answered last, by destination */
	const pollPath = new Map<DestinationId, PathTemplate>();
	return {
		scaleUnit,
		ping: async (id) => {
			const context = contextOf('ping', 'The check of the connection to', id);
			const path = fillPath(DESTINATIONS[id].paths.ping, options.tenantId);
			return readConnector(await read(caller, { context, path, headers: await unitHeader() }), context);
		},
		push: async (id, body, { onProgress } = {}) => {
			assertBodyType(id, body);
			return await push(caller, id, { body, onProgress, headers: await unitHeader() });
		},
		status: async (id, ingestionId) => {
			const context = contextOf('status', 'The status request to', id);
			const headers = await unitHeader();
			const proven = pollPath.get(id);
			let refused: HttpAnswer | undefined;
			for (const template of proven === undefined ? DESTINATIONS[id].paths.poll : [proven]) {
				const path = fillPath(template, options.tenantId, ingestionId);
				const answer = await read(caller, { context, path, headers });
				if (answer.status !== 404) {
					const ingestion = readIngestion(answer, context, ingestionId);
					pollPath.set(id, template);
					return ingestion;
				}
				refused ??= answer;
			}
			throw refusal(refused as HttpAnswer, context);
		},
		errors: async (id, ingestionId, maxBytes) =>
			await openErrors(caller, { id, ingestionId, maxBytes, headers: await unitHeader() }),
	};
}

/** The scale unit: as given, or looked up once and remembered; a failed lookup is not remembered. */
function createUnitLookup(caller: Caller): IngressClient['scaleUnit'] {
	let unit = givenUnit(caller.options.scaleUnit);
	const lookUp = async (): Promise<string> => {
		const context: CallContext = { call: 'scaleUnit', step: 'The lookup of the scale unit' };
		const path = fillPath(SCALE_UNIT_PATH, caller.options.tenantId);
		return readScaleUnit(await read(caller, { context, path, headers: {} }), context);
	};
	return async (renew = false) => {
		if (unit === undefined || renew) {
			const lookup = lookUp();
			unit = lookup;
			lookup.catch(() => {
				if (unit === lookup) unit = undefined;
			});
		}
		return await unit;
	};
}

async function push(
	caller: Caller,
	id: DestinationId,
	{ body, onProgress, headers }: PushOptions & { body: HttpBody; headers: Record<string, string> },
): Promise<Ingestion> {
	const { send, tenantId, pushTimeoutMs = HOUR_MS } = caller.options;
	const context = contextOf('push', 'The upload to', id);
	const path = fillPath(DESTINATIONS[id].paths.push, tenantId);
	let repeatedAfter: string | undefined;
	/** the last attempt may have been taken: what fails after a refused one, such as a new token, leaves nothing open */
	let isOpen = false;
	const sendOnce = async (bare: BareRequest) => {
		isOpen = true;
		const answer = await send({ ...bare, method: 'POST', body, timeoutMs: pushTimeoutMs, onProgress }).catch(
			(error: unknown) => {
				isOpen = !isCertainlyNotTaken(error);
				throw error;
			},
		);
		const { freshToken, statuses } = caller.uploading;
		isOpen = !freshToken(answer) && !statuses(answer.status);
		return answer;
	};
	try {
		const answer = await call(
			caller,
			{ context, path, headers },
			{
				repetition: caller.uploading,
				once: sendOnce,
				onRepeat: (status) => {
					// Other answers after which it is repeated come before the work, and a broken connection left it unfinished.
					if (status >= 500) repeatedAfter = `HTTP ${status}`;
				},
			},
		);
		return readIngestion(answer, context);
	} catch (error) {
		throw withUploadAdvice(error, context, { repeatedAfter, isOpen });
	}
}

interface ErrorsRequest {
	id: DestinationId;
	ingestionId: string;
	maxBytes?: number;
	headers: Record<string, string>;
}

async function openErrors(
	caller: Caller,
	{ id, ingestionId, maxBytes, headers }: ErrorsRequest,
): Promise<ErrorStream | undefined> {
	const { sendForStream, tenantId } = caller.options;
	const context = contextOf('errors', 'The download of the errors from', id);
	let refused: HttpAnswer | undefined;
	for (const template of DESTINATIONS[id].paths.errors) {
		const path = fillPath(template, tenantId, ingestionId);
		const answer = await call(
			caller,
			{ context, path, headers: { ...headers, Accept: '*/*' } },
			{
				repetition: caller.reading,
				once: async (bare) =>
					await openDownload(sendForStream, {
						...bare,
						method: 'GET',
						timeoutMs: HOUR_MS,
						maxAnswerBytes: maxBytes,
					}),
			},
		);
		if (answer.file !== undefined) return errorStreamOf(answer.file, answer);
		if (answer.status === 204) return undefined;
		// Only one of the candidates can be right; what the wrong ones answer is documented nowhere.
		if (![400, 404, 405].includes(answer.status)) throw refusal(answer, context);
		if (answer.status === 400) refused ??= answer;
	}
	if (refused !== undefined) throw refusal(refused, context);
	return undefined;
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

function assertBodyType(id: DestinationId, { contentType }: HttpBody): void {
	const { bodyTypes, displayName } = DESTINATIONS[id];
	const taken = Object.values(bodyTypes).map((rule) => rule.contentType);
	if (taken.some((type) => contentType.startsWith(type))) return;
	throw problem.configuration(
		`${displayName} does not take files of the type '${contentType}'.`,
		`Choose another format of the file; ${displayName} takes ${taken.join(', ')}.`,
	);
}

/** Adds to a failed upload what its user must know: whether it may count, and how to find out. */
function withUploadAdvice(
	error: unknown,
	context: CallContext,
	{ repeatedAfter, isOpen }: { repeatedAfter: string | undefined; isOpen: boolean },
): unknown {
	if (!(error instanceof Problem)) return error;
	const { kind, message, advice } = error;
	// After an answer that leaves all open, the import that runs may be this very file.
	const mayBeOurs = error.details.code === 'previousIngestionRunning' && repeatedAfter !== undefined;
	const inDoubt = mayBeOurs || (isOpen && !isCertainlyNotTaken(error));
	const details = inDoubt ? { ...error.details, inDoubt } : error.details;
	if (kind === 'inDoubt') {
		return problem[kind](message, howToFindOut(context.destination), { ...details, code: 'inDoubt' });
	}
	if (kind === 'cancelled' && inDoubt) {
		const whole = `${message} The whole file had left: it may have been accepted.`;
		return problem[kind](whole, howToFindOut(context.destination), { ...details, code: 'inDoubt' });
	}
	if (mayBeOurs) {
		return problem[kind](
			`${message} It may be this very file: an earlier attempt of this upload ended with ${repeatedAfter}.`,
			advice,
			{ ...details, repeatedAfter },
		);
	}
	return problem[kind](message, advice, details);
}
