import type { Alias, ColumnVocabulary, Sureness } from './alias';
import type { Attribute, PeopleAttributes } from './columnPlan';
import { nameForms, normalizeColumnName, type NameForm } from './normalizeColumnName';
import { findOwners, type FoundOwners } from './owners';
import { fitOf, type Fit } from './valueShapes';

/** What decided that a source column is an attribute. */
export type MatchedBy = 'user' | 'exact' | 'folded' | 'alias' | 'values';

/** An attribute as matching needs to know it. */
export type MatchedAttribute = Pick<Attribute, 'name' | 'type' | 'oneOf'> &
	Partial<Pick<Attribute, 'need' | 'onlySure'>>;

/** The source as matching sees it. */
export interface SampledSource {
	/** names of the columns as the source has them */
	columns: readonly string[];
	/** of each column, the sampled values without outer blanks; row by row, so that columns can be compared */
	values: ReadonlyArray<readonly string[]>;
	attributes: readonly MatchedAttribute[];
	vocabulary: ColumnVocabulary;
	people?: PeopleAttributes;
	/** attributes for which the user named a column */
	mapped: ReadonlySet<string>;
}

/** A source column that may be an attribute. */
export interface Candidate {
	/** index of the column in the source */
	from: number;
	attribute: string;
	by: MatchedBy;
	sureness: Sureness;
	/** of two candidates, the one with the higher strength is better */
	strength: number;
	/** one sentence; names columns and attributes, never a value of a row */
	reason: string;
	/** the column is called like the attribute, but its values are of another type */
	contradicted?: true;
	/** the name is another one than that by which the destination knows people */
	substitute?: true;
	/** only likely unless another column surely is this attribute */
	pairedWith?: string;
}

/** A source column that is called like an attribute but cannot be it. */
export interface Refusal {
	column: string;
	attribute: string;
	/** `values`: they are of another type · `owner`: they are somebody else's, private, or of another time */
	why: 'values' | 'owner';
}

const STRENGTH = {
	exact: 100,
	folded: 90,
	alias: 80,
	values: 5,
	exactContradicted: 3,
	foldedContradicted: 2,
};
/** Each preference of an alias is so much weaker than the one before. */
const PREFERENCE_STEP = 10;
/** A name with a note is so much weaker than one without. */
const NOTE_STEP = 5;

interface NamedColumn {
	column: string;
	from: number;
	values: readonly string[];
	forms: readonly NameForm[];
	/** whom the whole name names */
	owners: FoundOwners;
	languages: ReadonlySet<string>;
}

/** What a form of a name means after what was passed over has had its say. */
interface Reading {
	folded: string;
	/** the value is the manager's */
	ofManager: boolean;
	/** somebody else's, private, or of another time */
	vetoed: boolean;
	/** what was passed over and may change the meaning */
	unclear?: string;
	noted: boolean;
}

/**
 * Finds every attribute that each column may be, by its name.
 * @param source see {@link SampledSource}
 * @returns at most one candidate for each column and attribute, and the columns whose names fit and that are not taken all the same
 */
export function namedCandidates(source: SampledSource): { candidates: Candidate[]; refusals: Refusal[] } {
	const columns = source.columns.map((column, from) => nameColumn(column, from, source));
	const candidates: Candidate[] = [];
	const refusals: Refusal[] = [];
	for (const named of columns) {
		const isForeign = foreignTest(named, columns);
		const readings = readingsOf(named, source);
		for (const attribute of source.attributes) {
			const found = candidateFor({ named, readings, attribute, isForeign }, source);
			if (found === undefined) continue;
			if ('why' in found) refusals.push(found);
			else candidates.push(found);
		}
	}
	return {
		candidates: candidates.map((candidate) => settlePair(candidate, candidates, source.mapped)),
		refusals,
	};
}

function nameColumn(column: string, from: number, { values, vocabulary }: SampledSource): NamedColumn {
	const forms = nameForms(column);
	const languages = forms.flatMap(({ folded }) => [...(vocabulary.languages.get(folded) ?? [])]);
	return {
		column,
		from,
		values: values[from],
		forms,
		owners: findOwners(column, vocabulary.owners),
		languages: new Set(languages),
	};
}

/** Whether a language is another one than that of all other columns. */
function foreignTest(named: NamedColumn, columns: readonly NamedColumn[]): (language: string) => boolean {
	const others = columns.filter((other) => other !== named && other.languages.size > 0);
	return (language) => others.length > 0 && others.every(({ languages }) => !languages.has(language));
}

function readingsOf({ forms, owners }: NamedColumn, { vocabulary }: SampledSource): Reading[] {
	const readings = forms.flatMap((form): Reading[] => {
		const reading: Reading = {
			folded: form.folded,
			ofManager: false,
			vetoed: false,
			noted: form.passedOver.some(({ kind }) => kind === 'note'),
		};
		for (const { kind, text } of form.passedOver) {
			const { kinds, unknown } = findOwners(text, vocabulary.owners);
			const managers = kinds.filter((owner) => owner === 'manager').length + Number(reading.ofManager);
			if (kinds.some((owner) => owner !== 'own' && owner !== 'manager')) reading.vetoed = true;
			// The manager's manager, and managers of a region or a second line, are other people.
			else if (managers > 1 || (kinds.includes('manager') && unknown.length > 0)) reading.vetoed = true;
			else if (kinds.includes('manager')) reading.ofManager = true;
			else if (unknown.length > 0 && kind === 'table') return [];
			else if (unknown.length > 0 && kind !== 'prefix' && !isFormat(text)) reading.unclear = text;
		}
		return [reading];
	});
	// "Supervisor's Work Email": a manager, and for the rest the name of a person's address.
	const named = owners.kinds.filter((kind) => kind !== 'own');
	if (named.length === 1 && named[0] === 'manager' && owners.rest.length > 0) {
		readings.push({ folded: owners.rest.join(''), ofManager: true, vetoed: false, noted: false });
	}
	return readings;
}

const FORMAT_WORD = /^(?:d{1,4}|m{1,4}|mon|gg?|y{2,4}|a{2,4}|j{2,4}|r{2,4}|hh?|ss?)$/i;

/** Notes such as `DD.MM.YYYY`, `TT/MM/JJJJ` or `hh:mm` say how values are written. */
function isFormat(note: string): boolean {
	const words = note.match(/\p{L}+/gu) ?? [];
	return /^[dmyjtahsuåÅ年月日\s.,:/\\-]+$/i.test(note) || words.every((word) => FORMAT_WORD.test(word));
}

interface Question {
	named: NamedColumn;
	readings: readonly Reading[];
	attribute: MatchedAttribute;
	isForeign: (language: string) => boolean;
}

function candidateFor(question: Question, source: SampledSource): Candidate | Refusal | undefined {
	const { named, readings, attribute } = question;
	const { column, from } = named;
	const base = { from, attribute: attribute.name };
	// Most names fit no attribute, and to look at hundreds of values costs more than all names.
	const fit = lazily(() => {
		return fitOf(attribute, named.values, source.vocabulary.foreignValues.get(attribute.name));
	});
	if (column === attribute.name) {
		const contradicted = fit() === 'contradicts';
		const strength = contradicted ? STRENGTH.exactContradicted : STRENGTH.exact;
		const reason = `The column "${column}" has the attribute's own name.`;
		return {
			...base,
			by: 'exact',
			sureness: 'sure',
			strength,
			reason,
			...(contradicted && { contradicted }),
		};
	}
	let refusal: Refusal | undefined;
	let best: Candidate | undefined;
	for (const reading of readings) {
		const match = matchReading(reading, question, { source, fit });
		if (match === undefined) continue;
		const contradicted = fit() === 'contradicts';
		if (match === 'owner') refusal ??= { column, attribute: attribute.name, why: 'owner' };
		else if (!contradicted || (match.by === 'folded' && attribute.need === 'required')) {
			const strength = contradicted ? STRENGTH.foldedContradicted : match.strength;
			const candidate = { ...match, ...base, strength, ...(contradicted && { contradicted }) };
			if (!best || isBetter(candidate, best)) best = candidate;
		} else if (match.sureness === 'sure' || attribute.oneOf) {
			refusal = { column, attribute: attribute.name, why: 'values' };
		}
	}
	return best ?? refusal;
}

/** Works a value out when it is asked for first. */
function lazily<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}

function isBetter(one: Candidate, other: Candidate): boolean {
	const order: readonly Sureness[] = ['guess', 'likely', 'sure'];
	const surer = order.indexOf(one.sureness) - order.indexOf(other.sureness);
	return surer > 0 || (surer === 0 && one.strength > other.strength);
}

type Match = Omit<Candidate, 'from' | 'attribute'>;

/** Whether one reading of a column's name is the name of an attribute; `owner` where it would be, were it the employee's. */
function matchReading(
	reading: Reading,
	{ named, attribute, isForeign }: Question,
	{ source, fit }: { source: SampledSource; fit: () => Fit },
): Match | 'owner' | undefined {
	const { people, vocabulary } = source;
	const isManager = attribute.name === people?.manager;
	// The manager's address is called like the employee's, or like itself: `Manager_group.Work_Email`, `Manager_group.Manager_Email`.
	const wanted = isManager && reading.ofManager ? [people.manager, people.person] : [attribute.name];
	const own = wanted.some((name) => normalizeColumnName(name ?? '') === reading.folded);
	const aliases = (vocabulary.aliases.get(reading.folded) ?? []).filter(
		(alias) => wanted.includes(alias.attribute) && (!alias.onlyEmails || fit() !== 'unknown'),
	);
	if (!own && aliases.length === 0) return undefined;
	if (reading.vetoed || (reading.ofManager && !isManager)) return 'owner';
	const match = own ? ownName(reading, named, attribute) : bestAlias(aliases, named, isForeign);
	if (isManager && reading.ofManager) {
		match.reason = `The column "${named.column}" names the manager, and for the rest a person's address.`;
		delete match.substitute;
	}
	const weakened = reading.noted ? { ...match, strength: match.strength - NOTE_STEP } : match;
	const told = attribute.type === 'email' && match.by === 'alias' && fit() === 'fits';
	const confirmed = told ? addClause(weakened, ', and its values are e-mail addresses') : weakened;
	if (reading.unclear === undefined) return confirmed;
	const unclear = addClause(confirmed, `, but "${reading.unclear}" may change what it means`);
	return { ...unclear, sureness: match.sureness === 'sure' ? 'likely' : 'guess' };
}

function addClause<T extends { reason: string }>(match: T, clause: string): T {
	return { ...match, reason: `${match.reason.replace(/\.$/, '')}${clause}.` };
}

function ownName({ noted }: Reading, { column }: NamedColumn, attribute: MatchedAttribute): Match {
	const except = noted ? 'the note at its end' : 'its spelling';
	return {
		by: 'folded',
		sureness: 'sure',
		strength: STRENGTH.folded,
		reason: `The column "${column}" is called like ${attribute.name} except for ${except}.`,
	};
}

function bestAlias(
	aliases: readonly Alias[],
	{ column }: NamedColumn,
	isForeign: (language: string) => boolean,
): Match {
	const matches = aliases.map((alias): Match => {
		const foreign = alias.language !== undefined && isForeign(alias.language);
		const sureness = foreign ? 'guess' : alias.sureness;
		return {
			by: 'alias',
			sureness,
			strength: STRENGTH.alias - PREFERENCE_STEP * (foreign ? 6 : alias.preference),
			reason: aliasReason(column, alias, foreign),
			...(alias.substitute && { substitute: true }),
			...(alias.pairedWith !== undefined && !foreign && { pairedWith: alias.pairedWith }),
		};
	});
	return matches.reduce((best, match) => (match.strength > best.strength ? match : best));
}

/** How sure we are shows in the words: a documented field is told otherwise than a guess. */
function aliasReason(column: string, alias: Alias, foreign: boolean): string {
	const { attribute, system, sureness, preference, certainty } = alias;
	if (foreign)
		return `The name "${column}" is ${attribute} in ${system}, but the other names are in another language.`;
	if (sureness === 'guess') return `The name "${column}" is ${attribute} only where nothing better is there.`;
	if (sureness === 'likely')
		return `The name "${column}" may be ${attribute}, but it can mean something else.`;
	if (preference > 1 && certainty === 'inferred') return `The column "${column}" serves as ${attribute}.`;
	if (preference > 1) return `The column "${column}" from ${system} serves as ${attribute}.`;
	if (certainty === 'documented') return `${system} calls ${attribute} "${column}".`;
	if (certainty === 'common') return `Exports of ${system} usually call ${attribute} "${column}".`;
	return `The column "${column}" says ${attribute} in ${system}.`;
}

/** A name that is sure only beside another one is likely where that one is missing. */
function settlePair(candidate: Candidate, all: readonly Candidate[], mapped: ReadonlySet<string>): Candidate {
	const { pairedWith, sureness, from } = candidate;
	if (pairedWith === undefined || sureness !== 'sure' || mapped.has(pairedWith)) return candidate;
	const partner = all.some(
		(other) =>
			other.attribute === pairedWith &&
			other.from !== from &&
			other.sureness === 'sure' &&
			other.pairedWith === undefined &&
			!other.contradicted,
	);
	if (partner) return candidate;
	return addClause(
		{ ...candidate, sureness: 'likely' },
		`, but is sure only beside a column for ${pairedWith}`,
	);
}

/** Strength of candidates that only the values speak for. */
export const VALUES_STRENGTH = STRENGTH.values;
