import type { CleaningKind } from '../../checks/cleanTable';
import type { AutomaticMatching } from '../../columns/matchColumns';
import type { DateOrder } from '../../dates/dateFormats';
import type { TableFileSettings } from '../../files/openTableFile';
import type { RuleCode } from '../../findings/catalogue';
import type { Severity } from '../../findings/finding';
import type { ValueSettings } from '../../pipeline/readChecked';

/** Values of the options about tables, as a saved workflow has them; their fields are in `fields/tableFields.ts`. */
export interface TableOptionValues {
	automaticMatching?: AutomaticMatching;
	dateOrder?: DateOrder | 'auto';
	delimiter?: string;
	encoding?: string;
	skipLinesBefore?: number;
	skipLinesAfter?: number;
	mendValues?: CleaningKind[];
	outputFindings?: boolean;
	ruleSettings?: { rules?: Array<{ code: RuleCode; severity: Severity | 'off' }> };
}

/** How a file is read; what is missing is found out. */
export function readFileOptions(options: TableOptionValues): TableFileSettings {
	return {
		delimiter: given(options.delimiter),
		encoding: given(options.encoding),
		skipLinesBefore: options.skipLinesBefore ?? 0,
		skipLinesAfter: options.skipLinesAfter ?? 0,
	};
}

/** How values are understood and checked. */
export function readValueOptions(options: TableOptionValues): ValueSettings {
	const rules = options.ruleSettings?.rules ?? [];
	return {
		dateOrder: options.dateOrder === 'auto' ? undefined : options.dateOrder,
		clean: options.mendValues ?? [],
		severities: Object.fromEntries(rules.map(({ code, severity }) => [code, severity])),
	};
}

function given(value: string | undefined): string | undefined {
	return value === undefined || value === 'auto' || value === '' ? undefined : value;
}
