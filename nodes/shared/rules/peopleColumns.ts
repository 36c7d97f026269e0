import { looksLikeEmail } from './valueShapes';

/** Share of the filled values that must be addresses before a column counts as one of people. */
const NEARLY_ALL = 0.8;
/** Share of the managers that must be known among the people of other rows. */
const MOSTLY_KNOWN = 0.5;
/** Share of the managers that may be the row's own person; beyond it the column is a second address of the same people. */
const FEW_OWN = 0.2;

/** The people that a column of addresses names. */
export interface People {
	/** filled values that look like e-mail addresses, in lower case; '' where the row has none */
	addresses: string[];
	filled: number;
	distinct: Set<string>;
	allAreEmails: boolean;
}

/**
 * Reads a column as one of people.
 * @param values sampled values, one for each row
 */
export function peopleIn(values: readonly string[]): People {
	const addresses = values.map((value) => (looksLikeEmail(value) ? value.toLowerCase() : ''));
	const filled = values.filter((value) => value !== '').length;
	const found = addresses.filter((address) => address !== '');
	return {
		addresses,
		filled: found.length,
		distinct: new Set(found),
		allAreEmails: found.length > 0 && found.length >= filled * NEARLY_ALL,
	};
}

/**
 * Whether the people of one column are the managers of another's: fewer different ones, mostly found among the others, and
 * mostly not the row's own person (that would be a second address column).
 */
export function areManagersOf(managers: People, persons: People): boolean {
	if (!managers.allAreEmails || !persons.allAreEmails) return false;
	if (managers.distinct.size >= persons.distinct.size) return false;
	let known = 0;
	let own = 0;
	managers.addresses.forEach((address, row) => {
		if (address === '') return;
		if (address === persons.addresses[row]) own++;
		else if (persons.distinct.has(address)) known++;
	});
	return known > managers.filled * MOSTLY_KNOWN && own < managers.filled * FEW_OWN;
}
