import type { ValueLimits } from '../../checks/valueCheck';
import type { NewPeopleRules } from '../../checks/dataset/newPeopleCheck';
import type { DatasetRules } from '../../pipeline/datasetChecks';
import type { ColumnRules } from '../../columns/headerRules';
import type { DestinationId, RefreshKind } from '../service/destinations';
import { ATTRIBUTE_SETS, attributesFor } from './attributes';

/**
 * What an import asks of its columns.
 * @param hasOwnLimit the app that the rows are for has a limit of its own, so that a doubtful one does not hold
 */
export function columnRules(
	destination: DestinationId,
	refresh: RefreshKind,
	hasOwnLimit = false,
): ColumnRules {
	const { doubtfulAttributes, ...set } = ATTRIBUTE_SETS[destination];
	return {
		...set,
		attributes: attributesFor(destination, refresh),
		...(!hasOwnLimit && { doubtfulAttributes }),
	};
}

/** What every value of an import has to keep. */
export function valueLimits(destination: DestinationId): ValueLimits {
	const { maximumValueBytes, deletion } = ATTRIBUTE_SETS[destination];
	return {
		maximumValueBytes: maximumValueBytes?.value ?? Infinity,
		lineBreaks: false,
		deletingValue: deletion?.markers.string?.value,
	};
}

/** What people need whom the service does not know yet. */
export function newPeopleRules(destination: DestinationId): NewPeopleRules {
	const { requiredForNewPeople, people } = ATTRIBUTE_SETS[destination];
	return { requiredForNewPeople, manager: people?.manager };
}

/**
 * What an import asks of all its records together.
 * @param destination see {@link DestinationId}
 * @param refresh a full refresh is to hold everybody, with history
 * @param onlyChanges the records hold everybody, but only changes are sent; who is new is known then and checked elsewhere
 */
export function datasetRules(
	destination: DestinationId,
	refresh: RefreshKind,
	onlyChanges = false,
): DatasetRules {
	const { people, together, attributes } = ATTRIBUTE_SETS[destination];
	return {
		people,
		together,
		attributes,
		everybody: refresh === 'full' || (onlyChanges && refresh === 'incremental'),
		history: refresh === 'full',
		newPeople: refresh === 'incremental' && !onlyChanges ? newPeopleRules(destination) : undefined,
	};
}
