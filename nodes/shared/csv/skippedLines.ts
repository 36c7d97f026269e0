import { problem } from '../core/problem';

/** More lines than any report's title or footer has. */
export const MOST_LINES_TO_SKIP = 100;

/**
 * How many lines before the header or after the last row are no records.
 * @param where for the error, e.g. 'before the header'
 * @throws Problem where the number is none that can be meant
 */
export function linesToSkip(count: number | undefined, where: string): number {
	const lines = count ?? 0;
	if (Number.isInteger(lines) && lines >= 0 && lines <= MOST_LINES_TO_SKIP) return lines;
	throw problem.configuration(
		`The number of lines to skip ${where} is ${lines}.`,
		`Give a whole number from 0 to ${MOST_LINES_TO_SKIP}.`,
	);
}
