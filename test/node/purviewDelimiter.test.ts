import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { purviewHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { thrownBy } from '../helpers/thrownBy';
import { until } from '../helpers/until';
import { tokens, trust } from './emulatorNetwork';
import { readStored, runStep, storedFile } from './executionContext';

const home = mkdtempSync(join(tmpdir(), 'n8n-home-'));
process.env.N8N_USER_FOLDER = home;

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

const JOBS = {
	'\t': '30000000-aaaa-4bbb-8ccc-000000000001',
	'|': '30000000-aaaa-4bbb-8ccc-000000000002',
} as const;

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => {
	await emulator.close();
	rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
	tokens.forget();
	emulator.reset();
	rmSync(join(home, '.n8n', 'storage'), { recursive: true, force: true });
	emulator.addTenant({
		tenantId: demo.tenantId,
		apps: [{ clientId: demo.clientId, secrets: [demo.clientSecret] }],
		purview: {
			jobs: [
				{
					jobId: demo.jobs.performanceReview,
					appId: demo.clientId,
					scenarios: [{ scenario: 'performanceReview' }],
				},
				...(Object.keys(JOBS) as Array<keyof typeof JOBS>).map((delimiter) => ({
					jobId: JOBS[delimiter],
					appId: demo.clientId,
					delimiter,
					scenarios: [{ scenario: 'performanceReview' as const }],
				})),
			],
		},
	});
});
afterEach(() => expect(emulator.failures).toEqual([]));

const at = '2026-03-14T08:30:00+01:00';
const sentAt = '2026-03-14T08:30:00.000000+01:00';
const REMARKS = ['one, two', 'tab\there', 'pipe|here', 'He said "no",\nthen\tleft|', '佐藤'];

const reviews = (remarks: readonly string[] = REMARKS): INodeExecutionData[] =>
	remarks.map((text, i) => ({
		json: { UserPrincipalName: `u${i}@contoso.com`, EffectiveDate: at, Remarks: text, Rating: '3' },
	}));

async function run(parameters: INodeParameters, items = reviews()) {
	// What another execution has sent in the same millisecond counts as sent since this one began.
	const before = Date.now();
	await until(() => Date.now() > before);
	const [signals] = await runStep({
		type: new PurviewHrSignal(),
		credentials: { purviewHrApi: purviewHrApi(emulator, {}) },
		items,
		parameters: { scenario: 'performanceReview', jobId: demo.jobs.performanceReview, ...parameters },
	});
	return signals[0];
}

const rowsSent = () => emulator.signals.flatMap(({ rows }) => rows);

describe.each([
	['tab', '\t', 'tsv'],
	['pipe', '|', 'psv'],
] as const)('a connector that expects %s', (_, delimiter, ending) => {
	const parameters: INodeParameters = { jobId: JOBS[delimiter], options: { delimiterSent: delimiter } };

	it('gets items value for value, whatever they hold', async () => {
		const { json } = await run(parameters);
		expect(json).toMatchObject({ status: 'Sent', rowsSent: REMARKS.length });
		expect(emulator.signals).toMatchObject([
			{
				header: ['UserPrincipalName', 'EffectiveDate', 'Remarks', 'Rating'],
				recordsSaved: REMARKS.length,
				partFileName: `signals-0001.${ending}`,
			},
		]);
		expect(rowsSent()).toEqual(REMARKS.map((text, i) => [`u${i}@contoso.com`, sentAt, text, '3']));
	});

	it('gets a file in chunks within the limit of bytes, whatever separates its own fields', async () => {
		const count = 400;
		const lines = Array.from({ length: count }, (_row, i) => `u${i}@contoso.com;${at};"a;b, c|d\te";3`);
		const csv = ['UserPrincipalName;EffectiveDate;Remarks;Rating', ...lines].join('\n');
		const item = { json: {}, binary: { data: await storedFile(csv, 'reviews.csv', 'text/csv') } };
		const options = { delimiterSent: delimiter, maximumChunkMegabytes: 0.01 };
		await run({ ...parameters, input: 'file', options }, [item]);
		expect(emulator.signals.length).toBeGreaterThan(2);
		for (const { bytes } of emulator.signals) expect(bytes).toBeLessThanOrEqual(0.01 * 1024 * 1024);
		expect(rowsSent()).toEqual(
			Array.from({ length: count }, (_row, i) => [`u${i}@contoso.com`, sentAt, 'a;b, c|d\te', '3']),
		);
	});

	it('refuses a file with commas; the error names the option', async () => {
		const error = await thrownBy(run({ jobId: JOBS[delimiter] }, reviews(['nothing special'])));
		expect(error.message).toContain('HTTP 400');
		expect(error.description).toContain("'Delimiter Sent'");
		expect(emulator.signals).toEqual([]);
	});

	it('gets the rest after a failure', async () => {
		const options = { delimiterSent: delimiter, chunkRows: 2 };
		emulator.fault({ service: 'signal', skip: 1, action: { kind: 'status', status: 400 } });
		await thrownBy(run({ ...parameters, options }));
		const { json } = await run({ ...parameters, options });
		expect(json).toMatchObject({ rowsSentBefore: 2, rowsSent: 3 });
		expect(rowsSent().map(([user]) => user)).toEqual([0, 1, 2, 3, 4].map((i) => `u${i}@contoso.com`));
	});

	it('is set up with a sample file of the same delimiter', async () => {
		const { binary, json } = await run({ operation: 'createSampleFile', ...parameters });
		expect((await readStored(binary!.data)).toString('utf8')).toBe(
			`${['UserPrincipalName', 'EffectiveDate', 'Remarks', 'Rating'].join(delimiter)}\r\n`,
		);
		expect(binary!.data.fileName).toBe(`hr-connector-sample.${ending}`);
		expect(json.columns).toHaveLength(4);
	});
});

describe('what was sent before is recognised', () => {
	it('the hash of a file with commas is what it was in every version', async () => {
		const leaver = {
			UserPrincipalName: 'leaver0@contoso.com',
			ResignationDate: at,
			LastWorkingDate: '2026-04-30T17:00:00Z',
		};
		const { json } = await run({ operation: 'validate', scenario: 'resignation' }, [{ json: leaver }]);
		// SHA-256 over the header line and the hexadecimal SHA-256 of the records, with commas and CRLF.
		expect(json.contentHash).toBe('c8c6fd3565debc87f87aca9d31f25d4404dd04975afd46c3589cf28928dd0a1e');
	});

	it('with the default chosen by hand it is the same data, with another delimiter it is other data', async () => {
		const statusWith = async (options: INodeParameters) =>
			(await run({ options: { skipUnchanged: true, ...options } })).json.status;
		expect(await statusWith({})).toBe('Sent');
		expect(await statusWith({ delimiterSent: ',' })).toBe('Skipped');
		const job = emulator.state.tenants.get(demo.tenantId)!.purview!.jobs[0];
		job.delimiter = '\t';
		expect(await statusWith({ delimiterSent: '\t' })).toBe('Sent');
	});
});
