import { demo, startEmulator, type Emulator } from '../emulator';
import { call, multipart, tokenFor, type Answer } from './client';

const base = `/v1.0/tenants/${demo.tenantId}/modis/connectors/HR`;
const path = `${base}/ingestions/fileIngestion`;
const header = 'Microsoft_PersonEmail,Microsoft_ManagerEmail,Microsoft_Organization,Microsoft_Layer';
let emulator: Emulator;
let headers: Record<string, string>;

beforeAll(async () => {
	emulator = await startEmulator();
});
beforeEach(async () => {
	emulator.reset();
	headers = { authorization: `Bearer ${await tokenFor(emulator)}`, 'x-nova-scaleunit': demo.scaleUnit };
});
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

async function push(body: string | Buffer, type = 'text/csv'): Promise<Answer> {
	const answer = await call(emulator, path, { body, headers: { ...headers, 'content-type': type } });
	emulator.advance(60_000);
	return answer;
}
const profile = (address: string): Record<string, string> | undefined =>
	emulator.state.tenants.get(demo.tenantId)?.organizationalData?.profiles.people.get(address);
const rulesOfLast = (): string[] | undefined => emulator.ingestions.at(-1)?.errors.map(({ rule }) => rule);
const lines = (...rows: string[]): string => [header, ...rows, ''].join('\r\n');

test('CSV, JSON and a multipart part are taken', async () => {
	expect((await push(lines('a@x.co,,Top,0'))).status).toBe(200);
	const row = { Microsoft_PersonEmail: 'b@x.co', Microsoft_ManagerEmail: 'a@x.co', Microsoft_Layer: 1 };
	expect((await push(JSON.stringify([row]), 'application/json')).status).toBe(200);
	const form = multipart(lines('c@x.co,a@x.co,Top,1'), 'info', 'people.txt');
	expect((await push(form.body, form.type)).status).toBe(200);
	expect(emulator.ingestions.map(({ form: f, valid, rows }) => [f, valid, rows])).toEqual([
		['csv', true, [['a@x.co', '', 'Top', '0']]],
		['json', true, [['b@x.co', 'a@x.co', '1']]],
		['csv', true, [['c@x.co', 'a@x.co', 'Top', '1']]],
	]);
});

test('values are merged: blank keeps, two quotes delete, -1 deletes the layer', async () => {
	await push(lines('a@x.co,boss@x.co,Top,3'));
	await push(lines("A@x.co,,'',-1"));
	expect(profile('a@x.co')).toEqual({
		Microsoft_PersonEmail: 'A@x.co',
		Microsoft_ManagerEmail: 'boss@x.co',
	});
});

test('each type has its own marker of deletion (B5): an address that does not exist deletes a manager', async () => {
	const names =
		'Microsoft_PersonEmail,Microsoft_ManagerEmail,Microsoft_JobTitle,Microsoft_Layer,Microsoft_HireDate\r\n';
	await push(`${names}a@x.co,boss@x.co,Clerk,3,2020-01-31\r\nb@x.co,boss@x.co,Clerk,3,2020-01-31\r\n`);
	await push(`${names}a@x.co,noname@contoso.com,'',-1,01-01-0001\r\nb@x.co,manager@contoso.com,,,\r\n`);
	expect(profile('a@x.co')).toEqual({ Microsoft_PersonEmail: 'a@x.co' });
	expect(profile('b@x.co')).toEqual({
		Microsoft_PersonEmail: 'b@x.co',
		Microsoft_JobTitle: 'Clerk',
		Microsoft_Layer: '3',
		Microsoft_HireDate: '2020-01-31',
	});
});

test.each(['Microsoft_ManagerEmail', 'Microsoft_Layer', 'Microsoft_HireDate', 'Microsoft_HourlyRate'])(
	'two single quotes are the marker of texts (B5), and no value of %s',
	async (name) => {
		await push(`Microsoft_PersonEmail,${name}\r\na@x.co,''\r\n`);
		expect([emulator.ingestions[0]?.valid, rulesOfLast()]).toEqual([false, ['type']]);
	},
);

test('the three names are stored together or not at all', async () => {
	const names = 'Microsoft_PersonEmail,Microsoft_FirstName,Microsoft_LastName,Microsoft_DisplayName\r\n';
	await push(`${names}a@x.co,Ann,Lee,\r\nb@x.co,Bob,Day,Bob Day\r\n`);
	expect([profile('a@x.co'), profile('b@x.co')]).toEqual([
		{ Microsoft_PersonEmail: 'a@x.co' },
		{
			Microsoft_PersonEmail: 'b@x.co',
			Microsoft_FirstName: 'Bob',
			Microsoft_LastName: 'Day',
			Microsoft_DisplayName: 'Bob Day',
		},
	]);
});

test('bad rows are left out, good ones go in, the error stream names them', async () => {
	const answer = await push(
		lines('a@x.co,,Top,0', ',,Top,1', 'b@x.co,no mail,Top,1', 'c@x.co,,Top,one', 'd@x.co'),
	);
	const { Id } = JSON.parse(answer.text) as { Id: string };
	const [ingestion] = emulator.ingestions;
	expect([ingestion?.valid, ingestion?.acceptedRows, rulesOfLast()]).toEqual([
		true,
		1,
		['requiredBlank', 'type', 'type', 'rowWidth'],
	]);
	const polled = await call(emulator, `${path}/${Id}`, { headers });
	expect(JSON.parse(polled.text)).toMatchObject({ Status: 'Completed', ErrorDetail: expect.any(String) });
	const { text } = await call(emulator, `${base}/ingestions/${Id}/errors`, { headers });
	expect(text.split('\r\n').map((line) => line.split(',')[0])).toEqual(['Row', '3', '4', '5', '6', '']);
	expect([profile('a@x.co'), profile('c@x.co')]).toEqual([expect.anything(), undefined]);
});

test.each([
	['a blank row', lines('a@x.co,,Top,0', ',,,'), 'rowBlank'],
	['no person e-mail', 'Microsoft_Organization\r\nTop\r\n', 'requiredMissing'],
	['an attribute the connector does not know', 'Microsoft_PersonEmail,Shoe\r\na@x.co,9\r\n', 'unmapped'],
	['a header twice', 'Microsoft_PersonEmail,Microsoft_PersonEmail\r\na@x.co,b@x.co\r\n', 'headerDuplicate'],
	['an open quote', lines('"a@x.co'), 'csv'],
])('%s stops everything', async (_name, body, rule) => {
	await push(body);
	expect([emulator.ingestions[0]?.valid, rulesOfLast()]).toEqual([false, [rule]]);
	expect(profile('a@x.co')).toBeUndefined();
});

test('only bad rows: validation failed', async () => {
	const { Id } = JSON.parse((await push(lines('a,,Top,0'))).text) as { Id: string };
	const polled = await call(emulator, `${path}/${Id}`, { headers });
	expect(JSON.parse(polled.text)).toMatchObject({ Status: 'ValidationFailed' });
});

test('an attribute that a selected app requires must be there', async () => {
	const tenant = emulator.state.tenants.get(demo.tenantId)?.organizationalData;
	tenant?.requiredAttributes.push('Microsoft_JobDiscipline');
	await push(lines('a@x.co,,Top,0'));
	expect(rulesOfLast()).toEqual(['requiredMissing']);
});

describe('a connection that is set up for the Copilot Dashboard (B4)', () => {
	const select = () =>
		emulator.state.tenants.get(demo.tenantId)?.organizationalData?.apps.push('copilotDashboard');
	/** So many people, of whom the last ones have no manager. */
	const company = (people: number, withoutManager = 0): string =>
		lines(
			...Array.from(
				{ length: people },
				(_, i) => `p${i}@x.co,${i < people - withoutManager ? 'p0@x.co' : ''},Top,1`,
			),
		);
	beforeEach(select);

	test('takes a first upload with 95 % of managers, and fails one with less', async () => {
		await push(company(20, 2));
		expect([emulator.ingestions[0]?.valid, rulesOfLast()]).toEqual([false, ['coverage']]);
		expect(emulator.ingestions[0]?.errors).toMatchObject([{ row: null, column: 'Microsoft_ManagerEmail' }]);
		await push(company(20, 1));
		expect(emulator.ingestions[1]).toMatchObject({ valid: true, acceptedRows: 20 });
	});

	test('wants the person in every row of the first upload', async () => {
		await push(lines(...company(40).trimEnd().split('\r\n').slice(1), ',p0@x.co,Top,1'));
		expect([emulator.ingestions[0]?.valid, rulesOfLast()]).toEqual([false, ['requiredBlank', 'coverage']]);
		expect(emulator.ingestions[0]?.errors[1]).toMatchObject({ column: 'Microsoft_PersonEmail' });
	});

	test('wants both columns in the first upload; a later one may leave them out', async () => {
		const managers = 'Microsoft_PersonEmail,Microsoft_ManagerEmail\r\na@x.co,b@x.co\r\n';
		await push(managers);
		expect([emulator.ingestions[0]?.valid, rulesOfLast()]).toEqual([false, ['requiredMissing']]);
		await push(company(20));
		await push('Microsoft_PersonEmail,Microsoft_JobTitle\r\na@x.co,Clerk\r\n');
		expect(emulator.ingestions[2]).toMatchObject({ valid: true, acceptedRows: 1 });
	});

	test('fails a later upload whose column is there and short', async () => {
		await push(company(20));
		await push(company(20, 2));
		expect([emulator.ingestions[1]?.valid, rulesOfLast()]).toEqual([false, ['coverage']]);
	});
});

test('the ping, one import at a time, and the same refusals as Viva', async () => {
	const ping = await call(emulator, base, { headers });
	expect(JSON.parse(ping.text)).toEqual({ ConnectorId: demo.organizationalDataConnectorId });
	const sent = { body: lines('a@x.co,,Top,0'), headers: { ...headers, 'content-type': 'text/csv' } };
	expect((await call(emulator, path, sent)).status).toBe(200);
	const again = await call(emulator, path, sent);
	expect([again.status, again.text]).toEqual([400, 'Previous ingestion is not complete.']);
	expect((await call(emulator, base)).status).toBe(403);
	expect((await call(emulator, base, { headers: { ...headers, 'x-nova-scaleunit': 'x' } })).status).toBe(400);
});

test('an import that runs in Viva holds it up: one import for a tenant, whatever the connection (A6, B2)', async () => {
	const viva = `/v1.0/scopes/${demo.tenantId}/ingress/connectors/HR/ingestions/fileIngestion`;
	const csv = { ...headers, 'content-type': 'text/csv' };
	const body = 'PersonId,ManagerId,Organization\r\na@x.co,,O\r\n';
	expect((await call(emulator, viva, { body, headers: csv })).status).toBe(200);
	const refused = await push(lines('a@x.co,,Top,0'));
	expect([refused.status, refused.text]).toEqual([400, 'Previous ingestion is not complete.']);
	emulator.advance(9_000_000);
	expect((await push(lines('a@x.co,,Top,0'))).status).toBe(200);
});

test('a scale unit of its own', async () => {
	const tenantId = '33333333-2222-4333-8444-555555555555';
	emulator.addTenant({
		tenantId,
		apps: [{ clientId: demo.clientId, secrets: [demo.clientSecret] }],
		viva: {},
		organizationalData: {
			scaleUnit: 'OrgDataIngestionwus2-02',
			connector: { authorisedAppIds: [demo.clientId] },
			headerCsv: 'Microsoft_PersonEmail\r\n',
		},
	});
	const authorization = `Bearer ${await tokenFor(emulator, {}, tenantId)}`;
	const ping = async (scaleUnit: string): Promise<number> =>
		(
			await call(emulator, `/v1.0/tenants/${tenantId}/modis/connectors/HR`, {
				headers: { authorization, 'x-nova-scaleunit': scaleUnit },
			})
		).status;
	expect([await ping('OrgDataIngestionwus2-02'), await ping(demo.scaleUnit)]).toEqual([200, 400]);
});
