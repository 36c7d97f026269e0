import { setTimeout as wait } from 'node:timers/promises';

/**
 * Waits until a condition holds. It has no limit of its own: where the condition never holds, the test reaches jest's limit for a hang.
 *
 * @param condition asked every few milliseconds
 */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await wait(5);
}
