import { randomUUID } from 'node:crypto';
import { demo, startEmulator, type Emulator } from '../emulator';
import { call, hrPath, multipart, pushPath, tokenFor, vivaHeaders, type Answer, type Call } from './client';
import { hrZip } from './zipFile';

const bareTenant = '22222222-2222-4333-8444-555555555555';
const neighbour = '22222222-2222-4333-8444-666666666666';
let emulator: Emulator;
let headers: Record<string, string>;

beforeAll(async () => {
	const apps = [{ clientId: demo.clientId, secrets: [demo.clientSecret] }];
	emulator = await startEmulator({
		tenants: [
			{ tenantId: bareTenant, apps, viva: { hrConnector: null } },
			{ tenantId: neighbour, apps, viva: { hrConnector: { authorisedAppIds: [demo.clientId] } } },
		],
	});
});
beforeEach(async () => {
	emulator.reset();
	headers = await vivaHeaders(emulator);
});
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

async function push(
	body: Call['body'],
	type: string | undefined,
	more: Record<string, string> = {},
): Promise<Answer> {
	return await call(emulator, pushPath, {
		method: 'POST',
		...(body !== undefined && { body }),
		headers: { ...headers, ...(type !== undefined && { 'content-type': type }), ...more },
	});
}

const everyCall: Array<[string, Call]> = [
	[hrPath, {}],
	[pushPath, { body: 'PersonId\r\n', headers: { 'content-type': 'text/csv' } }],
	[`${pushPath}/${randomUUID()}`, {}],
	[`${hrPath}/ingestions/${randomUUID()}/errors`, {}],
];

describe.each(everyCall)('%s', (path, options) => {
	const send = async (changed: Record<string, string>): Promise<Answer> =>
		await call(emulator, path, { ...options, headers: { ...options.headers, ...changed } });

	test('without Authorization: 403', async () => {
		expect((await send({ 'x-nova-scaleunit': demo.scaleUnit })).status).toBe(403);
	});

	test('without the scale unit, or with another one: 400', async () => {
		const authorization = headers['authorization'] ?? '';
		expect((await send({ authorization })).status).toBe(400);
		expect((await send({ authorization, 'x-nova-scaleunit': 'novaprdwus2-99' })).status).toBe(400);
	});

	test('of an app that the connector does not know: 403', async () => {
		const token = await tokenFor(emulator, {
			client_id: demo.strangerClientId,
			client_secret: demo.strangerClientSecret,
		});
		const answer = await send({ authorization: `Bearer ${token}`, 'x-nova-scaleunit': demo.scaleUnit });
		expect(answer.status).toBe(403);
	});

	test('with a token of another tenant, where the same app is at home too: 403', async () => {
		const authorization = `Bearer ${await tokenFor(emulator, {}, neighbour)}`;
		expect((await send({ authorization, 'x-nova-scaleunit': demo.scaleUnit })).status).toBe(403);
	});

	test('with rubbish for a token: the sign-in page, 401 or 302, as set', async () => {
		const rubbish = { authorization: 'Bearer rubbish', 'x-nova-scaleunit': demo.scaleUnit };
		const page = await send(rubbish);
		expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
		emulator.set({ badTokenAnswer: 'unauthorized401' });
		expect((await send(rubbish)).status).toBe(401);
		emulator.set({ badTokenAnswer: 'redirect302' });
		const redirect = await send(rubbish);
		expect([redirect.status, redirect.headers['location']]).toEqual([
			302,
			`${emulator.origin}/common/oauth2/authorize`,
		]);
	});
});

test('a tenant without a connector: 403 for the ping and the push', async () => {
	const authorization = `Bearer ${await tokenFor(emulator, {}, bareTenant)}`;
	const path = `/v1.0/scopes/${bareTenant}/ingress/connectors/HR`;
	const all = { authorization, 'x-nova-scaleunit': demo.scaleUnit };
	expect((await call(emulator, path, { headers: all })).status).toBe(403);
	const sent = { body: 'a', headers: { ...all, 'content-type': 'text/csv' } };
	expect((await call(emulator, `${path}/ingestions/fileIngestion`, sent)).status).toBe(403);
});

test('a token of the demo tenant that has run out by the real clock is refused', async () => {
	emulator.set({ tokenLifetimeS: -1 });
	const authorization = `Bearer ${await tokenFor(emulator)}`;
	emulator.set({ badTokenAnswer: 'unauthorized401' });
	expect((await call(emulator, hrPath, { headers: { ...headers, authorization } })).status).toBe(401);
});

test('no file: 500, be it a form without parts, an empty file or no body', async () => {
	expect((await push('--b--\r\n', 'multipart/form-data; boundary=b')).status).toBe(500);
	const field = '--b\r\nContent-Disposition: form-data; name="info"\r\n\r\nx\r\n--b--\r\n';
	expect((await push(field, 'multipart/form-data; boundary=b')).status).toBe(500);
	const { body, type } = multipart('');
	expect((await push(body, type)).status).toBe(500);
	expect((await push('', 'text/csv')).status).toBe(500);
	expect(emulator.ingestions).toEqual([]);
});

test('two parts: 400', async () => {
	const part = (name: string): string =>
		`--b\r\nContent-Disposition: form-data; name="${name}"; filename="x"\r\n\r\nx\r\n`;
	const two = `${part('info')}${part('more')}--b--\r\n`;
	expect((await push(two, 'multipart/form-data; boundary=b')).status).toBe(400);
});

test('a form that breaks off, or without a boundary: 400', async () => {
	const { body, type } = multipart(await hrZip());
	expect((await push(body.subarray(0, body.length - 30), type)).status).toBe(400);
	expect((await push(body, 'multipart/form-data')).status).toBe(400);
	expect(emulator.ingestions).toEqual([]);
});

test.each(['application/zip', 'application/octet-stream', 'text/csv; charset=utf-16', undefined])(
	'content type %s: 415',
	async (type) => expect((await push('PersonId\r\n', type)).status).toBe(415),
);

test('a compressed body: 415', async () => {
	expect((await push('x', 'text/csv', { 'content-encoding': 'gzip' })).status).toBe(415);
});

test('a body that does not say where it ends: 411', async () => {
	const { connect } = await import('node:tls');
	const status = await new Promise<string>((resolve, reject) => {
		const socket = connect({ host: 'localhost', port: emulator.port, ca: emulator.caPem() }, () => {
			socket.write(`POST ${pushPath} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n\r\n`);
		});
		socket.once('data', (data: Buffer) => {
			resolve(data.toString().split('\r\n')[0] ?? '');
			socket.destroy();
		});
		socket.once('error', reject);
	});
	expect(status).toBe('HTTP/1.1 411 Length Required');
});

test('a chunked body is taken', async () => {
	async function* pieces(): AsyncGenerator<Buffer> {
		yield Buffer.from('PersonId,ManagerId,Organiz');
		yield Buffer.from('ation\r\na@contoso.com,,Top\r\n');
	}
	expect((await push(pieces(), 'text/csv')).status).toBe(200);
	expect(emulator.ingestions[0]?.rows).toEqual([['a@contoso.com', '', 'Top']]);
});

test('the part’s name and file name are free', async () => {
	for (const [name, fileName] of [
		['file', 'info'],
		['info', 'C:\\data\\info.zip'],
	] as const) {
		const { body, type } = multipart(await hrZip(), name, fileName);
		expect((await push(body, type)).status).toBe(200);
		emulator.advance(10_000);
	}
	expect(emulator.ingestions.map(({ partName, partFileName }) => [partName, partFileName])).toEqual([
		['file', 'info'],
		['info', 'C:\\data\\info.zip'],
	]);
});

test('an unknown ingestion: 404 for the poll and the errors', async () => {
	expect((await call(emulator, `${pushPath}/${randomUUID()}`, { headers })).status).toBe(404);
	expect((await call(emulator, `${hrPath}/ingestions/${randomUUID()}/errors`, { headers })).status).toBe(404);
});

test('an ingestion of the other connector: 404', async () => {
	const { body, type } = multipart(await hrZip());
	const { Id } = JSON.parse((await push(body, type)).text) as { Id: string };
	expect((await call(emulator, `${pushPath}/${Id}`, { headers })).status).toBe(200);
	expect((await call(emulator, `${pushPath.replace('HR', 'Survey')}/${Id}`, { headers })).status).toBe(404);
});

test('an unknown path: 404, a known one with another method: 405', async () => {
	expect((await call(emulator, '/v1.0/scopes', { headers })).status).toBe(404);
	const answer = await call(emulator, hrPath, { method: 'POST', body: 'x', headers });
	expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET']);
});

test('a client that does not trust the authority gets no connection', async () => {
	await expect(call(emulator, hrPath, { headers, ca: null })).rejects.toMatchObject({
		code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/),
	});
});

test('two pushes at once: the second is told to wait', async () => {
	let go: () => void = () => undefined;
	const gate = new Promise<void>((resolve) => (go = resolve));
	async function* slow(): AsyncGenerator<Buffer> {
		yield Buffer.from('PersonId,ManagerId,Organization\r\n');
		await gate;
		yield Buffer.from('a@contoso.com,,Top\r\n');
	}
	const first = push(slow(), 'text/csv');
	while (!emulator.requests.some(({ service }) => service === 'push')) await new Promise(setImmediate);
	await new Promise(setImmediate);
	expect((await push('PersonId\r\n', 'text/csv')).status).toBe(400);
	go();
	expect((await first).status).toBe(200);
});

test('the log masks the token', async () => {
	await call(emulator, hrPath, { headers });
	const entry = emulator.requests.at(-1);
	expect(entry).toMatchObject({ service: 'ping', method: 'GET', path: hrPath, status: 200, bodyBytes: 0 });
	expect(entry?.headers).toMatchObject({ authorization: '***', 'x-nova-scaleunit': demo.scaleUnit });
});
