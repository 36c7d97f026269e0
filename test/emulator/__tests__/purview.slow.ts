import { randomUUID } from 'node:crypto';
import { demo, startEmulator, type Emulator } from '../emulator';
import { call, multipart, purviewScope, tokenFor, type Answer } from './client';

const offTenant = '44444444-2222-4333-8444-555555555555';
let emulator: Emulator;
let authorization: string;

beforeAll(async () => {
	const apps = [{ clientId: demo.clientId, secrets: [demo.clientSecret] }];
	emulator = await startEmulator({
		tenants: [{ tenantId: offTenant, apps, purview: { enabled: false, jobs: [] } }],
	});
});
beforeEach(async () => {
	emulator.reset();
	authorization = `Bearer ${await tokenFor(emulator, { scope: purviewScope })}`;
});
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

interface Sending {
	jobId?: string;
	path?: string;
	headers?: Record<string, string>;
	name?: string;
}
async function send(csv: string | Buffer, options: Sending = {}): Promise<Answer> {
	const { body, type } = multipart(csv, options.name ?? 'file', 'chunk.csv');
	const path = options.path ?? `/api/signals?jobid=${options.jobId ?? demo.jobs.resignation}`;
	return await call(emulator, path, {
		body,
		headers: { authorization, 'content-type': type, ...options.headers },
	});
}

const header = 'UserPrincipalName,ResignationDate,LastWorkingDate';
const leaver = 'ann@contoso.com,2025-06-01T00:00:00Z,2025-07-01T00:00:00.000000+02:00';
const chunk = `${header}\r\n${leaver}\r\n`;

test('chunks are kept in order, row for row', async () => {
	const second = `${header}\r\n"bob@contoso.com",2025-06-01T00:00:00,2025-07-01T00:00:00.1234567Z\r\n${leaver}\r\n`;
	for (const csv of [chunk, second]) {
		const answer = await send(csv);
		expect([answer.status, answer.text]).toEqual([200, '']);
	}
	expect(
		emulator.signals.map(({ jobId, rows, recordsSaved, perScenario }) => [
			jobId,
			rows.length,
			recordsSaved,
			perScenario,
		]),
	).toEqual([
		[demo.jobs.resignation, 1, 1, { resignation: 1 }],
		[demo.jobs.resignation, 2, 2, { resignation: 2 }],
	]);
	expect(emulator.signals[0]?.rows).toEqual([leaver.split(',')]);
});

test('the query’s name is free in case, and a doubled slash does no harm', async () => {
	for (const path of [
		`/api/signals?jobId=${demo.jobs.resignation.toUpperCase()}`,
		`//api/signals?JOBID=${demo.jobs.resignation}`,
	]) {
		expect((await send(chunk, { path })).status).toBe(200);
	}
});

test.each([
	['another job id', `/api/signals?jobid=${randomUUID()}`],
	['no job id', '/api/signals'],
])('%s: 403 with its reason phrase', async (_name, path) => {
	const answer = await send(chunk, { path });
	expect([answer.status, answer.reason]).toEqual([403, 'jobId and corresponding appId do not match.']);
});

test('a job of another app: 403 with the same phrase', async () => {
	const token = await tokenFor(emulator, {
		client_id: demo.strangerClientId,
		client_secret: demo.strangerClientSecret,
		scope: purviewScope,
	});
	const answer = await send(chunk, { headers: { authorization: `Bearer ${token}` } });
	expect([answer.status, answer.reason]).toEqual([403, 'jobId and corresponding appId do not match.']);
});

test('a tenant that is not enabled: 403 Forbidden and nothing more', async () => {
	const token = await tokenFor(emulator, { scope: purviewScope }, offTenant);
	const answer = await send(chunk, { headers: { authorization: `Bearer ${token}` } });
	expect([answer.status, answer.reason, answer.text]).toEqual([403, 'Forbidden', '']);
});

test('no token, rubbish, a token of Viva, a token made invalid: 401', async () => {
	const statuses: number[] = [];
	for (const value of ['', 'Bearer rubbish', `Bearer ${await tokenFor(emulator)}`]) {
		statuses.push((await send(chunk, { headers: { authorization: value } })).status);
	}
	emulator.expireTokens();
	statuses.push((await send(chunk)).status);
	expect(statuses).toEqual([401, 401, 401, 401]);
	expect(emulator.signals).toEqual([]);
});

test.each([
	['a ragged row', `${header}\r\n${leaver},more\r\n`],
	['an open quote', `${header}\r\n"ann\r\n`],
	['an empty file', ''],
	['bytes that are not UTF-8', Buffer.from(chunk.replace('ann', '\xff'), 'latin1')],
])('%s: 500 without a body', async (_name, csv) => {
	const answer = await send(csv);
	expect([answer.status, answer.text]).toEqual([500, '']);
	expect(emulator.signals).toEqual([]);
});

test('a header without a mapped column: 400', async () => {
	const answer = await send('UserPrincipalName,ResignationDate\r\na@x.co,2025-06-01T00:00:00Z\r\n');
	expect([answer.status, answer.text]).toEqual([400, 'Columns are missing: LastWorkingDate']);
});

test('column names are compared without case, extra columns do no harm', async () => {
	const csv = `${header.toUpperCase()},Note\r\n${leaver},x\r\n`;
	expect((await send(csv)).status).toBe(200);
	expect(emulator.signals[0]?.recordsSaved).toBe(1);
});

test('a form whose part is not called file: 400; no form: 415', async () => {
	expect((await send(chunk, { name: 'info' })).status).toBe(400);
	expect((await send(chunk, { headers: { 'content-type': 'text/csv' } })).status).toBe(415);
});

test('rows the connector would not save are only counted in its log', async () => {
	const rows = [
		leaver,
		',2025-06-01T00:00:00Z,2025-07-01T00:00:00Z',
		'c@x.co,06/01/2025,2025-07-01T00:00:00Z',
	];
	expect((await send([header, ...rows].join('\n'))).status).toBe(200);
	const [signal] = emulator.signals;
	expect([
		signal?.rowCount,
		signal?.recordsSaved,
		signal?.rejected.map(({ row, rule }) => [row, rule]),
	]).toEqual([
		3,
		1,
		[
			[3, 'requiredBlank'],
			[4, 'date'],
		],
	]);
});

test('several scenarios in one file', async () => {
	const columns = [
		'HRScenario,UserPrincipalName,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating',
		'EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode',
	].join(',');
	const at = '2025-06-01T00:00:00Z';
	const rows = [
		`Resignation,a@x.co,${at},${at},,,,,,,`,
		`Job level change,b@x.co,,,${at},,,,,,`,
		`Performance review,c@x.co,,,${at},"good,\nvery good",3,,,,`,
		`Performance improvement plan,d@x.co,,,${at},${'x'.repeat(201)},,,,,`,
		`Employee profile,e@x.co,,,,,,さくら,佐藤,1 Street,98052`,
		`Holiday,f@x.co,,,,,,,,,`,
	];
	expect((await send([columns, ...rows].join('\r\n'), { jobId: demo.jobs.allScenarios })).status).toBe(200);
	const [signal] = emulator.signals;
	expect(signal?.perScenario).toEqual({
		Resignation: 1,
		'Job level change': 1,
		'Performance review': 1,
		'Performance improvement plan': 1,
		'Employee profile': 1,
		Holiday: 1,
	});
	expect(signal?.rejected.map(({ row, rule }) => [row, rule])).toEqual([
		[5, 'length'],
		[7, 'scenario'],
	]);
});

test('mapped optional columns and columns of other names must be in the header', async () => {
	const jobId = randomUUID();
	emulator.addTenant({
		tenantId: demo.tenantId,
		apps: [{ clientId: demo.clientId, secrets: [demo.clientSecret] }],
		purview: {
			jobs: [
				{
					jobId,
					appId: demo.clientId,
					scenarios: [
						{
							scenario: 'performanceReview',
							columns: { UserPrincipalName: 'E-Mail Address' },
							optionalColumns: ['Rating'],
						},
					],
				},
			],
		},
	});
	const missing = await send('UserPrincipalName,EffectiveDate\r\n', { jobId });
	expect([missing.status, missing.text]).toEqual([400, 'Columns are missing: E-Mail Address, Rating']);
	expect((await send('e-mail address,EffectiveDate,Rating\r\n', { jobId })).status).toBe(200);
});

// Which delimiter a connector expects is chosen at its file mapping page; the vendor's script sends .csv, .tsv and .psv alike (C3).
test.each([
	['\t', ','],
	['|', ','],
	[',', '\t'],
	['\t', '|'],
] as const)(
	'a connector for %j reads no file with %j: no mapped column is found in it',
	async (expected, other) => {
		const jobId = randomUUID();
		emulator.addTenant({
			tenantId: demo.tenantId,
			apps: [{ clientId: demo.clientId, secrets: [demo.clientSecret] }],
			purview: {
				jobs: [
					{ jobId, appId: demo.clientId, delimiter: expected, scenarios: [{ scenario: 'resignation' }] },
				],
			},
		});
		const columns = header.split(',');
		const row = leaver.split(',');
		const fileWith = (delimiter: string, fields: string[]) =>
			[columns, fields].map((each) => `${each.join(delimiter)}\r\n`).join('');
		const refused = await send(fileWith(other, row), { jobId });
		expect([refused.status, refused.text]).toEqual([400, `Columns are missing: ${columns.join(', ')}`]);
		// Quotes in the middle of what is read as one column: a file that cannot be read at all.
		const quoted = [row[0], `"${row[1]}"`, row[2]];
		expect((await send(fileWith(other, quoted), { jobId })).status).toBe(500);
		expect((await send(fileWith(expected, quoted), { jobId })).status).toBe(200);
		expect(emulator.signals.map(({ header: names, rows }) => [names, rows])).toEqual([[columns, [row]]]);
	},
);

test('207 by setting', async () => {
	emulator.set({ signalAnswer: 207 });
	const answer = await send(`${chunk}b@x.co,bad,bad\r\n`);
	expect([answer.status, JSON.parse(answer.text)]).toEqual([207, { RecordsSaved: 1, RecordsFailed: 1 }]);
});
