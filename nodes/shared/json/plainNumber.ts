/**
 * The shortest text that stands for a number, never with an exponent: services do not take `1e-7`.
 * @param value a finite number; a whole one is exact, so below 2^53
 */
export function plainNumber(value: number): string {
	const text = String(value);
	const small = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
	if (!small) return text;
	const [, sign, whole, fraction = '', exponent] = small;
	return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${whole}${fraction}`;
}
