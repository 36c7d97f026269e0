import type { Findings } from '../../findings/findings';
import { checkName, checkPlannedColumns, isSystemName } from '../../columns/headerRules';
import { knownColumn } from '../../columns/planColumns';
import type { Attribute, ColumnPlan, PlannedColumn, ValueType } from '../../columns/columnPlan';
import { columnRules } from '../attributes/importChecks';
import { hasOwnLimit, type AppId } from '../readiness/apps';
import { DESTINATIONS, type DestinationId, type RefreshKind } from '../service/destinations';

/** What a metadata.json made by somebody else says. */
export interface PrebuiltMetadata {
	refresh: RefreshKind;
	/** source column → field and type, in the file's order */
	mapping: Array<{ column: string; name: string; type: string }>;
}

/**
 * Reads a metadata.json that came ready-made. What is wrong with it becomes a finding (source A9, A11).
 * @param text the file's text
 * @param destination where it is to be sent
 * @param findings takes what is wrong
 * @returns nothing where the text is not usable at all
 */
export function readMetadata(
	text: string,
	destination: DestinationId,
	findings: Findings,
): PrebuiltMetadata | undefined {
	if (text.trim() === '') {
		findings.add('metadata-empty');
		return undefined;
	}
	const metadata = parseObject(text);
	if (!metadata) {
		findings.add('metadata-not-json');
		return undefined;
	}
	const expected = DESTINATIONS[destination].datasetType?.word ?? '';
	if (metadata.DatasetType !== expected) findings.add('metadata-dataset-type', { expected });
	const isBootstrap = metadata.IsBootstrap;
	if (isBootstrap !== 'true' && isBootstrap !== 'false') findings.add('metadata-is-bootstrap');
	const refresh = isBootstrap === 'false' ? 'incremental' : 'full';
	const mapping = metadata.Mapping;
	if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) {
		findings.add('metadata-mapping-missing');
		return { refresh, mapping: [] };
	}
	return { refresh, mapping: Object.entries(mapping).map(([column, entry]) => readEntry(column, entry)) };
}

function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}

function readEntry(column: string, entry: unknown): PrebuiltMetadata['mapping'][number] {
	const { name, type } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<
		string,
		unknown
	>;
	return {
		column,
		name: typeof name === 'string' ? name.trim() : '',
		type: typeof type === 'string' ? type : '',
	};
}

/**
 * Plans the checks of a ready-made data.csv by its metadata: the file is sent as it is, so every column must be mapped
 * and every mapped column must be there (source A11).
 * @param columns header of data.csv
 * @param request its metadata, see {@link readMetadata}, where it is to be sent, and for which app
 * @param findings takes what is wrong
 */
export function planPrebuiltColumns(
	columns: readonly string[],
	request: { metadata: PrebuiltMetadata; destination: DestinationId; prepareFor?: AppId },
	findings: Findings,
): ColumnPlan {
	const { metadata, destination, prepareFor } = request;
	const rules = columnRules(destination, metadata.refresh, hasOwnLimit(prepareFor));
	const attributes = new Map(rules.attributes.map((known) => [known.name, known]));
	const entries = new Map(metadata.mapping.map((entry) => [entry.column, entry]));
	const planned: PlannedColumn[] = [];
	const seen = new Set<string>();

	columns.forEach((column, sourceIndex) => {
		if (column.trim() === '') {
			findings.add('header-empty', { position: sourceIndex + 1 });
			return;
		}
		if (seen.has(column.toLowerCase())) {
			findings.add('header-duplicate', { column });
			return;
		}
		seen.add(column.toLowerCase());
		if (!rules.headerPattern.pattern.test(column)) {
			const allowed = rules.headerPattern.sentence;
			findings.add('header-characters', { column, attribute: column, allowed });
		} else if (isSystemName(column, rules)) {
			findings.add('header-system-name', { column, attribute: column });
		}
		const entry = entries.get(column);
		if (!entry) {
			findings.add('metadata-column-unmapped', { column });
		} else if (entry.name === '') {
			findings.add('metadata-column-unnamed', { column });
		} else {
			const attribute = attributes.get(entry.name);
			const reason = `metadata.json maps the column "${column}" to ${entry.name}.`;
			const source = { sourceIndex, sourceName: column, reason };
			planned.push(
				attribute
					? knownColumn(attribute, rules, source)
					: { name: entry.name, type: valueTypeOf(entry.type), required: false, ...source },
			);
			if (!attribute) checkName({ attribute: entry.name, column }, rules, findings);
			checkType(entry, attribute, findings);
		}
	});

	for (const { column } of metadata.mapping) {
		if (!columns.includes(column)) findings.add('metadata-column-missing', { column });
	}
	for (const { name, need } of attributes.values()) {
		if (need === 'required' && !planned.some((column) => column.name === name)) {
			findings.add('column-required-missing', { attribute: name });
		}
	}
	checkPlannedColumns(planned, rules, findings);
	return { columns: planned, leftOut: [], proposals: [] };
}

/** The words for types that vendor texts use, and those that are built like them (source A9). */
const TYPE_WORDS: ReadonlyMap<string, ValueType> = new Map([
	['EmailType', 'email'],
	['DateTime_MMDDYYYY', 'date'],
	['DateTime_DDMMYYYY', 'date'],
	['DateTimeType', 'date'],
	['int32', 'integer'],
	['IntegerType', 'integer'],
	['double', 'double'],
	['DoubleType', 'double'],
	['string', 'string'],
	['StringType', 'string'],
]);

const TYPE_NAMES: Record<ValueType, string> = {
	email: 'an e-mail address',
	date: 'a date',
	integer: 'a whole number',
	double: 'a decimal number',
	string: 'text',
};

function valueTypeOf(word: string): ValueType {
	return TYPE_WORDS.get(word) ?? 'string';
}

function checkType(
	{ column, type }: PrebuiltMetadata['mapping'][number],
	attribute: Attribute | undefined,
	findings: Findings,
): void {
	const known = TYPE_WORDS.get(type);
	if (type === '') findings.add('metadata-type-missing', { column });
	else if (known === undefined) findings.add('metadata-type-unknown', { column, found: type });
	else if (attribute && attribute.type !== known) {
		const expected = TYPE_NAMES[attribute.type];
		findings.add('metadata-type-wrong', { column, attribute: attribute.name, found: type, expected });
	}
}
