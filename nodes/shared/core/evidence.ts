/** How well a fact about a service is known; words as in the reference. */
export type Certainty = 'documented' | 'sample' | 'measured' | 'inferred';

/** Where a fact is written, and how well it is known. */
export interface Evidence {
	/** keys of the reference, for example `A5` */
	source: string;
	certainty: Certainty;
}

/** A fact about a service. */
export interface Fact<T> extends Evidence {
	value: T;
}
