import type { ValueKind } from './hrAttributes';

/**
 * What deletes a stored value, by kind (B5); for a double nothing is documented. For an address it is one that does not exist in the
 * tenant: the emulator takes the two of the pages for such.
 */
const markers: Readonly<Partial<Record<ValueKind, readonly string[]>>> = {
	string: ["''"],
	integer: ['-1'],
	email: ['manager@contoso.com', 'noname@contoso.com'],
	date: ['01-01-0001'],
};

/** Whether a value of a kind deletes what is stored (B5). */
export function deletes(kind: ValueKind, value: string): boolean {
	return markers[kind]?.includes(value.toLowerCase()) ?? false;
}
