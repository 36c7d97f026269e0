import { setImmediate } from 'node:timers/promises';
import { createRandom } from './random';
import { shrunk } from './shrink';
import { Mismatch, type Ending, type Target } from './target';

/** How a case failed. */
export type FailureKind =
	/** an error that is no words for a person */
	| 'crash'
	/** the time limit was passed */
	| 'hang'
	/** a result that an independent reader does not find: a changed value, a lost record, a wrong refusal */
	| 'mismatch';

/** A case that failed. */
export interface Failure {
	target: string;
	kind: FailureKind;
	/** number of the case within its run */
	number: number;
	message: string;
	input: unknown;
	expected?: unknown;
	found?: unknown;
}

/** What came of some cases. */
export interface Tally {
	cases: number;
	endings: Record<Ending, number>;
	failures: Failure[];
	/** by target: cases, and milliseconds of the processor */
	targets: Record<string, { cases: number; milliseconds: number; slowest: number }>;
}

/** A case may use the processor so long, in milliseconds: a hundred times what the slowest one needs. */
export const CASE_LIMIT_MS = 5000;

/** After so many failures a run ends: the first ones are to be mended first. */
const MOST_FAILURES = 20;

/** Which target a case belongs to: by chance, in proportion to the weights. */
function targetOf(targets: readonly Target[], seed: number, number: number): Target {
	const total = targets.reduce((sum, { weight }) => sum + weight, 0);
	let at = createRandom(seed ^ 0x5bd1e995, number).below(total);
	for (const target of targets) {
		at -= target.weight;
		if (at < 0) return target;
	}
	return targets[0];
}

/** The target and the input of one case; the same for the same seed and number. */
export function caseOf(
	targets: readonly Target[],
	seed: number,
	number: number,
): { target: Target; input: unknown } {
	const target = targetOf(targets, seed, number);
	return { target, input: target.make(createRandom(seed, number)) };
}

/**
 * Runs cases one after another.
 * @param targets see {@link Target}
 * @param options.seed of the run
 * @param options.from number of the first case
 * @param options.to number behind the last case
 * @param options.onCase told the number of each case before it begins, and again before each try to make it smaller
 * @param options.onFailure told each failure at once, shrunk
 */
export async function runCases(
	targets: readonly Target[],
	options: {
		seed: number;
		from: number;
		to: number;
		onCase?: (number: number) => void;
		onFailure?: (failure: Failure) => void;
	},
): Promise<Tally> {
	const tally: Tally = {
		cases: 0,
		endings: { accepted: 0, refused: 0, found: 0 },
		failures: [],
		targets: Object.fromEntries(targets.map(({ name }) => [name, { cases: 0, milliseconds: 0, slowest: 0 }])),
	};
	for (let number = options.from; number < options.to; number++) {
		options.onCase?.(number);
		const { target, input } = caseOf(targets, options.seed, number);
		const begun = process.cpuUsage();
		const outcome = await tryCase(target, input);
		const took = millisecondsSince(begun);
		const sums = tally.targets[target.name];
		sums.cases++;
		sums.milliseconds += took;
		sums.slowest = Math.max(sums.slowest, took);
		tally.cases++;
		if (typeof outcome === 'string') tally.endings[outcome]++;
		else {
			const failure = await smallest({ ...outcome, target: target.name, number }, target, () =>
				options.onCase?.(number),
			);
			tally.failures.push(failure);
			options.onFailure?.(failure);
			if (tally.failures.length >= MOST_FAILURES) break;
		}
		// Streams free what they hold only when the event loop turns.
		if (number % 64 === 0) await setImmediate();
	}
	return tally;
}

/** Milliseconds for which the processor worked. Not the clock on the wall: others may be busy on the same machine. */
function millisecondsSince(begun: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(begun);
	return (user + system) / 1000;
}

type Failed = Omit<Failure, 'target' | 'number'>;

/** Runs one case. */
export async function tryCase(target: Target, input: unknown): Promise<Ending | Failed> {
	const begun = process.cpuUsage();
	try {
		const ending = await target.check(input);
		const took = millisecondsSince(begun);
		if (took < CASE_LIMIT_MS) return ending;
		return { kind: 'hang', message: `took ${Math.round(took)} ms`, input };
	} catch (error) {
		if (error instanceof Mismatch) {
			const { message, expected, found } = error;
			return { kind: 'mismatch', message, input, expected, found };
		}
		const { stack } = error as Partial<Error>;
		return { kind: 'crash', message: stack ?? String(error), input };
	}
}

async function smallest(failure: Failure, target: Target, alive: () => void): Promise<Failure> {
	if (failure.kind === 'hang') return failure;
	let best = failure;
	await shrunk(failure.input, async (candidate) => {
		alive();
		const outcome = await tryCase(target, candidate);
		if (typeof outcome === 'string' || outcome.kind !== failure.kind) return false;
		if (firstLine(outcome.message) !== firstLine(failure.message)) return false;
		best = { ...failure, ...outcome };
		return true;
	});
	return best;
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0];
}
