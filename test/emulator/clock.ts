/** The time by which imports grow old. It runs with the real one and can be pushed forward. */
export interface Clock {
	/** milliseconds since 1970 */
	now(): number;
	/** pushes the clock forward by a number of milliseconds */
	advance(ms: number): void;
}

/** Makes a {@link Clock} that starts at the real time. */
export function startClock(): Clock {
	let offset = 0;
	return {
		now: () => Date.now() + offset,
		advance: (ms) => {
			if (!Number.isFinite(ms) || ms < 0) throw new Error('advance() takes milliseconds, zero or more');
			offset += ms;
		},
	};
}
