import { Readable } from 'node:stream';
import { problem, type Delivery, type Problem } from '../../core/problem';
import type { HttpBody } from '../message';

const PROGRESS_EVERY_MS = 250;
/** Who quotes a body quotes its beginning. */
const HEAD_BYTES = 32 * 1024;

/** A request body under way: a stream for the request, and the truth about how much of it was handed over. */
export interface MeteredBody {
	stream: Readable;
	/** opens the source; before that the stream waits */
	start(): void;
	/** reads no further, because an answer is already there; the stream stays open */
	stop(): void;
	/** how much of the body may have left this machine */
	delivery(): Delivery;
	/** the beginning of what was handed over */
	head(): Buffer;
	/** why the source could not be read to its end, if so */
	fault(): Problem | undefined;
}

/**
 * Wraps a body so that its source is opened only when the connection stands, its bytes are counted, and its source is
 * closed whenever the stream is, however that happens.
 *
 * The count is of bytes handed to the connection, which may run ahead of what has left by the buffers in between. So
 * `all` is told too early rather than too late: a body counted `partly` was certainly not received whole.
 * @param step what the request is for, for sentences
 * @param body the body
 * @param onProgress told the bytes handed over, at most four times a second, and at the end
 */
export function meteredBody(
	step: string,
	body: HttpBody,
	onProgress?: (sentBytes: number) => void,
): MeteredBody {
	let source: Readable | undefined;
	let sent = 0;
	const head: Buffer[] = [];
	let ended = false;
	let stopped = false;
	let lastProgress = 0;
	let fault: Problem | undefined;

	const stream = new Readable({
		read() {
			if (!stopped) source?.resume();
		},
		destroy(error, done) {
			source?.destroy();
			done(error);
		},
	});

	function fail(message: string, code?: string): void {
		if (ended || stopped || stream.destroyed) return;
		fault = problem.input(
			message,
			'Run the step again; if this comes back, look whether something else changes or deletes its temporary files.',
			{ delivery: delivery(), ...(code === undefined ? {} : { networkCode: code }) },
		);
		stream.destroy(fault);
	}

	function onData(chunk: Buffer): void {
		source?.pause();
		// A server that refuses early also hangs up, and a write that fails takes the answer with it. So what has come in
		// is looked at before more goes out.
		setImmediate(() => hand(chunk));
	}

	function hand(chunk: Buffer): void {
		if (stopped || stream.destroyed) return;
		if (sent + chunk.length > body.length) {
			fail(`${step} had more data than announced, so it was broken off.`);
			return;
		}
		if (sent < HEAD_BYTES) head.push(Buffer.from(chunk.subarray(0, HEAD_BYTES - sent)));
		sent += chunk.length;
		if (stream.push(chunk)) source?.resume();
		if (onProgress === undefined) return;
		const now = performance.now();
		if (sent === body.length || now - lastProgress >= PROGRESS_EVERY_MS) {
			lastProgress = now;
			onProgress(sent);
		}
	}

	function onEnd(): void {
		if (stopped || stream.destroyed) return;
		if (sent < body.length) {
			fail(`${step} had less data than announced, so it was broken off.`);
			return;
		}
		ended = true;
		stream.push(null);
	}

	function delivery(): Delivery {
		if (source === undefined) return 'nothing';
		if (sent === body.length) return 'all';
		return sent === 0 ? 'nothing' : 'partly';
	}

	return {
		stream,
		start() {
			if (source !== undefined || stopped || stream.destroyed) return;
			source = body.open();
			source.on('data', onData);
			// Immediates keep their order: what was read is handed on before the end is told.
			source.on('end', () => setImmediate(onEnd));
			source.on('error', (error: NodeJS.ErrnoException) =>
				fail(`${step} broke off, because its data could not be read to the end.`, error.code),
			);
			source.on('close', () =>
				setImmediate(() => fail(`${step} broke off, because its data ended too early.`)),
			);
		},
		stop() {
			stopped = true;
			source?.destroy();
		},
		delivery,
		head: () => Buffer.concat(head),
		fault: () => fault,
	};
}
