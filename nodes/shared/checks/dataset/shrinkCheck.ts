import { count, number } from '../../core/format';
import type { Findings } from '../../findings/findings';

/** How large an import is: counts and names of columns, nothing of a person. */
export interface ImportSize {
	/** people with a valid row; missing where no column names them, or nobody looked */
	people?: number;
	/** valid rows */
	rows: number;
	/** the destination's names of the columns that are sent */
	columns: readonly string[];
}

/** How small an import may be. */
export interface ShrinkRules {
	/** 0: any number */
	minimumPeople: number;
	/** for an import that replaces the last one; missing for one that adds to it */
	replaces?: {
		/** the last import that the service accepted; missing where none is known */
		last?: ImportSize;
		/** of its people, from 0 to 1: so many may be fewer now */
		largestDropShare: number;
		/** columns that it had and this one need not have; letters count without case, `*` stands for all */
		mayDisappear: readonly string[];
	};
}

/** More names than that say nothing to a person. */
const COLUMNS_TOLD = 20;

/**
 * Compares the size of an import with that of the last one, because a service that replaces everything also replaces it with an
 * export that was cut short. People are compared where both imports name them, else rows.
 * @param size what is about to be sent
 * @param rules see {@link ShrinkRules}
 * @param findings takes an error for each rule that is broken; a warning where there is nothing to compare with
 */
export function checkShrinkage(
	size: ImportSize,
	{ minimumPeople, replaces }: ShrinkRules,
	findings: Findings,
): void {
	if ((size.people ?? size.rows) < minimumPeople) {
		findings.add('people-too-few', { found: quantityOf(size, size), minimum: number(minimumPeople) });
	}
	if (!replaces) return;
	const { last, largestDropShare, mayDisappear } = replaces;
	if (!last) {
		findings.add('last-import-unknown');
		return;
	}
	const byPeople = size.people !== undefined && last.people !== undefined;
	const [now, before] = byPeople ? [size.people ?? 0, last.people ?? 0] : [size.rows, last.rows];
	// Whole numbers: 29 of 100 are not more than 29 %.
	const limit = Math.round(largestDropShare * 10_000);
	if ((before - now) * 10_000 > before * limit) {
		findings.add('people-fewer', {
			found: quantityOf(size, last),
			before: number(before),
			drop: number(((before - now) / before) * 100),
			limit: limit / 100,
		});
	}
	if (mayDisappear.includes('*')) return;
	const kept = new Set([...size.columns, ...mayDisappear].map((name) => name.toLowerCase()));
	const gone = last.columns.filter((name) => !kept.has(name.toLowerCase()));
	if (gone.length === 0) return;
	const told = gone.slice(0, COLUMNS_TOLD).map((name) => `'${name}'`);
	if (gone.length > told.length) told.push(`${number(gone.length - told.length)} more`);
	findings.add('columns-gone', {
		before: count(last.columns.length, 'column'),
		now: number(size.columns.length),
		found: told.join(', '),
	});
}

function quantityOf({ people, rows }: ImportSize, other: ImportSize): string {
	return people === undefined || other.people === undefined
		? count(rows, 'row')
		: count(people, 'person', 'people');
}
