import type { ShrinkRules } from '../../checks/dataset/shrinkCheck';
import type { ColumnPlan } from '../../columns/columnPlan';
import type { AutomaticMatching } from '../../columns/matchColumns';
import type { MappingEntry, OtherColumns } from '../../columns/planColumns';
import { createCsvWriter } from '../../csv/csvWriter';
import type { SpooledFile } from '../../files/spool';
import { createJsonWriter } from '../../json/jsonWriter';
import { createDatasetChecks } from '../../pipeline/datasetChecks';
import type { Watching } from '../../pipeline/observers';
import { pack, type TableWriter } from '../../pipeline/pack';
import {
	readChecked,
	type CheckedInput,
	type ReadingRules,
	type TableSource,
} from '../../pipeline/readChecked';
import { datasetRules } from '../attributes/importChecks';
import { planImport } from '../attributes/planImport';
import type { Readiness } from '../readiness/answer';
import type { AppId } from '../readiness/apps';
import { hasOwnLimit } from '../readiness/apps';
import { createReadinessCheck } from '../readiness/readiness';
import { DESTINATIONS, type BodyType, type RefreshKind } from '../service/destinations';
import { createChangedPeople, type ChangesSettings, type FoundChanges } from './changedPeople';
import { importRules, type ReadingSettings } from './importRules';
import { writeMetadata, type ServiceTypes } from './metadata';
import type { PreviousFile } from '../../pipeline/previousFile';

/** Wishes of the user about one package. */
export interface PackageSettings extends ReadingSettings {
	bodyType: BodyType;
	mapping: readonly MappingEntry[];
	/** which names are enough to send a column */
	matching: AutomaticMatching;
	otherColumns: OtherColumns;
	/** deflate level of a zip, 0 to 9 */
	level: number;
	serviceTypes: ServiceTypes;
	/** only new and changed people are sent; without it, everybody */
	changes?: ChangesSettings;
	/** the app that the rows are for; missing where nobody says so */
	prepareFor?: AppId;
	/** how small the import may be; missing where nobody asks */
	shrink?: ShrinkRules;
}

/** What a package is made of. */
export interface PackageSource extends TableSource {
	/** the file of the last import, where only changes are sent; missing in the first run */
	previous?: PreviousFile;
}

/** What came of checking and packing one input. */
export interface PreparedPackage extends CheckedInput {
	/** missing where an error stopped the package */
	file?: SpooledFile;
	bodyType: BodyType;
	refresh: RefreshKind;
	/** where only changes are sent */
	changes?: FoundChanges;
	/** where an app is named, and rows are sent */
	readiness?: Readiness;
}

/**
 * Checks a table and packs it as the destination takes it.
 * @param source see {@link PackageSource}
 * @param settings see {@link PackageSettings}
 * @param watching see {@link Watching}
 * @throws Problem `input` of the reader, `configuration` for a mapping that contradicts itself or a full temporary folder; those of the previous file
 */
export async function preparePackage(
	source: PackageSource,
	settings: PackageSettings,
	watching: Watching = {},
): Promise<PreparedPackage> {
	const { destination, refresh, bodyType, onInvalid, severities, changes, prepareFor: app } = settings;
	const { signal } = watching;
	const readiness =
		app && createReadinessCheck({ app, destination, refresh, onlyChanges: changes !== undefined });
	const rules: ReadingRules = {
		...importRules(settings),
		shrink: settings.shrink,
		packedCheck: readiness && (({ plan, findings }) => readiness.begin(plan, findings)),
		plan: (header, findings) => planImport(header, { ...settings, hasOwnLimit: hasOwnLimit(app) }, findings),
		// What nobody checks is not compared either: a finding would stop what was to be sent as it is.
		...(onInvalid !== 'send' && {
			datasetChecks: (parts, onlyChanges) =>
				createDatasetChecks(datasetRules(destination, refresh, onlyChanges), parts),
		}),
	};
	const selection = changes && createChangedPeople({ previous: source.previous, changes, settings, signal });
	const request = { open: source.open, rules, severities, selection, ...watching };
	const { checked, taken: file } = await readChecked(
		request,
		async (reading) =>
			await pack(reading, {
				writer: writerFor(bodyType, reading.plan),
				archive: bodyType === 'zip' ? archiveFor(reading.plan, settings) : undefined,
				onInvalid,
				signal,
			}),
	);
	return {
		...checked,
		file,
		bodyType,
		refresh,
		changes: selection?.found(),
		readiness: readiness?.found(),
	};
}

function writerFor(bodyType: BodyType, plan: ColumnPlan): TableWriter {
	return bodyType === 'json' ? createJsonWriter(plan.columns) : createCsvWriter(plan.columns);
}

function archiveFor(plan: ColumnPlan, { destination, refresh, level, serviceTypes }: PackageSettings) {
	const head = {
		datasetType: DESTINATIONS[destination].datasetType?.word ?? 'HR',
		isBootstrap: refresh === 'full',
	};
	return {
		// Lower case, as the documents say twice (source A9, F6).
		tableName: 'data.csv',
		metadataName: 'metadata.json',
		metadata: writeMetadata(head, plan, serviceTypes),
		level,
	};
}
