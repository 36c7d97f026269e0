import { looksLikeEmail } from './valueShapes';

/** Share of the filled values that must be addresses before a column counts as one of people. */
const NEARLY_ALL = 0.8;
/** Share of the managers that must be known among the people of other rows. */
const MOSTLY_KNOWN = 0.5;

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
 * Whether the people of one column are the managers of another's: fewer different ones, most of them found among the others; the
 * row's own person does not count, or a second address of the same people would do.
 */
export function areManagersOf(managers: People, persons: People): boolean {
	if (!managers.allAreEmails || !persons.allAreEmails) return false;
	if (managers.distinct.size >= persons.distinct.size) return false;
	const known = managers.addresses.filter(
		(address, row) => address !== persons.addresses[row] && persons.distinct.has(address),
	);
	return known.length > managers.filled * MOSTLY_KNOWN;
}
