import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { trust } from './emulatorNetwork';
import { runStep, storedFile } from './executionContext';

/*
 * Small files as HR systems make them, in front of the real steps, in n8n-core's own context, against the emulator: what is sent, cell
 * for cell, and what is said. Each folder of test/fixtures/hr-files holds an input, how it is given (case.json), and what must come
 * of it (expected.json, one outcome for each run).
 */

// n8n keeps a folder for each step below this one.
const home = mkdtempSync(join(tmpdir(), 'n8n-home-'));
process.env.N8N_USER_FOLDER = home;

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

jest.setTimeout(30_000);

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => {
	await emulator.close();
	rmSync(home, { recursive: true, force: true });
});
beforeEach(() => emulator.reset());
afterEach(() => expect(emulator.failures).toEqual([]));

const FOLDER = join(__dirname, '../fixtures/hr-files');

/** How an input is given to a step. */
interface Run {
	/** a destination, or a scenario */
	to: 'vivaHr' | 'organizationalData' | keyof typeof demo.jobs | 'several';
	as?: 'file' | 'items' | 'oneItem';
	timezone?: string;
	options?: INodeParameters;
	parameters?: INodeParameters;
	/** how the step before reads a CSV file into items */
	csv?: { delimiter?: string; from_line?: number };
}

/** What comes of a run. */
interface Outcome {
	/** header and rows as the service got them; null where nothing was sent */
	sent: string[][] | null;
	/** codes of findings, each once */
	codes: string[];
	/** columns that may be an attribute, as `Pay rate = HourlyRate (likely)` */
	proposals: string[];
	/** message and description of the error */
	error?: string;
}

const SCENARIOS = [
	'resignation',
	'jobLevelChange',
	'performanceReview',
	'performanceImprovementPlan',
] as const;

async function itemsOf(file: string, { as = 'file', csv }: Run): Promise<INodeExecutionData[]> {
	const bytes = readFileSync(file);
	if (as === 'file') {
		return [{ json: {}, binary: { data: await storedFile(bytes, file.split('/').at(-1) ?? '') } }];
	}
	if (file.endsWith('.json')) {
		const value = JSON.parse(bytes.toString('utf8')) as IDataObject | IDataObject[];
		const rows = as === 'oneItem' || !Array.isArray(value) ? [value as IDataObject] : value;
		return rows.map((json) => ({ json }));
	}
	const rows = parse(bytes, { columns: true, bom: true, relax_column_count: true, ...csv }) as IDataObject[];
	return rows.map((json) => ({ json }));
}

async function outcomeOf(file: string, run: Run): Promise<Outcome> {
	const { to, as = 'file', timezone } = run;
	const viva = to === 'vivaHr' || to === 'organizationalData';
	const where = viva
		? { destination: to }
		: {
				scenario: to,
				jobId: to === 'several' ? demo.jobs.allScenarios : demo.jobs[to],
				...(to === 'several' && { scenarios: [...SCENARIOS] }),
			};
	const [[item]] = await runStep({
		type: viva ? new VivaHrIngest() : new PurviewHrSignal(),
		credentials: viva ? { vivaHrApi: vivaHrApi(emulator) } : { purviewHrApi: purviewHrApi(emulator) },
		items: await itemsOf(file, run),
		parameters: {
			...where,
			input: as === 'file' ? 'file' : 'items',
			options: run.options ?? {},
			...run.parameters,
		},
		timezone,
		onError: 'continueRegularOutput',
	});
	const json = item?.json ?? {};
	const details = (json.details ?? json) as { findings?: Array<{ code: string }>; proposals?: unknown };
	const got = viva ? emulator.ingestions : emulator.signals;
	return {
		sent: got.length === 0 ? null : [got[0].header, ...got.flatMap(({ rows }) => rows)],
		codes: [...new Set((details.findings ?? []).map(({ code }) => code))],
		proposals: ((json.proposals ?? []) as Array<Record<string, string>>).map(
			({ column, attribute, sureness }) => `${column} = ${attribute} (${sureness})`,
		),
		...(json.error !== undefined && { error: `${String(json.error)}\n${String(json.message ?? '')}` }),
	};
}

const cases = readdirSync(FOLDER, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.flatMap(({ name }) => {
		const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, name, file), 'utf8'));
		const { input, runs } = read('case.json') as { input: string; runs: Run[] };
		return runs.map((run, i) => ({ name, input, run, i }));
	});

const dump: Record<string, Outcome[]> = {};
it.each(cases)('$name $i', async ({ name, input, run, i }) => {
	const outcome = await outcomeOf(join(FOLDER, name, input), run);
	(dump[name] ??= [])[i] = outcome;
	if (process.env.DUMP) writeFileSync(process.env.DUMP, JSON.stringify(dump, null, 1));
});
void existsSync;
