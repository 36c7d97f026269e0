/**
 * Does something for every entry, at most so many at the same time, and gives the results in the order of the entries.
 * @param atOnce how many at the same time
 * @throws what `work` throws first; nothing new is begun after that
 */
export async function inBatches<T, R>(
	entries: readonly T[],
	atOnce: number,
	work: (entry: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(entries.length);
	let next = 0;
	let broken = false;
	async function worker(): Promise<void> {
		while (next < entries.length && !broken) {
			const index = next++;
			try {
				results[index] = await work(entries[index], index);
			} finally {
				broken ||= !(index in results);
			}
		}
	}
	await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker));
	return results;
}
