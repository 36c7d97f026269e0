import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitOnSignals } from '../demo/stage';
import { elapsed } from '../host/progress';
import { readArguments, type Wishes } from './arguments';
import { CASES, type Step } from './cases';
import { compileRunners } from './compile';
import { describeEnvironment } from './environment';
import { assertTools } from './measure';
import { prepareN8n, type BenchN8n } from './realN8n';
import { mergeResults, readResults, writeResults, type Entry, type Environment } from './results';
import { startSink } from './startSink';
import { writePage } from './tables';
import { WAYS, type Outcome, type Tools } from './ways';

/*
 * Measures the package against its yardsticks and writes the tables of docs/performance.md. Usage: see arguments.ts.
 */

const resultsFile = path.join(__dirname, 'results.json');
const pageFile = path.resolve(__dirname, '../../docs/performance.md');

async function main(): Promise<void> {
	exitOnSignals();
	const wishes = readWishes();
	if (!wishes) return;
	if (wishes.steps.length > 0) await measureAll(wishes.steps);
	writeTables();
	console.log('The tables of docs/performance.md are written.');
}

/** What the person wishes; a wish that cannot be read is told, and ends the program with code 2. */
function readWishes(): Wishes | undefined {
	try {
		return readArguments(process.argv.slice(2));
	} catch (error) {
		console.error((error as Error).message);
		process.exitCode = 2;
		return undefined;
	}
}

async function measureAll(steps: readonly Step[]): Promise<void> {
	const begun = Date.now();
	assertTools();
	// Before anything of our own runs.
	let environment = describeEnvironment();
	const folder = mkdtempSync(path.join(tmpdir(), 'microsoft-hr-bench-sink-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	console.log('Building …');
	const runner = await compileRunners();
	const sink = await startSink(folder);
	let n8n: Promise<BenchN8n> | undefined;
	const tools: Tools = {
		runner,
		sink,
		n8n: async () => {
			n8n ??= prepareN8n(sink);
			const prepared = await n8n;
			environment = {
				...environment,
				versions: describeEnvironment([`n8n ${prepared.version} on Node ${prepared.nodeVersion}`]).versions,
			};
			return prepared;
		},
	};
	try {
		for (const step of steps) {
			await measureStep(step, tools, () => environment);
			console.log(`  ${elapsed(Date.now() - begun)} since the beginning`);
		}
	} finally {
		await (await n8n)?.close();
		sink.close();
	}
}

/** Runs the ways of a case in turns, A B C A B C …, and keeps what came out. */
async function measureStep(step: Step, tools: Tools, environment: () => Environment): Promise<void> {
	const subject = CASES.find(({ id }) => id === step.case);
	if (!subject) throw new Error(`There is no case '${step.case}'.`);
	console.log(`\nCase ${subject.id}, ${step.rows.toLocaleString('en-US')} rows: ${subject.title}`);
	const entries = subject.ways.map(({ id }): Entry => ({
		case: subject.id,
		rows: step.rows,
		way: id,
		environment: environment(),
		runs: [],
	}));
	for (let round = 1; round <= step.runs; round++) {
		for (const entry of entries) {
			// What breaks once breaks again, and takes long to do so.
			if (entry.failure !== undefined) continue;
			const outcome = await outcomeOf(`${subject.id} ${entry.way}`, step.rows, tools);
			if ('run' in outcome) entry.runs.push(outcome.run);
			else entry.failure = outcome.failure;
			entry.environment = environment();
			console.log(`  ${round}/${step.runs} ${entry.way}: ${JSON.stringify(outcome)}`);
		}
		// A bench that is ended early keeps what it has.
		writeResults(resultsFile, mergeResults(readResults(resultsFile), entries));
		writeTables();
	}
}

/** A way that fails must not take the others with it. */
async function outcomeOf(id: string, rows: number, tools: Tools): Promise<Outcome> {
	try {
		return await WAYS[id](rows, tools);
	} catch (error) {
		return { failure: (error as Error).message };
	}
}

function writeTables(): void {
	writeFileSync(pageFile, writePage(readFileSync(pageFile, 'utf8'), CASES, readResults(resultsFile)));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
