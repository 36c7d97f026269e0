import type { IExecuteFunctions } from 'n8n-workflow';
import type { ValueType } from '../shared/columns/columnPlan';
import type { OtherColumns } from '../shared/columns/planColumns';
import { problem } from '../shared/core/problem';
import type { PreviousInputSettings } from '../shared/n8n/input/previousInput';
import type { InputSettings } from '../shared/n8n/input/tableInput';
import {
	readFileOptions,
	readShrinkOptions,
	readValueOptions,
	type ShrinkLimits,
	type ShrinkOptions,
	type TableOptions,
} from '../shared/n8n/input/tableOptions';
import { resultFormOf, type ResultForm } from '../shared/n8n/output/resultForm';
import { readParameters } from '../shared/n8n/parameters';
import type { LanguageId } from '../shared/report/language/language';
import type { Severities } from '../shared/pipeline/observers';
import type { AppId } from '../shared/viva/readiness/apps';
import type { ServiceTypes } from '../shared/viva/package/metadata';
import type { PackageSettings } from '../shared/viva/package/preparePackage';
import {
	DESTINATIONS,
	refreshKindOf,
	type BodyType,
	type DestinationId,
	type RefreshKind,
} from '../shared/viva/service/destinations';
import { readMapping, type MappingRow } from './fields/columnMapping';
import { parameters } from './fields/fields';

/** The step's panel as plain values, for one import: what each layer needs, under its name. */
export interface Settings {
	/** where the rows and those of the previous file are */
	source: InputSettings & PreviousInputSettings;
	package: PackageSettings;
	/** of all rows, from 0 to 1 */
	maximumInvalidShare: number;
	/** how small an import may be, beside the last one */
	shrink: ShrinkLimits;
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
	/** although another run has sent the same content */
	sendAgain: boolean;
}

/** What is given out besides the result. */
export interface OutputSettings {
	form: ResultForm;
	/** the package of a validation */
	package: boolean;
	/** a report for people */
	report: boolean;
	reportLanguage: LanguageId;
	/** all findings as a file */
	findings: boolean;
	/** people of the previous file who are missing */
	missingPeople: 'items' | 'file' | 'count';
}

interface VivaOptions extends TableOptions, ShrinkOptions {
	bodyForm: BodyType | 'auto';
	compressionLevel: number;
	formPart: string;
	maximumInvalidPercent: number;
	missingPeople: OutputSettings['missingPeople'];
	previousBinaryPropertyName: string;
	onInvalidRows: PackageSettings['onInvalid'];
	otherColumns: OtherColumns;
	outputForm: 'simplified' | 'full';
	outputPackage: boolean;
	outputReport: boolean;
	/** missing where no report is wanted */
	reportLanguage?: LanguageId;
	prepareFor: AppId | 'none';
	send: 'everything' | 'changes';
	sendAgain: boolean;
	timeoutMinutes: number;
	waitMinutes: number;
	whenBusy: UploadSettings['whenBusy'];
	serviceTypes: { names?: Partial<ServiceTypes> };
}

/** What the panel says. */
interface VivaPanel {
	destination: DestinationId;
	/** missing where the rows are the items */
	binaryPropertyName?: string;
	/** in the first panel only, and missing for a survey */
	send?: 'everything' | 'changes';
	/** missing where there is no choice */
	refresh?: RefreshKind;
	columnMapping: { entries?: MappingRow[] };
	/** in the first panel only */
	onInvalidRows?: PackageSettings['onInvalid'];
	options: VivaOptions;
}

const MINUTE_MS = 60_000;

/** Who merges loses nobody and no attribute by a smaller file (source B2), so that it is told, and sent all the same. */
const LESS_LOSES_NOTHING: Severities = { 'people-fewer': 'warning', 'columns-gone': 'warning' };

/** What is sent unchecked is not stopped by what an app needs. */
const NEEDS_STOP_NOTHING: Severities = {
	'readiness-attributes-many': 'warning',
	'readiness-column-missing': 'warning',
	'readiness-coverage': 'warning',
	'readiness-values-many': 'warning',
};

/**
 * Reads the panel once, for all items or for one file.
 * @param context the step's execution
 * @param item index of the item for whose expressions the values are read
 * @throws Problem `configuration` where a value is not understood or values do not go together
 */
export function readSettings(context: IExecuteFunctions, item: number): Settings {
	const panel = readParameters<VivaPanel>(context, parameters, item);
	const { destination, options } = panel;
	// The first panel has fields of their own for these two, later ones have options.
	const onlyChanges = destination !== 'vivaSurvey' && (panel.send ?? options.send) === 'changes';
	const onInvalid = panel.onInvalidRows ?? options.onInvalidRows;
	const bodyType = readBodyType(destination, options.bodyForm);
	const refresh = refreshKindOf(destination, panel.refresh ?? 'incremental');
	const values = readValueOptions(options);
	if (onlyChanges) assertChangesCanBeSent(destination, bodyType);
	return {
		source: {
			binaryPropertyName: panel.binaryPropertyName ?? '',
			previousField: options.previousBinaryPropertyName.trim() || undefined,
			...readFileOptions(options),
		},
		package: {
			destination,
			refresh,
			bodyType,
			mapping: readMapping(panel.columnMapping.entries ?? []),
			matching: options.automaticMatching,
			otherColumns: options.otherColumns,
			onInvalid,
			level: options.compressionLevel,
			serviceTypes: readServiceTypes(destination, options.serviceTypes.names ?? {}),
			zone: context.getTimezone(),
			prepareFor: options.prepareFor === 'none' ? undefined : options.prepareFor,
			changes: onlyChanges ? { maximumMissingShare: options.maximumMissingPercent / 100 } : undefined,
			...values,
			severities: {
				...(refresh === 'merge' ? LESS_LOSES_NOTHING : {}),
				...(onInvalid === 'send' ? NEEDS_STOP_NOTHING : {}),
				...values.severities,
			},
		},
		maximumInvalidShare: options.maximumInvalidPercent / 100,
		shrink: readShrinkOptions(options),
		upload: {
			formPart: options.formPart,
			timeoutMs: options.timeoutMinutes * MINUTE_MS,
			whenBusy: options.whenBusy,
			waitMs: options.waitMinutes * MINUTE_MS,
			sendAgain: options.sendAgain,
		},
		output: {
			form: resultFormOf(context.getNode().typeVersion, options.outputForm),
			package: options.outputPackage,
			report: options.outputReport,
			reportLanguage: options.reportLanguage ?? 'en',
			findings: options.outputFindings,
			missingPeople: options.missingPeople,
		},
	};
}

function readBodyType(destination: DestinationId, wish: BodyType | 'auto'): BodyType {
	const { bodyTypes, defaultBodyType, displayName } = DESTINATIONS[destination];
	const bodyType = wish === 'auto' ? defaultBodyType : wish;
	if (bodyTypes[bodyType]) return bodyType;
	throw problem.configuration(
		`${displayName} does not take the form chosen in the option 'Send As'.`,
		"Set the option 'Send As' to 'Recommended'.",
	);
}

/** @throws Problem `configuration` where the service would take the changed people for everybody */
function assertChangesCanBeSent(destination: DestinationId, bodyType: BodyType): void {
	const { displayName, refreshKinds, bodyTypes } = DESTINATIONS[destination];
	if (!refreshKinds.includes('merge') && !bodyTypes[bodyType]?.carriesMetadata) {
		throw problem.configuration(
			`Sent as ${bodyType.toUpperCase()}, an import into ${displayName} does not say that it is incremental; the service might take the changed people for everybody.`,
			"Set the option 'Send As' to 'Recommended', or the option 'Send' to 'Everything'.",
		);
	}
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
