import type { ColumnPlan } from '../columns/columnPlan';
import type { RuleCode } from '../findings/catalogue';
import type { Finding, Severity } from '../findings/finding';
import { createFindings, type Findings } from '../findings/findings';
import type { PeopleIndex } from '../people/peopleIndex';
import type { RecordBatch, Table } from '../records/recordBatch';

/** What is known of a source before its first record. */
export interface ObservedSource extends Pick<Table, 'columns' | 'unit'> {
	/** the people, as they become known; missing where no column names them */
	people?: PeopleIndex;
}

/**
 * Watches one input being read. An input is seldom read twice; the second reading begins with `restart`, so that an observer
 * always stands for the last one.
 */
export interface Observer {
	/** A reading begins, the first or another: what an earlier one showed no longer counts. */
	restart(): void;
	/** Receives every finding when it is made, from the header on. */
	onFinding?(finding: Finding): void;
	/** Receives every error of a record. */
	onRowError?(finding: Finding & { row: number }): void;
	/** Receives what was decided about the columns, before the first batch. */
	begin?(plan: ColumnPlan, source: ObservedSource): void;
	/** Receives each batch after all checks of it, with one flag for each record, 1 = invalid. */
	batch?(batch: RecordBatch, flags: Uint8Array): void;
}

/** Who watches a reading, and what ends it early. */
export interface Watching {
	observers?: readonly Observer[];
	signal?: AbortSignal;
}

/** Severities that differ from the catalogue's; `off` silences a rule. */
export type Severities = Partial<Record<RuleCode, Severity | 'off'>>;

/**
 * Begins a reading: observers start anew and receive what is found.
 * @param observers see {@link Observer}
 * @param severities see {@link Severities}
 * @returns an empty collection of findings
 */
export function beginReading(observers: readonly Observer[] = [], severities: Severities = {}): Findings {
	for (const observer of observers) observer.restart();
	// Without a listener, findings beyond the kept ones are only counted.
	const onFinding = observers.some((observer) => observer.onFinding !== undefined);
	const onRowError = observers.some((observer) => observer.onRowError !== undefined);
	return createFindings({
		severities,
		...(onFinding && { onFinding: (finding) => observers.forEach((each) => each.onFinding?.(finding)) }),
		...(onRowError && { onRowError: (finding) => observers.forEach((each) => each.onRowError?.(finding)) }),
	});
}
