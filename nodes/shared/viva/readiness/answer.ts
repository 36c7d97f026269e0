import type { App, Need } from './apps';

/** Whether the rows that are sent are what an app needs. */
export interface Readiness {
	app: string;
	/** `perhaps` where something is short whose need is not sure */
	ready: 'yes' | 'no' | 'perhaps';
	/** the answer for people: "Ready …", or what is short */
	sentence: string;
	/** rows that were counted */
	rows: number;
	attributes: AttributeReadiness[];
}

/** How many rows have a value of an attribute, in percent. */
export interface AttributeReadiness {
	attribute: string;
	/** null where no column is sent as the attribute */
	filledPercent: number | null;
	/** 0 where no number is known */
	neededPercent: number;
}

/** One thing that is short. */
export interface Shortfall {
	text: string;
	/** the need is documented for such an import */
	sure: boolean;
}

/**
 * Says whether an import is ready for an app.
 * @param app what is known of the app
 * @param shortfalls what is short
 * @param part the rows are not everybody, so that their shares say little of all people
 */
export function answerOf(
	{ displayName, unknown }: App,
	shortfalls: readonly Shortfall[],
	part: boolean,
): Pick<Readiness, 'ready' | 'sentence'> {
	const short = shortfalls.map(({ text }) => text).join('; ');
	const more = unknown === undefined ? '' : ` ${unknown}`;
	if (shortfalls.some(({ sure }) => sure)) {
		return { ready: 'no', sentence: `Not ready for ${displayName}: ${short}.${more}` };
	}
	if (shortfalls.length > 0) {
		return { ready: 'perhaps', sentence: `Perhaps not ready for ${displayName}: ${short}.${more}` };
	}
	const seen = part ? ', as far as the rows of this import show' : '';
	return { ready: 'yes', sentence: `Ready for ${displayName}${seen}.${more}` };
}

/** A share in percent with one decimal place; never rounded up, so that what is short does not look enough. */
export function tenthsOfPercent(part: number, whole: number): number {
	return Math.floor((part * 1000) / whole) / 10;
}

/** The share that has a value and the one that is needed, for sentences. */
export function shareTexts({ percent }: Need, filled: number, rows: number) {
	const tenths = tenthsOfPercent(filled, rows);
	return {
		found: filled > 0 && tenths === 0 ? 'less than 0.1 %' : `${tenths} %`,
		needed: percent === 0 ? 'more' : `${percent} %`,
	};
}
