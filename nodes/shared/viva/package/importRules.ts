import { createRowCheck, createShapeCheck } from '../../checks/rowCheck';
import { createDateColumns } from '../../dates/dateColumns';
import type { ReadingRules, ValueSettings } from '../../pipeline/readChecked';
import { valueLimits } from '../attributes/importChecks';
import type { DestinationId, RefreshKind } from '../service/destinations';

/** The user's wishes about how the rows of an import are understood. */
export interface ReadingSettings extends ValueSettings {
	destination: DestinationId;
	refresh: RefreshKind;
	/** `send`: records are not checked, but for those that cannot be sent as they are */
	onInvalid: 'stop' | 'leaveOut' | 'send';
	/** IANA name of the zone in which dates with a time are days */
	zone?: string;
}

/** How the rows of an import are understood and checked, but for its columns and the checks of all rows together. */
export function importRules(settings: ReadingSettings): Omit<ReadingRules, 'plan' | 'datasetChecks'> {
	const { destination, onInvalid, clean, dateOrder, zone } = settings;
	return {
		clean,
		dates: ({ columns }) =>
			createDateColumns(columns, { order: dateOrder, zone, style: 'monthDayYear', isoAsItIs: true }),
		conversion: ({ type, sourceIndex }, dates) =>
			type === 'date' ? dates.conversion(sourceIndex) : undefined,
		check: (parts) =>
			onInvalid === 'send' ? createShapeCheck(parts) : createRowCheck(parts, valueLimits(destination)),
	};
}
