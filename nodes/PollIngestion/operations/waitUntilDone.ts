import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { systemClock } from '../../shared/http/retry';
import {
	COPY_LOOP_OUTPUT,
	executionEndsAt,
	isAgentTool,
	needsWire,
	noteOnExecution,
	pairAtOwnPlace,
	parentStillWaits,
	SHORTEST_SLEEP_MS,
	sleepingWay,
	sleepInLoop,
	sleepInSubExecution,
	sourceOf,
	stepsBehind,
	type SleepingWay,
} from '../../shared/n8n/durableWait';
import { namesOtherSteps } from '../../shared/n8n/credentials/itemCredential';
import { toNodeError } from '../../shared/n8n/errors';
import { pollDue, type PollTools } from '../../shared/polling/poll';
import {
	afterLostSleep,
	beginPolling,
	isOver,
	unreachableAtOnce,
	nextPollOf,
	endProblemOf,
	type PollState,
} from '../../shared/polling/state';
import { waitInStep } from '../../shared/polling/waitInStep';
import { Problem, problem } from '../../shared/core/problem';
import { clientsOf, type ItemClients } from './clients';
import { OUTPUT, outcomeItems } from '../output/outcomes';
import { pollItem, stateOf } from '../output/pollItem';
import { readTarget, readWaitSettings, type WaitSettings } from '../settings';
import { approvalHints, hintsAbout, summaryOf, tellChanges } from '../output/progress';

/** Polls that are due so soon are made together with those that are due now: one awakening instead of two. */
const SOON_MS = 30_000;

/** A sleeping step may wake up a minute late, and its last poll takes time: after that it has lost its sleep. */
const LATEST_AFTER_LIMIT_MS = 180_000;

/**
 * The operation Wait Until Done: follows every import of the input until it ends, within the step or asleep in n8n's
 * database, and gives the items out together.
 * @param context the step's execution
 * @returns the items of the outputs 'Still Running', 'Completed' and 'Failed'
 * @throws NodeOperationError or NodeApiError for an import that cannot be followed or exceeds the time limit, unless the step
 * continues on errors
 */
export async function waitUntilDone(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readWaitSettings(context);
	const way = wayOf(context, settings);
	assertSomethingFollows(context, settings);
	const owner = ownerOf(context, settings);
	const wired = way === 'loop' && settings.role === 'step';
	const slept = sleptStates(context, owner);
	// Over its own wire come back, once, the items that were given out at the time limit: they are done with.
	if (slept?.every(isOver)) return [[], [], []];
	if (await isOrphan(context, settings)) return [[], [], []];
	if (way === 'subExecution') await assertCopyCanSignIn(context);
	const clients = clientsOf(context, 'oneRequest');
	const tools: PollTools = {
		clientFor: async (state, index) => await clients.clientFor(index, state),
		schedule: settings.schedule,
		words: settings.words,
		clock: systemClock,
	};
	const begun = slept ?? (await beginAll(context, settings, clients));
	const states =
		settings.waiting === 'inStep'
			? await waitInStep(begun, {
					...tools,
					clock: systemClock,
					signal: context.getExecutionCancelSignal(),
					onRound: (before, after) => tellChanges(context, before, after),
				})
			: await pollDue(begun, tools, SOON_MS);
	if (settings.waiting === 'durable') tellChanges(context, begun, states);
	throwFirst(context, states, settings);
	noteOnExecution(context, { pollIngestion: summaryOf(states) });

	const next = nextPollOf(states);
	if (next === undefined) {
		context.addExecutionHints(...hintsAbout(states));
		const outputs = await outcomeItems(context, states, {
			settings,
			clients,
			owner: wired ? owner : undefined,
		});
		const { waitingSource } = settings;
		return waitingSource === undefined ? outputs : pairAtOwnPlace(outputs, waitingSource);
	}
	context.addExecutionHints(...approvalHints(begun, states));
	const now = Date.now();
	const items = context
		.getInputData()
		.map((input, index) => pollItem({ input, index, state: states[index] }, now, owner));
	if (way === 'loop') {
		const until = Math.max(next, now + SHORTEST_SLEEP_MS);
		return await sleepInLoop(context, items, { until, output: wired ? 0 : COPY_LOOP_OUTPUT });
	}
	const wakeAt = Math.max(...states.map(({ deadline }) => Date.parse(deadline))) + LATEST_AFTER_LIMIT_MS;
	const lost = states.map((state) => afterLostSleep(state, wakeAt));
	return await sleepInSubExecution(context, {
		items,
		parameters: sleeperParameters(context, settings),
		wakeAt,
		withoutResult: await outcomeItems(context, lost, {
			settings: { ...settings, downloadErrors: false },
			clients,
			owner: undefined,
		}),
	});
}

/**
 * What sleeps in a sub-execution is a copy in a workflow of its own: steps of this one are unknown there.
 * @throws Problem `configuration` for a credential that names such a step
 */
async function assertCopyCanSignIn(context: IExecuteFunctions): Promise<void> {
	if (!(await namesOtherSteps(context, 'vivaHrApi'))) return;
	throw problem.configuration(
		'A field of the credential is an expression that names another step, which cannot be resolved while this step is paused.',
		"Put the value into the item before this step and name it as {{ $json.… }}, or draw a connection from 'Still Running' back to the input of this step.",
	);
}

/** How the step will sleep; told before anything is asked, so that a wrong wiring shows in the first test run. */
function wayOf(context: IExecuteFunctions, { waiting, role }: WaitSettings): SleepingWay {
	if (waiting === 'inStep') return 'none';
	if (isAgentTool(context)) {
		throw problem.configuration(
			'An AI agent cannot wait for an import to end.',
			"Choose the operation 'Get Status' for the agent.",
		);
	}
	if (role === 'sleeper') return 'loop';
	if ((cameFromOutput(context) ?? 0) !== 0) {
		throw problem.configuration(
			"An output other than 'Still Running' of this step is connected to its own input.",
			"Only 'Still Running', the first output, may lead back. Remove the other connection.",
		);
	}
	const way = sleepingWay(context);
	if (way === 'none') throw needsWire();
	return way;
}

/**
 * The `+` behind the step draws its wire from the first output, which has to be 'Still Running'. Whoever has only that one wired
 * would wait for a step that never runs.
 */
function assertSomethingFollows(context: IExecuteFunctions, { role, atLimit }: WaitSettings): void {
	if (role === 'sleeper' || atLimit === 'output') return;
	const [first] = stepsBehind(context, OUTPUT.stillRunning);
	const others = [OUTPUT.completed, OUTPUT.failed].flatMap((output) => stepsBehind(context, output));
	if (first === undefined || others.length > 0) return;
	throw problem.configuration(
		`The step '${first}' would never run: it is connected to the output 'Still Running', which gives nothing with these settings.`,
		"Connect it to 'Completed' or 'Failed'. Or let 'When the Time Limit Is Reached' use the output 'Still Running'.",
	);
}

/** Number of the step's own output over which the input came; undefined where it came from another step. */
function cameFromOutput(context: IExecuteFunctions): number | undefined {
	const source = context.getExecuteData().source?.main?.[0];
	return source?.previousNode === context.getNode().name ? (source.previousNodeOutput ?? 0) : undefined;
}

/** Whether this is a sub-execution whose waiting execution was stopped: then there is nobody to look for. */
async function isOrphan(
	context: IExecuteFunctions,
	{ role, waitingExecution }: WaitSettings,
): Promise<boolean> {
	// While the sub-execution begins, the other one is not waiting yet: only after a sleep this can be told.
	if (role !== 'sleeper' || cameFromOutput(context) === undefined) return false;
	if (await parentStillWaits(context, waitingExecution)) return false;
	context.logger.info('Nobody waits for this sub-execution any more; it ends.');
	return true;
}

/** Whose the sleeping items are: the same for an execution and the sub-execution in which it sleeps. */
function ownerOf(context: IExecuteFunctions, { waitingExecution }: WaitSettings): string {
	return `${waitingExecution || context.getExecutionId()}/${context.getNode().id}`;
}

/** The states of items that have slept; undefined where the input is new. */
function sleptStates(context: IExecuteFunctions, owner: string): PollState[] | undefined {
	const states = context.getInputData().map((item) => stateOf(item, owner));
	return states.length > 0 && states.every((state) => state !== undefined) ? states : undefined;
}

async function beginAll(
	context: IExecuteFunctions,
	{ limitMs, waiting }: WaitSettings,
	clients: ItemClients,
): Promise<PollState[]> {
	const end = executionEndsAt(context);
	const spare = waiting === 'durable' ? LATEST_AFTER_LIMIT_MS : SOON_MS;
	const hostEndsAt = end === undefined ? undefined : end - spare;
	if (hostEndsAt !== undefined && hostEndsAt < Date.now() + limitMs) {
		context.logger.warn(
			`${context.getNode().name}: n8n's time limit ends this execution before the time limit of the step; the wait ends at ${new Date(hostEndsAt).toISOString()}.`,
		);
	}
	const begin = async (index: number): Promise<PollState> => {
		const now = Date.now();
		try {
			const target = { ...readTarget(context, index), tenantId: await clients.tenantOf(index) };
			return beginPolling(target, now, { limitMs, hostEndsAt });
		} catch (error) {
			if (error instanceof Problem) return unreachableAtOnce(error, now);
			throw toNodeError(context.getNode(), error, index);
		}
	};
	const states: PollState[] = [];
	for (const index of context.getInputData().keys()) states.push(await begin(index));
	return states;
}

function throwFirst(
	context: IExecuteFunctions,
	states: readonly PollState[],
	{ atLimit }: WaitSettings,
): void {
	if (context.continueOnFail()) return;
	const now = Date.now();
	for (const [index, state] of states.entries()) {
		if (state.outcome === 'timeLimit' && atLimit === 'output') continue;
		const found = endProblemOf(state, now);
		if (found !== undefined) throw toNodeError(context.getNode(), found, index);
	}
}

/** The form of the copy that sleeps: everything that was an expression here is a value or in the items there. */
function sleeperParameters(context: IExecuteFunctions, settings: WaitSettings): INodeParameters {
	const { schedule, words, errors, atLimit, limitMs, downloadErrors, form } = settings;
	const options: INodeParameters = {
		downloadErrors,
		errorFileField: errors.field,
		errorRows: errors.rows,
		maximumErrorFileMegabytes: errors.maximumMegabytes,
		maximumErrorRows: errors.maximumRows,
		firstSeconds: schedule.firstMs / 1000,
		longestSeconds: schedule.longestMs / 1000,
		...(form !== 'flat' && { outputForm: form }),
		statusWords: { words: [...words].map(([word, means]) => ({ word, means })) },
	};
	return {
		operation: 'wait',
		waiting: 'durable',
		limitHours: limitMs / 3_600_000,
		atLimit,
		options,
		role: 'sleeper',
		waitingExecution: context.getExecutionId(),
		waitingSource: JSON.stringify(sourceOf(context)),
	};
}
