import { problem } from '../core/problem';
import type { ColumnVocabulary, Sureness } from './alias';
import {
	namedCandidates,
	type Candidate,
	type MatchedAttribute,
	type MatchedBy,
	type Refusal,
	type SampledSource,
} from './candidates';
import type { ColumnProposal, PeopleAttributes } from './columnPlan';
import { looksLikeEmail } from './valueShapes';
import { normalizeColumnName } from './normalizeColumnName';
import { bestByPeople, guessPeople } from './peopleColumns';

/** A source column and the attribute that it becomes. */
export interface ColumnMatch {
	/** the source's name of the column */
	column: string;
	/** index of the column in the source */
	from: number;
	/** the destination's name */
	attribute: string;
	by: MatchedBy;
	sureness: Sureness;
	/** one sentence for the user; names columns and attributes, never a value of a row */
	reason: string;
	/** the name is another one than that by which the destination knows people */
	substitute?: true;
}

/** An attribute for which several source columns are equally good. */
export interface AmbiguousMatch {
	attribute: string;
	/** the source's names of the columns, sorted */
	candidates: string[];
}

/** What {@link matchColumns} found. */
export interface ColumnMatches {
	/** in the order of the attributes; attributes that only the user named come last */
	matches: ColumnMatch[];
	ambiguous: AmbiguousMatch[];
	/** columns that may be an attribute that no column became, best first for each */
	proposals: ColumnProposal[];
	/** columns that are called like an attribute that no column became, and cannot be it */
	refusals: Refusal[];
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

/** Which names are enough to send a column: only sure ones, or likely ones too. */
export type AutomaticMatching = 'sure' | 'likely';

/** Input of {@link matchColumns}. */
export interface MatchColumnsInput {
	/** the header: names of the columns as the source has them */
	columns: readonly string[];
	/** what the destination knows, in its order */
	attributes: readonly MatchedAttribute[];
	vocabulary: ColumnVocabulary;
	/** the attributes that name a person and the person's manager */
	people?: PeopleAttributes;
	/** some of the first rows, each with its values in the order of the columns; a few hundred are enough */
	samples?: ReadonlyArray<readonly string[]>;
	/** wins over everything else */
	userMapping?: readonly UserMapping[];
	/** `sure` unless told; attributes that are `onlySure` need it always */
	matching?: AutomaticMatching;
}

const COLUMNS_NAMED_IN_ADVICE = 20;
/** How many columns are proposed for one attribute. */
const MOST_PROPOSALS = 5;

/** What was decided so far. */
interface Decisions {
	taken: Set<number>;
	chosen: Map<string, Candidate>;
	ambiguous: Map<string, AmbiguousMatch>;
}

/**
 * Decides which source column becomes which attribute of the destination, and says why.
 *
 * The user's own mapping wins; then the attribute's exact name, its name folded, and the aliases of HR systems. Only sure names
 * are taken, likely ones on request; what else may be an attribute is proposed. Two columns that are equally good are ambiguous.
 * The result does not depend on the order of the columns.
 * @throws Problem of kind `configuration` when the user's mapping names a column that the source lacks or has twice,
 * or names an attribute twice
 */
export function matchColumns(input: MatchColumnsInput): ColumnMatches {
	const { columns, attributes, userMapping = [] } = input;
	const source: SampledSource = {
		...input,
		values: sampledColumns(columns.length, input.samples ?? []),
		mapped: new Set(userMapping.map(({ attribute }) => attribute)),
	};
	const decisions: Decisions = { taken: new Set(), chosen: new Map(), ambiguous: new Map() };
	for (const candidate of userCandidates(columns, userMapping)) choose(candidate, decisions);

	const { candidates, refusals } = namedCandidates(source);
	const needsSure = new Set(attributes.filter(({ onlySure }) => onlySure).map(({ name }) => name));
	const isEnough = ({ sureness, attribute }: Candidate) =>
		sureness === 'sure' ||
		(sureness === 'likely' && input.matching === 'likely' && !needsSure.has(attribute));
	settle(
		candidates.filter((candidate) => isEnough(candidate) && !candidate.contradicted),
		source,
		decisions,
	);
	const others = [
		...candidates.filter(({ contradicted }) => !contradicted),
		...guessPeople(source, decisions),
	];
	const proposals = proposalsOf(others, source, decisions);
	// The row checks tell what is wrong with a column that has the attribute's name, unless another one may be meant.
	const lastResort = candidates.filter(
		({ contradicted, attribute }) =>
			contradicted && !proposals.some((proposal) => proposal.attribute === attribute),
	);
	settle(lastResort, source, decisions);
	return summarize(source, decisions, { proposals, refusals });
}

function summarize(
	{ columns, attributes }: SampledSource,
	decisions: Decisions,
	{ proposals, refusals }: Pick<ColumnMatches, 'proposals' | 'refusals'>,
): ColumnMatches {
	const { chosen, ambiguous } = decisions;
	const known = attributes.map(({ name }) => name);
	const own = [...chosen.keys()].filter((name) => !known.includes(name)).sort();
	const used = new Set([...chosen.values()].map(({ from }) => from));
	return {
		matches: [...known, ...own].flatMap((name) => {
			const match = chosen.get(name);
			if (!match) return [];
			const { from, attribute, by, sureness, reason, substitute } = match;
			return [
				{ column: columns[from], from, attribute, by, sureness, reason, ...(substitute && { substitute }) },
			];
		}),
		ambiguous: known.flatMap((name) => ambiguous.get(name) ?? []),
		proposals: proposals.filter(({ column, attribute }) => !chosen.has(attribute) && !isUsed(column)),
		refusals: known
			.filter((name) => isOpen(name, decisions))
			.flatMap((name) =>
				refusals
					.filter(({ column, attribute }) => attribute === name && !isUsed(column))
					.sort((a, b) => (a.column < b.column ? -1 : 1)),
			),
		unmatched: columns.filter((_, from) => !used.has(from)),
		missing: known.filter((name) => isOpen(name, decisions)),
	};

	function isUsed(column: string): boolean {
		return used.has(columns.indexOf(column));
	}
}

function isOpen(attribute: string, { chosen, ambiguous }: Decisions): boolean {
	return !chosen.has(attribute) && !ambiguous.has(attribute);
}

function choose(candidate: Candidate, { chosen, taken }: Decisions): void {
	chosen.set(candidate.attribute, candidate);
	taken.add(candidate.from);
}

/** Gives each open attribute its best candidate; equally good ones make it ambiguous. */
function settle(candidates: readonly Candidate[], source: SampledSource, decisions: Decisions): void {
	const { taken, chosen, ambiguous } = decisions;
	/** equally good columns wait until the others are settled: the other people may tell which is right */
	const tied = new Map<string, Candidate[]>();
	const strengths = [...new Set(candidates.map(({ strength }) => strength))].sort((a, b) => b - a);
	for (const strength of strengths) {
		for (const { name } of source.attributes) {
			if (!isOpen(name, decisions) || tied.has(name)) continue;
			const rivals = candidates.filter(
				(c) => c.attribute === name && c.strength === strength && !taken.has(c.from),
			);
			if (rivals.length === 1) choose(rivals[0], decisions);
			if (rivals.length < 2) continue;
			tied.set(name, rivals);
			rivals.forEach(({ from }) => taken.add(from));
		}
	}
	for (const [attribute, rivals] of tied) {
		const best = bestByPeople(rivals, source, chosen);
		if (best) choose(best, decisions);
		else {
			const names = rivals.map(({ from }) => source.columns[from]).sort();
			ambiguous.set(attribute, { attribute, candidates: names });
		}
	}
}

/** What may be an attribute that nothing became: the likely ones, and where there are none, the guesses. */
function proposalsOf(
	candidates: readonly Candidate[],
	{ columns, attributes }: SampledSource,
	decisions: Decisions,
): ColumnProposal[] {
	return attributes
		.filter(({ name }) => isOpen(name, decisions))
		.flatMap(({ name }) => {
			const free = candidates.filter(
				({ attribute, from }) => attribute === name && !decisions.taken.has(from),
			);
			const likely = free.filter(({ sureness }) => sureness !== 'guess');
			return (likely.length > 0 ? likely : free)
				.sort((a, b) => b.strength - a.strength || (columns[a.from] < columns[b.from] ? -1 : 1))
				.slice(0, MOST_PROPOSALS)
				.map(({ from, sureness, reason }) => ({
					column: columns[from],
					attribute: name,
					sureness: sureness === 'guess' ? ('guess' as const) : ('likely' as const),
					reason,
				}));
		});
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
			sureness: 'sure' as const,
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
	// An expression may have given the value of a row.
	const named = looksLikeEmail(name) ? 'an e-mail address for a column' : `the column "${name}"`;
	const shown = columns.slice(0, COLUMNS_NAMED_IN_ADVICE).map((column) => `"${column}"`);
	if (columns.length > shown.length) shown.push('…');
	throw problem.configuration(
		found.length === 0
			? `The mapping names ${named}, which the data does not have.`
			: `The mapping names ${named}, which the data has more than once.`,
		found.length === 0
			? `Correct the mapping. The data has the columns ${shown.join(', ')}.`
			: 'Give the columns different names in the source, or leave one of them out.',
	);
}

/** The sampled values of each column, without blanks' outer spaces; row by row, so that columns can be compared. */
function sampledColumns(count: number, samples: ReadonlyArray<readonly string[]>): string[][] {
	return Array.from({ length: count }, (_, column) => samples.map((row) => (row[column] ?? '').trim()));
}
