import type { Readable } from 'node:stream';

/** A request body that can be opened again, so that a request can be repeated without keeping a copy. */
export interface HttpBody {
	/** value of the Content-Type header */
	contentType: string;
	/** exact number of bytes that `open()` gives */
	length: number;
	/** a fresh stream over the whole body */
	open(): Readable;
}

/** A connection that several requests use, one after the other. */
export interface KeptConnection {
	/** ends it; a request that is under way ends with it */
	close(): void;
}

/** One request. It is sent once, over https, and redirects are never followed. */
export interface HttpRequest {
	/** what the request is for, as used in error sentences: "The upload", "The token request" */
	step: string;
	method: 'GET' | 'POST';
	/** absolute https address */
	url: string;
	headers?: Record<string, string>;
	body?: HttpBody;
	/** the whole exchange must end within this time, in milliseconds */
	timeoutMs: number;
	/** sending it twice does no harm: without an answer it is `network`, never `inDoubt` */
	repeatable?: boolean;
	/** uses a connection that `keepConnection` has opened; without it a POST gets one of its own */
	connection?: KeptConnection;
	/** cancels the exchange */
	signal?: AbortSignal;
	/** an unpacked answer longer than this is cut, in bytes; unless told 1 MB, for downloads {@link MAX_DOWNLOAD_BYTES} */
	maxAnswerBytes?: number;
	/** secrets in the body; these, and what the Authorization header holds, are cut out of the answer */
	secrets?: readonly string[];
	/** bytes of the body sent so far, told at sensible intervals */
	onProgress?: (sentBytes: number) => void;
}

/** An answer with its body as text (UTF-8), at most `maxAnswerBytes` of it. */
export interface HttpAnswer {
	status: number;
	/** reason phrase, blank where the server sent none */
	reason: string;
	/** names in lower case */
	headers: Record<string, string>;
	text: string;
	/** cuts values of the request's body out of a short text */
	withoutEcho?: (text: string) => string;
}

/** An answer whose body has not been read yet. The caller must read or destroy `stream`. */
export interface HttpStreamAnswer extends Omit<HttpAnswer, 'text'> {
	stream: Readable;
	/** whether the stream ended at the limit instead of at its end; to be asked when it has ended */
	isCut(): boolean;
}

/** So much of a download is kept unless told, in bytes. */
export const MAX_DOWNLOAD_BYTES = 256 * 1024 * 1024;

/**
 * Sends one request and gives its answer, whatever its status.
 * Throws a `Problem`: `network` (no answer, certainly not processed: `details.delivery` is `nothing` or `partly`;
 * always for GET, which changes nothing), `inDoubt` (no answer after the whole body had left), `cancelled`, or
 * `configuration` (not https). A time-out is one of the first two, with `details.networkCode` `ETIMEDOUT`.
 */
export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

/** As {@link Send}, for downloads: the body is handed over as a stream. */
export type SendForStream = (request: HttpRequest) => Promise<HttpStreamAnswer>;
