import { temporaryFolder } from './privateMachine';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Logger } from 'n8n-workflow';
import { until } from '../helpers/until';
import { skipWaits } from '../helpers/skipWaits';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { localCertificate, startServer, type LocalServer } from '../unit/http/httpsServer';
import { CALL_IDS, CALLS, type CallId } from './calls';
import { runCell } from './cell';
import { FAULT_IDS, FAULTS, type MatrixFault } from './faults';
import { surround } from './network';
import { POLICY } from './policy';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./network'));

/** Runs of each kind. */
const RUNS = 1_000;
const PART = 100;
/** In bytes: less than 10 KB a run. */
const MOST_HEAP_GROWTH = 10_000_000;

let emulator: Emulator;
let otherName: LocalServer;
beforeAll(async () => {
	emulator = await startEmulator();
	otherName = await startServer(await localCertificate(['service.example']));
	surround({
		emulator,
		trusted: [emulator.caPem(), otherName.ca],
		// The discard port: nobody listens there.
		closedPort: 9,
		otherNamePort: otherName.port,
	});
	skipWaits(() => emulator);
});
afterAll(async () => {
	await otherName.close();
	await emulator.close();
});

const silent = { error() {}, warn() {}, info() {}, debug() {} } as unknown as Logger;

async function run(callId: CallId, fault: MatrixFault): Promise<'success' | 'error'> {
	const where = { emulator, duration: 'always', world: 'untouched', logger: silent } as const;
	const { ended } = await runCell(CALLS[callId], fault, where);
	// What Purview HR Signal keeps to continue after a failure is no leak.
	rmSync(join(temporaryFolder, 'home', '.n8n', 'storage'), { recursive: true, force: true });
	return ended;
}

/** Calls with what does not go wrong; every fiftieth has a package that goes through a file. */
const GOOD: Array<[CallId, MatrixFault]> = Array.from({ length: 50 }, (_, index) =>
	CALL_IDS.map((id): [CallId, MatrixFault] => [
		id,
		{ title: 'none', worlds: ['untouched'], ...(index === 0 && { large: true }) },
	]),
).flat();
const BAD = FAULT_IDS.flatMap((faultId) =>
	CALL_IDS.filter((id) => {
		const expected = POLICY[id][faultId];
		return 'verdict' in expected && expected.verdict !== 'success';
	}).map((id): [CallId, MatrixFault] => [id, FAULTS[faultId]]),
);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What this process holds. */
function resources() {
	const active = process.getActiveResourcesInfo();
	return {
		descriptors: readdirSync('/proc/self/fd').length,
		timers: active.filter((name) => name === 'Timeout').length,
		folders: readdirSync(temporaryFolder, { recursive: true }).filter((name) =>
			String(name).includes('n8n-nodes-microsoft-hr'),
		),
	};
}

function heapUsed(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

describe.each([
	['fail', 'error', BAD],
	['succeed', 'success', GOOD],
] as const)('1,000 runs that %s', (_, end, cells) => {
	let before: ReturnType<typeof resources> & { heap: number };
	let runs = 0;
	async function runSome(): Promise<void> {
		for (let n = 0; n < PART; n++) expect(await run(...cells[runs++ % cells.length])).toBe(end);
		emulator.reset();
	}

	beforeAll(async () => {
		// What is loaded or kept once is there then.
		await runSome();
		before = { ...resources(), heap: heapUsed() };
	});

	// In parts, so that each is far from the limit for a hang.
	it.each(Array.from({ length: RUNS / PART }, (__, part) => (part + 1) * PART))('%i', async () => {
		await runSome();
		// Sockets that were closed, and their timers, need some turns of the event loop to be gone.
		await until(() => resources().descriptors <= before.descriptors);
		await until(() => resources().timers <= before.timers);
		expect(resources().folders).toEqual(before.folders);
		expect(heapUsed() - before.heap).toBeLessThan(MOST_HEAP_GROWTH);
	});
});
