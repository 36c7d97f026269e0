/**
 * Looks at the beginning of a source without losing it.
 * @param source bytes, in pieces of any size
 * @param count how many bytes to look at; fewer where the source ends earlier
 * @returns the beginning, of `count` bytes at most, and the whole source; closing that closes the one given
 */
export async function peek(
	source: AsyncIterable<Buffer>,
	count: number,
): Promise<{ head: Buffer; source: AsyncIterableIterator<Buffer> }> {
	const pieces = source[Symbol.asyncIterator]();
	const seen: Buffer[] = [];
	let size = 0;
	while (size < count) {
		const next = await pieces.next();
		if (next.done) break;
		seen.push(next.value);
		size += next.value.length;
	}
	// Not a generator: one that was never started would not close its source when it is given up.
	const whole: AsyncIterableIterator<Buffer> = {
		async next() {
			const piece = seen.shift();
			return piece ? { done: false, value: piece } : await pieces.next();
		},
		async return() {
			seen.length = 0;
			await pieces.return?.();
			return { done: true, value: undefined };
		},
		[Symbol.asyncIterator]() {
			return this;
		},
	};
	return { head: Buffer.concat(seen).subarray(0, count), source: whole };
}
