/** A refusal of Entra: HTTP status, OAuth error, AADSTS number (D3), sentence. */
export interface Refusal {
	status: number;
	error: string;
	code: number;
	sentence: string;
}

/** Ends the handling of a token request. */
export class Refused extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.sentence);
	}
}

/** Refuses a token request. */
export function refuse(status: number, error: string, code: number, sentence: string): never {
	throw new Refused({ status, error, code, sentence });
}
