import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { FindingTotal } from '../../nodes/shared/findings/findings';
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
	emulator.reset();
	// Nothing is known of earlier imports.
	for (const name of readdirSync(home)) rmSync(join(home, name), { recursive: true, force: true });
});
afterEach(() => expect(emulator.failures).toEqual([]));

const FOLDER = join(__dirname, '../fixtures/hr-files');

/** How an input is given to a step. */
interface Run {
	/** a destination, or a scenario */
	to: 'vivaHr' | 'organizationalData' | keyof typeof demo.jobs | 'several';
	/** `split`: the records of a report as items, as Split Out gives them */
	as?: 'file' | 'items' | 'oneItem' | 'split';
	timezone?: string;
	options?: INodeParameters;
	parameters?: INodeParameters;
	/** how the step before reads a CSV file into items */
	csv?: { delimiter?: string; from_line?: number };
}

/** What must come of a run. */
interface Expected {
	/** header and rows as the service gets them; null where nothing is sent */
	sent: string[][] | null;
	/** findings by rule, column and cause, such as `error value-required Dept 2x row 4 (a cause)` */
	said: string[];
	/** columns that may be an attribute, as `Pay rate = HourlyRate (likely)` */
	proposals: string[];
	/** what the error has to name */
	words: string[];
	/** what is not right yet, and why: shown as a todo */
	todo?: string;
}
type Outcome = Omit<Expected, 'words' | 'todo'> & { error: string };

/** Rules about the day of the run, and about earlier imports, are another matter. */
const SILENCED = ['purview-last-day-far', 'last-import-unknown'].map((code) => ({ code, severity: 'off' }));

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
		const list = as === 'split' ? (value as { Report_Entry: IDataObject[] }).Report_Entry : value;
		const rows = as === 'oneItem' || !Array.isArray(list) ? [list as IDataObject] : list;
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
			options: { ruleSettings: { rules: SILENCED }, ...run.options },
			...run.parameters,
		},
		timezone,
		onError: 'continueRegularOutput',
	});
	const json = item.json;
	const details = (json.details ?? json) as { findingTotals?: FindingTotal[] };
	const got = viva ? emulator.ingestions : emulator.signals;
	return {
		sent: got.length === 0 ? null : [got[0].header, ...got.flatMap(({ rows }) => rows)],
		said: (details.findingTotals ?? []).map(({ severity, code, column, count, firstRow, cause }) =>
			[
				severity,
				code,
				column ?? '-',
				`${count}x`,
				...(firstRow === undefined ? [] : [`row ${firstRow}`]),
				...(cause === undefined ? [] : [`(${cause})`]),
			].join(' '),
		),
		proposals: ((json.proposals ?? []) as Array<Record<string, string>>).map(
			({ column, attribute, sureness }) => `${column} = ${attribute} (${sureness})`,
		),
		error: json.error === undefined ? '' : `${String(json.error)}\n${String(json.message)}`,
	};
}

const cases = readdirSync(FOLDER).flatMap((name) => {
	const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, name, file), 'utf8')) as unknown;
	const { input, runs } = read('case.json') as { input: string; runs: Run[] };
	const expected = read('expected.json') as Expected[];
	if (expected.length !== runs.length) throw new Error(`${name}: an outcome is missing`);
	return runs.map((run, i) => ({ name, file: join(FOLDER, name, input), run, i, expected: expected[i] }));
});
const isDone = ({ expected }: (typeof cases)[number]) => expected.todo === undefined;

it.each(cases.filter(isDone))('$name $i', async ({ file, run, expected }) => {
	const { words, ...right } = expected;
	const { error, ...outcome } = await outcomeOf(file, run);
	expect(outcome).toEqual(right);
	for (const word of words) expect(error).toContain(word);
	expect(error === '').toBe(right.sent !== null);
});
for (const { name, i, expected } of cases.filter((one) => !isDone(one)))
	it.todo(`${name} ${i}: ${expected.todo}`);
