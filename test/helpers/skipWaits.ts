import { systemClock } from '../../nodes/shared/http/retry';
import type { Emulator } from '../emulator/emulator';

const waits: number[] = [];
let slept = 0;

/**
 * Lets waits between attempts and between polls pass at once, for the steps and for the emulator alike. Chance is left out, so that
 * waits are at their longest.
 *
 * @param emulator the one whose clock moves along
 * @param onWait called within each wait, before it ends: here a test cancels, or changes what the service answers next
 */
export function skipWaits(emulator: () => Emulator, onWait: () => void = () => undefined): void {
	Object.assign(systemClock, {
		now: () => Date.now() + slept,
		random: () => 0,
		sleep: async (ms: number, signal?: AbortSignal) => {
			signal?.throwIfAborted();
			waits.push(ms);
			slept += ms;
			emulator().advance(ms);
			onWait();
			// Others get their turn, as they would.
			await new Promise((resolve) => setImmediate(resolve));
			signal?.throwIfAborted();
		},
	});
}

/** Begins anew. */
export function forgetWaits(): void {
	waits.length = 0;
	slept = 0;
}

/** The waits since then, in milliseconds. */
export function waited(): readonly number[] {
	return waits;
}
