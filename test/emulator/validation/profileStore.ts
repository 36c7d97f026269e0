/** Profile values by person, as Organizational Data keeps them (B2). */
export interface ProfileStore {
	/** by address in lower case */
	people: Map<string, Record<string, string>>;
	/** merges the values of one person: blank keeps, two single quotes delete */
	merge(address: string, values: Record<string, string>): void;
}

/** Makes an empty {@link ProfileStore}. */
export function startProfileStore(): ProfileStore {
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
				if (value === "''" || (attribute === 'Microsoft_Layer' && value === '-1')) delete profile[attribute];
				else profile[attribute] = value;
			}
		},
	};
}
