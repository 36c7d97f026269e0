import { deletes } from './deletionMarkers';
import type { ValueKind } from './hrAttributes';

/** Profile values by person, as Organizational Data keeps them (B2). */
export interface ProfileStore {
	/** by address in lower case */
	people: Map<string, Record<string, string>>;
	/** merges the values of one person: blank keeps, the marker of its type deletes (B5) */
	merge(address: string, values: Record<string, string>): void;
}

/**
 * Makes an empty {@link ProfileStore}.
 * @param kindOf the kind of an attribute's values
 */
export function startProfileStore(kindOf: (attribute: string) => ValueKind): ProfileStore {
	const people = new Map<string, Record<string, string>>();
	return {
		people,
		merge(address, values) {
			const profile = people.get(address.toLowerCase()) ?? {};
			people.set(address.toLowerCase(), profile);
			const names = ['Microsoft_FirstName', 'Microsoft_LastName', 'Microsoft_DisplayName'];
			const filled = names.filter((name) => (values[name] ?? '') !== '');
			for (const [attribute, value] of Object.entries(values)) {
				if (value === '') continue;
				// the three names are stored together or not at all (B4)
				if (names.includes(attribute) && filled.length < 3) continue;
				if (deletes(kindOf(attribute), value)) delete profile[attribute];
				else profile[attribute] = value;
			}
		},
	};
}
