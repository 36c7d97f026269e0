import type { IExecuteFunctions } from 'n8n-workflow';

/** Says a sentence in n8n's log and, in manual runs, in the console of the browser: the places that n8n has for it. */
export function logMessage(context: IExecuteFunctions, sentence: string): void {
	context.logger.info(sentence);
	context.sendMessageToUI(sentence);
}

/** Long enough that a log stays readable, short enough that somebody who waits sees that something happens. */
const EVERY_MS = 10_000;

/**
 * Makes what says how far a step is: first after ten seconds, then every ten. Short runs say nothing.
 * @param context the step's execution
 * @param now the clock, in milliseconds
 * @returns takes the sentence as a function, for it is seldom needed; the name of the step is put before it
 */
export function createProgressLogger(
	context: IExecuteFunctions,
	now: () => number = Date.now,
): (sentence: () => string) => void {
	let last = now();
	return (sentence) => {
		if (now() - last < EVERY_MS) return;
		last = now();
		logMessage(context, `${context.getNode().name}: ${sentence()}`);
	};
}
