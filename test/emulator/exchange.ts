import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/** What a service answers. The listener writes it, or a fault spoils it. */
export interface Reply {
	status: number;
	/** reason phrase, where the service has its own */
	reason?: string;
	headers?: Record<string, string>;
	body?: string | Buffer | Readable;
}

/** A request on its way through a service. */
export interface Exchange {
	method: string;
	/** path as it came, without query */
	path: string;
	/** names in lower case: query names are case-blind (F18) */
	query: Map<string, string>;
	/** names in lower case */
	headers: Record<string, string>;
	request: IncomingMessage;
	/** address by which the caller reached the emulator, for links in answers */
	origin: string;
	/** the connection will be cut by a fault, whatever the service answers */
	answerLost: boolean;
}

/** The body ended early, or the connection did. */
export class BrokenBody extends Error {}

/** An answer without a body. */
export function empty(status: number, reason?: string): Reply {
	return reason === undefined ? { status } : { status, reason };
}

/** An answer in plain text. */
export function text(status: number, body: string): Reply {
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(body),
	};
}

/** Reads a small body as text. Throws when it is longer than `limit` bytes. */
export async function readSmallBody(request: IncomingMessage, limit = 1024 * 1024): Promise<string> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of request as AsyncIterable<Buffer>) {
		bytes += piece.length;
		if (bytes > limit) throw new BrokenBody(`a body of more than ${limit} bytes`);
		pieces.push(piece);
	}
	return Buffer.concat(pieces).toString('utf8');
}

/** Reads a body to its end and forgets it. */
export async function drain(request: IncomingMessage): Promise<void> {
	if (request.complete && request.readableEnded) return;
	for await (const piece of request) void piece;
}

/** True when the request says how its body ends: a length, or chunks. */
export function hasDelimitedBody(request: IncomingMessage): boolean {
	return (
		request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
	);
}
