import type { CsvRecords } from './csvRecords';

/** The body is no JSON array of flat objects. */
export class UnreadableJson extends Error {}

/**
 * Reads a JSON body (an array of flat objects, A5) as if it were a CSV: header first, then records. The header
 * is every key in the order of its first appearance; a key that an object lacks is blank, as null is.
 * The whole body is in memory, JSON being what it is.
 */
export function readJsonRecords(bytes: Buffer): CsvRecords {
	return { hasForeignBytes: () => false, records: recordsOf(bytes) };
}

async function* recordsOf(bytes: Buffer): AsyncGenerator<string[]> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
	} catch {
		throw new UnreadableJson('The body is not JSON in UTF-8.');
	}
	if (!Array.isArray(parsed)) throw new UnreadableJson('The body is not an array of objects.');
	const header = new Map<string, number>();
	for (const entry of parsed as unknown[]) {
		if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
			throw new UnreadableJson('The body is not an array of objects.');
		}
		for (const key of Object.keys(entry)) if (!header.has(key)) header.set(key, header.size);
	}
	if (header.size === 0) return;
	yield [...header.keys()];
	for (const entry of parsed as Array<Record<string, unknown>>) {
		yield [...header.keys()].map((key) => cell(entry[key]));
	}
}

function cell(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new UnreadableJson('An object of the body is not flat.');
}
