import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRunExecutionData,
} from 'n8n-workflow';
import type { systemClock } from '../../../nodes/shared/http/retry';
import { purviewHrApi, vivaHrApi } from '../../demo/emulatorCredentials';
import { demo, type Emulator, type FaultAction } from '../../emulator/emulator';
import { until } from '../../helpers/until';
import { newExecution, runStep, storedFile, type StepRun } from '../../node/executionContext';
import { completed, plant } from '../../node/plantedIngestion';
import type { Cell, Outcome, State, Target } from './cells';

/** The steps as one process has loaded them. */
export interface Steps {
	step: (target: Target) => INodeType;
	clock: typeof systemClock;
}

/** Runs something with the steps of one process: two processes have nothing in common but n8n's folder. */
export type Process = <T>(run: (steps: Steps) => Promise<T>) => Promise<T>;

type Which = Omit<Cell, 'expected'>;

/** Where cells are run. */
export interface Bench {
	emulator: Emulator;
	own: Process;
	other: Process;
}

/** What was seen of one run of a step. */
interface Run {
	results: IDataObject[];
	/** what the errors say, those of items included */
	errors: string[];
}

/** What was seen of a cell. */
export interface Seen {
	outcome: Outcome | 'none of these';
	/** what a person reads at last */
	told: string;
	/** people that arrived more than once, by the service's books */
	doubled: string[];
	/** people that did not arrive */
	missing: string[];
}

/** How a step is run. */
interface How extends Partial<StepRun> {
	bench: Bench;
	process: Process;
	/** called at each wait between attempts */
	onWait?: () => Promise<void> | void;
}

interface Input {
	items: INodeExecutionData[];
	parameters: INodeParameters;
	names: string[];
}

const HALVES = [
	['ann', 'bob'],
	['cyd', 'dan'],
];
const WHOLE = [HALVES.flat()];
const LATER = [['eve', 'fay']];
const address = (name: string) => `${name}@contoso.com`;
const isPurview = (target: Target): boolean => target === 'purview' || target === 'purviewStop';
const serviceOf = (target: Target) => (target === 'poll' ? 'poll' : isPurview(target) ? 'signal' : 'push');
const rowOf = (target: Target, name: string, manager = ''): IDataObject =>
	isPurview(target)
		? { UserPrincipalName: address(name), ResignationDate: '2026-03-14', LastWorkingDate: '2026-04-30' }
		: { PersonId: address(name), ManagerId: manager, Organization: 'HR', EffectiveDate: '2026-03-14' };

/** Runs a cell: brings the step into the state, then does what n8n does. */
export async function runCell({ way, target, state }: Which, bench: Bench): Promise<Seen> {
	const several = way === 'severalFiles' || (state === 'halfDone' && !isPurview(target));
	const input = await filesFor(target, several ? HALVES : WHOLE, bench);
	if (way === 'severalFiles' && target === 'viva') input.parameters.refresh = 'full';
	if (input.parameters.refresh === 'incremental') {
		// The first import of all has to be a full one.
		await runOnce(target, await filesFor(target, [['zoe']], bench), { bench, process: bench.own });
	}
	const kept = newExecution();
	const first = await firstRun({ way, target, state }, { input, kept }, bench);
	bench.emulator.state.faults.clear();
	// Imports end.
	bench.emulator.advance(3 * 3_600_000);
	const sentBefore = requestsTo(target, bench);
	const {
		process = bench.own,
		input: now = input,
		...how
	} = await nextRun({ way, target, state }, { input, kept }, bench);
	const last = first.meanwhile ?? (await runOnce(target, now, { bench, process, ...how }));
	const sent = first.meanwhile ? 0 : requestsTo(target, bench) - sentBefore;
	await first.end?.();
	const names = now.names;
	const users = arrivals(bench);
	const times = (name: string) => users.filter((user) => user === address(name)).length;
	return {
		outcome: outcomeOf(target, last, { sent, again: names.some((name) => times(name) > 1) }),
		told: last.errors[0] ?? JSON.stringify(last.results),
		doubled: names.filter((name) => times(name) > 1),
		missing: names.filter((name) => times(name) === 0),
	};
}

/** The run that is repeated. `meanwhile`: one that n8n began while it was under way. `end`: lets a killed one go. */
async function firstRun(
	{ way, target, state }: Which,
	{ input, kept }: { input: Input; kept: IRunExecutionData },
	bench: Bench,
): Promise<{ meanwhile?: Run; end?: () => Promise<unknown> }> {
	const how = { bench, process: bench.own, kept, executionId: '1' };
	if (['timeLimit', 'stopButton', 'killed'].includes(way)) {
		return await interrupted({ way, target, state }, { input, how }, bench);
	}
	strike(state, target, bench);
	if (way === 'triggerTwice' && state === 'accepted') {
		const both = await Promise.all([
			runOnce(target, input, how),
			runOnce(target, input, { ...how, kept: newExecution(), executionId: '2' }),
		]);
		const sends = ({ results }: Run) =>
			results.some(({ alreadyAccepted, rowsSent }) => alreadyAccepted === false || rowsSent);
		return { meanwhile: both.find((run) => !sends(run)) ?? both[1] };
	}
	await runOnce(target, input, {
		...how,
		...(way === 'onErrorContinue' && { onError: 'continueRegularOutput' }),
	});
	return {};
}

/** Lets a run come as far as the state says, and ends it from outside. */
async function interrupted(
	{ way, target, state }: Which,
	{ input, how }: { input: Input; how: How },
	bench: Bench,
): Promise<{ end?: () => Promise<unknown> }> {
	const stop = new AbortController();
	const service = serviceOf(target);
	const later: FaultAction = { kind: 'status', status: 503, headers: { 'retry-after': '30' } };
	if (state === 'refused') bench.emulator.fault({ service, action: later, times: 1_000 });
	if (state === 'halfDone') bench.emulator.fault({ service, action: later, times: 1_000, skip: 1 });
	if (state === 'inDoubt') bench.emulator.fault({ service, action: { kind: 'hang', processed: true } });
	let waits = false;
	const onWait = async () => {
		waits = true;
		if (way !== 'killed') return stop.abort();
		await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
	};
	let ended = false;
	const running = runOnce(target, input, { ...how, signal: stop.signal, onWait }).then(() => (ended = true));
	const isHanging = () =>
		state === 'inDoubt' && requestsTo(target, bench) > 0 && (target === 'poll' || arrivals(bench).length > 0);
	await until(() => ended || waits || isHanging());
	if (way === 'killed') {
		return {
			async end() {
				stop.abort();
				await running;
			},
		};
	}
	stop.abort();
	await running;
	return {};
}

/** How the step runs after that. */
async function nextRun(
	{ way, target }: Which,
	{ input, kept }: { input: Input; kept: IRunExecutionData },
	bench: Bench,
): Promise<Partial<StepRun> & { process?: Process; input?: Input }> {
	switch (way) {
		case 'retryOnFail':
		case 'severalFiles':
			return { kept, executionId: '1' };
		case 'retryButton':
			return { kept: structuredClone(kept), executionId: '2' };
		case 'loop':
			return { kept, executionId: '1', input: await filesFor(target, LATER, bench) };
		case 'executeOnce':
			return { executionId: '2', executeOnce: true, itemsBefore: 4, input: oneItem(target, input) };
		case 'killed':
		case 'twoWorkers':
			return { executionId: '2', process: bench.other };
		default:
			return { executionId: '2' };
	}
}

/** What Execute Once leaves of an input. */
function oneItem(target: Target, { items, parameters, names }: Input): Input {
	if (target === 'poll') return { items: items.slice(0, 1), parameters, names };
	return { items: [{ json: rowOf(target, names[0]) }], parameters: { ...parameters, input: 'items' }, names };
}

async function filesFor(target: Target, files: readonly string[][], bench: Bench): Promise<Input> {
	const names = files.flat();
	if (target === 'poll') {
		const items = files.map(() => ({
			json: { ingestionId: plant(bench.emulator, completed()), destination: 'vivaHr' },
		}));
		return { items, parameters: { operation: 'wait', waiting: 'inStep', limitMinutes: 5 }, names: [] };
	}
	const items = await Promise.all(
		files.map(async (file, index) => {
			// Those who come later report to who was there first.
			const rows = file.map((name) => rowOf(target, name, files.length > 1 ? address('zoe') : ''));
			const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
			const content = lines.map((line) => `${line.join(',')}\n`).join('');
			return { json: {}, binary: { data: await storedFile(content, `${index}.csv`, 'text/csv') } };
		}),
	);
	return { items, names, parameters: parametersOf(target, files.length > 1) };
}

function parametersOf(target: Target, several: boolean): INodeParameters {
	if (isPurview(target)) {
		const whenInDoubt = target === 'purview' ? 'sendAgain' : 'stop';
		const { resignation: jobId } = demo.jobs;
		return { input: 'file', scenario: 'resignation', jobId, options: { chunkRows: 2, whenInDoubt } };
	}
	if (target === 'organizationalData') return { input: 'file', destination: target };
	// Several full imports to one destination are refused; these are to go one after the other.
	return { input: 'file', refresh: several ? 'incremental' : 'full' };
}

/** Strikes the first run, so that it ends in a state. */
function strike(state: State, target: Target, { emulator }: Bench): void {
	const service = serviceOf(target);
	if (state === 'refused') emulator.fault({ service, action: { kind: 'status', status: 400 } });
	if (state === 'halfDone') emulator.fault({ service, skip: 1, action: { kind: 'status', status: 400 } });
	if (state !== 'inDoubt') return;
	emulator.fault({ service, action: { kind: 'cutAfterBody', processed: true } });
	// What is tried again is in doubt when it gives up.
	emulator.fault({ service, times: 1_000, action: { kind: 'cutAfterBody', processed: false } });
}

async function runOnce(
	target: Target,
	{ items, parameters }: Input,
	{ bench, process, onWait, ...how }: How,
): Promise<Run> {
	const credentials: Record<string, IDataObject> = isPurview(target)
		? { purviewHrApi: purviewHrApi(bench.emulator) as IDataObject }
		: { vivaHrApi: vivaHrApi(bench.emulator) as IDataObject };
	const outputs = process(async ({ step, clock }) => {
		letWaitsPass(clock, bench.emulator, onWait);
		return await runStep({ type: step(target), credentials, items, parameters, ...how });
	});
	return await outputs.then(
		(outputs) => {
			const results = outputs.flat().map(({ json }) => json);
			return {
				results,
				errors: results.flatMap(({ error }) => (error === undefined ? [] : [JSON.stringify(error)])),
			};
		},
		({ message, description }: Error & { description?: string }) => ({
			results: [],
			errors: [`${message}\n${description ?? ''}`],
		}),
	);
}

/** Lets waits between attempts pass at once, or ends a run there. */
function letWaitsPass(clock: Steps['clock'], emulator: Emulator, onWait: How['onWait']): void {
	let slept = 0;
	Object.assign(clock, {
		now: () => Date.now() + slept,
		random: () => 0,
		sleep: async (ms: number, signal?: AbortSignal) => {
			signal?.throwIfAborted();
			slept += ms;
			emulator.advance(ms);
			await onWait?.();
			await new Promise((resolve) => setImmediate(resolve));
			signal?.throwIfAborted();
		},
	});
}

const requestsTo = (target: Target, { emulator }: Bench): number =>
	emulator.requests.filter(({ service }) => service === serviceOf(target)).length;

const arrivals = ({ emulator }: Bench): string[] =>
	[...emulator.signals, ...emulator.ingestions].flatMap(({ rows }) => rows.map(([user]) => user));

function outcomeOf(
	target: Target,
	{ results, errors }: Run,
	{ sent, again }: { sent: number; again: boolean },
): Seen['outcome'] {
	const all = (is: (json: IDataObject) => unknown) => results.every((json) => Boolean(is(json)));
	const some = (is: (json: IDataObject) => unknown) => results.some((json) => Boolean(is(json)));
	if (errors.length > 0) {
		if (sent > 0) return 'none of these';
		return /could not find out whether|may have been accepted|In doubt \(may have arrived\): (?!none)/.test(
			errors.join('\n'),
		)
			? 'errorInDoubt'
			: 'errorBefore';
	}
	if (results.length === 0) return 'none of these';
	if (target === 'poll') return all(({ status }) => status === 'Completed') ? 'asks' : 'none of these';
	const existed = ({ alreadyAccepted, alreadySent }: IDataObject) => alreadyAccepted ?? alreadySent;
	if (all(existed)) return sent === 0 ? 'givesExisting' : 'none of these';
	if (some(({ possiblyDuplicated, possiblyDuplicatedRows }) => possiblyDuplicated || possiblyDuplicatedRows))
		return 'sendsAndTells';
	if (some(existed) || some(({ rowsSentBefore }) => rowsSentBefore)) return 'sendsRest';
	if (!again) return 'sends';
	return all(({ previouslySentAt }) => previouslySentAt) ? 'sendsAgain' : 'none of these';
}
