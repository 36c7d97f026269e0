/**
 * The shortest text that stands for a number, never with an exponent: services do not take `1e-7`.
 * @param value a finite number
 */
export function plainNumber(value: number): string {
	const text = String(value);
	const size = Math.abs(value);
	if (size === 0 || (size >= 1e-6 && size < 1e21)) return text;
	const [, sign, whole, fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)!;
	const digits = whole + fraction;
	const point = 1 + Number(exponent);
	return sign + (point > 0 ? digits.padEnd(point, '0') : `0.${'0'.repeat(-point)}${digits}`);
}
