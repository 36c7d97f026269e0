import {
	demo,
	demoReport,
	startEmulator,
	type Emulator,
	type FaultAction,
	type FaultService,
} from '../emulator';
import {
	askToken,
	call,
	hrPath,
	multipart,
	purviewScope,
	pushPath,
	tokenFor,
	vivaHeaders,
	type Answer,
} from './client';
import { hrZip } from './zipFile';

let emulator: Emulator;
let zip: Buffer;
let headers: Record<string, string>;
let signalHeaders: Record<string, string>;

beforeAll(async () => {
	emulator = await startEmulator();
	zip = await hrZip();
});
beforeEach(async () => {
	emulator.reset();
	headers = await vivaHeaders(emulator);
	signalHeaders = { authorization: `Bearer ${await tokenFor(emulator, { scope: purviewScope })}` };
});
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

const push = async (): Promise<Answer> => {
	const { body, type } = multipart(zip);
	return await call(emulator, pushPath, { body, headers: { ...headers, 'content-type': type } });
};
const signal = async (): Promise<Answer> => {
	const { body, type } = multipart(
		'UserPrincipalName,ResignationDate,LastWorkingDate\r\na@x.co,2025-06-01T00:00:00Z,2025-06-02T00:00:00Z\r\n',
		'file',
		'a.csv',
	);
	const path = `/api/signals?jobid=${demo.jobs.resignation}`;
	return await call(emulator, path, { body, headers: { ...signalHeaders, 'content-type': type } });
};
const get = async (path: string): Promise<Answer> => await call(emulator, path, { headers });
/** sends something, and tells either the status or the way the connection ended */
const outcome = async (sending: Promise<Answer>): Promise<number | string> =>
	await sending.then(
		(answer) => answer.status,
		(error: NodeJS.ErrnoException) => error.code ?? error.message,
	);

const calls: Record<FaultService, () => Promise<Answer>> = {
	discovery: async () => await get(`/${demo.tenantId}/v2.0/.well-known/openid-configuration`),
	token: async () => await askToken(emulator),
	scaleUnit: async () => await get(`/v1.0/tenants/${demo.tenantId}/scopes/${demo.tenantId}/scaleUnit`),
	ping: async () => await get(hrPath),
	push,
	poll: async () => await get(`${pushPath}/${emulator.ingestions[0]?.id}`),
	errors: async () => await get(`${hrPath}/ingestions/${emulator.ingestions[0]?.id}/errors`),
	signal,
	report: async () => {
		const login = Buffer.from(`${demoReport.user}:${demoReport.password}`).toString('base64');
		return await call(emulator, `${demoReport.workersPath}&Worker_Count=3`, {
			headers: { authorization: `Basic ${login}` },
		});
	},
};

describe.each(Object.keys(calls) as FaultService[])('%s', (service) => {
	const send = async (): Promise<Answer> => await calls[service]();
	beforeEach(async () => {
		if (service === 'poll' || service === 'errors') await push();
	});

	test('answers what a fault says, as often as it says, and then the right thing', async () => {
		emulator.fault({
			service,
			times: 2,
			action: { kind: 'status', status: 429, headers: { 'Retry-After': '7' }, body: 'slow down' },
		});
		for (const answer of [await send(), await send()]) {
			expect([answer.status, answer.text, answer.headers['retry-after']]).toEqual([429, 'slow down', '7']);
		}
		expect((await send()).status).toBe(200);
		expect(emulator.requests.slice(-3).map(({ fault, status }) => [fault, status])).toEqual([
			['status', 429],
			['status', 429],
			[null, 200],
		]);
	});

	test.each<[FaultAction]>([
		[{ kind: 'refuse' }],
		[{ kind: 'cutBeforeBody' }],
		[{ kind: 'cutInBody', afterBytes: 1 }],
		[{ kind: 'cutAfterBody', processed: false }],
		[{ kind: 'cutAfterBody', processed: true }],
	])('%p: the connection ends without an answer', async (action) => {
		emulator.fault({ service, action });
		expect(await outcome(send())).toMatch(/^(ECONNRESET|EPIPE)$/);
		expect(emulator.requests.at(-1)).toMatchObject({ status: null, fault: action.kind });
	});

	test('200 that is none: a sign-in page, broken JSON, an object without ids; and a redirect', async () => {
		emulator.fault({ service, action: { kind: 'html200' } });
		emulator.fault({ service, action: { kind: 'brokenJson200' } });
		emulator.fault({ service, action: { kind: 'withoutId200' } });
		emulator.fault({ service, action: { kind: 'redirect' } });
		const page = await send();
		expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
		const broken = await send();
		expect(broken.status).toBe(200);
		expect(() => JSON.parse(broken.text) as unknown).toThrow();
		const anonymous = JSON.parse((await send()).text) as Record<string, unknown>;
		expect([anonymous['Id'], anonymous['access_token'], anonymous['ConnectorId']]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		const redirect = await send();
		expect([redirect.status, redirect.headers['location']]).toEqual([
			302,
			`${emulator.origin}/common/oauth2/authorize`,
		]);
	});

	test('delay, a dripping body, and an answer that breaks off', async () => {
		emulator.fault({ service, action: { kind: 'delay', ms: 150 } });
		const began = Date.now();
		expect((await send()).status).toBe(200);
		expect(Date.now() - began).toBeGreaterThanOrEqual(145);
		emulator.advance(60_000);
		emulator.fault({ service, action: { kind: 'slowBody', bytesPerSecond: 20_000 } });
		const dripping = await send();
		expect(dripping.status).toBe(200);
		expect(Buffer.byteLength(dripping.text)).toBe(Number(dripping.headers['content-length']));
		emulator.advance(60_000);
		emulator.fault({ service, action: { kind: 'cutInAnswer', processed: true } });
		await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
	});
});

test('a fault lets calls pass first, and can choose by path', async () => {
	const other = demo.jobs.jobLevelChange;
	emulator.fault({ service: 'ping', skip: 1, action: { kind: 'status', status: 503 } });
	emulator.fault({ service: 'ping', pathContains: other, action: { kind: 'status', status: 500 } });
	expect([(await get(hrPath)).status, (await get(hrPath)).status, (await get(hrPath)).status]).toEqual([
		200, 503, 200,
	]);
});

test('cut after the body: processed or not, the state tells', async () => {
	emulator.fault({ service: 'push', action: { kind: 'cutAfterBody', processed: false } });
	await outcome(push());
	expect(emulator.ingestions).toHaveLength(0);
	emulator.fault({ service: 'push', action: { kind: 'cutAfterBody', processed: true } });
	await outcome(push());
	expect(emulator.ingestions.map(({ answerLost, valid }) => [answerLost, valid])).toEqual([[true, true]]);
	expect((await push()).status).toBe(400);

	emulator.fault({ service: 'signal', action: { kind: 'cutAfterBody', processed: true } });
	await outcome(signal());
	await signal();
	expect(emulator.signals.map(({ answerLost }) => answerLost)).toEqual([true, false]);
});

test('cut in the body: the body stops near the byte that was told', async () => {
	const sent = Buffer.alloc(20 * 1024 * 1024, 'a,b,c\r\n');
	emulator.fault({ service: 'push', action: { kind: 'cutInBody', afterBytes: 1_000_000 } });
	const result = await outcome(
		call(emulator, pushPath, { body: sent, headers: { ...headers, 'content-type': 'text/csv' } }),
	);
	expect(result).toMatch(/^(ECONNRESET|EPIPE)$/);
	const bytes = emulator.requests.at(-1)?.bodyBytes ?? 0;
	expect(bytes).toBeGreaterThanOrEqual(1_000_000);
	expect(bytes).toBeLessThan(1_200_000);
	expect(emulator.ingestions).toEqual([]);
});

test('an early refusal comes before the body was read', async () => {
	emulator.fault({ service: 'push', action: { kind: 'status', status: 413, early: true } });
	const result = await outcome(
		call(emulator, pushPath, {
			body: Buffer.alloc(50 * 1024 * 1024),
			headers: { ...headers, 'content-type': 'text/csv' },
		}),
	);
	expect([413, 'EPIPE', 'ECONNRESET']).toContain(result);
	expect(emulator.requests.at(-1)?.bodyBytes).toBeLessThan(50 * 1024 * 1024);
});

test('a call that hangs is answered never', async () => {
	emulator.fault({ service: 'ping', action: { kind: 'hang' } });
	const answered = await Promise.race([
		outcome(get(hrPath)),
		new Promise<string>((resolve) => setTimeout(resolve, 200, 'nothing')),
	]);
	expect(answered).toBe('nothing');
});

test('closing ends calls that hang', async () => {
	const own = await startEmulator({ appCertificate: emulator.appCertificate });
	own.fault({ service: 'discovery', action: { kind: 'hang' } });
	own.fault({ service: 'discovery', action: { kind: 'delay', ms: 600_000 } });
	const path = `/${demo.tenantId}/v2.0/.well-known/openid-configuration`;
	const hanging = [outcome(call(own, path)), outcome(call(own, path))];
	while (own.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
	await own.close();
	expect(await Promise.all(hanging)).toEqual(['ECONNRESET', 'ECONNRESET']);
	expect(await outcome(call(own, path))).toBe('ECONNREFUSED');
});

test('an impossible fault is refused', () => {
	const bad = { service: 'moon', action: { kind: 'html200' } } as unknown as Parameters<Emulator['fault']>[0];
	expect(() => emulator.fault(bad)).toThrow('no such service');
	const worse = { service: 'ping', action: { kind: 'rain' } } as unknown as Parameters<Emulator['fault']>[0];
	expect(() => emulator.fault(worse)).toThrow('no such fault');
});
