/** What is known of one person. */
export interface Person {
	manager: string | null;
	/** day of the latest record, yyyymmdd */
	latest: number;
	/** day → values that began on it; null when values are not kept */
	records: Map<number, Record<string, string>> | null;
}

/** Everybody who was imported into a tenant. */
export interface PersonStore {
	/** by address in lower case */
	people: Map<string, Person>;
	/** names of all fields imported so far */
	fields: Set<string>;
	/** a full refresh: everything else is gone (A12) */
	replace(people: Map<string, Person>, fields: Iterable<string>): void;
	/** an incremental import: the new values join the old ones (A12) */
	merge(people: Map<string, Person>, fields: Iterable<string>): void;
	/** the value that counts on a day: the one that began last before it (A12) */
	valueAt(address: string, field: string, day: number): string | null;
}

/** Makes an empty {@link PersonStore}. */
export function startPersonStore(): PersonStore {
	const store: PersonStore = {
		people: new Map(),
		fields: new Set(),
		replace(people, fields) {
			store.people = people;
			store.fields = new Set(fields);
		},
		merge(people, fields) {
			for (const [address, person] of people) mergePerson(store.people, address, person);
			for (const field of fields) store.fields.add(field);
		},
		valueAt(address, field, day) {
			let best = -1;
			let value: string | null = null;
			for (const [began, values] of store.people.get(address.toLowerCase())?.records ?? []) {
				const candidate = values[field];
				if (candidate === undefined || began > day || began <= best) continue;
				best = began;
				value = candidate;
			}
			return value;
		},
	};
	return store;
}

/** Adds what is known of a person to a map of people. */
export function mergePerson(into: Map<string, Person>, address: string, person: Person): void {
	const known = into.get(address);
	if (!known) {
		into.set(address, person);
		return;
	}
	if (person.latest >= known.latest) {
		known.latest = person.latest;
		known.manager = person.manager ?? known.manager;
	}
	for (const [day, values] of person.records ?? []) {
		known.records?.set(day, { ...known.records.get(day), ...values });
	}
}

/**
 * Finds people whose chain of managers comes back to itself.
 * @param managerOf manager of a person by the newest record, null at the top
 * @returns one person of each loop
 */
export function managerLoops(
	people: Iterable<string>,
	managerOf: (person: string) => string | null,
): string[] {
	const seenIn = new Map<string, number>();
	const loops: string[] = [];
	let walk = 0;
	for (const start of people) {
		walk += 1;
		let person: string | null = start;
		while (person !== null && !seenIn.has(person)) {
			seenIn.set(person, walk);
			person = managerOf(person);
		}
		if (person !== null && seenIn.get(person) === walk) loops.push(person);
	}
	return loops;
}
