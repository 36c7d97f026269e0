import type { CleaningKind } from '../../checks/cleanTable';
import type { AutomaticMatching } from '../../columns/matchColumns';
import type { ShrinkRules } from '../../checks/dataset/shrinkCheck';
import type { DateOrder } from '../../dates/dateFormats';
import type { TableFileSettings } from '../../files/openTableFile';
import type { RuleCode } from '../../findings/catalogue';
import type { Severity } from '../../findings/finding';
import type { ValueSettings } from '../../pipeline/readChecked';

/** Values of the options about tables; their fields are in `fields/tableFields.ts`. */
export interface TableOptions {
	automaticMatching: AutomaticMatching;
	dateOrder: DateOrder | 'auto';
	delimiter: string;
	encoding: string;
	skipLinesBefore: number;
	skipLinesAfter: number;
	mendValues: CleaningKind[];
	outputFindings: boolean;
	ruleSettings: RuleSettings;
}

/** Rules that count for more or less than usual. */
export interface RuleSettings {
	rules?: Array<{ code: RuleCode; severity: Severity | 'off' }>;
}

/** How a file is read; what is missing is found out. */
export function readFileOptions(options: TableOptions): TableFileSettings {
	return {
		delimiter: unlessAuto(options.delimiter),
		encoding: unlessAuto(options.encoding.trim()),
		skipLinesBefore: options.skipLinesBefore,
		skipLinesAfter: options.skipLinesAfter,
	};
}

/** Values of the options about the size of an import. */
export interface ShrinkOptions {
	maximumMissingPercent: number;
	mayDisappear: string;
	minimumPeople: number;
}

/** How small an import may be, beside the last one. */
export type ShrinkLimits = Pick<ShrinkRules, 'minimumPeople'> &
	Omit<Required<ShrinkRules>['replaces'], 'last'>;

/** Reads how small an import may be. */
export function readShrinkOptions(options: ShrinkOptions): ShrinkLimits {
	return {
		minimumPeople: options.minimumPeople,
		largestDropShare: options.maximumMissingPercent / 100,
		mayDisappear: options.mayDisappear.split(',').map((name) => name.trim()),
	};
}

/** How values are understood and checked. */
export function readValueOptions(options: TableOptions): ValueSettings {
	return {
		dateOrder: unlessAuto(options.dateOrder),
		now: new Date(),
		clean: options.mendValues,
		severities: readSeverities(options.ruleSettings),
	};
}

/** How much the rules count whose severity the user has set. */
export function readSeverities({ rules = [] }: RuleSettings): ValueSettings['severities'] {
	return Object.fromEntries(rules.map(({ code, severity }) => [code, severity]));
}

function unlessAuto<T extends string>(value: T | 'auto'): T | undefined {
	return value === 'auto' ? undefined : value;
}
