import { VALUES_STRENGTH, type Candidate, type SampledSource } from './candidates';
import { findOwners } from './owners';
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

/**
 * Among columns that are equally good by their names, the one whose people stand in the right relation to the other column of people.
 * @param rivals candidates for one attribute
 * @param source see {@link SampledSource}
 * @param chosen attribute → its column, as far as decided
 */
export function bestByPeople(
	rivals: readonly Candidate[],
	{ columns, values, people }: SampledSource,
	chosen: ReadonlyMap<string, Candidate>,
): Candidate | undefined {
	const { attribute } = rivals[0];
	const manager = attribute === people?.manager;
	if (!manager && attribute !== people?.person) return undefined;
	const other = chosen.get((manager ? people.person : people.manager) ?? '');
	// The values of one list are equally right.
	const lists = new Set(rivals.map(({ from }) => columns[from].replace(/\[\d+\]/, '')));
	if (!other || lists.size < rivals.length) return undefined;
	const known = peopleIn(values[other.from]);
	const fitting = rivals.filter(({ from }) => {
		const found = peopleIn(values[from]);
		return manager ? areManagersOf(found, known) : areManagersOf(known, found);
	});
	if (fitting.length !== 1) return undefined;
	const [best] = fitting;
	const relation = manager
		? `its addresses mostly are the ${other.attribute} of other rows`
		: `most addresses in "${columns[other.from]}" occur in it`;
	return {
		...best,
		reason: `${best.reason.replace(/\.$/, '')}, and of its kind only this one fits: ${relation}.`,
	};
}

/**
 * Guesses for person and manager that follow from the values alone, for attributes that no name gave. A name that names somebody
 * else, private life or another time speaks against it.
 * @param source see {@link SampledSource}
 * @param decided attribute → its column, as far as decided, and the columns that are spoken for
 */
export function guessPeople(
	{ columns, values, people, vocabulary }: SampledSource,
	{ chosen, taken }: { chosen: ReadonlyMap<string, Candidate>; taken: ReadonlySet<number> },
): Candidate[] {
	if (!people) return [];
	const { person, manager } = people;
	if (chosen.has(person) && (manager === undefined || chosen.has(manager))) return [];
	const free = [...columns.keys()]
		.filter((from) => !taken.has(from))
		.map((from) => ({
			from,
			owners: findOwners(columns[from], vocabulary.owners).kinds.filter((kind) => kind !== 'own'),
			named: peopleIn(values[from]),
		}))
		.filter(({ named }) => named.allAreEmails);
	const guess = (from: number, attribute: string, reason: string): Candidate => ({
		from,
		attribute,
		by: 'values',
		sureness: 'guess',
		strength: VALUES_STRENGTH,
		reason,
	});

	const found: Candidate[] = [];
	let persons = chosen.get(person)?.from;
	if (persons === undefined) {
		const unowned = free.filter(({ owners }) => owners.length === 0);
		const withoutManagers = unowned.filter(
			({ named }) => !unowned.some((other) => areManagersOf(named, other.named)),
		);
		for (const { from } of withoutManagers) {
			found.push(guess(from, person, `The values of the column "${columns[from]}" are e-mail addresses.`));
		}
		if (withoutManagers.length === 1) persons = withoutManagers[0].from;
	}
	if (manager !== undefined && !chosen.has(manager) && persons !== undefined) {
		const known = peopleIn(values[persons]);
		for (const { from, named, owners } of free) {
			if (owners.some((kind) => kind !== 'manager')) continue;
			if (from === persons || !areManagersOf(named, known)) continue;
			const reason = `The values of the column "${columns[from]}" are e-mail addresses that mostly occur in "${columns[persons]}" of other rows.`;
			found.push(guess(from, manager, reason));
		}
	}
	return found;
}
