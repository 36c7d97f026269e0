import { once } from 'node:events';
import { createServer as createPlainServer, type AddressInfo } from 'node:net';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { HttpBody, HttpRequest } from '../../../nodes/shared/http/message';
import { createSend } from '../../../nodes/shared/http/transport/send';
import type { Problem } from '../../../nodes/shared/core/problem';
import { catchTimer } from '../../helpers/caughtTimer';
import { until } from '../../helpers/until';
import { localCertificate, startServer, type LocalServer } from './httpsServer';
import { problemOf } from '../../helpers/thrownBy';

const failureOf = async (promise: Promise<unknown>) => await problemOf(promise, [SECRET]);

const SECRET = 'planted-secret-4711';
const MIB = 1024 * 1024;
/** Longer than any test takes: a limit that is to be reached goes off when the test says so. */
const NEVER_MS = 3_600_000;
let server: LocalServer;
let sender: ReturnType<typeof createSend>;

beforeAll(async () => {
	server = await startServer();
	sender = createSend({ ca: [server.ca], connectWithinMs: NEVER_MS - 1 });
});
afterAll(async () => await server.close());

function request(more: Partial<HttpRequest> = {}): HttpRequest {
	return {
		step: 'The upload',
		method: 'GET',
		url: `${server.url}/x`,
		headers: { Authorization: `Bearer ${SECRET}` },
		timeoutMs: NEVER_MS,
		...more,
	};
}

/** A body whose sources tell whether they were opened and closed. */
function body(length: number, chunkSize = 64 * 1024): HttpBody & { opened: Readable[] } {
	const opened: Readable[] = [];
	return {
		contentType: 'application/octet-stream',
		length,
		opened,
		open() {
			let left = length;
			const stream = new Readable({
				read() {
					const size = Math.min(left, chunkSize);
					left -= size;
					this.push(size === 0 ? null : Buffer.alloc(size, 'x'));
				},
			});
			opened.push(stream);
			return stream;
		},
	};
}

describe('answers', () => {
	it('gives status, reason, headers and text, whatever the status', async () => {
		server.handle((_, answer) => void answer.writeHead(403, 'not yours', { 'X-Id': '7' }).end('{"a":"ä"}'));
		expect(await sender.send(request())).toEqual({
			status: 403,
			reason: 'not yours',
			headers: expect.objectContaining({ 'x-id': '7' }),
			text: '{"a":"ä"}',
		});
	});

	it('unpacks a compressed answer and drops a byte order mark', async () => {
		server.handle(
			(_, answer) =>
				void answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('\ufeff{"a":1}')),
		);
		expect((await sender.send(request())).text).toBe('{"a":1}');
	});

	it('never follows a redirect', async () => {
		const seen: string[] = [];
		server.handle((asked, answer) => {
			seen.push(asked.url ?? '');
			answer.writeHead(302, { location: '/signin' }).end();
		});
		const answer = await sender.send(request());
		expect([answer.status, answer.headers.location, seen]).toEqual([302, '/signin', ['/x']]);
	});

	it('cuts an answer that is too long, and does not read the rest', async () => {
		server.handle((_, answer) => {
			answer.writeHead(200);
			Readable.from(
				(function* () {
					for (;;) yield 'ü'.repeat(50_000);
				})(),
			)
				.on('error', () => undefined)
				.pipe(answer);
		});
		const { text } = await sender.send(request({ maxAnswerBytes: 1001 }));
		expect(text).toBe('ü'.repeat(500));
	});

	it('joins a header that comes twice', async () => {
		server.handle((_, answer) => void answer.setHeader('x-two', ['a', 'b']).end());
		expect((await sender.send(request())).headers['x-two']).toBe('a, b');
	});

	it('uses one connection for several readings, and one for each sending', async () => {
		server.handle((asked, answer) => void asked.resume().on('end', () => answer.end('ok')));
		const before = server.connections();
		await sender.send(request());
		const first = server.connections();
		await sender.send(request());
		expect(server.connections()).toBe(first);
		expect(first - before).toBeLessThanOrEqual(1);
		await sender.send(request({ method: 'POST', body: body(10) }));
		await sender.send(request({ method: 'POST', body: body(10) }));
		expect(server.connections()).toBe(first + 2);
	});
});

describe('bodies', () => {
	it('arrive whole, with their length and type, and tell progress', async () => {
		let got = 0;
		let headers: NodeJS.Dict<string | string[]> = {};
		server.handle((asked, answer) => {
			headers = asked.headers;
			asked.on('data', (chunk: Buffer) => (got += chunk.length)).on('end', () => answer.end('ok'));
		});
		const sent: number[] = [];
		const upload = body(3 * MIB + 5);
		await sender.send(request({ method: 'POST', body: upload, onProgress: (bytes) => sent.push(bytes) }));
		expect(got).toBe(3 * MIB + 5);
		expect(headers['content-length']).toBe(String(3 * MIB + 5));
		expect(headers['transfer-encoding']).toBeUndefined();
		expect(headers['content-type']).toBe('application/octet-stream');
		expect(sent.at(-1)).toBe(3 * MIB + 5);
		expect(upload.opened.map(({ destroyed }) => destroyed)).toEqual([true]);
	});

	it.each([
		['shorter', 100, 'less data than announced'],
		['longer', -100, 'more data than announced'],
	])('that are %s than announced are broken off', async (_, difference, words) => {
		let whole = false;
		server.handle(
			(asked) =>
				void asked
					.resume()
					.on('end', () => (whole = true))
					.on('error', () => undefined),
		);
		const lying = body(MIB);
		const problem = await failureOf(
			sender.send(request({ method: 'POST', body: { ...lying, length: MIB + difference } })),
		);
		expect(problem.kind).toBe('input');
		expect(problem.message).toContain(words);
		expect(whole).toBe(false);
	});

	it('that cannot be read are an input problem', async () => {
		server.handle((asked) => void asked.resume().on('error', () => undefined));
		const broken: HttpBody = {
			contentType: 'text/csv',
			length: 100,
			open: () =>
				new Readable({
					read() {
						this.destroy(Object.assign(new Error('/tmp/secret-path'), { code: 'EIO' }));
					},
				}),
		};
		const problem = await failureOf(sender.send(request({ method: 'POST', body: broken })));
		expect([problem.kind, problem.details.networkCode]).toEqual(['input', 'EIO']);
		expect(problem.message).not.toContain('/tmp');
	});

	it('are not even opened when there is no connection', async () => {
		const upload = body(MIB);
		const problem = await failureOf(
			sender.send(request({ method: 'POST', url: 'https://localhost:1/', body: upload })),
		);
		expect(problem.kind).toBe('network');
		expect(problem.details).toEqual({ delivery: 'nothing', networkCode: 'ECONNREFUSED' });
		expect(problem.message).toBe('The upload got no answer: localhost:1 refused the connection.');
		expect(upload.opened).toEqual([]);
	});
});

describe('an answer before the body was read', () => {
	it.each([401, 413])('is the answer: %s', async (status) => {
		// The server hangs up as soon as its answer is out, with most of the body unread.
		server.handle(
			(asked, answer) => void answer.writeHead(status).end('{"why":"early"}', () => asked.socket.end()),
		);
		const folder = await mkdtemp(join(tmpdir(), 'early-'));
		const file = join(folder, 'body');
		await writeFile(file, Buffer.alloc(8 * MIB, 'x'));
		for (let round = 0; round < 20; round++) {
			let source: Readable | undefined;
			const open = () => (source = createReadStream(file));
			const upload = { contentType: 'text/csv', length: 8 * MIB, open };
			const answer = await sender.send(request({ method: 'POST', body: upload }));
			expect([answer.status, answer.text]).toEqual([status, '{"why":"early"}']);
			expect(source?.destroyed).toBe(true);
		}
		await rm(folder, { recursive: true });
	});
});

it('an answer stops the body, even where the server would go on reading it', async () => {
	server.handle((asked, answer) => {
		asked.resume();
		answer.writeHead(403).write('{');
		setTimeout(() => answer.end('}'), 1_000);
	});
	const sent: number[] = [];
	const upload = body(2048 * MIB);
	const answer = await sender.send(
		request({ method: 'POST', body: upload, onProgress: (bytes) => sent.push(bytes) }),
	);
	expect([answer.status, answer.text]).toEqual([403, '{}']);
	expect(upload.opened[0].destroyed).toBe(true);
	expect(Math.max(0, ...sent)).toBeLessThan(16 * MIB);
});

describe('a connection that is lost', () => {
	it('within the body: certainly not processed', async () => {
		server.handle((asked) => {
			asked.once('data', () => asked.socket.destroy()).on('error', () => undefined);
		});
		const upload = body(32 * MIB);
		const problem = await failureOf(sender.send(request({ method: 'POST', body: upload })));
		expect([problem.kind, problem.details.delivery]).toEqual(['network', 'partly']);
		expect(problem.message).toMatch(
			/^The upload broke off half-way and was not processed: the connection to localhost:\d+ was cut\.$/,
		);
		expect(upload.opened[0].destroyed).toBe(true);
	});

	it('after the body: in doubt', async () => {
		server.handle((asked) => void asked.resume().on('end', () => asked.socket.destroy()));
		const problem = await failureOf(sender.send(request({ method: 'POST', body: body(MIB) })));
		expect([problem.kind, problem.details.delivery]).toEqual(['inDoubt', 'all']);
		expect(problem.message).toContain('may have been accepted');
	});

	it('within the answer to a sending: in doubt', async () => {
		server.handle((asked, answer) => {
			asked.resume().on('end', () => {
				answer.writeHead(200, { 'content-length': '100' }).write('{"Id":');
				setTimeout(() => asked.socket.destroy(), 20);
			});
		});
		const problem = await failureOf(sender.send(request({ method: 'POST', body: body(10) })));
		expect(problem.kind).toBe('inDoubt');
	});

	it('within a refusal: still the refusal', async () => {
		server.handle((asked, answer) => {
			asked.resume().on('end', () => {
				answer.writeHead(403, { 'content-length': '100' }).write('because');
				setTimeout(() => asked.socket.destroy(), 20);
			});
		});
		const answer = await sender.send(request({ method: 'POST', body: body(10) }));
		expect([answer.status, answer.text]).toEqual([403, 'because']);
	});

	it('while reading: never in doubt', async () => {
		server.handle((asked) => void asked.socket.destroy());
		const problem = await failureOf(sender.send(request()));
		expect([problem.kind, problem.details.delivery]).toEqual(['network', 'nothing']);
	});

	it('a damaged compressed answer is not taken for a success', async () => {
		server.handle((_, answer) => void answer.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'));
		const problem = await failureOf(sender.send(request()));
		expect(problem.message).toContain('damaged');
	});
});

describe('limits', () => {
	/** Sends, and lets the time limit pass as soon as the condition holds. */
	async function problemAtLimit(more: Partial<HttpRequest>, reached: () => boolean): Promise<Problem> {
		const limit = catchTimer(NEVER_MS);
		const ended = failureOf(sender.send(request(more))).finally(() => limit.release());
		await until(reached);
		limit.goOff();
		return await ended;
	}

	it('an answer that does not come', async () => {
		let whole = false;
		server.handle((asked) => void asked.resume().on('end', () => (whole = true)));
		const problem = await problemAtLimit({ method: 'POST', body: body(10) }, () => whole);
		expect([problem.kind, problem.details.networkCode]).toEqual(['inDoubt', 'ETIMEDOUT']);
		expect(problem.message).toContain('within 60 minutes');
	});

	it('an answer that trickles', async () => {
		let drops = 0;
		server.handle((asked, answer) => {
			answer.writeHead(200);
			const drip = setInterval(() => {
				drops++;
				answer.write('x');
			}, 5);
			asked.on('close', () => clearInterval(drip));
		});
		expect((await problemAtLimit({}, () => drops > 5)).kind).toBe('network');
	});

	it('a server that takes no body', async () => {
		server.handle(() => undefined);
		const upload = body(64 * MIB);
		let sent = 0;
		const problem = await problemAtLimit(
			{ method: 'POST', body: upload, onProgress: (bytes) => (sent = bytes) },
			() => sent > 0,
		);
		expect([problem.kind, problem.details.delivery]).toEqual(['network', 'partly']);
		await until(() => upload.opened[0].destroyed);
	});

	it('a connection that never becomes secure', async () => {
		const silent = createPlainServer(() => undefined).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const { port } = silent.address() as AddressInfo;
		const quick = createSend({ ca: [server.ca], connectWithinMs: 200 });
		const upload = body(10);
		const problem = await failureOf(
			quick.send(request({ method: 'POST', url: `https://localhost:${port}/`, body: upload })),
		);
		silent.close();
		expect([problem.kind, problem.details.delivery, problem.details.networkCode]).toEqual([
			'network',
			'nothing',
			'ETIMEDOUT',
		]);
		expect(upload.opened).toEqual([]);
	});
});

describe('cancelling', () => {
	it('before, during the body, and while waiting for the answer', async () => {
		let arrived = 0;
		let whole = false;
		server.handle((asked) => {
			asked.on('data', (chunk: Buffer) => (arrived += chunk.length)).on('end', () => (whole = true));
			asked.on('error', () => undefined);
		});
		const early = await failureOf(sender.send(request({ signal: AbortSignal.abort() })));
		expect(early.kind).toBe('cancelled');

		for (const [upload, reached] of [
			[body(1024 * MIB), () => arrived > 0],
			[body(10), () => whole],
		] as const) {
			const abort = new AbortController();
			const ended = failureOf(sender.send(request({ method: 'POST', body: upload, signal: abort.signal })));
			await until(reached);
			abort.abort();
			expect((await ended).kind).toBe('cancelled');
			expect(upload.opened[0].destroyed).toBe(true);
		}
	});

	it('leaves no connection open', async () => {
		let arrived = 0;
		server.handle((asked) => void asked.on('data', () => arrived++).on('error', () => undefined));
		const abort = new AbortController();
		const before = server.open.size;
		const ended = failureOf(
			sender.send(request({ method: 'POST', body: body(1024 * MIB), signal: abort.signal })),
		);
		await until(() => arrived > 0);
		abort.abort();
		await ended;
		await until(() => server.open.size <= before);
	});
});

describe('streams', () => {
	it('are handed over unread', async () => {
		server.handle(
			(_, answer) =>
				void answer.writeHead(200, { 'content-type': 'text/csv' }).end('a,b\r\n'.repeat(500_000)),
		);
		const { stream, headers } = await sender.sendForStream(request());
		expect(headers['content-type']).toBe('text/csv');
		expect((await readAll(stream)).length).toBe(2_500_000);
	});

	it('end with a problem when the connection does, the time is over, or the execution is cancelled', async () => {
		server.handle((asked, answer) => {
			answer.writeHead(200, { 'content-length': '1000' }).write('abc');
			if (asked.url === '/cut') setTimeout(() => asked.socket.destroy(), 30);
		});
		const cut = await sender.sendForStream(request({ url: `${server.url}/cut` }));
		expect((await failureOf(readAll(cut.stream))).kind).toBe('network');
		const limit = catchTimer(NEVER_MS);
		const slow = await sender.sendForStream(request()).finally(() => limit.release());
		limit.goOff();
		expect((await failureOf(readAll(slow.stream))).details.networkCode).toBe('ETIMEDOUT');
		const abort = new AbortController();
		const left = await sender.sendForStream(request({ signal: abort.signal }));
		abort.abort();
		expect((await failureOf(readAll(left.stream))).kind).toBe('cancelled');
	});

	it('that fail before anybody reads keep their problem and harm nobody', async () => {
		const abort = new AbortController();
		server.handle((_, answer) => void answer.writeHead(200, { 'content-length': '1000' }).write('abc'));
		const { stream } = await sender.sendForStream(request({ signal: abort.signal }));
		abort.abort();
		// An error that nobody listens to would end the process here.
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect((await failureOf(readAll(stream))).kind).toBe('cancelled');
	});
});

describe('addresses and certificates', () => {
	it('only https', async () => {
		const problem = await failureOf(sender.send(request({ url: 'http://localhost/x' })));
		expect(problem.kind).toBe('configuration');
	});

	it('a certificate of an unknown authority is refused, and NODE_EXTRA_CA_CERTS named', async () => {
		const problem = await failureOf(createSend().send(request()));
		expect(problem.kind).toBe('network');
		expect(problem.details.networkCode).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
		expect(problem.advice).toContain('NODE_EXTRA_CA_CERTS');
	});

	it('verifies even where the environment says not to', async () => {
		process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
		try {
			const problem = await failureOf(createSend().send(request()));
			expect(problem.details.networkCode).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
		} finally {
			delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
		}
	});

	it('an expired certificate, and one made out to another name', async () => {
		for (const [names, days, code] of [
			[['localhost'], -0.5, 'CERT_HAS_EXPIRED'],
			[['elsewhere.example'], 2, 'ERR_TLS_CERT_ALTNAME_INVALID'],
		] as const) {
			const other = await startServer(await localCertificate([...names], days));
			const problem = await failureOf(createSend({ ca: [other.ca] }).send(request({ url: other.url })));
			await other.close();
			expect(problem.details.networkCode).toBe(code);
		}
	});

	it('a host that does not exist', async () => {
		const problem = await failureOf(sender.send(request({ url: 'https://no-such-host.invalid/' })));
		expect(problem.details.networkCode).toMatch(/ENOTFOUND|EAI_AGAIN/);
		expect(problem.message).toContain('the name no-such-host.invalid could not be resolved');
	});

	it('a port that speaks no TLS', async () => {
		const plain = createPlainServer((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n')).listen(
			0,
			'127.0.0.1',
		);
		await once(plain, 'listening');
		const { port } = plain.address() as AddressInfo;
		const problem = await failureOf(sender.send(request({ url: `https://localhost:${port}/` })));
		plain.close();
		expect(problem.message).toContain('no secure connection could be agreed');
	});
});
