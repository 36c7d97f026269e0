import { demo, startEmulator, type Emulator } from '../emulator';
import { call, hrPath, multipart, pushPath, tokenFor, vivaHeaders } from './client';
import { goodCsv, hrZip } from './zipFile';

let emulator: Emulator;
let headers: Record<string, string>;

beforeAll(async () => {
	// Imports end when the test lets time pass, not by themselves on a slow machine.
	emulator = await startEmulator({ settings: { extractionMs: 3_600_000, processingMs: 3_600_000 } });
});
beforeEach(async () => {
	emulator.reset();
	headers = await vivaHeaders(emulator);
});
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

async function pushZip(zip: Buffer, path = pushPath): Promise<ReturnType<typeof call>> {
	const { body, type } = multipart(zip);
	return await call(emulator, path, { body, headers: { ...headers, 'content-type': type } });
}

test('the scale unit is a bare JSON string, and needs no scale unit itself', async () => {
	const path = `/v1.0/tenants/${demo.tenantId}/scopes/${demo.tenantId}/scaleUnit`;
	const answer = await call(emulator, path, { headers: { authorization: headers['authorization'] ?? '' } });
	expect([answer.status, answer.text]).toEqual([200, '"novaprdwus2-01"']);
});

test('the ping names the connector', async () => {
	const answer = await call(emulator, hrPath, { headers });
	expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { ConnectorId: demo.hrConnectorId }]);
});

test.each([
	['Completed', 'A7', true],
	['ValidationFailed', 'A7', true],
	['Partial success – Review details', 'B2', true],
	['Cancelled', 'B6', true],
	['Ready for review', 'B6', false],
	['Validation complete – Review details', 'B2', false],
])('an ingestion that is %j (%s) has an end date: %s', async (status, _source, ended) => {
	emulator.planIngestion({ statuses: [{ afterMs: 0, status }] });
	const { Id } = JSON.parse((await pushZip(await hrZip())).text) as { Id: string };
	const polled = await call(emulator, `${pushPath}/${Id}`, { headers });
	const { Status, EndDate } = JSON.parse(polled.text) as Record<string, string | null>;
	expect([Status, EndDate !== null]).toEqual([status, ended]);
});

test('a zip is accepted with the documented object, and grows old to Completed', async () => {
	const answer = await pushZip(await hrZip());
	expect(answer.status).toBe(200);
	const object = JSON.parse(answer.text) as Record<string, string>;
	expect(object).toEqual({
		FriendlyName: 'Data ingress',
		Id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		ConnectorId: demo.hrConnectorId,
		Submitter: 'System',
		StartDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
		Status: 'NotStarted',
		ErrorDetail: null,
		EndDate: null,
		Type: 'FileIngestion',
	});
	const statuses: string[] = [];
	for (const path of [`${hrPath}/ingestions/fileIngestion/`, `${hrPath}/ingestions/`]) {
		const polled = await call(emulator, path.replace('/HR/', '/Hr/') + object['Id'], { headers });
		statuses.push((JSON.parse(polled.text) as { Status: string }).Status);
		emulator.advance(5_000_000);
	}
	emulator.advance(4_800_000);
	const polled = await call(emulator, `${pushPath}/${object['Id']}`, { headers });
	const last = JSON.parse(polled.text) as Record<string, string>;
	expect([...statuses, last['Status']]).toEqual(['NotStarted', 'ExtractionComplete', 'Completed']);
	expect(last['EndDate']).toMatch(/Z$/);

	const [ingestion] = emulator.ingestions;
	expect(ingestion?.rows[2]).toEqual(['bob@contoso.com', 'ann@contoso.com', 'Skunk "works"', '2025-01-31']);
	expect(ingestion?.files?.['data.csv']?.toString()).toBe(goodCsv);
	expect(emulator.state.tenants.get(demo.tenantId)?.viva?.people.people.size).toBe(3);
});

test('plain CSV and JSON are accepted too', async () => {
	const csv = 'PersonId,ManagerId,Organization\r\na@contoso.com,,Top\r\n';
	const first = await call(emulator, pushPath, {
		body: csv,
		headers: { ...headers, 'content-type': 'text/csv' },
	});
	emulator.advance(9_000_000);
	const rows = [{ PersonId: 'b@contoso.com', ManagerId: 'a@contoso.com', Organization: 'Top' }];
	const second = await call(emulator, pushPath, {
		body: JSON.stringify(rows),
		headers: { ...headers, 'content-type': 'application/json' },
	});
	expect([first.status, second.status]).toEqual([200, 200]);
	expect(
		emulator.ingestions.map(({ form, valid, bootstrap, rows: got }) => [form, valid, bootstrap, got]),
	).toEqual([
		['csv', true, true, [['a@contoso.com', '', 'Top']]],
		['json', true, false, [['b@contoso.com', 'a@contoso.com', 'Top']]],
	]);
});

test('one import at a time', async () => {
	await pushZip(await hrZip());
	const second = await pushZip(await hrZip());
	expect([second.status, second.text]).toEqual([400, 'Previous ingestion is not complete.']);
	emulator.advance(9_000_000);
	expect((await pushZip(await hrZip())).status).toBe(200);
});

test('an expired token of the emulator gets the sign-in page with 200', async () => {
	emulator.expireTokens();
	const answer = await call(emulator, hrPath, { headers });
	expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
	expect(answer.text).toContain('Sign in');
});

test('a token of another resource is no token', async () => {
	const scope = 'https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1/.default';
	const authorization = `Bearer ${await tokenFor(emulator, { scope })}`;
	emulator.set({ badTokenAnswer: 'unauthorized401' });
	expect((await call(emulator, hrPath, { headers: { ...headers, authorization } })).status).toBe(401);
});
