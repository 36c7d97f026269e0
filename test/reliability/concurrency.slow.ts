import { temporaryFolder } from './privateMachine';
import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeExecutionData, Logger } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { ownFilesBelow } from '../e2e/leftovers';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { runStep } from '../node/executionContext';
import { clearWay, surround } from './network';
import { skipWaits } from '../helpers/skipWaits';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./network'));
const AT_ONCE = 50;
/** Every tenth has values so long that its package goes through a file; the others stay in memory. */
const ROWS = 500;
const LONG = 10_000;
/** Generous: fifty executions, the emulator and the test itself share this process. */
const MOST_GROWTH_MB = 900;

interface Company {
	number: number;
	tenantId: string;
	clientId: string;
	clientSecret: string;
	jobId: string;
	scaleUnit: string;
	items: INodeExecutionData[];
}

const companies: Company[] = Array.from({ length: AT_ONCE }, (_, number) => ({
	number,
	tenantId: randomUUID(),
	clientId: randomUUID(),
	clientSecret: `secret-of-${number}-${randomUUID()}`,
	jobId: randomUUID(),
	scaleUnit: `unit-${number}`,
	items: Array.from({ length: ROWS }, (__, row) => ({
		json: {
			PersonId: `p${row}@company${number}.example`,
			ManagerId: row === 0 ? '' : `p0@company${number}.example`,
			Organization: `Company ${number} ${randomUUID()}`.padEnd(number % 10 === 0 ? LONG : 0, 'x'),
			EffectiveDate: '2026-03-14',
		},
	})),
}));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({
		// Rows are hashed, not kept: what is measured is the steps.
		settings: { keepBytesUpTo: 0, checkContents: false, extractionMs: 0, processingMs: 0 },
		tenants: companies.map(({ tenantId, clientId, clientSecret, jobId, scaleUnit }) => ({
			tenantId,
			apps: [{ clientId, secrets: [clientSecret] }],
			viva: { scaleUnit, hrConnector: { authorisedAppIds: [clientId] } },
			purview: { jobs: [{ jobId, appId: clientId, scenarios: [{ scenario: 'resignation' }] }] },
		})),
	});
	surround({ emulator, trusted: [emulator.caPem()], closedPort: 0, otherNamePort: 0 });
	skipWaits(() => emulator);
	clearWay();
});
afterAll(async () => await emulator.close());

const credential = (make: typeof vivaHrApi, { tenantId, clientId, clientSecret }: Company): IDataObject =>
	make(emulator, { tenantId, clientId, clientSecret }) as IDataObject;

const silent = { error() {}, warn() {}, info() {}, debug() {} } as unknown as Logger;

/** Upload, follow, and tell Purview: what one workflow would do. */
async function wholeRun(company: Company) {
	const executionId = `execution-${company.number}`;
	const [uploaded] = await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: credential(vivaHrApi, company) },
		parameters: { options: { bodyForm: 'csv' } },
		items: company.items,
		executionId,
		logger: silent,
	});
	const [, completedImports] = await runStep({
		type: new PollIngestion(),
		credentials: { vivaHrApi: credential(vivaHrApi, company) },
		parameters: { operation: 'wait', waiting: 'inStep' },
		items: uploaded,
		executionId,
		logger: silent,
	});
	const [signals] = await runStep({
		type: new PurviewHrSignal(),
		credentials: { purviewHrApi: credential(purviewHrApi, company) },
		parameters: { jobId: company.jobId },
		items: company.items.slice(0, 20).map(({ json }) => ({
			json: {
				UserPrincipalName: json.PersonId,
				ResignationDate: '2026-03-14',
				LastWorkingDate: '2026-04-30',
			},
		})),
		executionId,
		logger: silent,
	});
	return { company, uploaded, completedImports, signals };
}

it(`${AT_ONCE} executions at once, each with a tenant of its own, mix nothing up`, async () => {
	const before = process.memoryUsage().rss;
	let highest = before;
	const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 20);
	const runs = await Promise.all(companies.map(wholeRun)).finally(() => clearInterval(watch));
	const growthMb = Math.round((highest - before) / 2 ** 20);
	console.log(`${AT_ONCE} executions at once: ${growthMb} MB more at most, the emulator included`);

	for (const { company, uploaded, completedImports, signals } of runs) {
		const { tenantId, clientId, jobId, scaleUnit, items } = company;
		const imports = emulator.ingestions.filter((ingestion) => ingestion.tenantId === tenantId);
		expect(imports).toHaveLength(1);
		// The hash is of what this execution has packed: the emulator got exactly that, with the token of this app.
		expect(imports[0]).toMatchObject({ appId: clientId, scaleUnit, sha256: uploaded[0].json.sha256 });
		expect(uploaded[0].json).toMatchObject({ ingestionId: imports[0].id, scaleUnit, rows: items.length });
		expect(completedImports).toHaveLength(1);
		expect(completedImports[0].json).toMatchObject({ ingestionId: imports[0].id, status: 'Completed' });
		const chunks = emulator.signals.filter((signal) => signal.tenantId === tenantId);
		expect(chunks).toHaveLength(1);
		expect(chunks[0]).toMatchObject({ appId: clientId, jobId });
		expect(signals[0].json).toMatchObject({ status: 'Sent', jobId, rowsSent: 20 });
	}
	expect(new Set(emulator.ingestions.map(({ sha256 }) => sha256)).size).toBe(AT_ONCE);
	expect(emulator.ingestions.filter(({ bytes }) => bytes > 4 * 2 ** 20)).toHaveLength(AT_ONCE / 10);
	// One token for each of the two services of each tenant, and nothing refused.
	expect(emulator.tokensIssued).toBe(2 * AT_ONCE);
	expect(emulator.requests.filter(({ status }) => status !== 200)).toEqual([]);
	expect(emulator.failures).toEqual([]);
	expect(ownFilesBelow(temporaryFolder).filter((path) => path.endsWith('.spool'))).toEqual([]);
	expect(growthMb).toBeLessThan(MOST_GROWTH_MB);
});
