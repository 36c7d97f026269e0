import type { OwnerPhrases } from './owners';

/**
 * How well it is known that a system uses a name: `documented`: the reference of the vendor or of Microsoft names the field;
 * `common`: a label that exports commonly carry, not checked against a vendor's text;
 * `inferred`: a plain word that such a column may have.
 */
export type AliasCertainty = 'documented' | 'common' | 'inferred';

/**
 * How sure it is that a column is an attribute. `sure`: its name means one thing and its values fit; `likely`: the name can mean
 * something else; `guess`: only the values say so, or the name is a last resort or a word of another language.
 */
export type Sureness = 'sure' | 'likely' | 'guess';

/** A name of a source column that usually means one of a destination's attributes. */
export interface Alias {
	/** the name as the system writes it */
	name: string;
	/** the name folded by `normalizeColumnName`, by which it is looked up */
	folded: string;
	/** the destination's attribute */
	attribute: string;
	/** the HR system or the language that uses the name */
	system: string;
	/** where the name is a word of one language only; English counts as known everywhere */
	language?: string;
	sureness: Sureness;
	/** from 1; of two columns that could be the attribute, the one with the lower number is */
	preference: number;
	/** the name alone says too little: it counts only where the values are e-mail addresses */
	onlyEmails: boolean;
	/** the name is only likely unless another column surely is this attribute: `Name` beside `Vorname` */
	pairedWith?: string;
	/** the destination knows people by another name than this one */
	substitute?: true;
	certainty: AliasCertainty;
}

/** What is known of the names of columns, besides the attributes' own. */
export interface ColumnVocabulary {
	/** folded name → what it may be */
	aliases: ReadonlyMap<string, readonly Alias[]>;
	/** folded name → languages in which it is a name of a column */
	languages: ReadonlyMap<string, ReadonlySet<string>>;
	owners: OwnerPhrases;
	/** attribute → values, folded, of which such a column never consists */
	foreignValues: ReadonlyMap<string, ReadonlySet<string>>;
}
