import { createServer, Socket, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import type { HttpRequest } from '../../../nodes/shared/http/message';
import { createSend } from '../../../nodes/shared/http/transport/send';
import { until } from '../../helpers/until';
import { startConnectProxy, type ConnectProxy } from './connectProxy';
import { localCertificate, startServer, type LocalServer } from './httpsServer';
import { problemOf } from '../../helpers/thrownBy';

const failureOf = async (promise: Promise<unknown>) => await problemOf(promise, [SECRET, 'p%40ss', 'p@ss']);

const SECRET = 'planted-secret-4711';
/** Longer than any test takes. */
const NEVER_MS = 3_600_000;
const NAMES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'];
let server: LocalServer;
let proxy: ConnectProxy;
let secure: ConnectProxy | undefined;
let send: ReturnType<typeof createSend>['send'];
const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));

beforeAll(async () => {
	server = await startServer();
	send = createSend({ ca: [server.ca], connectWithinMs: NEVER_MS }).send;
});
beforeEach(async () => {
	for (const name of NAMES) delete process.env[name];
	proxy = await startConnectProxy();
	server.handle((request, answer) => {
		void buffer(request).then((body) => answer.end(`${request.method} ${body.length}`));
	});
});
afterEach(async () => {
	await proxy.close();
	await secure?.close();
});
afterAll(async () => {
	for (const name of NAMES) {
		if (before[name] === undefined) delete process.env[name];
		else process.env[name] = before[name];
	}
	await server.close();
});

function upload(more: Partial<HttpRequest> = {}): HttpRequest & { opened: () => number } {
	let opened = 0;
	return {
		step: 'The upload',
		method: 'POST',
		url: `${server.url}/x`,
		headers: { Authorization: `Bearer ${SECRET}` },
		body: {
			contentType: 'text/csv',
			length: 300_000,
			open: () => {
				opened++;
				return Readable.from([Buffer.alloc(300_000, 'x')], { objectMode: false });
			},
		},
		timeoutMs: NEVER_MS,
		opened: () => opened,
		...more,
	};
}

it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
	'goes through the proxy of %s, and the proxy sees only the host',
	async (name) => {
		process.env[name] = `http://127.0.0.1:${proxy.port}`;
		expect((await send(upload())).text).toBe('POST 300000');
		expect((await send(upload({ method: 'GET', body: undefined }))).text).toBe('GET 0');
		expect(proxy.asked).toEqual([`localhost:${server.port}`, `localhost:${server.port}`]);
		const seen = Buffer.concat(proxy.relayed).toString('latin1');
		expect(seen.length).toBeGreaterThan(300_000);
		expect(seen).not.toContain(SECRET);
		expect(seen).not.toContain('Authorization');
	},
);

it.each(['directly', 'through a proxy'])(
	'small pieces do not wait for an acknowledgement, %s',
	async (way) => {
		if (way !== 'directly') process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
		const setNoDelay = jest.spyOn(Socket.prototype, 'setNoDelay');
		await send(upload());
		const sockets = setNoDelay.mock.contexts.filter((_, i) => setNoDelay.mock.calls[i]?.[0] === true);
		expect(sockets.filter((socket) => socket instanceof TLSSocket)).toHaveLength(1);
	},
);

it.each([
	['localhost', false],
	['.example.com,localhost', false],
	['*', false],
	['other.example', true],
])('NO_PROXY=%s', async (value, through) => {
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	process.env.NO_PROXY = value;
	await send(upload());
	expect(proxy.asked.length).toBe(through ? 1 : 0);
});

it('logs in to the proxy, special characters included', async () => {
	process.env.HTTPS_PROXY = `http://us%5Cer:p%40ss@127.0.0.1:${proxy.port}`;
	await send(upload());
	await send(upload());
	const login = `Basic ${Buffer.from('us\\er:p@ss').toString('base64')}`;
	expect(proxy.logins).toEqual([login, login]);
});

it.each([
	[407, 'asks for a user name and password', 'HTTPS_PROXY'],
	[403, 'refused to connect to localhost', 'NO_PROXY'],
	[502, 'refused to connect to localhost', 'NO_PROXY'],
])('a proxy that refuses with %s is not taken for the service', async (status, words, advice) => {
	process.env.HTTPS_PROXY = `http://u:p%40ss@127.0.0.1:${proxy.port}`;
	proxy.mood = { refuse: status };
	const request = upload();
	const problem = await failureOf(send(request));
	expect(problem.kind).toBe('network');
	expect(problem.message).toContain(words);
	expect(problem.message).toContain(`the proxy 127.0.0.1:${proxy.port}`);
	expect(problem.advice).toContain(advice);
	expect(problem.details).toMatchObject({ delivery: 'nothing', proxyStatus: status });
	expect(problem.details.status).toBeUndefined();
	expect(request.opened()).toBe(0);
	await until(() => proxy.open.size === 0);
	expect(proxy.relayed).toEqual([]);
});

it.each([201, 202, 299])('HTTP %s opens the tunnel as 200 does', async (accept) => {
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	proxy.mood = { accept };
	expect((await send(upload())).text).toBe('POST 300000');
	server.handle((request) => void request.resume().on('end', () => request.socket.destroy()));
	const problem = await failureOf(send(upload()));
	expect([problem.kind, problem.details.proxyStatus]).toEqual(['inDoubt', undefined]);
});

it.each(['socks5', 'socks4', 'socks'])(
	'a %s proxy is refused in words, and nothing is sent to it',
	async (scheme) => {
		process.env.HTTPS_PROXY = `${scheme}://u:p%40ss@127.0.0.1:${proxy.port}`;
		const problem = await failureOf(send(upload()));
		expect([problem.kind, problem.message]).toEqual([
			'configuration',
			`The proxy in the environment of n8n is a '${scheme}:' proxy; only HTTP proxies are supported.`,
		]);
		expect(proxy.open.size).toBe(0);
	},
);

it('a service that repeats the login of the proxy does not give it away', async () => {
	process.env.HTTPS_PROXY = `http://us%5Cer:p%40ss-planted@127.0.0.1:${proxy.port}`;
	const login = Buffer.from('us\\er:p@ss-planted').toString('base64');
	server.handle(
		(request, answer) =>
			void request.resume().on('end', () => answer.writeHead(400).end(`p@ss-planted ${login}`)),
	);
	expect((await send(upload())).text).toBe('[redacted] [redacted]');
});

it('a proxy that is not there', async () => {
	const port = await freePort();
	process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
	const problem = await failureOf(send(upload()));
	expect(problem.message).toBe(
		`The upload got no answer: the proxy 127.0.0.1:${port} refused the connection.`,
	);
	expect(problem.details).toEqual({ delivery: 'nothing', networkCode: 'ECONNREFUSED' });
});

it.each(['silent', 'hangUp'] as const)('a proxy that is %s', async (mood) => {
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	proxy.mood = mood;
	const hasty = createSend({ ca: [server.ca], connectWithinMs: 300 });
	const problem = await failureOf(hasty.send(upload()));
	expect([problem.kind, problem.details.delivery]).toEqual(['network', 'nothing']);
	expect(problem.message).toContain(`the proxy 127.0.0.1:${proxy.port}`);
});

it('leaves no connection to a silent proxy when cancelled', async () => {
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	proxy.mood = 'silent';
	const abort = new AbortController();
	const ended = failureOf(send(upload({ signal: abort.signal })));
	await until(() => proxy.asked.length === 1);
	abort.abort();
	expect((await ended).kind).toBe('cancelled');
	await until(() => proxy.open.size === 0);
});

it('the certificate of the service is verified through the proxy too', async () => {
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	const problem = await failureOf(createSend().send(upload()));
	expect(problem.details.networkCode).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
	expect(problem.message).toContain(`the certificate that localhost:${server.port} shows`);
});

it('a connection cut behind the proxy is told as everywhere', async () => {
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	server.handle((request) => void request.resume().on('end', () => request.socket.destroy()));
	expect((await failureOf(send(upload()))).kind).toBe('inDoubt');
});

it('a proxy that is itself spoken to over TLS; its certificate is verified', async () => {
	// Two authorities of one name would be taken for each other.
	const pems = await localCertificate(['proxy.example', 'localhost']);
	secure = await startConnectProxy(pems);
	process.env.HTTPS_PROXY = `https://localhost:${secure.port}`;
	const untrusted = await failureOf(send(upload()));
	const both = createSend({ ca: [server.ca, pems.cert] });
	const answer = await both.send(upload());
	expect(untrusted.details.networkCode).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
	expect(untrusted.message).toContain(`the certificate that the proxy localhost:${secure.port} shows`);
	expect(answer.text).toBe('POST 300000');
	expect(secure.asked).toEqual([`localhost:${server.port}`]);
});

it('a proxy address without http:// in front, and one that is none', async () => {
	process.env.HTTPS_PROXY = `127.0.0.1:${proxy.port}`;
	expect((await failureOf(send(upload()))).advice).toContain('http://');
	process.env.HTTPS_PROXY = 'http://u:p@ss@[bad';
	const problem = await failureOf(send(upload()));
	expect(problem.kind).toBe('configuration');
	expect(problem.message).toContain('the proxy in the environment of n8n is not a valid address');
});

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => probe.once('listening', resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}
