/**
 * Measures the processor time of a piece of work in this process. Unlike time on the clock it does not grow when other processes keep
 * the machine busy.
 *
 * @returns milliseconds
 */
export function processorMs(work: () => void): number {
	const begun = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(begun);
	return (user + system) / 1000;
}
