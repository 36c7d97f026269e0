import type { Findings } from '../../findings/findings';
import type { AutomaticMatching } from '../../columns/matchColumns';
import type { MappingEntry, MappingLine, OtherColumns } from '../../columns/planColumns';
import type { ColumnPlan } from '../../columns/columnPlan';
import { planManagers } from '../../managers/planManagers';
import { attributeVocabulary, numberVocabulary } from './aliases';
import { ATTRIBUTE_SETS } from './attributes';
import { columnRules } from './importChecks';
import type { DestinationId, RefreshKind } from '../service/destinations';

/** What the matching of columns depends on besides the table. */
export interface ImportSettings {
	destination: DestinationId;
	refresh: RefreshKind;
	mapping: readonly MappingEntry[];
	/** which names are enough to send a column */
	matching: AutomaticMatching;
	otherColumns: OtherColumns;
	/** the app that the rows are for has a limit of attributes of its own */
	hasOwnLimit?: boolean;
}

/**
 * Decides which columns an import sends, by the rules of its destination.
 * @param source the header, and the first rows with their values in its order
 * @param wishes see {@link ImportSettings}
 * @param findings takes what is wrong with the header
 * @returns the plan, and the mapping in words
 * @throws Problem `configuration` where the user's mapping contradicts itself or names a column that is not there
 */
export function planImport(
	source: { columns: readonly string[]; samples: ReadonlyArray<readonly string[]> },
	{ destination, refresh, mapping, matching, otherColumns, hasOwnLimit }: ImportSettings,
	findings: Findings,
): { plan: ColumnPlan; mapping: MappingLine[] } {
	const set = ATTRIBUTE_SETS[destination];
	return planManagers(
		{
			...source,
			rules: columnRules(destination, refresh, hasOwnLimit),
			vocabulary: attributeVocabulary(destination),
			matching,
			mapping,
			// A survey's columns are its questions: there is nothing that they could match.
			otherColumns: set.attributes.length === 0 ? 'custom' : otherColumns,
		},
		numberVocabulary(),
		findings,
	);
}
