import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../nodes/shared/core/problem';

/** What n8n shows of a step that failed. */
export interface StepFailure extends Error {
	description?: string;
	httpCode?: string;
	context: IDataObject;
}

/**
 * What a promise is rejected with.
 * @throws Error where it is fulfilled
 */
export async function thrownBy<Thrown = StepFailure>(promise: Promise<unknown>): Promise<Thrown> {
	return await promise.then(
		() => Promise.reject(new Error('nothing was thrown')),
		(thrown: Thrown) => thrown,
	);
}

/**
 * The problem that a promise is rejected with.
 * @param secrets must stand nowhere in it, the stack included
 */
export async function problemOf(
	promise: Promise<unknown>,
	secrets: readonly string[] = [],
): Promise<Problem> {
	const thrown = await thrownBy<unknown>(promise);
	if (!(thrown instanceof Problem)) throw new Error(`expected a Problem, got ${String(thrown)}`);
	const all = JSON.stringify({ ...thrown, message: thrown.message, stack: thrown.stack });
	for (const secret of secrets) expect(all).not.toContain(secret);
	// A cause would be kept by n8n with all that hangs on it.
	expect(thrown.cause).toBeUndefined();
	return thrown;
}
