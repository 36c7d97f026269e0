/*
 * Inputs of cases as text, so that one that failed can be kept in a file: JSON, with bytes as text of one character each where that
 * is readable, else as base64.
 */

/** Writes an input; see {@link parseInput}. */
export function writeInput(input: unknown): string {
	return JSON.stringify(input, (_key, value: unknown) => {
		const bytes = bytesIn(value);
		if (!bytes) return value;
		const text = bytes.toString('utf8');
		return Buffer.from(text, 'utf8').equals(bytes) ? { utf8: text } : { base64: bytes.toString('base64') };
	});
}

/** Reads what {@link writeInput} wrote. */
export function parseInput(text: string): unknown {
	return JSON.parse(text, (_key, value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		const { utf8, base64 } = value as { utf8?: unknown; base64?: unknown };
		if (typeof utf8 === 'string') return Buffer.from(utf8, 'utf8');
		return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : value;
	});
}

/** A buffer is already taken apart when JSON's own writer shows it. */
function bytesIn(value: unknown): Buffer | undefined {
	const { type, data } = (typeof value === 'object' && value !== null ? value : {}) as {
		type?: unknown;
		data?: unknown;
	};
	return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data as number[]) : undefined;
}
