import { setImmediate } from 'node:timers/promises';

/** Longest time for which a reader keeps the event loop to itself, in milliseconds. */
const LONGEST_MS = 10;

/**
 * Makes a pause for readers whose source never waits (a buffer, an array): n8n must stay responsive meanwhile.
 * @returns to be awaited between two batches; lets other work run when it was last asked more than 10 ms ago
 */
export function createEventLoopYield(): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < LONGEST_MS) return;
		await setImmediate();
		last = performance.now();
	};
}
