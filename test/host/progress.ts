/** Takes one finished line of text for a person to read. */
export type Log = (line: string) => void;

/** Writes a line to standard output. */
export const toTerminal: Log = (line) => {
	process.stdout.write(`${line}\n`);
};

/** `7 s`, `2 min 5 s`. */
export function elapsed(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs `work`, says when it begins and ends, and every few seconds how far it is.
 *
 * @param title what happens, as a person would say it
 * @param how `far` tells the state in a few words; `expected` how long it usually takes;
 *   `everyMs` the time between two lines
 */
export async function withProgress<T>(
	log: Log,
	title: string,
	work: () => Promise<T>,
	how: { far?: () => string; expected?: string; everyMs?: number } = {},
): Promise<T> {
	const begun = Date.now();
	log(how.expected ? `${title} (usually ${how.expected}) …` : `${title} …`);
	const ticker = setInterval(() => {
		const far = how.far?.();
		log(`  … ${elapsed(Date.now() - begun)}${far ? `, ${far}` : ''}`);
	}, how.everyMs ?? 5000);
	try {
		const result = await work();
		log(`  done in ${elapsed(Date.now() - begun)}`);
		return result;
	} finally {
		clearInterval(ticker);
	}
}
