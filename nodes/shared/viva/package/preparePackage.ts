import { pack, type TableWriter } from '../../pipeline/pack';
import { writeMetadata, type ServiceTypes } from './metadata';
import type { SpooledFile } from '../../files/spool';
import { problem } from '../../core/problem';
import { createDateColumns, type DateColumns } from '../../dates/dateColumns';
import type { DateOrder } from '../../dates/dateFormats';
import type { Findings } from '../../findings/findings';
import type { PeopleIndex } from '../../people/peopleIndex';
import type { ColumnPlan } from '../../columns/columnPlan';
import { cleanTable, type CleaningKind } from '../../checks/cleanTable';
import type { MappingEntry, MappingLine, OtherColumns } from '../../columns/planColumns';
import { createRowCheck, createShapeCheck } from '../../checks/rowCheck';
import { createEventLoopYield } from '../../core/eventLoop';
import { createCsvWriter } from '../../csv/csvWriter';
import { createJsonWriter } from '../../json/jsonWriter';
import type { RecordBatch, Table } from '../../records/recordBatch';
import { sampleTable } from '../../records/sampleTable';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import {
	createChangedPeople,
	type ChangedPeople,
	type ChangesRequest,
	type FoundChanges,
} from './changedPeople';
import { createDatasetChecks } from './datasetChecks';
import { DESTINATIONS, type BodyType, type DestinationId, type RefreshKind } from '../service/destinations';
import { planImport } from '../attributes/planImport';

/** Wishes of the user about one package. */
export interface PackageSettings {
	destination: DestinationId;
	refresh: RefreshKind;
	form: BodyType;
	mapping: readonly MappingEntry[];
	otherColumns: OtherColumns;
	/** `send`: records are not checked, but for those that cannot be sent as they are */
	onInvalid: 'stop' | 'leaveOut' | 'send';
	/** deflate level of a zip, 0 to 9 */
	level: number;
	serviceTypes: ServiceTypes;
	/** which of the first two numbers of a date is the month; found out where it is missing */
	dateOrder?: DateOrder;
	/** faults in values that may be mended */
	mend: readonly CleaningKind[];
	/** IANA name of the zone in which dates with a time are days */
	zone?: string;
	/** only new and changed people are sent; without it, everybody */
	changes?: ChangesRequest;
	signal?: AbortSignal;
}

/** What takes notes while a table is read. A second reading begins with fresh ones. */
export interface Notes {
	findings: Findings;
	/** told what was decided about the columns, and the people as they become known, before the first batch */
	onPlan?: (plan: ColumnPlan, source: { columns: readonly string[]; people?: PeopleIndex }) => void;
	/** told each batch with a flag for each record, 1 = invalid */
	onBatch?: (batch: RecordBatch, flags: Uint8Array) => void;
}

/** What came of checking and packing one input. */
export interface Preparation {
	/** missing where an error stopped the package */
	file?: SpooledFile;
	findings: Findings;
	form: BodyType;
	/** names under which the columns are sent */
	columns: string[];
	mapping: MappingLine[];
	/** source columns that are not sent */
	leftOut: string[];
	/** records read, and of these the invalid ones */
	records: number;
	rejected: number;
	/** where only changes are sent */
	changes?: FoundChanges;
}

/** How many records the column matching looks at. */
const SAMPLED_RECORDS = 300;

/**
 * Checks a table and packs it in the form that the destination takes.
 *
 * One reading is enough, unless a date late in the source shows that earlier ones of its column were read with day and
 * month exchanged, or, where only changes are sent, that a row that seemed to repeat the last one matters: then the source is
 * read once more.
 * @param open opens the source at its beginning
 * @param settings see {@link PackageSettings}
 * @param takeNotes makes what takes notes of one reading
 * @throws Problem `input` of the reader, `configuration` for a mapping that contradicts itself or a full temporary folder; those of the previous file
 */
export async function prepareTable(
	open: () => Promise<Table>,
	settings: PackageSettings,
	takeNotes: (table: Table) => Notes,
): Promise<Preparation> {
	const { destination, refresh, form, signal } = settings;
	const set = ATTRIBUTE_SETS[destination];
	let dates: DateColumns | undefined;
	let changed: ChangedPeople | undefined;
	const yieldToEventLoop = createEventLoopYield();
	for (;;) {
		const { table: source, samples } = await sampleTable(await open(), SAMPLED_RECORDS);
		await yieldToEventLoop();
		const { findings, onPlan, onBatch } = takeNotes(source);
		const { plan, mapping } = planImport({ columns: source.columns, samples }, settings, findings);
		await yieldToEventLoop();
		const table = cleanTable(source, plan, settings.mend, findings);
		dates ??= createDateColumns(plan.columns, {
			order: settings.dateOrder,
			zone: settings.zone,
			style: 'monthDayYear',
			isoAsItIs: true,
		});
		const observed = dates;
		for (const column of plan.columns) {
			if (column.type === 'date') column.conversion = observed.conversion(column.sourceIndex);
		}
		const limits = {
			maximumValueBytes: set.maximumValueBytes?.value ?? Infinity,
			lineBreaks: false,
			deletingValue: set.deletingValue?.value,
		};
		const check =
			settings.onInvalid === 'send'
				? createShapeCheck(table, findings, observed)
				: createRowCheck(table, plan, limits, findings, observed);
		if (settings.changes && canBeCompared(plan, destination, findings)) {
			const { severities } = settings.changes;
			changed ??= await createChangedPeople(settings.changes, { ...settings, severities, plan });
			changed.begin(plan, findings);
		}
		// What nobody checks is not compared either: a finding would stop what was to be sent as it is.
		const together =
			settings.onInvalid === 'send'
				? undefined
				: createDatasetChecks(
						{
							destination,
							refresh,
							width: table.columns.length,
							plan,
							dates: observed,
							onlyChanges: changed !== undefined,
						},
						findings,
					);
		onPlan?.(plan, { columns: source.columns, people: together?.people });
		const file = await pack({
			table,
			check,
			findings,
			writer: writerFor(form, plan),
			archive: form === 'zip' ? archiveFor(plan, settings) : undefined,
			onInvalid: settings.onInvalid === 'leaveOut' ? 'leaveOut' : 'stop',
			onBatch: (batch, flags) => {
				together?.observe(batch, flags);
				onBatch?.(batch, flags);
			},
			choose: changed?.choose,
			onEnd: () => {
				observed.conclude(findings);
				together?.conclude(findings);
				changed?.conclude(findings);
			},
			signal,
		});
		if (observed.contradicted() || changed?.mustReadAgain()) {
			await file?.dispose();
			observed.restart();
			continue;
		}
		return {
			file,
			findings,
			form,
			columns: plan.columns.map(({ name }) => name),
			mapping,
			leftOut: plan.leftOut,
			records: check.records,
			rejected: check.rejected,
			...(changed && { changes: changed.found() }),
		};
	}
}

/** Whether the table names people. Where it does not, its findings say so, unless somebody has silenced them. */
function canBeCompared({ columns }: ColumnPlan, destination: DestinationId, findings: Findings): boolean {
	const { people } = ATTRIBUTE_SETS[destination];
	if (columns.some(({ name, sourceIndex }) => name === people?.person && sourceIndex >= 0)) return true;
	if (findings.errors > 0) return false;
	throw problem.configuration(
		`Without a column for ${people?.person ?? 'the person'}, nobody can tell what changed.`,
		"Map the column with the e-mail address under 'Column Mapping', or send everything.",
	);
}

function writerFor(form: BodyType, plan: ColumnPlan): TableWriter {
	return form === 'json' ? createJsonWriter(plan.columns) : createCsvWriter(plan.columns);
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
