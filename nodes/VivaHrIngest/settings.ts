import type { IExecuteFunctions } from 'n8n-workflow';
import {
	readTableOptions,
	type TableOptionValues,
	type TableSettings,
} from '../shared/n8n/fields/tableFields';
import { problem } from '../shared/core/problem';
import type { ServiceTypes } from '../shared/viva/package/metadata';
import type { ValueType } from '../shared/columns/columnPlan';
import type { MappingEntry, OtherColumns } from '../shared/columns/planColumns';
import { ATTRIBUTE_SETS } from '../shared/viva/attributes/attributes';
import {
	DESTINATIONS,
	type BodyType,
	type DestinationId,
	type RefreshKind,
} from '../shared/viva/service/destinations';
import { OWN_ATTRIBUTE } from './fields/columnMapping';

/** The step's form as plain values, for one import. */
export interface Settings extends TableSettings {
	destination: DestinationId;
	input: 'items' | 'file';
	binaryPropertyName: string;
	refresh: RefreshKind;
	/** only new and changed people are sent; missing where everything is */
	changes?: ChangesSettings;
	mapping: MappingEntry[];
	otherColumns: OtherColumns;
	onInvalid: 'stop' | 'leaveOut' | 'send';
	whenBusy: 'fail' | 'wait' | 'skip';
	waitMs: number;
	outputPackage: boolean;
	/** a report for people is given out */
	outputReport: boolean;
	level: number;
	formPart: string;
	maximumInvalidShare: number;
	form: BodyType;
	timeoutMs: number;
	serviceTypes: ServiceTypes;
}

/** The user's wishes about sending only what changed. */
export interface ChangesSettings {
	/** field of the previous file; missing where it is found out */
	previousField?: string;
	/** of the people of the previous file, from 0 to 1 */
	maximumMissingShare: number;
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
	missingPeople?: ChangesSettings['missingPeople'];
	previousBinaryPropertyName?: string;
	otherColumns?: OtherColumns;
	outputPackage?: boolean;
	outputReport?: boolean;
	timeoutMinutes?: number;
	waitMinutes?: number;
	whenBusy?: Settings['whenBusy'];
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
	const knownForm = DESTINATIONS[destination].defaultBodyType;
	const form = options.bodyForm === undefined || options.bodyForm === 'auto' ? knownForm : options.bodyForm;
	if (!DESTINATIONS[destination].bodyTypes[form]) {
		throw problem.configuration(
			`${DESTINATIONS[destination].displayName} does not take the form chosen in the option 'Send As'.`,
			"Set the option 'Send As' to 'Recommended'.",
		);
	}
	const changes =
		read<string>('send', 'everything') === 'changes' ? readChanges(destination, form, options) : undefined;
	return {
		destination,
		changes,
		input: read('input', 'items'),
		binaryPropertyName: read('binaryPropertyName', 'data'),
		refresh: readRefresh(destination, changes ? 'incremental' : read<RefreshKind>('refresh', 'full')),
		mapping: readMapping(read<{ entries?: MappingRow[] }>('columnMapping', {}).entries ?? []),
		otherColumns: options.otherColumns ?? 'leaveOut',
		onInvalid: read('onInvalidRows', 'stop'),
		whenBusy: options.whenBusy ?? 'fail',
		waitMs: (options.waitMinutes ?? 30) * MINUTE_MS,
		outputPackage: options.outputPackage ?? false,
		outputReport: options.outputReport ?? false,
		level: options.compressionLevel ?? 1,
		...readTableOptions(options),
		formPart: options.formPart ?? 'info',
		maximumInvalidShare: (options.maximumInvalidPercent ?? 5) / 100,
		form,
		timeoutMs: (options.timeoutMinutes ?? 60) * MINUTE_MS,
		serviceTypes: readServiceTypes(destination, options.serviceTypes?.names ?? {}),
	};
}

export function readRefresh(destination: DestinationId, wish: RefreshKind): RefreshKind {
	const { refreshKinds } = DESTINATIONS[destination];
	return refreshKinds.includes(wish) ? wish : refreshKinds[0];
}

/** @throws Problem `configuration` where the service would take the changed people for everybody */
function readChanges(destination: DestinationId, form: BodyType, options: OptionValues): ChangesSettings {
	const { displayName, refreshKinds, bodyTypes: bodyForms } = DESTINATIONS[destination];
	if (!ATTRIBUTE_SETS[destination].people) {
		throw problem.configuration(
			`Nothing tells which column of an import into ${displayName} names the person, so changes cannot be found.`,
			"Set 'Send' to 'Everything'.",
		);
	}
	if (!refreshKinds.includes('merge') && !bodyForms[form]?.carriesMetadata) {
		throw problem.configuration(
			`Sent as ${form.toUpperCase()}, an import into ${displayName} does not say that it is incremental; the service might take the changed people for everybody.`,
			"Set the option 'Send As' to 'Recommended', or 'Send' to 'Everything'.",
		);
	}
	return {
		previousField: options.previousBinaryPropertyName?.trim() || undefined,
		maximumMissingShare: (options.maximumMissingPercent ?? 20) / 100,
		missingPeople: options.missingPeople ?? 'items',
	};
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
