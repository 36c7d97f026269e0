/** A timer that goes off when the test says so. */
export interface CaughtTimer {
	/** Runs the callback of the last timer of that length. */
	goOff(): void;
	/** Gives `setTimeout` back. */
	release(): void;
}

/**
 * Catches the timers of one length, so that a test decides what happens before they go off and what after. Other timers run as ever.
 *
 * @param ms the length, in milliseconds: one that no other timer has, and long enough never to go off by itself
 */
export function catchTimer(ms: number): CaughtTimer {
	const real = globalThis.setTimeout;
	let last: (() => void) | undefined;
	globalThis.setTimeout = ((callback: () => void, length?: number, ...rest: unknown[]) => {
		if (length === ms) last = callback;
		return real(callback, length, ...rest);
	}) as typeof globalThis.setTimeout;
	return {
		goOff() {
			if (last === undefined) throw new Error(`No timer of ${ms} ms was started.`);
			last();
		},
		release: () => (globalThis.setTimeout = real),
	};
}
