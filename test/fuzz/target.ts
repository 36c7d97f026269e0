import { Problem } from '../../nodes/shared/core/problem';
import type { Random } from './random';

/** How a case ended that kept its promise. */
export type Ending =
	/** the input was taken, and what came of it is what an independent reader says */
	| 'accepted'
	/** the input was refused with words */
	| 'refused'
	/** the input was taken, with findings that keep rows or the whole back */
	| 'found';

/** One part of the package that is fed with bad input. */
export interface Target<Input = unknown> {
	name: string;
	/** how many of a run's cases it gets, compared with the others; cheap targets get more */
	weight: number;
	/** Makes the input of one case: plain data, so that it can be stored, and made smaller. */
	make(random: Random): Input;
	/**
	 * Feeds the input.
	 * @throws Mismatch where the result is not what an independent reader says; any other error is a crash
	 */
	check(input: Input): Promise<Ending> | Ending;
}

/** A promise that was broken: a changed value, a lost record, a wrong refusal. */
export class Mismatch extends Error {
	constructor(
		/** one sentence without values */
		message: string,
		readonly expected?: unknown,
		readonly found?: unknown,
	) {
		super(message);
		this.name = 'Mismatch';
	}
}

/** A text that stands in values only: no message may ever hold it. */
export const SECRET = 'Gehe1m';

/**
 * Passes on an error that is no {@link Problem}, and looks whether a problem says what a person needs.
 * @throws the error itself, or Mismatch
 */
export function refusedWith(error: unknown): 'refused' {
	if (!(error instanceof Problem)) throw error;
	if (error.kind !== 'input' && error.kind !== 'configuration') {
		throw new Mismatch(`bad input is called a problem of the kind ${error.kind}`);
	}
	if (!/[.!?…]$/.test(error.message) || error.advice.trim() === '') {
		throw new Mismatch('a problem has no sentence or no advice', undefined, error.message);
	}
	if (`${error.message}${error.advice}${JSON.stringify(error.details)}`.includes(SECRET)) {
		throw new Mismatch('a problem shows a value', undefined, error.message);
	}
	return 'refused';
}

/** Compares two values deeply. Bytes are compared as bytes, everything else by its JSON. */
export function expectSame(what: string, found: unknown, expected: unknown): void {
	if (found === expected) return;
	const same =
		Buffer.isBuffer(found) && Buffer.isBuffer(expected)
			? found.equals(expected)
			: JSON.stringify(found) === JSON.stringify(expected);
	if (!same) throw new Mismatch(`${what} differs from what an independent reader finds`, expected, found);
}
