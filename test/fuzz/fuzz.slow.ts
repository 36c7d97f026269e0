import { caseOf, runCases } from './run';
import { shrunk } from './shrink';
import { parseInput, writeInput } from './stored';
import { Mismatch, type Target } from './target';
import { TARGETS } from './targets';

/** The same cases in every run; `npm run fuzz` looks for new ones. */
const SEED = 20_261_121;
const CASES_PER_WEIGHT = 20;

describe('bad input', () => {
	it.each(TARGETS)('$name: refused with words, or taken without a changed value', async (target) => {
		const { failures, cases } = await runCases([target], {
			seed: SEED,
			from: 0,
			to: target.weight * CASES_PER_WEIGHT,
		});
		expect(failures).toEqual([]);
		expect(cases).toBe(target.weight * CASES_PER_WEIGHT);
	});
});

describe('the harness itself', () => {
	const broken: Target<{ bytes: Buffer; size: number }> = {
		name: 'broken',
		weight: 1,
		make: (random) => ({ bytes: Buffer.from(random.many(50, 50, () => random.below(256))), size: 7 }),
		check({ bytes }) {
			if (bytes.includes(0x2c) && bytes.length > 3) throw new Mismatch('a comma');
			if (bytes[0] < 64) throw new TypeError('no words');
			return 'accepted';
		},
	};

	it('finds mismatches and crashes, and makes them small', async () => {
		const { failures } = await runCases([broken as Target], { seed: 1, from: 0, to: 400 });
		expect(new Set(failures.map(({ kind }) => kind))).toEqual(new Set(['mismatch', 'crash']));
		const smallest = failures.find(({ kind }) => kind === 'mismatch')!.input as { bytes: Buffer };
		expect(smallest.bytes.length).toBe(4);
	});

	it('makes the same cases from the same seed', () => {
		const input = (seed: number) => caseOf([broken as Target], seed, 3).input;
		expect(input(7)).toEqual(input(7));
		expect(input(7)).not.toEqual(input(8));
	});

	it('keeps inputs as text', () => {
		const input = { bytes: Buffer.from([0, 255, 10]), text: 'é', list: [Buffer.from('readable'), 1, null] };
		expect(parseInput(writeInput(input))).toEqual(input);
	});

	it('makes an input small without asking more than it may', async () => {
		let asked = 0;
		await shrunk('x'.repeat(1000), async () => ++asked < 0, 50);
		expect(asked).toBe(50);
	});
});
