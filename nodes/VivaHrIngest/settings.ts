import type { IExecuteFunctions } from 'n8n-workflow';
import type { ValueType } from '../shared/columns/columnPlan';
import type { MappingEntry, OtherColumns } from '../shared/columns/planColumns';
import { problem } from '../shared/core/problem';
import type { PreviousInputSettings } from '../shared/n8n/input/previousInput';
import type { InputSettings } from '../shared/n8n/input/tableInput';
import { readFileOptions, readValueOptions, type TableOptionValues } from '../shared/n8n/input/tableOptions';
import { ATTRIBUTE_SETS } from '../shared/viva/attributes/attributes';
import type { ServiceTypes } from '../shared/viva/package/metadata';
import type { PackageSettings } from '../shared/viva/package/preparePackage';
import {
	DESTINATIONS,
	type BodyType,
	type DestinationId,
	type RefreshKind,
} from '../shared/viva/service/destinations';
import { OWN_ATTRIBUTE } from './fields/columnMapping';

/** The step's panel as plain values, for one import: what each layer needs, under its name. */
export interface Settings {
	/** where the rows and those of the previous file are */
	source: InputSettings & PreviousInputSettings;
	package: PackageSettings;
	/** of all rows, from 0 to 1 */
	maximumInvalidShare: number;
	upload: UploadSettings;
	output: OutputSettings;
}

/** How a package is uploaded. */
export interface UploadSettings {
	/** name of the form's part, where the body is a form */
	formPart: string;
	timeoutMs: number;
	whenBusy: 'fail' | 'wait' | 'skip';
	waitMs: number;
}

/** What is given out besides the result. */
export interface OutputSettings {
	/** the package of a validation */
	package: boolean;
	/** a report for people */
	report: boolean;
	/** all findings as a file */
	findings: boolean;
	/** people of the previous file who are missing */
	missingPeople: 'items' | 'file' | 'count';
}

/** A line of 'Column Mapping', as a saved workflow has it. */
export interface MappingRow {
	column: string;
	attribute?: string;
	ownAttribute?: string;
	type?: ValueType;
}

interface OptionValues extends TableOptionValues {
	bodyForm?: BodyType | 'auto';
	compressionLevel?: number;
	formPart?: string;
	maximumInvalidPercent?: number;
	maximumMissingPercent?: number;
	missingPeople?: OutputSettings['missingPeople'];
	previousBinaryPropertyName?: string;
	otherColumns?: OtherColumns;
	outputPackage?: boolean;
	outputReport?: boolean;
	timeoutMinutes?: number;
	waitMinutes?: number;
	whenBusy?: UploadSettings['whenBusy'];
	serviceTypes?: { names?: Partial<ServiceTypes> };
}

const MINUTE_MS = 60_000;

/**
 * Reads the form once, for all items or for one file.
 * @param context the step's execution
 * @param item index of the item for whose expressions the values are read
 * @throws Problem `configuration` where values do not go together
 */
export function readSettings(context: IExecuteFunctions, item: number): Settings {
	const read = <T>(name: string, otherwise: T) => context.getNodeParameter(name, item, otherwise) as T;
	const destination = read<DestinationId>('destination', 'vivaHr');
	const options = read<OptionValues>('options', {});
	const onlyChanges = read<string>('send', 'everything') === 'changes';
	const bodyType = readBodyType(destination, options.bodyForm);
	if (onlyChanges) assertChangesCanBeSent(destination, bodyType);
	return {
		source: {
			binaryPropertyName: read('binaryPropertyName', 'data'),
			previousField: options.previousBinaryPropertyName?.trim() || undefined,
			...readFileOptions(options),
		},
		package: {
			destination,
			refresh: readRefresh(destination, onlyChanges ? 'incremental' : read<RefreshKind>('refresh', 'full')),
			bodyType,
			mapping: readMapping(read<{ entries?: MappingRow[] }>('columnMapping', {}).entries ?? []),
			matching: options.automaticMatching ?? 'sure',
			otherColumns: options.otherColumns ?? 'leaveOut',
			onInvalid: read('onInvalidRows', 'stop'),
			level: options.compressionLevel ?? 1,
			serviceTypes: readServiceTypes(destination, options.serviceTypes?.names ?? {}),
			zone: context.getTimezone(),
			changes: onlyChanges ? { maximumMissingShare: (options.maximumMissingPercent ?? 20) / 100 } : undefined,
			...readValueOptions(options),
		},
		maximumInvalidShare: (options.maximumInvalidPercent ?? 5) / 100,
		upload: {
			formPart: options.formPart ?? 'info',
			timeoutMs: (options.timeoutMinutes ?? 60) * MINUTE_MS,
			whenBusy: options.whenBusy ?? 'fail',
			waitMs: (options.waitMinutes ?? 30) * MINUTE_MS,
		},
		output: {
			package: options.outputPackage ?? false,
			report: options.outputReport ?? false,
			findings: options.outputFindings ?? false,
			missingPeople: options.missingPeople ?? 'items',
		},
	};
}

function readBodyType(destination: DestinationId, wish: OptionValues['bodyForm']): BodyType {
	const { bodyTypes, defaultBodyType, displayName } = DESTINATIONS[destination];
	const bodyType = wish === undefined || wish === 'auto' ? defaultBodyType : wish;
	if (bodyTypes[bodyType]) return bodyType;
	throw problem.configuration(
		`${displayName} does not take the form chosen in the option 'Send As'.`,
		"Set the option 'Send As' to 'Recommended'.",
	);
}

export function readRefresh(destination: DestinationId, wish: RefreshKind): RefreshKind {
	const { refreshKinds } = DESTINATIONS[destination];
	return refreshKinds.includes(wish) ? wish : refreshKinds[0];
}

/** @throws Problem `configuration` where the service would take the changed people for everybody */
function assertChangesCanBeSent(destination: DestinationId, bodyType: BodyType): void {
	const { displayName, refreshKinds, bodyTypes } = DESTINATIONS[destination];
	if (!ATTRIBUTE_SETS[destination].people) {
		throw problem.configuration(
			`Nothing tells which column of an import into ${displayName} names the person, so changes cannot be found.`,
			"Set 'Send' to 'Everything'.",
		);
	}
	if (!refreshKinds.includes('merge') && !bodyTypes[bodyType]?.carriesMetadata) {
		throw problem.configuration(
			`Sent as ${bodyType.toUpperCase()}, an import into ${displayName} does not say that it is incremental; the service might take the changed people for everybody.`,
			"Set the option 'Send As' to 'Recommended', or 'Send' to 'Everything'.",
		);
	}
}

/**
 * Reads the lines of 'Column Mapping'.
 * @throws Problem `configuration` for a line that is not complete
 */
export function readMapping(rows: readonly MappingRow[]): MappingEntry[] {
	return rows.map(({ column, attribute = OWN_ATTRIBUTE, ownAttribute = '', type }) => {
		const name = attribute === OWN_ATTRIBUTE ? ownAttribute.trim() : attribute;
		if (column.trim() === '' || name === '') {
			throw problem.configuration(
				column.trim() === ''
					? "A line of 'Column Mapping' names no column."
					: `The line of 'Column Mapping' for the column '${column}' names no attribute.`,
				'Fill it in or remove the line.',
			);
		}
		return { column, attribute: name, type: attribute === OWN_ATTRIBUTE ? type : undefined };
	});
}

function readServiceTypes(destination: DestinationId, names: Partial<ServiceTypes>): ServiceTypes {
	const defaults = DESTINATIONS[destination].serviceTypes;
	const word = (type: ValueType) => names[type]?.trim() || defaults[type].word;
	return {
		string: word('string'),
		email: word('email'),
		date: word('date'),
		integer: word('integer'),
		double: word('double'),
	};
}
