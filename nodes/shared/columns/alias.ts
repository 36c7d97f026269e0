/**
 * How well it is known that a system uses a name: `documented`: the reference of the vendor or of Microsoft names the field;
 * `common`: a label that exports commonly carry, not checked against a vendor's text;
 * `inferred`: a plain word that such a column may have.
 */
export type AliasCertainty = 'documented' | 'common' | 'inferred';

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
	/** 1: says the same · 2: usual substitute · 3: last resort */
	preference: 1 | 2 | 3;
	/** the name alone says too little: it counts only where the values are e-mail addresses */
	onlyEmails: boolean;
	certainty: AliasCertainty;
	/** where the name is known from */
	note: string;
}
