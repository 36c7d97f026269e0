import type { INodeType } from 'n8n-workflow';
import { PollIngestion } from '../../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../../nodes/VivaHrIngest/VivaHrIngest.node';
import { systemClock } from '../../../nodes/shared/http/retry';
import { startEmulator, type Emulator } from '../../emulator/emulator';
import { trust } from '../../node/emulatorNetwork';
import '../../node/executionContext';
import { CELLS, type Target } from './cells';
import { readReliabilityPage } from '../document';
import { withRepeats, writeAllRepeats, writeRepeatsPage, type SeenCell } from './document';
import { runCell, type Bench, type Steps } from './run';

jest.mock('../../../nodes/shared/n8n/credentials/network', () =>
	jest.requireActual('../../node/emulatorNetwork'),
);

type Classes = Record<'PollIngestion' | 'PurviewHrSignal' | 'VivaHrIngest', new () => INodeType>;
const STEP_OF = {
	viva: 'VivaHrIngest',
	organizationalData: 'VivaHrIngest',
	purview: 'PurviewHrSignal',
	purviewStop: 'PurviewHrSignal',
	poll: 'PollIngestion',
} as const;
const stepOf = (classes: Classes) => (target: Target) => new classes[STEP_OF[target]]();

let emulator: Emulator;
let bench: Bench;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
	const steps: Steps = { step: stepOf({ PollIngestion, PurviewHrSignal, VivaHrIngest }), clock: systemClock };
	bench = { emulator, own: async (run) => await run(steps), other: anotherProcess };
});
afterAll(async () => await emulator.close());
beforeEach(() => {
	emulator.reset();
	emulator.set({ extractionMs: 0, processingMs: 0 });
});

/** The same steps loaded once more: they remember nothing of what the first ones do, as another process. */
async function anotherProcess<T>(run: (steps: Steps) => Promise<T>): Promise<T> {
	let result: T | undefined;
	await jest.isolateModulesAsync(async () => {
		const load = <M extends object>(path: string): M => jest.requireActual<M>(path);
		load<{ trust: typeof trust }>('../../node/emulatorNetwork').trust(emulator);
		const nodes = '../../../nodes';
		const classes = {
			...load<Pick<Classes, 'PollIngestion'>>(`${nodes}/PollIngestion/PollIngestion.node`),
			...load<Pick<Classes, 'PurviewHrSignal'>>(`${nodes}/PurviewHrSignal/PurviewHrSignal.node`),
			...load<Pick<Classes, 'VivaHrIngest'>>(`${nodes}/VivaHrIngest/VivaHrIngest.node`),
		};
		const { systemClock: clock } = load<{ systemClock: typeof systemClock }>(`${nodes}/shared/http/retry`);
		// What the steps load when they run is loaded anew too.
		result = await run({ step: stepOf(classes), clock });
	});
	return result!;
}

const seenCells: SeenCell[] = [];

it.each(CELLS)('$way, $target, $state', async (cell) => {
	const seen = await runCell(cell, bench);
	seenCells.push({ ...cell, seen });
	expect([seen.outcome, seen.told]).toEqual([cell.expected, expect.any(String)]);
	// What arrived more than once is told, and so is what did not arrive.
	if (!['sendsAndTells', 'sendsAgain'].includes(seen.outcome)) expect(seen.doubled).toEqual([]);
	if (!seen.outcome.startsWith('error')) expect(seen.missing).toEqual([]);
	expect(emulator.failures).toEqual([]);
});

it('docs/reliability.md says so', () => {
	expect(seenCells).toHaveLength(CELLS.length);
	writeAllRepeats(seenCells);
	if (process.env.WRITE_DOCUMENTS) writeRepeatsPage(seenCells);
	const page = readReliabilityPage();
	expect(page).toBe(withRepeats(page, seenCells));
});
