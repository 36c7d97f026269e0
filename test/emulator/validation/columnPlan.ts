import type { MappedColumn } from '../model';
import type { FindingList } from './findings';
import {
	attributeLimit,
	dataTypes,
	hrAttributes,
	isSystemName,
	sameNameInOtherCase,
	type ValueKind,
} from './hrAttributes';
import type { DateOrder } from './valueForms';

/** A column of the file with what its values must be. */
export interface PlannedColumn extends MappedColumn {
	kind: ValueKind;
	order: DateOrder;
}

/** metadata.json after its own checks. */
export interface Metadata {
	bootstrap: boolean;
	mapping: Map<string, { name: string; type: string }>;
}

/**
 * Checks metadata.json by itself (A9, A11).
 * @returns null when nothing can be made of it; findings tell why
 */
export function readMetadata(
	bytes: Buffer,
	datasetType: 'HR' | 'Survey',
	findings: FindingList,
): { parsed: unknown; metadata: Metadata | null } {
	const whole = (rule: string, message: string): void => findings.error(null, null, rule, message);
	if (bytes.length === 0) {
		whole('jsonEmpty', 'The .json file is empty.');
		return { parsed: undefined, metadata: null };
	}
	let parsed: unknown;
	try {
		parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
	} catch {
		whole('jsonInvalid', 'The .json file is not valid JSON.');
		return { parsed: undefined, metadata: null };
	}
	if (!isObject(parsed)) {
		whole('jsonInvalid', 'The .json file is not an object.');
		return { parsed, metadata: null };
	}
	if (parsed['DatasetType'] !== datasetType) {
		whole('datasetType', `DatasetType is not "${datasetType}".`);
	}
	const isBootstrap = parsed['IsBootstrap'];
	// with these wrong, every further finding would only be a consequence
	let usable = true;
	if (isBootstrap !== 'true' && isBootstrap !== 'false') {
		usable = false;
		whole('isBootstrap', 'IsBootstrap must be the text "true" or "false".');
	}
	const mapping = parsed['Mapping'];
	if (!isObject(mapping) || Object.keys(mapping).length === 0) {
		whole('mapping', 'Mapping is missing or empty.');
		return { parsed, metadata: null };
	}
	const entries = new Map<string, { name: string; type: string }>();
	for (const [source, entry] of Object.entries(mapping)) {
		const name = isObject(entry) ? entry['name'] : undefined;
		const type = isObject(entry) ? entry['type'] : undefined;
		if (typeof name !== 'string' || name === '' || typeof type !== 'string' || type === '') {
			usable = false;
			findings.error(null, source, 'mappedToNothing', 'The column is mapped to a null or empty field.');
			continue;
		}
		if (!dataTypes.has(type)) {
			findings.error(
				null,
				source,
				'unsupportedType',
				`The column is mapped to the unsupported data type "${type}".`,
			);
		}
		entries.set(source, { name, type });
	}
	return { parsed, metadata: usable ? { bootstrap: isBootstrap === 'true', mapping: entries } : null };
}

/** Checks a header by itself (A10, A11). Survey headers are question labels: their characters are free (A14). */
export function checkHeader(header: string[], datasetType: 'HR' | 'Survey', findings: FindingList): void {
	const seen = new Set<string>();
	header.forEach((name, index) => {
		if (name === '') {
			findings.error(1, letter(index), 'headerMissing', `Column ${letter(index)} has no header.`);
			return;
		}
		if (seen.has(name.toLowerCase())) {
			findings.error(1, name, 'headerDuplicate', 'The header occurs more than once.');
		}
		seen.add(name.toLowerCase());
		const unsupported = datasetType === 'HR' ? !/^[A-Za-z0-9_]+$/.test(name) : /[\r\n\0\ufeff]/.test(name);
		if (unsupported) findings.error(1, name, 'headerCharacters', 'The header has unsupported characters.');
		if (datasetType === 'HR' && isSystemName(name)) {
			findings.error(1, name, 'headerSystemField', 'The header is the name of a system field.');
		}
	});
}

/** Brings header and mapping together (A9, A11). Gives the columns in the order of the file. */
export function planFromMetadata(
	header: string[],
	metadata: Metadata,
	datasetType: 'HR' | 'Survey',
	findings: FindingList,
): PlannedColumn[] {
	if (header.length !== metadata.mapping.size) {
		findings.error(
			null,
			null,
			'headerCount',
			`The .csv has ${header.length} headers, the .json maps ${metadata.mapping.size} fields.`,
		);
	}
	for (const source of metadata.mapping.keys()) {
		if (!header.includes(source)) {
			findings.error(null, source, 'headerDiffers', 'The mapped field is no header of the .csv.');
		}
	}
	const columns: PlannedColumn[] = [];
	for (const source of header) {
		const target = metadata.mapping.get(source);
		if (!target) findings.error(null, source, 'headerDiffers', 'The header is not mapped in the .json.');
		const type = dataTypes.get(target?.type ?? '') ?? { kind: 'string' as const };
		columns.push({
			source,
			name: target?.name ?? source,
			type: target?.type ?? '',
			kind: type.kind,
			order: type.order ?? 'monthFirst',
		});
	}
	checkTargets(columns, datasetType, findings);
	return columns;
}

/** Plan of a raw body: headers must be the service's names (A5). */
export function planFromNames(
	header: string[],
	datasetType: 'HR' | 'Survey',
	findings: FindingList,
): PlannedColumn[] {
	const columns = header.map((source): PlannedColumn => {
		const kind = datasetType === 'HR' ? (hrAttributes.get(source)?.kind ?? 'string') : 'string';
		return { source, name: source, type: kind, kind, order: 'monthFirst' };
	});
	checkTargets(columns, datasetType, findings);
	return columns;
}

function checkTargets(columns: PlannedColumn[], datasetType: 'HR' | 'Survey', findings: FindingList): void {
	const taken = new Set<string>();
	for (const column of columns) {
		if (taken.has(column.name.toLowerCase())) {
			findings.error(
				null,
				column.source,
				'mappedTwice',
				`Two columns are mapped to the field ${column.name}.`,
			);
		}
		taken.add(column.name.toLowerCase());
		if (datasetType === 'Survey') continue;
		if (isSystemName(column.name)) {
			findings.error(null, column.source, 'systemField', `${column.name} is a system field.`);
		}
		const known = sameNameInOtherCase(column.name);
		if (known !== null) {
			findings.error(null, column.source, 'reservedCase', `${column.name} is to be written ${known}.`);
		}
		const attribute = hrAttributes.get(column.name);
		if (attribute && attribute.kind !== column.kind) {
			findings.error(null, column.source, 'fieldType', `${column.name} must be mapped as ${attribute.kind}.`);
		}
		if (!attribute && !/^[A-Za-z0-9_]+$/.test(column.name)) {
			findings.error(null, column.source, 'fieldCharacters', `${column.name} has unsupported characters.`);
		}
	}
	if (datasetType === 'HR' && columns.length > attributeLimit) {
		findings.error(null, null, 'attributeLimit', `There are more than ${attributeLimit} attributes.`);
	}
}

/** The name a spreadsheet gives to a column: A, B, …, AA. */
function letter(index: number): string {
	return index < 26
		? String.fromCharCode(65 + index)
		: letter(Math.floor(index / 26) - 1) + letter(index % 26);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
