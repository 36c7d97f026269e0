import { writeSync } from 'node:fs';
import { runCases } from './run';
import { writeInput } from './stored';
import { TARGETS } from './targets';

/** What the parent asks for. */
export interface Order {
	seed: number;
	from: number;
	to: number;
	/** names of targets; none = all */
	targets: string[];
	/** open file into which the number of each case is written before it begins */
	marker: number;
}

/*
 * Runs cases in a process of its own: one that hangs or runs out of memory takes nothing else with it, and the marker tells
 * which case it was.
 */
const { seed, from, to, targets, marker } = JSON.parse(process.argv[2]) as Order;
const chosen = TARGETS.filter(({ name }) => targets.length === 0 || targets.includes(name));
/** the number of the case, and one that grows with every sign of life */
const mark = Buffer.alloc(16);
let signs = 0;

async function main(): Promise<void> {
	const tally = await runCases(chosen, {
		seed,
		from,
		to,
		onCase(number) {
			mark.writeDoubleLE(number, 0);
			mark.writeDoubleLE(++signs, 8);
			writeSync(marker, mark, 0, mark.length, 0);
		},
		onFailure({ input, expected, found, ...failure }) {
			process.send?.({
				failure: {
					...failure,
					input: writeInput(input),
					expected: writeInput(expected),
					found: writeInput(found),
				},
			});
		},
	});
	const { failures, ...counts } = tally;
	process.send?.({
		done: { ...counts, failed: failures.length, peakMB: process.resourceUsage().maxRSS / 1024 },
	});
}

void main();
