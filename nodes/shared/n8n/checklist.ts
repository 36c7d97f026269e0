import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Problem } from '../core/problem';

/** One thing that must be right for a connection. */
export interface Check {
	/** what is looked at, as a person would say it */
	name: string;
	/** who can correct it when it is wrong */
	who: string;
	/** names of the checks without which this one is not tried; all before it unless told */
	needs?: readonly string[];
	/**
	 * Looks at it.
	 * @returns what it means that all is well; with what to do where it will not stay so
	 * @throws Problem when it is not
	 */
	look(): Promise<string | Warning>;
	/**
	 * What a failure means where it proves nothing wrong.
	 * @returns nothing where it does
	 */
	unproven?(problem: Problem): Unproven | undefined;
}

/** What is right today, and needs somebody all the same. */
export interface Warning {
	/** in two words; `! soon` unless told */
	state?: string;
	meaning: string;
	whatToDo: string;
}

/** A failure that proves nothing wrong. */
export interface Unproven {
	/** in two words, e.g. `not set up` */
	state: string;
	meaning: string;
	whatToDo: string;
	who: string;
}

/** One thing that only a real run can show. */
export interface Unprovable {
	name: string;
	/** why it cannot be tried */
	meaning: string;
	/** how it shows, and what to do then */
	whatToDo: string;
	/** who can do it */
	who: string;
}

/** The indexes of all input items, for what is done once for them all. */
export function allItems(context: IExecuteFunctions): number[] {
	return context.getInputData().map((_, item) => item);
}

/**
 * Looks at one thing after another; what needs one that is wrong is not tried, because it would only fail by it.
 * @param context the step's execution
 * @param checks in the order in which one needs the other
 * @param unprovable what is told besides, when all is well so far
 * @returns a checklist with an item for each thing: its state, what that means, what to do, and who can
 * @throws Problem `cancelled`; anything that is no Problem
 */
export async function checklist(
	context: IExecuteFunctions,
	checks: readonly Check[],
	unprovable: readonly Unprovable[] = [],
): Promise<INodeExecutionData[]> {
	const lines: Line[] = [];
	const failed: Check[] = [];
	for (const check of checks) {
		const needed = failed.find(({ name }) => check.needs?.includes(name) ?? true);
		if (needed !== undefined) {
			lines.push(
				notTried({
					name: check.name,
					meaning: `Not tried, because this needs the line '${needed.name}'.`,
					whatToDo: `Correct '${needed.name}' first.`,
					who: needed.who,
				}),
			);
			continue;
		}
		const line = await lineOf(check);
		if (line.ok === false) failed.push(check);
		lines.push(line);
	}
	lines.push(...unprovable.map(notTried));
	const pairedItem = allItems(context).map((item) => ({ item }));
	return lines.map((json) => ({ json, pairedItem }));
}

type Line = Record<string, string | boolean | null>;

/** Looks at one thing. */
async function lineOf(check: Check): Promise<Line> {
	const { name, who } = check;
	const outcome = await check.look().catch((error: unknown) => {
		if (error instanceof Problem && error.kind !== 'cancelled') return error;
		return Promise.reject(error);
	});
	if (typeof outcome === 'string') {
		return { check: name, ok: true, state: '✓ fine', meaning: outcome, whatToDo: 'Nothing.', who: 'Nobody' };
	}
	if (!(outcome instanceof Problem)) return { check: name, ok: true, state: '! soon', ...outcome, who };
	const unproven = check.unproven?.(outcome);
	if (unproven) return { check: name, ok: null, ...unproven, state: `– ${unproven.state}` };
	const { message, advice } = outcome;
	return { check: name, ok: false, state: '✗ wrong', meaning: message, whatToDo: advice, who };
}

const notTried = ({ name, ...told }: Unprovable) => ({
	check: name,
	ok: null,
	state: '– not tried',
	...told,
});
