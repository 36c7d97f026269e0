import { problem } from '../core/problem';
import type { Alias } from './alias';
import {
	normalizedVariants,
	normalizedVariantsWithoutNote,
	normalizeColumnName,
} from './normalizeColumnName';
import { areManagersOf, peopleIn } from './peopleColumns';
import type { Attribute, PeopleAttributes } from './columnPlan';
import type { Fit } from './valueShapes';
import { fitOf } from './valueShapes';

/** What decided that a source column is an attribute. */
export type MatchedBy = 'user' | 'exact' | 'folded' | 'alias' | 'values';

/** A source column and the attribute that it becomes. */
export interface ColumnMatch {
	/** the source's name of the column */
	column: string;
	/** index of the column in the source */
	from: number;
	/** the destination's name */
	attribute: string;
	by: MatchedBy;
	/** one sentence for the user; names columns and attributes, never a value of a row */
	reason: string;
}

/** An attribute for which several source columns are equally good. */
export interface AmbiguousMatch {
	attribute: string;
	/** the source's names of the columns, sorted */
	candidates: string[];
	/** one sentence for the user, with what to do */
	reason: string;
}

/** What {@link matchColumns} found. */
export interface ColumnMatches {
	/** in the order of the attributes; attributes that only the user named come last */
	matches: ColumnMatch[];
	ambiguous: AmbiguousMatch[];
	/** source columns that became nothing, in the order of the source */
	unmatched: string[];
	/** attributes that no column became, without the ambiguous ones, in the order of the attributes */
	missing: string[];
}

/** One line of the user's own mapping. */
export interface UserMapping {
	/** the source's name of the column */
	column: string;
	/** the destination's name, or a name of the user's own for an attribute that the service does not know */
	attribute: string;
}

/** Input of {@link matchColumns}. */
export interface MatchColumnsInput {
	/** the header: names of the columns as the source has them */
	columns: readonly string[];
	/** what the destination knows, in its order */
	attributes: ReadonlyArray<Pick<Attribute, 'name' | 'type' | 'oneOf'>>;
	aliases: readonly Alias[];
	/** the attributes that name a person and the person's manager */
	people?: PeopleAttributes;
	/** some of the first rows, each with its values in the order of the columns; a few hundred are enough */
	samples?: ReadonlyArray<readonly string[]>;
	/** wins over everything else */
	userMapping?: readonly UserMapping[];
}

type Target = MatchColumnsInput['attributes'][number];

interface Candidate {
	from: number;
	attribute: string;
	by: MatchedBy;
	strength: number;
	reason: string;
}

/**
 * Strength of the ways to match, larger is stronger. A name that the values contradict stays only as a last resort: then the
 * row checks tell the user what is wrong with the column that carries the attribute's name.
 */
const STRENGTH = {
	exact: 60,
	folded: 50,
	foldedWithoutNote: 45,
	alias: [40, 30, 20],
	aliasWithoutNote: [35, 25, 15],
	values: 10,
	exactContradicted: 6,
	foldedContradicted: 5,
} as const;

const COLUMNS_NAMED_IN_ADVICE = 20;

/**
 * Decides which source column becomes which attribute of the destination, and says why.
 *
 * The user's own mapping wins; then the attribute's exact name, its name folded, the aliases of HR systems, and at last the
 * values (only for the person and the manager). Columns whose values are not of the attribute's type come after those
 * whose values are: a column of employee numbers does not become an e-mail address while another column has addresses.
 * Two columns that are equally good are ambiguous. The result does not depend on the order of the columns.
 * @throws Problem of kind `configuration` when the user's mapping names a column that the source lacks or has twice,
 * or names an attribute twice
 */
export function matchColumns(input: MatchColumnsInput): ColumnMatches {
	const { columns, attributes } = input;
	const source: SampledSource = {
		columns,
		values: sampledColumns(columns.length, input.samples ?? []),
		aliases: input.aliases,
		people: input.people,
	};
	const taken = new Set<number>();
	const chosen = new Map<string, Candidate>();
	const ambiguous = new Map<string, AmbiguousMatch>();
	/** equally good columns wait until the others are settled: the other people may tell which is right */
	const tied = new Map<string, Candidate[]>();

	for (const candidate of userCandidates(columns, input.userMapping ?? [])) {
		chosen.set(candidate.attribute, candidate);
		taken.add(candidate.from);
	}

	const open = (attribute: string) =>
		!chosen.has(attribute) && !ambiguous.has(attribute) && !tied.has(attribute);
	const choose = (candidate: Candidate) => {
		chosen.set(candidate.attribute, candidate);
		taken.add(candidate.from);
	};
	const settle = (candidates: readonly Candidate[]) => {
		const strengths = [...new Set(candidates.map(({ strength }) => strength))].sort((a, b) => b - a);
		for (const strength of strengths) {
			for (const { name } of attributes.filter((attribute) => open(attribute.name))) {
				const rivals = candidates.filter(
					(c) => c.attribute === name && c.strength === strength && !taken.has(c.from),
				);
				if (rivals.length === 1) choose(rivals[0]);
				if (rivals.length < 2) continue;
				tied.set(name, rivals);
				rivals.forEach(({ from }) => taken.add(from));
			}
		}
		for (const [name, rivals] of tied) {
			const best = bestByPeople(rivals, source, chosen);
			if (best) choose(best);
			else ambiguous.set(name, ambiguity(name, rivals, columns));
		}
		tied.clear();
	};

	const byName = columns.flatMap((column, from) => {
		const named = namedColumn(column, from, source);
		return attributes.flatMap((attribute) => nameCandidate(named, attribute) ?? []);
	});
	settle(byName.filter(({ strength }) => strength > STRENGTH.values));
	settle(peopleCandidates(source, { taken, chosen, ambiguous }));
	settle(byName.filter(({ strength }) => strength < STRENGTH.values));

	const known = attributes.map(({ name }) => name);
	const own = [...chosen.keys()].filter((name) => !known.includes(name)).sort();
	return {
		matches: [...known, ...own].flatMap((name) => {
			const match = chosen.get(name);
			if (!match) return [];
			const { from, attribute, by, reason } = match;
			return [{ column: columns[from], from, attribute, by, reason }];
		}),
		ambiguous: known.flatMap((name) => ambiguous.get(name) ?? []),
		unmatched: columns.filter((_, from) => ![...chosen.values()].some((match) => match.from === from)),
		missing: known.filter(open),
	};
}

function userCandidates(columns: readonly string[], mapping: readonly UserMapping[]): Candidate[] {
	const attributes = new Set<string>();
	return mapping.map(({ column, attribute }) => {
		if (attributes.has(attribute)) {
			throw problem.configuration(
				`The mapping names the attribute "${attribute}" more than once.`,
				'Keep one line for each attribute in the mapping.',
			);
		}
		attributes.add(attribute);
		return {
			from: columnNamed(column, columns),
			attribute,
			by: 'user' as const,
			strength: Infinity,
			reason: `You mapped the column "${column}" to ${attribute}.`,
		};
	});
}

function columnNamed(name: string, columns: readonly string[]): number {
	const positions = (same: (column: string) => boolean) =>
		columns.flatMap((column, position) => (same(column) ? [position] : []));
	const exact = positions((column) => column === name);
	const folded = normalizeColumnName(name);
	const found =
		exact.length > 0 ? exact : positions((column) => folded !== '' && normalizeColumnName(column) === folded);
	if (found.length === 1) return found[0];
	const shown = columns.slice(0, COLUMNS_NAMED_IN_ADVICE).map((column) => `"${column}"`);
	if (columns.length > shown.length) shown.push('…');
	throw problem.configuration(
		found.length === 0
			? `The mapping names the column "${name}", which the data does not have.`
			: `The mapping names the column "${name}", which the data has more than once.`,
		found.length === 0
			? `Correct the mapping. The data has the columns ${shown.join(', ')}.`
			: 'Give the columns different names in the source, or leave one of them out.',
	);
}

/** The source as matching sees it. */
interface SampledSource {
	columns: readonly string[];
	/** of each column, the sampled values without outer blanks; row by row, so that columns can be compared */
	values: ReadonlyArray<readonly string[]>;
	aliases: readonly Alias[];
	people?: PeopleAttributes;
}

/** A source column with the forms of its name and the aliases that it may be. */
interface NamedColumn {
	column: string;
	from: number;
	values: readonly string[];
	forms: readonly string[];
	/** forms without the note at the name's end */
	bareForms: readonly string[];
	aliases: readonly Alias[];
	bareAliases: readonly Alias[];
}

function namedColumn(column: string, from: number, { values, aliases }: SampledSource): NamedColumn {
	const forms = normalizedVariants(column);
	const bareForms = normalizedVariantsWithoutNote(column);
	const known = (names: readonly string[]) => aliases.filter(({ folded }) => names.includes(folded));
	return {
		column,
		from,
		values: values[from],
		forms,
		bareForms,
		aliases: known(forms),
		bareAliases: known(bareForms),
	};
}

function nameCandidate(source: NamedColumn, target: Target): Candidate | undefined {
	const { column, from, forms, bareForms } = source;
	const attribute = target.name;
	const fit = fitOf(target, source.values);
	const wanted = normalizeColumnName(attribute);
	const make = (by: MatchedBy, strength: number, reason: string): Candidate => ({
		from,
		attribute,
		by,
		strength,
		reason: `${reason}${by === 'alias' ? valuesConfirm(target, fit) : ''}.`,
	});

	if (column === attribute) {
		const strength = fit === 'contradicts' ? STRENGTH.exactContradicted : STRENGTH.exact;
		return make('exact', strength, `The column "${column}" has the attribute's own name`);
	}
	if (forms.includes(wanted)) {
		const strength = fit === 'contradicts' ? STRENGTH.foldedContradicted : STRENGTH.folded;
		return make(
			'folded',
			strength,
			`The column "${column}" is called like ${attribute} except for its spelling`,
		);
	}
	if (fit === 'contradicts') return undefined;
	if (bareForms.includes(wanted)) {
		return make(
			'folded',
			STRENGTH.foldedWithoutNote,
			`The column "${column}" is called like ${attribute} except for the note at its end`,
		);
	}
	const usable = (alias: Alias) => alias.attribute === attribute && (fit === 'fits' || !alias.onlyEmails);
	const alias = bestAlias(source.aliases.filter(usable));
	if (alias)
		return make('alias', STRENGTH.alias[alias.preference - 1], aliasReason(column, attribute, alias));
	const bareAlias = bestAlias(source.bareAliases.filter(usable));
	if (!bareAlias) return undefined;
	const strength = STRENGTH.aliasWithoutNote[bareAlias.preference - 1];
	return make('alias', strength, aliasReason(column, attribute, bareAlias));
}

function bestAlias(aliases: readonly Alias[]): Alias | undefined {
	let best: Alias | undefined;
	for (const alias of aliases) if (!best || alias.preference < best.preference) best = alias;
	return best;
}

/** How sure we are shows in the words: a documented field is told otherwise than a guess. */
function aliasReason(column: string, attribute: string, { system, preference, certainty }: Alias): string {
	if (preference > 1) {
		const origin = certainty === 'inferred' ? '' : ` from ${system}`;
		return `The column "${column}"${origin} is taken for ${attribute}, for want of a better one`;
	}
	if (certainty === 'documented') return `${system} calls ${attribute} "${column}"`;
	if (certainty === 'common') return `Exports of ${system} usually call ${attribute} "${column}"`;
	return `The column "${column}" says ${attribute} in ${system}`;
}

function valuesConfirm({ type }: Target, fit: Fit): string {
	return fit === 'fits' && type === 'email' ? ', and its values are e-mail addresses' : '';
}

function ambiguity(
	attribute: string,
	rivals: readonly Candidate[],
	columns: readonly string[],
): AmbiguousMatch {
	const candidates = rivals.map(({ from }) => columns[from]).sort();
	const list = candidates.map((column) => `"${column}"`);
	const named = `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
	return {
		attribute,
		candidates,
		reason: `The columns ${named} could each be ${attribute}: map one of them to it.`,
	};
}

/** The sampled values of each column, without blanks' outer spaces; row by row, so that columns can be compared. */
function sampledColumns(count: number, samples: ReadonlyArray<readonly string[]>): string[][] {
	return Array.from({ length: count }, (_, column) => samples.map((row) => (row[column] ?? '').trim()));
}

/** Among equally named columns, the one whose people stand in the right relation to the other column of people. */
function bestByPeople(
	rivals: readonly Candidate[],
	{ columns, values, people }: SampledSource,
	chosen: ReadonlyMap<string, Candidate>,
): Candidate | undefined {
	const { attribute } = rivals[0];
	const manager = attribute === people?.manager;
	if (!manager && attribute !== people?.person) return undefined;
	const other = chosen.get((manager ? people.person : people.manager) ?? '');
	if (!other) return undefined;
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

/** Candidates for person and manager that follow from the values alone, for attributes that no name gave. */
function peopleCandidates(
	{ columns, values, people }: SampledSource,
	state: {
		taken: ReadonlySet<number>;
		chosen: ReadonlyMap<string, Candidate>;
		ambiguous: ReadonlyMap<string, AmbiguousMatch>;
	},
): Candidate[] {
	const { taken, chosen, ambiguous } = state;
	const person = people?.person;
	const manager = people?.manager;
	const wanted = (name: string | undefined): name is string =>
		name !== undefined && !chosen.has(name) && !ambiguous.has(name);
	const free = columns
		.map((_, from) => ({ from, named: peopleIn(values[from]) }))
		.filter(({ from, named }) => !taken.has(from) && named.allAreEmails);
	const candidate = (from: number, attribute: string, reason: string): Candidate => ({
		from,
		attribute,
		by: 'values',
		strength: STRENGTH.values,
		reason,
	});

	const found: Candidate[] = [];
	let persons = person === undefined ? undefined : chosen.get(person)?.from;
	if (wanted(person)) {
		const knownManager = manager === undefined ? undefined : chosen.get(manager)?.from;
		const withoutManagers = free.filter(
			({ named }) => !free.some((other) => areManagersOf(named, other.named)),
		);
		const fitting =
			knownManager === undefined || withoutManagers.length === 1
				? withoutManagers
				: withoutManagers.filter(({ named }) => areManagersOf(peopleIn(values[knownManager]), named));
		const rivals = fitting.length > 0 ? fitting : withoutManagers;
		for (const { from } of rivals) {
			const reason = `The values of the column "${columns[from]}" are e-mail addresses, and no other column suits ${person} better.`;
			found.push(candidate(from, person, reason));
		}
		if (rivals.length === 1) persons = rivals[0].from;
	}
	if (wanted(manager) && persons !== undefined) {
		const known = peopleIn(values[persons]);
		for (const { from, named } of free) {
			if (from === persons || !areManagersOf(named, known)) continue;
			const reason = `The values of the column "${columns[from]}" are e-mail addresses that mostly occur in "${columns[persons]}" of other rows, so they are taken for ${manager}.`;
			found.push(candidate(from, manager, reason));
		}
	}
	return found;
}
