import type { Findings } from '../findings/findings';
import type { ColumnProposal } from '../columns/columnPlan';
import type { MappingLine, OtherColumns } from '../columns/planColumns';
import { describeLeftOut, describeSent } from './describeColumns';
import type { Language } from './language/language';
import type { ReportData } from './observe/reportData';
import type { ReportObserver } from './observe/reportObserver';
import { verdictOf, type Outcome } from './page/verdict';

/** What is known of one import, or one file of signals, when its report is written. */
export interface ReportedImport extends Pick<
	ReportData,
	| 'fileName'
	| 'destination'
	| 'delivery'
	| 'refresh'
	| 'facts'
	| 'made'
	| 'zone'
	| 'unit'
	| 'records'
	| 'invalid'
	| 'onInvalid'
> {
	outcome: Outcome;
	findings: Findings;
	mapping: readonly MappingLine[];
	/** source columns that are not sent, and what was to happen to those that match nothing */
	leftOut: readonly string[];
	otherColumns: OtherColumns;
	/** columns that may be an attribute, but are not sent */
	proposals: readonly ColumnProposal[];
	/** whether the rows are what an app needs, where one is named */
	readiness?: ReportData['readiness'];
	/** how the file differs from a previous one, where one was given */
	changes?: ReportData['changes'];
}

/**
 * Puts together what a report tells.
 * @param known what the import came to
 * @param notes what was noted while its rows were read
 * @param language of the report
 */
export function composeReport(known: ReportedImport, notes: ReportObserver, language: Language): ReportData {
	const { outcome, findings, mapping, readiness } = known;
	const { fileName, destination, delivery, refresh, made, zone, unit, records, invalid, onInvalid } = known;
	const { changes } = known;
	const { filledIn, ...seen } = notes.conclude(findings);
	const counted = {
		...seen,
		destination,
		delivery,
		unit,
		records,
		invalid,
		onInvalid,
		...(changes && { changes }),
	};
	return {
		...counted,
		fileName,
		refresh,
		facts: known.facts,
		made,
		zone,
		verdict: verdictOf(outcome, counted, language),
		...(readiness && { readiness }),
		...(outcome.kind === 'sent' && { ingestionId: outcome.ingestionId }),
		columns: describeSent(mapping, filledIn),
		leftOut: describeLeftOut(known, filledIn),
	};
}
