import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { Problem } from '../../nodes/shared/core/problem';
import type { EntraApp } from '../../nodes/shared/entra/app';
import { createTokenSource } from '../../nodes/shared/entra/token';
import type { HttpBody } from '../../nodes/shared/http/message';
import type { RetryPolicy } from '../../nodes/shared/http/retry';
import { createSend } from '../../nodes/shared/http/transport/send';
import { readErrorRows } from '../../nodes/shared/polling/errorRows';
import { createSignalClient } from '../../nodes/shared/purview/delivery/client';
import { createIngressClient } from '../../nodes/shared/viva/service/client';
import { zipOf } from '../emulator/__tests__/zipFile';
import { regexBait } from '../fixtures/bait';
import { foundIn, inFull, type Canaries } from '../fixtures/canaries';
import { startServer, type LocalServer } from '../unit/http/httpsServer';
import { readReliabilityPage } from './document';
import { withHostileCells, withoutFigures, writeHostilePage, type HostileCell } from './hostileDocument';

const MB = 1_000_000;
const TENANT = '5d3e9a1c-0f4b-4f0e-9a53-3a1f5c7f9b10';
const IMPORT = '0b1f8f0e-6f57-4c5e-8c2e-1d5a3c0f7e21';
const CANARIES: Canaries = {
	token: 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXBsYW50ZWQ',
	secret: 'planted~secret+and/more=4711',
	person: 'Plantina Canary',
	address: 'plantina.canary@contoso.example',
};
const CSV = `PersonId,Name,HireDate\r\n${CANARIES.address},${CANARIES.person},2019-04-01\r\n`;
/** So much of a download is kept here; 256 MB unless told. */
const DOWNLOAD_LIMIT = 8 * MB;
const ONCE: RetryPolicy = { attempts: 1, totalMs: 0, firstWaitMs: 0, maxWaitMs: 0 };

/** What one cell may cost. Processor time is that of both sides, since the service runs in this process. */
const BUDGET = { processorMs: 1_000, stretchMs: 1_000, diskBytes: DOWNLOAD_LIMIT, memoryBytes: 300 * MB };

let server: LocalServer;
let sender: ReturnType<typeof createSend>;
beforeAll(async () => {
	zipBomb = await zipOf({ 'data.csv': bomb });
	server = await startServer();
	sender = createSend({ ca: [server.ca] });
});
afterAll(async () => await server.close());

const body = (): HttpBody => ({
	contentType: 'text/csv',
	length: Buffer.byteLength(CSV),
	open: () => Readable.from([Buffer.from(CSV)], { objectMode: false }),
});

/** Every call of the package; gives what would be kept of its answer, and counts what would lie on the disk. */
function calls(signal: AbortSignal, onDisk: (bytes: number) => void): Record<string, () => Promise<unknown>> {
	const ingress = createIngressClient({
		...sender,
		getToken: async () => CANARIES.token,
		baseUrl: server.url,
		tenantId: TENANT,
		scaleUnit: 'unit-a',
		signal,
		readingPolicy: ONCE,
		uploadingPolicy: ONCE,
	});
	const signals = createSignalClient({
		send: sender.send,
		getToken: async () => CANARIES.token,
		signalsUrl: `${server.url}/api/signals`,
		jobId: 'job',
		policy: ONCE,
		whenInDoubt: 'stop',
		signal,
	});
	const app: EntraApp = {
		tenantId: TENANT,
		clientId: '99999999-8888-4777-8666-555555555555',
		loginHost: new URL(server.url).host,
		proof: { kind: 'secret', secret: CANARIES.secret },
	};
	return {
		token: async () => {
			const { expiresAt } = await createTokenSource({ send: sender.send, policy: ONCE }).getToken(app, 'a', {
				signal,
			});
			return expiresAt;
		},
		'scale unit': async () => await ingress.scaleUnit(true),
		ping: async () => await ingress.ping('vivaHr'),
		upload: async () => await ingress.push('vivaHr', body()),
		poll: async () => await ingress.status('vivaHr', IMPORT),
		errors: async () => {
			const found = await ingress.errors('vivaHr', IMPORT, DOWNLOAD_LIMIT);
			const head: Buffer[] = [];
			let kept = 0;
			for await (const chunk of (found?.stream ?? []) as AsyncIterable<Buffer>) {
				onDisk(chunk.length);
				if (kept < 4 * MB) head.push(chunk);
				kept += chunk.length;
			}
			return [
				found?.fileName,
				found?.contentType,
				readErrorRows(Buffer.concat(head), 1_000, { isCut: kept > 4 * MB }),
			];
		},
		signal: async () => await signals.sendChunk(body(), 'Chunk 1'),
	};
}

type Attack = (request: IncomingMessage, reply: ServerResponse, status: number) => void;

const whole =
	(
		content: string | Buffer,
		headers: Record<string, string> = { 'content-type': 'application/json' },
	): Attack =>
	(_, reply, status) =>
		void reply.writeHead(status, headers).end(content);

const endless =
	(piece: Buffer): Attack =>
	(_, reply, status) => {
		reply.writeHead(status, { 'content-type': 'application/json' });
		const more = () => {
			while (!reply.destroyed && reply.write(piece));
		};
		reply.on('drain', more);
		more();
	};

/** Answers with what the request held; the form of a request for a token holds the secret. */
const echo =
	(of: 'headers' | 'body'): Attack =>
	(request, reply, status) =>
		void buffer(request).then((sent) => {
			const text = of === 'headers' ? JSON.stringify(request.headers) : sent.toString();
			reply.writeHead(status, { 'x-ms-correlation-id': request.headers.authorization ?? '' });
			reply.end(
				JSON.stringify({
					Id: text,
					Status: text,
					error: { code: text, message: text },
					error_description: text,
				}),
			);
		});

const bomb = Buffer.alloc(64 * MB);
let zipBomb: Buffer;
const ATTACKS: Readonly<Record<string, Attack>> = {
	...Object.fromEntries(
		Object.entries(regexBait(MB)).map(([name, text]) => [`regex bait: ${name}`, whole(text)]),
	),
	'bomb: gzip': whole(gzipSync(bomb), { 'content-encoding': 'gzip', 'content-type': 'text/csv' }),
	'bomb: deflate': whole(deflateSync(bomb), { 'content-encoding': 'deflate', 'content-type': 'text/csv' }),
	'bomb: br': whole(brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }), {
		'content-encoding': 'br',
		'content-type': 'text/csv',
	}),
	'bomb: zip': (...exchange) => whole(zipBomb, { 'content-type': 'application/zip' })(...exchange),
	'depth of 500,000': whole('['.repeat(MB / 2) + ']'.repeat(MB / 2)),
	'depth of 1,000,000': whole('['.repeat(MB) + ']'.repeat(MB)),
	'10 MB on one line': whole('x'.repeat(10 * MB), { 'content-type': 'text/plain' }),
	'echo of headers': echo('headers'),
	'echo of body': echo('body'),
	'Content-Length too large': (request, reply, status) => {
		reply.writeHead(status, { 'content-length': '1000', 'content-type': 'application/json' }).write('{"Id":');
		setImmediate(() => request.socket.destroy());
	},
	'Content-Length too small': (_, reply, status) =>
		void reply
			.writeHead(status, { 'content-length': '4', 'content-type': 'application/json' })
			.end('{"Id":"x"}'),
	'endless headers': ({ socket }, _, status) => {
		socket.write(`HTTP/1.1 ${status} OK\r\n`);
		const more = () => {
			while (!socket.destroyed && socket.write(`x-more: ${'a'.repeat(1_000)}\r\n`));
		};
		socket.on('drain', more).on('error', () => undefined);
		more();
	},
	'endless body': endless(Buffer.alloc(64 * 1024, 'x')),
	'slow drip': (_, reply, status) => {
		reply.writeHead(status, { 'content-type': 'application/json' });
		const timer = setInterval(() => reply.write(' '), 5);
		reply.on('close', () => clearInterval(timer));
	},
	'invalid UTF-8': whole(Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0xf8])),
	'lone surrogates': whole('{"Id":"\\ud800","Status":"\\udc00","error":"\\ud83d"}'),
	HTML: whole('<!doctype html><title>Sign in</title><p>login.microsoftonline.com', {
		'content-type': 'text/html',
	}),
	'NUL in JSON': whole('{"Id":"a\\u0000b","Status":"\\u0000","error":"\\u0000"}'),
	'NUL bytes': whole(Buffer.alloc(1_000), { 'content-type': 'text/csv' }),
};

/** Entra's discovery is answered well, so that the attack meets the request that carries the secret. */
function listener(attack: Attack, status: number): RequestListener {
	return (request, reply) => {
		reply.on('error', () => undefined);
		if (request.url?.includes('openid-configuration') === true) {
			const base = `${server.url}/${TENANT}`;
			const endpoints = {
				authorization_endpoint: `${base}/a`,
				token_endpoint: `${base}/t`,
				jwks_uri: `${base}/k`,
			};
			reply
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ ...endpoints, issuer: `${base}/v2.0` }));
			return;
		}
		attack(request, reply, status);
	};
}

async function tryCell(call: string, attack: string, status: number): Promise<HostileCell> {
	server.handle(listener(ATTACKS[attack], status));
	const abort = new AbortController();
	// What never ends is ended by the caller, as by n8n's Stop button.
	const isEndless = attack === 'slow drip';
	let diskBytes = 0;
	const work = calls(abort.signal, (bytes) => (diskBytes += bytes))[call];
	const rss = process.memoryUsage.rss();
	let [running, stretchMs, memoryBytes] = [true, 0, 0];
	const spent = (since: NodeJS.CpuUsage) => {
		const { user, system } = process.cpuUsage(since);
		return (user + system) / 1000;
	};
	const begun = process.cpuUsage();
	let last = begun;
	const watch = () => {
		stretchMs = Math.max(stretchMs, spent(last));
		memoryBytes = Math.max(memoryBytes, process.memoryUsage.rss() - rss);
		last = process.cpuUsage();
		if (running) setTimeout(watch, 2);
	};
	watch();
	const timer = isEndless ? setTimeout(() => abort.abort(), 150) : undefined;
	const result: unknown = await work().catch((error: unknown) => error);
	clearTimeout(timer);
	running = false;
	watch();
	return {
		call,
		attack,
		status,
		outcome: result instanceof Problem ? result.kind : result instanceof Error ? 'fault' : 'taken',
		processorMs: spent(begun),
		stretchMs,
		memoryBytes,
		diskBytes,
		canaries: foundIn(inFull(result), CANARIES),
	};
}

const CALLS = ['token', 'scale unit', 'ping', 'upload', 'poll', 'errors', 'signal'];
const STATUSES = [200, 400];
const cells: HostileCell[] = [];

describe.each(CALLS)('%s', (call) => {
	it.each(Object.keys(ATTACKS))('stands %s', async (attack) => {
		for (const status of STATUSES) {
			const cell = await tryCell(call, attack, status);
			cells.push(cell);
			expect(cell.outcome).not.toBe('fault');
			expect(cell.canaries).toEqual([]);
			expect(cell.processorMs).toBeLessThan(BUDGET.processorMs);
			expect(cell.stretchMs).toBeLessThan(BUDGET.stretchMs);
			expect(cell.memoryBytes).toBeLessThan(BUDGET.memoryBytes);
			expect(cell.diskBytes).toBeLessThanOrEqual(BUDGET.diskBytes);
		}
	});
});

it('docs/reliability.md groups what was seen (npm run docs:hostile)', () => {
	expect(cells).toHaveLength(CALLS.length * Object.keys(ATTACKS).length * STATUSES.length);
	if (process.env.WRITE_DOCUMENTS) writeHostilePage(cells);
	const page = readReliabilityPage();
	// The figures are those of one run; a run on another machine has others.
	expect(withoutFigures(page)).toBe(withoutFigures(withHostileCells(page, cells)));
});
