import { demo, startEmulator, type Emulator } from '../emulator';
import { call, hrPath, multipart, pushPath, tokenFor, vivaHeaders, type Answer } from './client';
import { hrZip } from './zipFile';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await startEmulator();
});
beforeEach(() => emulator.reset());
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

const post = async (name: string, body: unknown = {}): Promise<Answer> =>
	await call(emulator, `/__emulator__/${name}`, { body: JSON.stringify(body) });
const get = async <T>(name: string): Promise<T> =>
	JSON.parse((await call(emulator, `/__emulator__/${name}`)).text) as T;

async function push(): Promise<string> {
	const { body, type } = multipart(await hrZip());
	const headers = { ...(await vivaHeaders(emulator)), 'content-type': type };
	return (JSON.parse((await call(emulator, pushPath, { body, headers })).text) as { Id: string }).Id;
}

test('the state tells what came, without secrets or rows', async () => {
	const id = await push();
	const { text } = await call(emulator, '/__emulator__/state');
	expect(JSON.parse(text)).toMatchObject({
		tokensIssued: 1,
		ingestions: [{ id, rowCount: 3, rowsKept: 3, valid: true, answer: { Status: 'NotStarted' } }],
		tenants: [{ tenantId: demo.tenantId, viva: { people: 3 } }],
	});
	for (const hidden of [demo.clientSecret, 'ann@contoso.com', 'BEGIN CERTIFICATE'])
		expect(text).not.toContain(hidden);
});

test('an ingestion with its rows, and the log', async () => {
	const id = await push();
	expect(await get(`ingestions/${id}`)).toMatchObject({ rows: expect.arrayContaining([expect.any(Array)]) });
	expect(await get<unknown[]>('ingestions')).toHaveLength(1);
	expect((await get<Array<{ service: string }>>('requests')).map(({ service }) => service)).toEqual([
		'token',
		'push',
	]);
	expect((await call(emulator, '/__emulator__/ingestions/none')).status).toBe(404);
});

test('faults are set and cleared', async () => {
	const fault = { service: 'ping', times: 3, action: { kind: 'status', status: 503 } };
	const { text } = await post('faults', [fault, fault]);
	expect((JSON.parse(text) as { waiting: unknown[] }).waiting).toHaveLength(2);
	const headers = await vivaHeaders(emulator);
	expect((await call(emulator, hrPath, { headers })).status).toBe(503);
	await call(emulator, '/__emulator__/faults', { method: 'DELETE' });
	expect((await call(emulator, hrPath, { headers })).status).toBe(200);
	expect((await post('faults', { service: 'moon', action: { kind: 'html200' } })).status).toBe(400);
});

test('time, settings, plans and tokens', async () => {
	await post('settings', { extractionMs: 500_000, processingMs: 500_000 });
	const id = await push();
	const headers = await vivaHeaders(emulator);
	const status = async (): Promise<unknown> =>
		(JSON.parse((await call(emulator, `${pushPath}/${id}`, { headers })).text) as { Status: string }).Status;
	await post('advance', { ms: 400_000 });
	const before = await status();
	await post('advance', { ms: 200_000 });
	expect([before, await status()]).toEqual(['NotStarted', 'ExtractionComplete']);

	await post('advance', { ms: 600_000 });
	await post('plan-ingestion', { statuses: [{ afterMs: 0, status: 'ProcessingFailed' }] });
	const planned = await push();
	expect(emulator.ingestions.at(-1)).toMatchObject({
		id: planned,
		statuses: [{ status: 'ProcessingFailed' }],
	});

	await post('expire-tokens');
	expect((await call(emulator, hrPath, { headers })).text).toContain('Sign in');
	for (const [name, body] of [
		['advance', { ms: -1 }],
		['settings', { colour: 'red' }],
		['plan-ingestion', { statuses: [] }],
	] as const) {
		expect((await post(name, body)).status).toBe(400);
	}
});

test('tenants are added, and gone after a reset', async () => {
	const tenantId = '55555555-2222-4333-8444-555555555555';
	const setup = { tenantId, apps: [{ clientId: demo.clientId, secrets: ['s'] }], viva: {} };
	expect((await post('tenants', setup)).status).toBe(200);
	expect(await tokenFor(emulator, { client_secret: 's' }, tenantId)).toBeTruthy();
	expect((await post('tenants', { ...setup, tenantId: 'x' })).status).toBe(400);
	await post('reset');
	await expect(tokenFor(emulator, { client_secret: 's' }, tenantId)).rejects.toThrow('AADSTS90002');
	expect(await get('state')).toMatchObject({ ingestions: [], requestCount: 1 });
});

test('the authority can be fetched; what is no control is 404', async () => {
	expect((await call(emulator, '/__emulator__/ca.pem')).text).toBe(emulator.caPem());
	expect((await call(emulator, '/__emulator__/nothing')).status).toBe(404);
});
