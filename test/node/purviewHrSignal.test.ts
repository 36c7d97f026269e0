import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, INodeParameters, IRunExecutionData } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { purviewHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { until } from '../helpers/until';
import { forgetWaits, skipWaits, waited } from '../helpers/skipWaits';
import { tokens, trust } from './emulatorNetwork';
import {
	executionContext,
	newExecution,
	readStored,
	runStep,
	storedFile,
	type StepRun,
} from './executionContext';
import { thrownBy } from '../helpers/thrownBy';

// n8n keeps a folder for each step below this one.
const home = mkdtempSync(join(tmpdir(), 'n8n-home-'));
process.env.N8N_USER_FOLDER = home;

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
let duringWait: () => void;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
	skipWaits(
		() => emulator,
		() => duringWait(),
	);
});
afterAll(async () => {
	await emulator.close();
	rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
	tokens.forget();
	forgetWaits();
	duringWait = () => undefined;
	emulator.reset();
	rmSync(join(home, '.n8n', 'storage'), { recursive: true, force: true });
});
afterEach(() => expect(emulator.failures).toEqual([]));

const credential = (changes: IDataObject = {}): Record<string, IDataObject> => ({
	purviewHrApi: purviewHrApi(emulator, changes),
});

async function run(parameters: INodeParameters, more: Partial<StepRun> = {}) {
	// What another execution has sent in the same millisecond counts as sent since this one began.
	const before = Date.now();
	await until(() => Date.now() > before);
	const [signals, rejected] = await runStep({
		type: new PurviewHrSignal(),
		credentials: credential(),
		...more,
		parameters: { jobId: demo.jobs.resignation, ...parameters },
	});
	return { signals, rejected, json: signals[0]?.json ?? {} };
}

/** The error of a run that fails, with what n8n shows of it. */
async function failing(parameters: INodeParameters, more: Partial<StepRun> = {}) {
	const error = await thrownBy(run(parameters, more));
	return { error, message: error.message, description: error.description ?? '' };
}

/** Days of these tests stay where they are, whenever they run. */
const ANY_LAST_DAY: INodeParameters = {
	ruleSettings: { rules: [{ code: 'purview-last-day-far', severity: 'off' }] },
};

const leavers = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, i) => ({
		json: {
			Employee_ID: `E${i}`,
			UserPrincipalName: `leaver${i}@contoso.com`,
			ResignationDate: '2026-03-14',
			LastWorkingDate: '2026-04-30T17:00:00+02:00',
		},
	}));

const leaverCsv = (count: number): string =>
	[
		'UserPrincipalName,ResignationDate,LastWorkingDate',
		...Array.from({ length: count }, (_, i) => `leaver${i}@contoso.com,2026-03-14,2026-04-30`),
		'',
	].join('\r\n');

const fileItem = async (content: string | Buffer, fileName = 'leavers.csv'): Promise<INodeExecutionData> => ({
	json: {},
	binary: { data: await storedFile(content, fileName, 'text/csv') },
});

const stateFolder = (): string => executionContext({ type: new PurviewHrSignal() }).helpers.getStoragePath();
const stateFiles = (kind: string) => readdirSync(stateFolder()).filter((name) => name.startsWith(kind));
const users = (): string[] => emulator.signals.flatMap(({ rows }) => rows.map(([user]) => user));
const calls = () => emulator.requests.filter(({ service }) => service === 'signal');

describe('what arrives', () => {
	const at = '2026-03-14T08:30:00+01:00';
	const sentAt = '2026-03-14T08:30:00.000000+01:00';
	const awkward = 'He said "no",\nthen left\r\n— 佐藤, Łukasz';

	it.each([
		[
			'resignation',
			['UserPrincipalName', 'ResignationDate', 'LastWorkingDate'],
			['o.sato@contoso.com', at, '2026-04-30T17:00:00Z'],
			['o.sato@contoso.com', sentAt, '2026-04-30T17:00:00.000000Z'],
		],
		[
			'jobLevelChange',
			['UserPrincipalName', 'EffectiveDate', 'Remarks', 'OldLevel', 'NewLevel'],
			["d'arc@contoso.com", at, awkward, 'IC "3"', 'L4, M'],
			["d'arc@contoso.com", sentAt, awkward, 'IC "3"', 'L4, M'],
		],
		[
			'performanceReview',
			['UserPrincipalName', 'EffectiveDate', 'Remarks', 'Rating'],
			['a@contoso.com', at, awkward, '3 – genügend'],
			['a@contoso.com', sentAt, awkward, '3 – genügend'],
		],
		[
			'performanceImprovementPlan',
			['UserPrincipalName', 'EffectiveDate', 'Remarks', 'Rating'],
			['a@contoso.com', at, '', ''],
			['a@contoso.com', sentAt, '', ''],
		],
		[
			'employeeProfile',
			[
				'UserPrincipalName',
				'EmployeeFirstName',
				'EmployeeLastName',
				'EmployeeAddressLine1',
				'EmployeeAddressLine2',
				'EmployeeCity',
				'EmployeeState',
				'EmployeeZipCode',
				'EmployeeCountry',
				'EmployeeDepartment',
				'EmployeeType',
				'EmployeeRole',
			],
			[
				'a@b.com',
				'さくら',
				'Ó Briain',
				'1, "The Mews"',
				'',
				'Łódź',
				'',
				'00-950',
				'PL',
				'R&D',
				'FTE',
				'Engineer',
			],
			[
				'a@b.com',
				'さくら',
				'Ó Briain',
				'1, "The Mews"',
				'',
				'Łódź',
				'',
				'00-950',
				'PL',
				'R&D',
				'FTE',
				'Engineer',
			],
		],
	] as const)('%s: value for value', async (scenario, header, values, expected) => {
		const json = Object.fromEntries(header.map((name, column) => [name, values[column]]));
		const { json: summary } = await run(
			{ scenario, jobId: demo.jobs[scenario] },
			{ items: [{ json }, { json }] },
		);
		expect(summary).toMatchObject({ status: 'Sent', rowsSent: 2, errors: 0, perScenario: { [scenario]: 2 } });
		expect(emulator.signals).toHaveLength(1);
		expect(emulator.signals[0]).toMatchObject({
			jobId: demo.jobs[scenario],
			header,
			rows: [expected, expected],
			recordsSaved: 2,
			rejected: [],
		});
	});

	it('several scenarios in one file, each row with what its scenario has and blanks for the rest', async () => {
		const items = [
			{ HRScenario: 'resignation', Email: 'a@b.com', ResignationDate: at, LastWorkingDate: at },
			{
				HRScenario: 'Job level change',
				Email: 'b@b.com',
				EffectiveDate: at,
				Remarks: awkward,
				NewLevel: '7',
			},
			{ HRScenario: 'Performance review', Email: 'c@b.com', EffectiveDate: at, Rating: 'A' },
			{ HRScenario: 'PERFORMANCE IMPROVEMENT PLAN', Email: 'd@b.com', EffectiveDate: at },
			{
				HRScenario: 'Employee profile',
				Email: 'e@b.com',
				EmployeeFirstName: 'さくら',
				EmployeeLastName: '佐藤',
				EmployeeAddressLine1: '1-1, 千代田',
				EmployeeZipCode: '100-0001',
			},
		].map((json) => ({ json }));
		const { json } = await run(
			{
				scenario: 'several',
				scenarios: Object.keys(demo.jobs).filter((name) => name !== 'allScenarios'),
				jobId: demo.jobs.allScenarios,
				options: ANY_LAST_DAY,
			},
			{ items },
		);
		expect(json).toMatchObject({
			rowsSent: 5,
			// That the names are e-mail addresses.
			warnings: 1,
			perScenario: {
				resignation: 1,
				jobLevelChange: 1,
				performanceReview: 1,
				performanceImprovementPlan: 1,
				employeeProfile: 1,
			},
		});
		const [{ header, rows, perScenario, rejected }] = emulator.signals;
		expect(rejected).toEqual([]);
		expect(perScenario).toEqual({
			Resignation: 1,
			'Job level change': 1,
			'Performance review': 1,
			'Performance improvement plan': 1,
			'Employee profile': 1,
		});
		const row = (values: Record<string, string>) => header.map((name) => values[name] ?? '');
		expect(rows).toEqual([
			row({
				HRScenario: 'Resignation',
				UserPrincipalName: 'a@b.com',
				ResignationDate: sentAt,
				LastWorkingDate: sentAt,
			}),
			row({
				HRScenario: 'Job level change',
				UserPrincipalName: 'b@b.com',
				EffectiveDate: sentAt,
				Remarks: awkward,
				NewLevel: '7',
			}),
			row({
				HRScenario: 'Performance review',
				UserPrincipalName: 'c@b.com',
				EffectiveDate: sentAt,
				Rating: 'A',
			}),
			row({
				HRScenario: 'Performance improvement plan',
				UserPrincipalName: 'd@b.com',
				EffectiveDate: sentAt,
			}),
			row({
				HRScenario: 'Employee profile',
				UserPrincipalName: 'e@b.com',
				EmployeeFirstName: 'さくら',
				EmployeeLastName: '佐藤',
				EmployeeAddressLine1: '1-1, 千代田',
				EmployeeZipCode: '100-0001',
			}),
		]);
	});

	it('columns of other names, mapped by hand, under the header names of the connector', async () => {
		const jobId = '20000000-aaaa-4bbb-8ccc-000000000001';
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
								scenario: 'resignation',
								columns: { UserPrincipalName: 'E-Mail Address', ResignationDate: 'Termination Date' },
							},
						],
					},
				],
			},
		});
		const csv = 'Konto;Termination Date;Austritt\n"a@b.com";14.03.2026;30.04.2026\n';
		const { json } = await run(
			{
				jobId,
				input: 'file',
				columnMapping: {
					entries: [
						{ column: 'Konto', attribute: 'UserPrincipalName' },
						{ column: 'Austritt', attribute: 'LastWorkingDate' },
					],
				},
				headerNames: {
					entries: [
						{ attribute: 'UserPrincipalName', header: 'E-Mail Address' },
						{ attribute: 'ResignationDate', header: 'Termination Date' },
					],
				},
				options: { timeZone: 'Europe/Berlin' },
			},
			{ items: [await fileItem(csv)] },
		);
		expect(json).toMatchObject({ rowsSent: 1, confirmedRanges: [{ firstRow: 2, lastRow: 2, records: 1 }] });
		expect(emulator.signals[0]).toMatchObject({
			header: ['E-Mail Address', 'Termination Date', 'LastWorkingDate'],
			rows: [['a@b.com', '2026-03-14T00:00:00.000000+01:00', '2026-04-30T00:00:00.000000+02:00']],
			recordsSaved: 1,
		});
	});

	it('the sample file has the header that is sent', async () => {
		const [[item]] = await runStep({
			type: new PurviewHrSignal(),
			parameters: { operation: 'createSampleFile', scenario: 'jobLevelChange' },
		});
		const text = (await readStored(item.binary!.data)).toString('utf8');
		await run(
			{ scenario: 'jobLevelChange', jobId: demo.jobs.jobLevelChange },
			{ items: [{ json: { UserPrincipalName: 'a@b.com', EffectiveDate: at } }] },
		);
		expect(text).toBe(`${emulator.signals[0].header.join(',')}\r\n`);
		expect(text).toBe('UserPrincipalName,EffectiveDate,Remarks,OldLevel,NewLevel\r\n');
	});

	it('the form is what the service documents: one part called file, the job id in the query', async () => {
		await run({}, { items: leavers(1) });
		const [call] = calls();
		expect(call.path).toBe(`/api/signals?jobid=${demo.jobs.resignation}`);
		expect(call.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(emulator.signals[0].partFileName).toBe('signals-0001.csv');
	});
});

describe('1,234 rows', () => {
	const count = 1_234;
	const all = Array.from({ length: count }, (_, i) => `leaver${i}@contoso.com`);
	const file = async () => ({ items: [await fileItem(leaverCsv(count))] });

	it('go in chunks of 500, 500 and 234, one after the other', async () => {
		const { signals } = await run({ input: 'file', options: { output: 'chunks' } }, await file());
		expect(emulator.signals.map(({ rowCount }) => rowCount)).toEqual([500, 500, 234]);
		expect(users()).toEqual(all);
		expect(signals.map(({ json }) => [json.chunk, json.rowsSent, json.firstRow, json.lastRow])).toEqual([
			[1, 500, 2, 501],
			[2, 500, 502, 1_001],
			[3, 234, 1_002, 1_235],
		]);
		expect(signals[0].pairedItem).toEqual([{ item: 0 }]);
		expect(emulator.tokensIssued).toBe(1);
	});

	it('share one connection, with one TLS handshake', async () => {
		const before = emulator.handshakes();
		await run({ input: 'file', options: { chunkRows: 20 } }, await file());
		expect(calls()).toHaveLength(62);
		// The other one is the sign-in's, where none of an earlier run is kept.
		expect(emulator.handshakes() - before).toBeLessThanOrEqual(2);
		expect(users()).toEqual(all);
	});

	it.each([
		['before the body', { kind: 'cutBeforeBody' }],
		['in the body', { kind: 'cutInBody', afterBytes: 10_000 }],
		['after the body, not processed', { kind: 'cutAfterBody', processed: false }],
		['by a gateway', { kind: 'status', status: 502 }],
	] as const)('arrive where the connection is cut %s', async (_, action) => {
		emulator.fault({ service: 'signal', skip: 1, action });
		const { json } = await run({ input: 'file' }, await file());
		expect(json).toMatchObject({ rowsSent: count, confirmedRows: count });
		// A kept connection that was lost before the chunk was whole is no attempt.
		expect([3, 4]).toContain(json.attempts);
		expect(calls()).toHaveLength(4);
		expect(users()).toEqual(all);
	});

	it('a byte limit ends chunks earlier', async () => {
		const { json } = await run({ input: 'file', options: { maximumChunkMegabytes: 0.02 } }, await file());
		expect(json.chunks).toBeGreaterThan(3);
		expect(users()).toEqual(all);
		for (const { bytes } of emulator.signals) expect(bytes).toBeLessThanOrEqual(0.02 * 1024 * 1024);
	});

	const inChunks = (more: IDataObject = {}): INodeParameters => ({
		input: 'file',
		options: { chunkRows: 500, ...more } as INodeParameters,
	});
	it('arrive through every fault that passes; those in doubt are told', async () => {
		const skip = 1;
		emulator.fault({ service: 'signal', skip, action: { kind: 'status', status: 503 } });
		emulator.fault({ service: 'signal', skip, action: { kind: 'cutAfterBody', processed: true } });
		emulator.fault({ service: 'signal', skip, times: 2, action: { kind: 'status', status: 503 } });
		emulator.fault({
			service: 'signal',
			skip,
			action: { kind: 'status', status: 429, headers: { 'retry-after': '90' } },
		});
		duringWait = () => {
			// The token ends while the step waits before its last attempt.
			if (waited().length === 5) emulator.expireTokens();
		};
		const { json } = await run(inChunks(), await file());
		expect(json).toMatchObject({
			status: 'Sent',
			rowsSent: count,
			confirmedRows: count,
			confirmedRanges: [{ firstRow: 2, lastRow: 1_235, records: count }],
			possiblyDuplicatedRows: 500,
			possiblyDuplicatedRanges: [{ firstRow: 502, lastRow: 1_001, records: 500 }],
		});
		expect(waited()).toEqual([2_000, 4_000, 8_000, 16_000, 90_000]);
		expect(emulator.tokensIssued).toBe(2);
		expect(calls().map(({ status }) => status)).toEqual([200, 503, null, 503, 503, 429, 401, 200, 200]);
		// The second chunk was processed when its connection broke: only its rows are there twice.
		expect(users()).toEqual([...all.slice(0, 1_000), ...all.slice(500)]);
	});

	it('arrive once each where the service only refused', async () => {
		const skip = 1;
		emulator.fault({ service: 'signal', skip, action: { kind: 'status', status: 408 } });
		emulator.fault({
			service: 'signal',
			skip,
			times: 2,
			action: { kind: 'status', status: 503, early: true },
		});
		emulator.fault({ service: 'signal', skip, action: { kind: 'status', status: 429 } });
		const { json } = await run(inChunks(), await file());
		expect(json).toMatchObject({ rowsSent: count, possiblyDuplicatedRows: 0 });
		expect(users()).toEqual(all);
	});

	it('a permanent failure in chunk 2 says what arrived, and a retry sends only the rest', async () => {
		emulator.fault({ service: 'signal', skip: 1, times: 99, action: { kind: 'status', status: 503 } });
		const { message, description, error } = await failing(inChunks(), await file());
		expect(message).toMatch(/^Chunk 2 of 3 \(rows 502 to 1001 \(500\)\) failed.*HTTP 503.*tried 6 times/);
		expect(description).toContain('Confirmed: rows 2 to 501 (500).');
		expect(description).toContain('In doubt (may have arrived): none.');
		expect(description).toContain('Not sent: rows 502 to 1235 (734).');
		expect(error.context.data).toMatchObject({ confirmedRows: 500 });
		expect(users()).toEqual(all.slice(0, 500));

		emulator.state.faults.clear();
		const { json } = await run(inChunks(), await file());
		expect(json).toMatchObject({
			status: 'Sent',
			rowsSent: 734,
			rowsSentBefore: 500,
			confirmedRows: count,
			possiblyDuplicatedRows: 0,
			possiblyDuplicatedRanges: [],
		});
		expect(users()).toEqual(all);

		// Done is done: the same data tomorrow is sent whole.
		await run(inChunks(), await file());
		expect(users()).toEqual([...all, ...all]);
	});

	it('a retry with other chunk sizes still sends only the rest', async () => {
		emulator.fault({ service: 'signal', skip: 1, times: 99, action: { kind: 'status', status: 400 } });
		await failing(inChunks(), await file());
		emulator.state.faults.clear();
		const { json } = await run(inChunks({ chunkRows: 300 }), await file());
		expect(json).toMatchObject({ rowsSentBefore: 500, rowsSent: 734, chunks: 4 });
		expect(users()).toEqual(all);
	});

	it('starts over on request, and for other data', async () => {
		emulator.fault({ service: 'signal', skip: 1, times: 1, action: { kind: 'status', status: 400 } });
		await failing(inChunks(), await file());
		const other = { items: [await fileItem(leaverCsv(count).replace('leaver0@', 'other0@'))] };
		expect((await run(inChunks(), other)).json).toMatchObject({ rowsSent: count, rowsSentBefore: 0 });
		const again = await run(inChunks({ startOver: true }), await file());
		expect(again.json).toMatchObject({ rowsSent: count, rowsSentBefore: 0 });
	});

	it('stops at rows in doubt where the user wants that, now and at the next run, until told otherwise', async () => {
		emulator.fault({ service: 'signal', skip: 1, action: { kind: 'cutAfterBody', processed: true } });
		const stop = inChunks({ whenInDoubt: 'stop' });
		const { message, description } = await failing(stop, await file());
		expect(message).toMatch(/^Chunk 2 of 3 .* sent completely.*may have been accepted/);
		expect(description).toContain('In doubt (may have arrived): rows 502 to 1001 (500).');
		expect(description).toContain('Not sent: rows 1002 to 1235 (234).');

		const next = await failing(stop, await file());
		expect(next.message).toContain('rows 502 to 1001 (500)');
		expect(next.message).toContain('nothing was sent now');
		expect(calls()).toHaveLength(2);

		const last = await run(inChunks({ whenInDoubt: 'takeAsSent' }), await file());
		expect(last.json).toMatchObject({ rowsSent: 234, rowsSentBefore: 1_000, rowsTakenAsSent: 500 });
		expect(users()).toEqual(all);
	});
});

describe('refusals are told at once', () => {
	const items = leavers(2);

	it('a wrong job id: one request, and what to do', async () => {
		const { message, description, error } = await failing(
			{ jobId: '99999999-aaaa-4bbb-8ccc-000000000001' },
			{ items },
		);
		expect(calls()).toHaveLength(1);
		expect(waited()).toEqual([]);
		expect(error.httpCode).toBe('403');
		expect(message).toContain('the job ID and the app do not belong together');
		expect(description).toMatch(/copy its job ID.*Client ID/s);
		expect(description).toContain('Confirmed: none.');
		expect(description).toContain('Not sent: items 0 to 1 (2).');
	});

	it('a tenant that is not enabled: other words', async () => {
		emulator.addTenant({
			tenantId: demo.tenantId,
			apps: [{ clientId: demo.clientId, secrets: [demo.clientSecret] }],
			purview: { enabled: false, jobs: [] },
		});
		const { message, description } = await failing({}, { items });
		expect(calls()).toHaveLength(1);
		expect(message).toContain('tenant is not enabled');
		expect(description).toContain("'Cloud'");
	});

	it('400: with the words of the service', async () => {
		const { message, description } = await failing(
			{
				jobId: demo.jobs.resignation,
				headerNames: { entries: [{ attribute: 'LastWorkingDate', header: 'Gone' }] },
			},
			{ items },
		);
		expect(calls()).toHaveLength(1);
		expect(message).toContain('HTTP 400');
		expect(description).toContain('Columns are missing: LastWorkingDate');
		expect(description).toContain('Header Names');
	});

	it('401: one fresh token, then an end', async () => {
		emulator.fault({ service: 'signal', times: 9, action: { kind: 'status', status: 401 } });
		const { message } = await failing({}, { items });
		expect(calls()).toHaveLength(2);
		expect(message).toContain('HTTP 401');
	});

	it('200 with a web page is no success', async () => {
		emulator.fault({ service: 'signal', times: 9, action: { kind: 'html200' } });
		const { message } = await failing({}, { items });
		expect(message).toContain('does not count as sent');
		expect(calls()).toHaveLength(1);
		expect(emulator.signals).toEqual([]);
	});

	it.each([
		['', /'Job ID' is blank/],
		['10000000-aaaa-4bbb-8ccc', /not one of Purview's/],
	])('the job id "%s" is refused before anything is sent', async (jobId, words) => {
		expect((await failing({ jobId }, { items })).message).toMatch(words);
		expect(emulator.requests).toEqual([]);
	});

	it('goes on with an item that tells what happened, if the step continues on errors', async () => {
		const parameters = { jobId: '99999999-aaaa-4bbb-8ccc-000000000001' };
		const { signals } = await run(parameters, { items, onError: 'continueRegularOutput' });
		expect(signals).toHaveLength(1);
		expect(Object.keys(signals[0].json)).toEqual(['error', 'message', 'details']);
		expect(signals[0].json.details).toMatchObject({ code: 'jobIdMismatch', unsentRows: 2 });
		expect(signals[0].pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('gives the error output an item that every n8n takes for one', async () => {
		const parameters = { jobId: '99999999-aaaa-4bbb-8ccc-000000000001' };
		const { signals } = await run(parameters, { items, onError: 'continueErrorOutput' });
		expect(signals[0].json).toEqual({
			error: expect.stringMatching(/job ID/),
			message: expect.not.stringContaining('<br>'),
		});
		expect(signals[0].error).toBeUndefined();
	});
});

it('the test of its credential is one that the step has', () => {
	const { description, methods } = new PurviewHrSignal();
	const names = description.credentials?.map(({ testedBy }) => testedBy);
	expect(names).toEqual(Object.keys(methods.credentialTest));
});

it('gives all findings as a file on request', async () => {
	const items = leavers(3).map(({ json }) => ({ json: { ...json, UserPrincipalName: 'nobody' } }));
	const { signals } = await run({ operation: 'validate', options: { outputFindings: true } }, { items });
	const text = (await readStored(signals[0].binary!.findings)).toString('utf8');
	expect(text.match(/purview-user-name/g)).toHaveLength(3);
});

it('takes rules as the user sets them, and mends what may be mended', async () => {
	const items = leavers(1).map(({ json }) => ({
		json: { ...json, UserPrincipalName: ' no.domain@contoso ' },
	}));
	const options = {
		mendValues: ['blanks'],
		ruleSettings: { rules: [{ code: 'purview-user-name', severity: 'warning' }] },
	};
	const { json } = await run({ options }, { items });
	expect(json).toMatchObject({ rowsSent: 1, errors: 0 });
	expect(users()).toEqual(['no.domain@contoso']);
});

it('reads what stands in other encodings and between other delimiters', async () => {
	const text =
		'Leavers of March\nUserPrincipalName;ResignationDate;LastWorkingDate\na@b.com;1.3.2026;31.3.2026\nTotal;1;\n';
	const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
	const options = { skipLinesBefore: 1, skipLinesAfter: 1, timeZone: 'UTC' };
	await run({ input: 'file', options }, { items: [await fileItem(utf16)] });
	expect(emulator.signals[0].rows).toEqual([
		['a@b.com', '2026-03-01T00:00:00.000000Z', '2026-03-31T00:00:00.000000Z'],
	]);
});

it('207 is told with its body', async () => {
	emulator.set({ signalAnswer: 207 });
	const hints = jest.spyOn(ExecuteContext.prototype, 'addExecutionHints');
	const { json } = await run({}, { items: leavers(2) });
	expect(hints.mock.calls.flat()).toContainEqual({
		message: 'Only partly accepted (HTTP 207): items 0 to 1 (2).',
		type: 'warning',
		location: 'outputPane',
	});
	expect(json).toMatchObject({
		status: 'PartlyAccepted',
		partlyAccepted: [
			{ chunk: 1, firstRow: 0, lastRow: 1, rows: 2, answer: '{"RecordsSaved":2,"RecordsFailed":0}' },
		],
	});
});

describe('invalid rows', () => {
	const bad: INodeExecutionData[] = [
		...leavers(3),
		{
			json: { UserPrincipalName: 'no address', ResignationDate: '2026-03-14', LastWorkingDate: '2026-03-14' },
		},
		{ json: { UserPrincipalName: 'a@b.com', ResignationDate: '31.02.2026', LastWorkingDate: '' } },
		{ json: { UserPrincipalName: 'b@b.com', ResignationDate: '2026-03-14', LastWorkingDate: '2026-03-13' } },
	];

	it('stop everything, and nothing leaves', async () => {
		const { message, description } = await failing({}, { items: bad });
		expect(message).toMatch(/breaks the rules of the HR connector in 3 places; nothing was sent/);
		expect(description).toContain("Item 3: 'UserPrincipalName' is not a user principal name");
		expect(description).toContain("Item 4: 'ResignationDate' is not a date");
		expect(description).toContain("Item 4: 'LastWorkingDate' is blank");
		expect(description).not.toContain('no address');
		expect(emulator.requests).toEqual([]);
	});

	it('a last day before the resignation hides no last day that Purview does not take', async () => {
		const row = {
			UserPrincipalName: 'a@b.com',
			ResignationDate: '2026-03-14',
			LastWorkingDate: '2019-01-31',
		};
		const rules = [{ code: 'purview-last-day-far', severity: 'error' }];
		const options = { ruleSettings: { rules } };
		const { message, description } = await failing({ options }, { items: [{ json: row }] });
		expect(`${message} ${description}`).toContain("'LastWorkingDate' lies more than six months back");
		const { json } = await run({ operation: 'validate' }, { items: [{ json: row }], credentials: {} });
		expect(json.findings).toMatchObject([
			{ code: 'purview-last-day-before', row: 0 },
			{ code: 'purview-last-day-far', row: 0 },
		]);
	});

	it('are left out and given at the second output', async () => {
		const { json, rejected } = await run(
			{ onInvalidRows: 'leaveOut', options: ANY_LAST_DAY },
			{ items: bad },
		);
		expect(json).toMatchObject({
			rowsSent: 4,
			rejectedRows: 2,
			warnings: 1,
			perScenario: { resignation: 4 },
		});
		expect(users()).toEqual(['leaver0@contoso.com', 'leaver1@contoso.com', 'leaver2@contoso.com', 'b@b.com']);
		expect(rejected.map(({ json: row, pairedItem }) => [row.UserPrincipalName, pairedItem])).toEqual([
			['no address', { item: 3 }],
			['a@b.com', { item: 4 }],
		]);
		expect(rejected[0].json.rejectedBecause).toEqual([
			"'UserPrincipalName' is not a user principal name such as employee@contoso.com.",
		]);
		expect(json.findingTotals).toContainEqual(
			expect.objectContaining({ code: 'purview-last-day-before', severity: 'warning', firstRow: 5 }),
		);
	});

	it('are sent as they are when nothing is to be checked', async () => {
		const { json } = await run({ onInvalidRows: 'send' }, { items: bad });
		expect(json).toMatchObject({ rowsSent: 6, errors: 0, warnings: 0 });
		expect(users()).toContain('no address');
	});

	it('validation tells the same and sends nothing', async () => {
		const { json, rejected } = await run(
			{ operation: 'validate', jobId: '' },
			{ items: bad, credentials: {} },
		);
		expect(json).toMatchObject({ valid: false, errors: 3, rejectedRows: 2 });
		expect(rejected).toHaveLength(2);
		expect(emulator.requests).toEqual([]);
	});

	it('a missing mandatory column of a profile stops everything', async () => {
		const { message, description } = await failing(
			{ scenario: 'employeeProfile', jobId: demo.jobs.employeeProfile, onInvalidRows: 'leaveOut' },
			{
				items: [
					{
						json: {
							UserPrincipalName: 'a@b.com',
							EmployeeFirstName: 'A',
							EmployeeLastName: 'B',
							EmployeeZipCode: '1',
						},
					},
				],
			},
		);
		expect(message).toBe(
			"No column holds 'EmployeeAddressLine1', which this import needs. Nothing was sent.",
		);
		expect(description).toContain("'Column Mapping'");
		expect(emulator.requests).toEqual([]);
	});

	it.each([
		['reject', 2, ['Remarks', 'Rating']],
		['cut', 0, []],
	])('texts that are too long: %s', async (longTexts, errors, columns) => {
		const items = [
			{
				json: {
					UserPrincipalName: 'a@b.com',
					EffectiveDate: '2026-01-01',
					Remarks: `${'x'.repeat(199)}😀`,
					Rating: 'y'.repeat(26),
				},
			},
		];
		const { json } = await run(
			{ operation: 'validate', scenario: 'performanceReview', options: { longTexts } },
			{ items },
		);
		expect(json.errors).toBe(errors);
		const findings = json.findings as Array<{ column: string; severity: string }>;
		expect(findings.filter(({ severity }) => severity === 'error').map(({ column }) => column)).toEqual(
			columns,
		);
		if (longTexts !== 'cut') return;
		await run(
			{ scenario: 'performanceReview', jobId: demo.jobs.performanceReview, options: { longTexts } },
			{ items },
		);
		expect(emulator.signals[0].rows[0].slice(2)).toEqual(['x'.repeat(199), 'y'.repeat(25)]);
		expect(emulator.signals[0].recordsSaved).toBe(1);
	});

	it('in a file for several scenarios: unknown scenarios, values that a scenario needs or does not use', async () => {
		const at = '2026-03-14T00:00:00Z';
		const items = [
			{ HRScenario: 'Holiday', UserPrincipalName: 'a@b.com', ResignationDate: at, LastWorkingDate: at },
			{ HRScenario: 'Leaver', UserPrincipalName: 'b@b.com', ResignationDate: at, LastWorkingDate: '' },
			{
				HRScenario: 'Leaver',
				UserPrincipalName: 'c@b.com',
				ResignationDate: at,
				LastWorkingDate: at,
				NewLevel: '9',
			},
			// How some systems write that there is no date.
			{
				HRScenario: 'Leaver',
				UserPrincipalName: 'd@b.com',
				ResignationDate: at,
				LastWorkingDate: '9999-12-31',
			},
			{
				HRScenario: 'Employee profile',
				UserPrincipalName: 'e@b.com',
				EmployeeFirstName: 'E',
				EmployeeLastName: 'F',
				EmployeeAddressLine1: '1 Street',
				EmployeeZipCode: ' ',
			},
		].map((json) => ({ json }));
		const { json } = await run(
			{
				operation: 'validate',
				scenario: 'several',
				scenarios: ['resignation', 'jobLevelChange', 'employeeProfile'],
				identifierValues: { resignation: 'Leaver' },
				onInvalidRows: 'leaveOut',
				options: ANY_LAST_DAY,
			},
			{ items },
		);
		expect(
			(json.findings as Array<{ code: string; row: number }>).map(({ code, row }) => [code, row]),
		).toEqual([
			['value-blank-text', 4],
			['purview-scenario-unknown', 0],
			['purview-value-required', 1],
			['purview-value-unused', 2],
			['purview-value-required', 3],
			['purview-value-required', 4],
			['dates-placeholder', undefined],
		]);
		expect(json.perScenario).toEqual({ resignation: 1 });
	});

	it('in a file for several scenarios, a column is missed only when rows need it', async () => {
		const parameters = {
			operation: 'validate',
			scenario: 'several',
			scenarios: ['resignation', 'jobLevelChange'],
		};
		const at = '2026-03-14T00:00:00Z';
		const change = { HRScenario: 'Job level change', UserPrincipalName: 'a@b.com', EffectiveDate: at };
		const leaver = { HRScenario: 'Resignation', UserPrincipalName: 'a@b.com', ResignationDate: at };
		expect((await run(parameters, { items: [{ json: change }] })).json.valid).toBe(true);
		const { json } = await run(parameters, { items: [{ json: change }, { json: leaver }] });
		expect(json.valid).toBe(false);
		expect(json.findings).toEqual([
			expect.objectContaining({
				code: 'purview-column-missing',
				message: expect.stringContaining("'LastWorkingDate'"),
			}),
		]);
	});
});

describe('settings that cannot work are told before anything is sent', () => {
	const several = { scenario: 'several', scenarios: ['resignation', 'jobLevelChange'] };
	const header = (attribute: string, name: string) => ({
		headerNames: { entries: [{ attribute, header: name }] },
	});

	it.each<[string, INodeParameters, RegExp]>([
		['two header names alike', header('ResignationDate', 'lastworkingdate'), /header name 'lastworkingdate'/],
		['a header name left blank', header('ResignationDate', ' '), /'Header Names > Header Name' is blank/],
		[
			'two identifiers alike',
			{ ...several, identifierValues: { resignation: 'A', jobLevelChange: 'a' } },
			/same identifier value/,
		],
		['no scenario', { scenario: 'several', scenarios: [] }, /'Scenarios' is empty/],
		[
			'a mapping to a column of another scenario',
			{ columnMapping: { entries: [{ column: 'x', attribute: 'Rating' }] } },
			/'Column Mapping > Purview Column' is a text that is none/,
		],
		[
			'a mapping without a column',
			{ columnMapping: { entries: [{ column: '', attribute: 'ResignationDate' }] } },
			/'Column Mapping > Column' is blank/,
		],
		[
			'a mapping of a column that is not there',
			{ columnMapping: { entries: [{ column: 'Gone', attribute: 'ResignationDate' }] } },
			/"Gone", which the data does not have/,
		],
		['a zone that does not exist', { options: { timeZone: 'Mars/Olympus' } }, /Mars\/Olympus/],
	])('%s', async (_, parameters, words) => {
		expect((await failing(parameters, { items: leavers(1) })).message).toMatch(words);
		expect(emulator.requests).toEqual([]);
	});
});

it("a column that has the connector's own name already needs no mapping", async () => {
	const json = { Konto: 'a@b.com', 'Gegangen am': '2026-03-14', LastWorkingDate: '2026-03-15' };
	const entries = [
		{ attribute: 'UserPrincipalName', header: 'konto' },
		{ attribute: 'ResignationDate', header: 'Gegangen am' },
	];
	const result = await run({ operation: 'validate', headerNames: { entries } }, { items: [{ json }] });
	expect(result.json).toMatchObject({ valid: true, columns: ['konto', 'Gegangen am', 'LastWorkingDate'] });
});

it('optional columns that the input lacks can be left out', async () => {
	const json = { UserPrincipalName: 'a@b.com', EffectiveDate: '2026-03-14T00:00:00Z', NewLevel: '7' };
	const parameters = { scenario: 'jobLevelChange', jobId: demo.jobs.jobLevelChange };
	await run({ ...parameters, options: { sendColumns: 'found' } }, { items: [{ json }] });
	expect(emulator.signals[0].header).toEqual(['UserPrincipalName', 'EffectiveDate', 'NewLevel']);
});

it('rows that are no rows are never sent, even unchecked', async () => {
	const csv = `${leaverCsv(1)}b@b.com,2026-03-14\r\n`;
	const { message } = await failing(
		{ input: 'file', onInvalidRows: 'send' },
		{ items: [await fileItem(csv)] },
	);
	expect(message).toContain('Row 3: This row has 2 fields, the header has 3.');
	expect(emulator.requests).toEqual([]);
});

const CSV_HEAD = 'UserPrincipalName,ResignationDate,LastWorkingDate\n';

describe('of two files of which one is refused, a retry sends what is missing', () => {
	it.each<[string, (kept: IRunExecutionData) => Partial<StepRun>, INodeParameters]>([
		['Retry On Fail', (kept) => ({ kept }), {}],
		['the Retry button', (kept) => ({ kept: structuredClone(kept), executionId: 'another' }), {}],
		['Retry On Fail, Start Over', (kept) => ({ kept }), { startOver: true }],
		['Retry On Fail, chunk by chunk', (kept) => ({ kept }), { output: 'chunks' }],
	])('%s', async (_, again, options) => {
		const items = await Promise.all(
			['a', 'b'].map(
				async (name) => await fileItem(CSV_HEAD + `${name}@contoso.com,2026-03-14,2026-04-30\n`),
			),
		);
		const kept = newExecution();
		const parameters = { input: 'file', options };
		// The first file arrives twice, the second is refused.
		emulator.fault({ service: 'signal', action: { kind: 'cutAfterBody', processed: true } });
		emulator.fault({ service: 'signal', skip: 1, action: { kind: 'status', status: 400 } });
		const { message, description } = await failing(parameters, { items, kept });
		expect(message).toMatch(/HTTP 400/);
		expect(description).toMatch(/Sent before this error: \S+ \(1 rows?\)/);
		expect(kept.resultData.metadata).toEqual({ hrJobIds: demo.jobs.resignation, hrRows: '1' });
		const { signals } = await run(parameters, { items, ...again(kept) });
		expect(users()).toEqual(['a@contoso.com', 'a@contoso.com', 'b@contoso.com']);
		expect(signals[0].json).toMatchObject({
			status: 'Sent',
			alreadySent: true,
			rowsSent: 0,
			rowsSentBefore: 1,
			confirmedRows: 1,
			possiblyDuplicatedRows: 1,
		});
		expect(signals[1].json).toMatchObject(
			options.output === 'chunks' ? { chunk: 1, rowsSent: 1 } : { alreadySent: false, rowsSent: 1 },
		);
	});
});

it('an execution that does not see the notes of the last one says so', async () => {
	const staticData: IDataObject = {};
	const told = async () => (await run({}, { items: leavers(1), staticData })).json.folderNote;
	expect(await told()).toBeUndefined();
	rmSync(stateFolder(), { recursive: true });
	expect(await told()).toMatch(/^The last execution kept its notes in another folder/);
});

describe('data that is unchanged', () => {
	const skip = { skipUnchanged: true };
	const day = 86_400_000;

	it('is sent again unless the user wants it skipped', async () => {
		await run({}, { items: leavers(2) });
		await run({}, { items: leavers(2) });
		expect(emulator.signals).toHaveLength(2);
	});

	it('is skipped on request, until it changes', async () => {
		await run({ options: skip }, { items: leavers(2) });
		const { json } = await run({ options: skip }, { items: leavers(2) });
		expect(json).toMatchObject({ status: 'Skipped', rowsSent: 0 });
		expect(emulator.signals).toHaveLength(1);
		await run({ options: skip }, { items: leavers(3) });
		expect(emulator.signals).toHaveLength(2);
	});

	const files = async (...names: string[]) =>
		await Promise.all(
			names.map(async (name) => await fileItem(CSV_HEAD + `${name}@contoso.com,2026-03-14,2026-04-30\n`)),
		);
	const sendFiles = async (...names: string[]) =>
		await run({ input: 'file', options: skip }, { items: await files(...names) });

	it('is skipped file by file: each of several counts with its own content', async () => {
		await sendFiles('a', 'b');
		const { signals } = await sendFiles('a', 'b');
		expect(signals.map(({ json }) => json.status)).toEqual(['Skipped', 'Skipped']);
		expect((await sendFiles('c', 'b')).signals.map(({ json }) => json.status)).toEqual(['Sent', 'Skipped']);
		expect((await sendFiles('b', 'c')).signals.map(({ json }) => json.status)).toEqual([
			'Skipped',
			'Skipped',
		]);
		expect(users()).toEqual(['a@contoso.com', 'b@contoso.com', 'c@contoso.com']);
	});

	it('is not what was sent before something else: it changed back', async () => {
		for (const name of ['a', 'b', 'a', 'a']) await sendFiles(name);
		expect(users()).toEqual(['a@contoso.com', 'b@contoso.com', 'a@contoso.com']);
	});

	/** Runs again when the note of the first run is that many days old; the age counts by the file. */
	const runAgainAfter = async (days: number, parameters: INodeParameters, items: INodeExecutionData[]) => {
		await run(parameters, { items });
		const [path] = stateFiles('complete').map((name) => join(stateFolder(), name));
		const written = new Date(statSync(path).mtimeMs - days * day);
		utimesSync(path, written, written);
		await run(parameters, { items });
	};

	// A weekly run that begins a few minutes early has to send, or policies warn.
	it.each([
		[6.4, 1],
		[6.99, 2],
	])('events: after %d days, sent %d times in all', async (days, times) => {
		await runAgainAfter(days, { options: skip }, leavers(2));
		expect(emulator.signals).toHaveLength(times);
	});

	it.each([
		[14.4, 1],
		[14.99, 2],
	])('profiles: after %d days, sent %d times in all', async (days, times) => {
		const profile = {
			UserPrincipalName: 'a@b.com',
			EmployeeFirstName: 'A',
			EmployeeLastName: 'B',
			EmployeeAddressLine1: 'C',
			EmployeeZipCode: 'D',
		};
		const parameters = {
			scenario: 'employeeProfile',
			jobId: demo.jobs.employeeProfile,
			options: { ...skip, skipDays: 300 },
		};
		await runAgainAfter(days, parameters, [{ json: profile }]);
		expect(emulator.signals).toHaveLength(times);
	});
});

it('keeps note of its progress in a private file without any value of a row', async () => {
	emulator.fault({ service: 'signal', skip: 1, times: 1, action: { kind: 'status', status: 400 } });
	await failing({ options: { chunkRows: 2 } }, { items: leavers(5) });
	const names = stateFiles('progress');
	expect(names).toEqual([expect.stringMatching(/^progress-[0-9a-f]{40}\.json$/)]);
	expect(statSync(join(stateFolder(), names[0])).mode & 0o777).toBe(0o600);
	const text = readFileSync(join(stateFolder(), names[0]), 'utf8');
	expect(JSON.parse(text)).toMatchObject({ confirmed: { records: 2, lastRow: 1 } });
	expect(text).not.toMatch(/contoso|secret|Bearer/);
});

it('a note of progress past the end of the file is an error, until somebody decides', async () => {
	emulator.fault({ service: 'signal', skip: 1, times: 1, action: { kind: 'status', status: 400 } });
	await failing({ options: { chunkRows: 2 } }, { items: leavers(5) });
	const [path] = stateFiles('progress').map((name) => join(stateFolder(), name));
	writeFileSync(path, JSON.stringify({ confirmed: { records: 500, bytes: 50_000, lastRow: 499 } }));
	const { message, description } = await failing({ options: { chunkRows: 2 } }, { items: leavers(5) });
	expect(message).toBe(
		'The note of an earlier run says that 500 items left, which does not fit this file of 5 items; nothing was sent now.',
	);
	expect(description).toContain("'Start Over'");
	expect(users()).toHaveLength(2);
	const { json } = await run({ options: { chunkRows: 2, startOver: true } }, { items: leavers(5) });
	expect(json).toMatchObject({ rows: 5, confirmedRows: 5 });
});

it('a cancelled run says what arrived, and the next one goes on', async () => {
	const abort = new AbortController();
	emulator.fault({ service: 'signal', skip: 1, times: 1, action: { kind: 'status', status: 503 } });
	duringWait = () => abort.abort();
	const { message, description } = await failing(
		{ options: { chunkRows: 2 } },
		{ items: leavers(5), signal: abort.signal },
	);
	expect(message).toContain('cancelled');
	expect(description).toContain('Confirmed: items 0 to 1 (2).');
	const { json } = await run({ options: { chunkRows: 2 } }, { items: leavers(5) });
	expect(json).toMatchObject({ rowsSentBefore: 2, rowsSent: 3 });
	expect(users()).toEqual([0, 1, 2, 3, 4].map((i) => `leaver${i}@contoso.com`));
});

describe('Check Connection', () => {
	const check = async (changes: IDataObject = {}) =>
		(await run({ operation: 'checkConnection' }, { credentials: credential(changes) })).signals.map(
			({ json }) => json,
		);

	it('ticks what can be tried, and says what cannot; nothing is sent', async () => {
		expect(await check()).toMatchObject([
			{ check: 'Sign-in', ok: true, state: '✓ fine' },
			{
				check: 'Way to Purview',
				ok: true,
				meaning: expect.stringContaining(new URL(emulator.signalsUrl).host),
			},
			{ check: 'Job ID and connector', ok: null, state: '– not tried' },
		]);
		expect(emulator.signals).toEqual([]);
	});

	it('stops at a wrong secret', async () => {
		expect(await check({ clientSecret: 'wrong-secret-value' })).toMatchObject([
			{ check: 'Sign-in', ok: false, whatToDo: expect.stringContaining('7000215') },
			{ check: 'Way to Purview', ok: null, meaning: expect.stringContaining("'Sign-in'") },
			{ check: 'Job ID and connector', ok: null },
		]);
	});

	it('tells when the service cannot be reached', async () => {
		expect(await check({ signalsUrl: 'https://localhost:9/api/signals' })).toMatchObject([
			{ ok: true },
			{ check: 'Way to Purview', ok: false, who: expect.stringMatching(/network/) },
			{ ok: null },
		]);
	});
});
