/** Random choices that follow from a seed alone. */
export interface Random {
	/** a whole number from 0 to `below - 1` */
	below(below: number): number;
	/** a whole number within bounds, both included */
	between(low: number, high: number): number;
	/** true once in so many times */
	oneIn(times: number): boolean;
	pick<T>(choices: readonly T[]): T;
	/** a list of values, each made by the function; its length lies within bounds */
	many<T>(low: number, high: number, make: () => T): T[];
	/** a small number mostly, now and then a large one */
	length(most: number): number;
}

/**
 * Makes the random choices of one case. The same seed and case give the same choices, so that a case can be repeated alone.
 * @param seed of the run
 * @param number of the case
 */
export function createRandom(seed: number, number: number): Random {
	// sfc32: small, quick and without visible patterns; two words of its state are the seed and the case.
	let a = seed | 0;
	let b = number | 0;
	let c = 0x9e3779b9;
	let counter = 1;
	for (let i = 0; i < 12; i++) next();

	function next(): number {
		const result = (a + b + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + result;
		return result >>> 0;
	}

	const below = (limit: number) => Math.floor((next() / 4_294_967_296) * limit);
	const between = (low: number, high: number) => low + below(high - low + 1);
	return {
		below,
		between,
		oneIn: (times) => below(times) === 0,
		pick: (choices) => choices[below(choices.length)],
		many: (low, high, make) => Array.from({ length: between(low, high) }, make),
		length: (most) => below(Math.min(most, 1 << below(33 - Math.clz32(most))) + 1),
	};
}
