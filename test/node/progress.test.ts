import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeExecutionData, Logger } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { createProgressLogger } from '../../nodes/shared/n8n/progress';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { trust } from './emulatorNetwork';
import { runStep, storedFile } from './executionContext';

// n8n keeps a folder for each step below this one.
const home = mkdtempSync(join(tmpdir(), 'n8n-home-'));
process.env.N8N_USER_FOLDER = home;

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

/** Every look at the clock is eleven seconds later, so that each step of the way is told. */
jest.mock('../../nodes/shared/n8n/progress', () => {
	const actual = jest.requireActual('../../nodes/shared/n8n/progress');
	return {
		...actual,
		createProgressLogger: (context: IExecuteFunctions, clock?: () => number) => {
			let ms = 0;
			return actual.createProgressLogger(context, clock ?? (() => (ms += 11_000)));
		},
	};
});

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
	rmSync(home, { recursive: true, force: true });
});

/** A logger that keeps what it is told. */
function listener(): { told: string[]; logger: Logger } {
	const told: string[] = [];
	const nothing = () => undefined;
	const logger = { info: (line: string) => told.push(line), warn: nothing, debug: nothing, error: nothing };
	return { told, logger: logger as unknown as Logger };
}

async function fileItem(content: string): Promise<INodeExecutionData> {
	return { json: {}, binary: { data: await storedFile(content, 'people.csv', 'text/csv') } };
}

it('says nothing in short runs, and then something every ten seconds, in the log and in the browser', () => {
	const { told, logger } = listener();
	const shown: string[] = [];
	const context = {
		logger,
		sendMessageToUI: (line: string) => shown.push(line),
		getNode: () => ({ name: 'Ingest' }),
	} as unknown as IExecuteFunctions;
	let now = 1_000;
	const teller = createProgressLogger(context, () => now);
	const sentence = jest.fn(() => `${now} so far`);
	for (now = 1_000; now <= 31_500; now += 500) teller(sentence);
	expect(told).toEqual(['Ingest: 11000 so far', 'Ingest: 21000 so far', 'Ingest: 31000 so far']);
	expect(shown).toEqual(told);
	expect(sentence).toHaveBeenCalledTimes(3);
});

it('of a file: rows and bytes checked, then bytes uploaded', async () => {
	const { told, logger } = listener();
	const rows = Array.from({ length: 6_000 }, (_, i) => {
		const address = (n: number) => `person.number.${n}.with.a.long.address@contoso.com`;
		return `${address(i)},${i === 0 ? '' : address(0)},${i % 2 ? 'HR' : 'Sales'},2026-03-14\n`;
	});
	const content = `PersonId,ManagerId,Organization,EffectiveDate\n${rows.join('')}`;
	await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		parameters: { input: 'file' },
		items: [await fileItem(content)],
		logger,
	});
	expect(told[0]).toMatch(/^Viva HR Ingest: \d,\d{3} rows \(0 MB\) checked so far$/);
	const checked = told.filter((line) => line.endsWith('checked so far'));
	expect(checked.length).toBeGreaterThan(1);
	expect(checked.at(-1)).toBe('Viva HR Ingest: 6,000 rows (1 MB) checked so far');
	expect(told.at(-1)).toBe('Viva HR Ingest: 0 MB of 0 MB uploaded so far');
	expect(told.join()).not.toContain('contoso');
});

it('of signals: rows checked, then chunks confirmed', async () => {
	const { told, logger } = listener();
	const items = Array.from({ length: 12 }, (_, i) => ({
		json: {
			UserPrincipalName: `leaver${i}@contoso.com`,
			ResignationDate: '2026-03-14',
			LastWorkingDate: '2026-04-30',
		},
	}));
	await runStep({
		type: new PurviewHrSignal(),
		credentials: { purviewHrApi: purviewHrApi(emulator) },
		parameters: { jobId: demo.jobs.resignation, options: { chunkRows: 5 } },
		items,
		logger,
	});
	expect(told).toEqual([
		'Purview HR Signal: 12 items (0 MB) checked so far',
		'Purview HR Signal: 1 of 3 chunks confirmed so far',
		'Purview HR Signal: 2 of 3 chunks confirmed so far',
		'Purview HR Signal: 3 of 3 chunks confirmed so far',
	]);
});
