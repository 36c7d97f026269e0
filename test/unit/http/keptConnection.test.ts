import { lookup } from 'node:dns';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { HttpRequest } from '../../../nodes/shared/http/message';
import { keepConnection } from '../../../nodes/shared/http/transport/keptConnection';
import { createSend } from '../../../nodes/shared/http/transport/send';
import { problemOf } from '../../helpers/thrownBy';
import { until } from '../../helpers/until';
import { startConnectProxy } from './connectProxy';
import { startServer, type LocalServer } from './httpsServer';

const NEVER_MS = 3_600_000;
const PIECE = 64 * 1024;
let server: LocalServer;
let send: ReturnType<typeof createSend>['send'];
let connection: ReturnType<typeof keepConnection>;
let now: number;
let arrived: number[];

beforeAll(async () => {
	server = await startServer();
	send = createSend({ ca: [server.ca], connectWithinMs: NEVER_MS }).send;
});
beforeEach(() => {
	now = 0;
	arrived = [];
	connection = keepConnection(() => now);
	server.handle(take);
});
afterEach(() => connection.close());
afterAll(async () => await server.close());

/** Takes a body and answers. */
function take(asked: IncomingMessage, answer: ServerResponse, then = () => void answer.end('ok')): void {
	void buffer(asked).then(
		(body) => {
			arrived.push(body.length);
			then();
		},
		() => undefined,
	);
}

function* pieces(length: number): Generator<Buffer> {
	for (let left = length; left > 0; left -= PIECE) yield Buffer.alloc(Math.min(left, PIECE), 'x');
}

const chunk = (length = 40_000, more: Partial<HttpRequest> = {}): HttpRequest => ({
	step: 'Chunk 1 of 2',
	method: 'POST',
	url: `${server.url}/x`,
	body: {
		contentType: 'text/csv',
		length,
		open: () => Readable.from(pieces(length), { objectMode: false }),
	},
	timeoutMs: NEVER_MS,
	connection,
	...more,
});

/** How many connections some work opens. */
async function connectionsOf(work: () => Promise<unknown>): Promise<number> {
	const before = server.connections();
	await work();
	return server.connections() - before;
}

async function sendTimes(times: number): Promise<void> {
	for (let number = 0; number < times; number++) expect((await send(chunk())).status).toBe(200);
}

it('carries many chunks, and ends when it is closed', async () => {
	expect(await connectionsOf(async () => await sendTimes(20))).toBe(1);
	expect(arrived).toHaveLength(20);
	connection.close();
	await until(() => server.open.size === 0);
});

it('belongs to one sender only', async () => {
	const other = createSend({ ca: [server.ca] });
	const opened = await connectionsOf(async () => {
		await send(chunk());
		await other.send(chunk());
	});
	expect(opened).toBe(2);
});

it('is not used again after it was idle for more than two seconds', async () => {
	const opened = await connectionsOf(async () => {
		await sendTimes(1);
		now += 2_000;
		await sendTimes(1);
		now += 2_001;
		await sendTimes(1);
	});
	expect(opened).toBe(2);
});

it('is not used again once the service has closed it: each chunk arrives once', async () => {
	server.handle((asked, answer) =>
		take(asked, answer, () => void answer.end('ok', () => asked.socket.end())),
	);
	for (let number = 0; number < 5; number++) {
		await send(chunk());
		await until(() => server.open.size === 0);
	}
	expect(arrived).toEqual(Array(5).fill(40_000));
});

it('is not used again where the service says that it closes it', async () => {
	server.handle((asked, answer) => {
		answer.setHeader('connection', 'close');
		take(asked, answer);
	});
	expect(await connectionsOf(async () => await sendTimes(3))).toBe(3);
});

it('a chunk whose kept connection ends before it is whole goes out once more, over a new one', async () => {
	const large = 20_000_000;
	let cuts = 0;
	server.handle((asked, answer) => {
		if (arrived.length === 1 && cuts === 0) {
			cuts++;
			asked.socket.destroy();
		} else take(asked, answer);
	});
	const opened = await connectionsOf(async () => {
		await send(chunk());
		await send(chunk(large));
		await send(chunk());
		await send(chunk());
	});
	expect(cuts).toBe(1);
	expect(arrived).toEqual([40_000, large, 40_000, 40_000]);
	// After the loss, each has a connection of its own.
	expect(opened).toBe(4);
});

it('a chunk that was whole when its kept connection ended stays in doubt, and is not sent again by itself', async () => {
	server.handle((asked, answer) =>
		take(asked, answer, () => void (arrived.length === 2 ? asked.socket.destroy() : answer.end('ok'))),
	);
	const opened = await connectionsOf(async () => {
		await send(chunk());
		const problem = await problemOf(send(chunk()));
		expect(problem).toMatchObject({ kind: 'inDoubt', details: { delivery: 'all' } });
		await send(chunk());
		await send(chunk());
	});
	expect(arrived).toHaveLength(4);
	expect(opened).toBe(3);
});

it('a chunk that is lost over a new connection is told at once', async () => {
	let asked = 0;
	server.handle((request) => {
		asked++;
		request.socket.destroy();
	});
	expect(await problemOf(send(chunk(20_000_000)))).toMatchObject({ kind: 'network' });
	expect(asked).toBe(1);
});

it('a refusal before the body is whole is an answer, and the next chunk arrives', async () => {
	server.handle((asked, answer) => {
		if (arrived.length === 1) {
			arrived.push(-1);
			answer.writeHead(413, { connection: 'close' }).end('too large');
		} else take(asked, answer);
	});
	await send(chunk());
	expect(await send(chunk(20_000_000))).toMatchObject({ status: 413, text: 'too large' });
	expect(await send(chunk())).toMatchObject({ status: 200 });
	expect(arrived).toEqual([40_000, -1, 40_000]);
});

it('keeps the tunnel through a proxy, which is asked once', async () => {
	const proxy = await startConnectProxy();
	const { HTTPS_PROXY: before, NO_PROXY: without } = process.env;
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	process.env.NO_PROXY = '';
	try {
		expect(await connectionsOf(async () => await sendTimes(5))).toBe(1);
		expect(proxy.asked).toEqual([`localhost:${server.port}`]);
		server.handle((asked, answer) => take(asked, answer, () => void asked.socket.destroy()));
		// Not the proxy is to blame, which let the tunnel stand.
		expect(await problemOf(send(chunk()))).toMatchObject({
			kind: 'inDoubt',
			message: expect.stringContaining(`the connection to localhost:${server.port} was cut`) as string,
		});
		connection.close();
		await until(() => proxy.open.size === 0);
	} finally {
		if (before === undefined) delete process.env.HTTPS_PROXY;
		else process.env.HTTPS_PROXY = before;
		if (without === undefined) delete process.env.NO_PROXY;
		else process.env.NO_PROXY = without;
		await proxy.close();
	}
});

it("asks n8n's filter for each chunk, also over a kept connection", async () => {
	let allowed = 2;
	let resolved = 0;
	const filter = {
		validateUrl: async () => await Promise.resolve({ ok: allowed-- > 0 }),
		createSecureLookup: (): typeof lookup =>
			((...given: Parameters<typeof lookup>) => {
				resolved++;
				lookup(...given);
			}) as typeof lookup,
	};
	const filtered = createSend({ ca: [server.ca], filter });
	await filtered.send(chunk());
	await filtered.send(chunk());
	expect(resolved).toBe(1);
	expect(await problemOf(filtered.send(chunk()))).toMatchObject({ kind: 'configuration' });
	expect(arrived).toHaveLength(2);
});
