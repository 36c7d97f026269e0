import { Problem, problem } from '../core/problem';
import type { TableSource } from './readChecked';

/** The file with which the current one is compared: anything that the step reads. */
export type PreviousFile =
	({ format: 'table' } & TableSource) | { format: 'zip'; open: () => Promise<AsyncIterable<Buffer>> };

/**
 * Does something with the previous file; a problem with it then says which of the two files it is about.
 * @throws Problem `input` with the sentence completed
 */
export async function aboutPreviousFile<T>(work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => {
		if (!(error instanceof Problem) || error.kind !== 'input') throw error;
		const message = `The previous file cannot be compared with. ${error.message}`;
		throw problem.input(message, error.advice, error.details);
	});
}
