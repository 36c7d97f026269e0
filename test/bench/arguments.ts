import { parseArgs } from 'node:util';
import { CASES, PLAN, QUICK_PLAN, type Step } from './cases';

/** What the bench is asked to do. */
export interface Wishes {
	/** what to measure, in this order; nothing where only the tables are to be written */
	steps: Step[];
}

/** How it is called. */
export const USAGE = `npm run bench                                        everything, about half an hour
npm run bench -- --quick                             a look at everything, some minutes
npm run bench -- --case 1 --rows 1000000 --runs 5    one case (several: --case 1,4), at one size, so many times
npm run bench -- --tables                            only writes the tables of docs/performance.md again`;

/**
 * Reads the arguments of the command line.
 * @param args without the program
 * @throws Error with the usage for what is not understood
 */
export function readArguments(args: string[]): Wishes {
	const { values } = parse(args);
	if (values.tables) return { steps: [] };
	const runs = values.runs === undefined ? undefined : positive('runs', values.runs);
	const rows = values.rows === undefined ? undefined : positive('rows', values.rows);
	const plan = values.quick ? QUICK_PLAN : PLAN;
	const wanted = values.case?.flatMap((list) => list.split(',')) ?? [
		...new Set(plan.map((step) => step.case)),
	];
	for (const id of wanted) {
		if (!CASES.some((known) => known.id === id)) {
			throw wrong(`There is no case '${id}'; there are ${CASES.map((known) => known.id).join(', ')}.`);
		}
	}
	const planned = plan.filter((step) => wanted.includes(step.case));
	const steps =
		rows === undefined ? planned : wanted.map((id) => ({ case: id, rows, runs: runsOf(id, rows) }));
	// A case that the quick plan leaves out is measured as planned where it is asked for by name.
	const missing = PLAN.filter(
		(step) => wanted.includes(step.case) && !steps.some((other) => other.case === step.case),
	);
	return { steps: [...steps, ...missing].map((step) => ({ ...step, runs: runs ?? step.runs })) };
}

/** How often a size is planned to be measured; three times where it is not in the plan. */
function runsOf(id: string, rows: number): number {
	return PLAN.find((step) => step.case === id && step.rows === rows)?.runs ?? 3;
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				case: { type: 'string', multiple: true },
				rows: { type: 'string' },
				runs: { type: 'string' },
				quick: { type: 'boolean' },
				tables: { type: 'boolean' },
			},
		});
	} catch (error) {
		throw wrong((error as Error).message);
	}
}

function positive(name: string, text: string): number {
	const number = Number(text.replaceAll(/[_,]/g, ''));
	if (!Number.isSafeInteger(number) || number < 1)
		throw wrong(`--${name} takes a whole number, not '${text}'.`);
	return number;
}

function wrong(message: string): Error {
	return new Error(`${message}\n\n${USAGE}`);
}
