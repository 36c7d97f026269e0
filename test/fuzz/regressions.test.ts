import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryCase } from './run';
import { parseInput } from './stored';
import { TARGETS } from './targets';

/* Every input that ever failed, with what was wrong: found by the long runs, made small, and kept here for good. */
const kept = parseInput(readFileSync(join(__dirname, 'regressions', 'kept.json'), 'utf8')) as Array<{
	name: string;
	target: string;
	input: unknown;
}>;

it.each(kept)('$name', async ({ target, input }) => {
	const found = TARGETS.find(({ name }) => name === target);
	expect(found).toBeDefined();
	expect(['accepted', 'refused', 'found']).toContain(await tryCase(found!, input));
});
