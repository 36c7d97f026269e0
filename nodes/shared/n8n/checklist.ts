import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Problem } from '../core/problem';

/** One thing that must be right for a connection. */
export interface Check {
	/** what is looked at, as a person would say it */
	name: string;
	/** who can correct it when it is wrong */
	who: string;
	/**
	 * Looks at it.
	 * @returns what it means that all is well; with what to do where it will not stay so
	 * @throws Problem when it is not
	 */
	look(): Promise<string | Warning>;
}

/** What is right today, and needs somebody before long. */
export interface Warning {
	meaning: string;
	whatToDo: string;
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
 * Looks at one thing after another; what comes after the first that is wrong is not tried, because it would only fail by it.
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
	const lines: Array<Record<string, string | boolean | null>> = [];
	let failed: Check | undefined;
	for (const check of checks) {
		const { name, who, look } = check;
		if (failed !== undefined) {
			lines.push(
				notTried({
					name,
					meaning: `Not tried, because this needs the line '${failed.name}'.`,
					whatToDo: `Correct '${failed.name}' first.`,
					who: failed.who,
				}),
			);
			continue;
		}
		const outcome = await look().catch((error: unknown) => {
			if (error instanceof Problem && error.kind !== 'cancelled') return error;
			return Promise.reject(error);
		});
		if (outcome instanceof Problem) {
			failed = check;
			const { message, advice } = outcome;
			lines.push({ check: name, ok: false, state: '✗ wrong', meaning: message, whatToDo: advice, who });
		} else if (typeof outcome === 'string') {
			const whatToDo = 'Nothing.';
			lines.push({ check: name, ok: true, state: '✓ fine', meaning: outcome, whatToDo, who: 'Nobody' });
		} else lines.push({ check: name, ok: true, state: '! soon', ...outcome, who });
	}
	lines.push(...unprovable.map(notTried));
	const pairedItem = allItems(context).map((item) => ({ item }));
	return lines.map((json) => ({ json, pairedItem }));
}

const notTried = ({ name, ...told }: Unprovable) => ({
	check: name,
	ok: null,
	state: '– not tried',
	...told,
});
