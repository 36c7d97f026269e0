import type { IDataObject } from 'n8n-workflow';

/** How much a result item says: `flat` is that of the first panel, where everything stands side by side. */
export type ResultForm = 'flat' | 'simplified' | 'full';

/** The first panel that gives the sentence, what the next step needs, and the rest under one key. */
const FIRST_WITH_FORMS = 1.1;

/** A result before it has a form. */
export interface Result {
	/** what happened, in a sentence */
	summary: string;
	/** every fact, by its name */
	facts: IDataObject;
	/** names of the facts that the next step may need, in the order in which they are shown */
	main: readonly string[];
}

/**
 * The form that a step's results have.
 * @param typeVersion of the panel with which the step was saved
 * @param chosen the user's choice
 */
export function resultFormOf(typeVersion: number, chosen: 'simplified' | 'full'): ResultForm {
	return typeVersion < FIRST_WITH_FORMS ? 'flat' : chosen;
}

/**
 * Puts a result into its form: the sentence first, then what the next step needs, then the details.
 * @param result see {@link Result}
 * @param form see {@link ResultForm}
 */
export function inForm({ summary, facts, main }: Result, form: ResultForm): IDataObject {
	if (form === 'flat') return { summary, ...facts };
	const named = main.filter((name) => facts[name] !== undefined).map((name) => [name, facts[name]] as const);
	const simplified: IDataObject = { summary, ...Object.fromEntries(named) };
	if (form === 'simplified') return simplified;
	const details = Object.entries(facts).filter(([name]) => !main.includes(name));
	return { ...simplified, details: Object.fromEntries(details) };
}
