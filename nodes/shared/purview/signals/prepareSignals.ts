import { pack } from '../../pipeline/pack';
import type { SpooledFile } from '../../files/spool';
import { CATALOGUE, type RuleCode } from '../../findings/catalogue';
import { createDateColumns, type DateColumns } from '../../dates/dateColumns';
import type { DateOrder } from '../../dates/dateFormats';
import type { Severity } from '../../findings/finding';
import type { Findings } from '../../findings/findings';
import { cleanTable, type CleaningKind } from '../../checks/cleanTable';
import type { MappingEntry, MappingLine } from '../../columns/planColumns';
import { createRowCheck } from '../../checks/rowCheck';
import type { Conversion } from '../../records/convertedValues';
import type { RecordBatch, Table } from '../../records/recordBatch';
import { sampleTable } from '../../records/sampleTable';
import { contentHashOf, createChunkWriter, type ChunkLimits, type RecordRange } from './chunks';
import { planSignals, type SignalColumn } from './planSignals';

import { createScenarioCheck, cutText, identifierConverter, type ScenarioCheck } from './scenarioCheck';
import { IDENTIFIER_COLUMN, type FileLayout } from './scenarios';

/** Wishes of the user about one file. */
export interface SignalSettings {
	layout: FileLayout;
	mapping: readonly MappingEntry[];
	sendColumns: 'all' | 'found';
	/** `send`: rows are sent unchecked, but for those that cannot be read */
	onInvalid: 'stop' | 'leaveOut' | 'send';
	longTexts: 'reject' | 'cut';
	chunkLimits: ChunkLimits;
	/** which of the first two numbers of a date is the month; found out where it is missing */
	dateOrder?: DateOrder;
	/** faults in values that may be mended */
	mend: readonly CleaningKind[];
	/** IANA name of the zone of dates that name none */
	zone: string;
	signal?: AbortSignal;
}

/** What takes notes while a table is read. A second reading begins with fresh ones. */
export interface Notes {
	findings: Findings;
	/** told each batch with a flag for each record, 1 = invalid */
	onBatch?: (batch: RecordBatch, flags: Uint8Array) => void;
}

/** What came of checking one input and putting it together. */
export interface PreparedSignals {
	/** the records without a header; missing where an error stopped them */
	file?: SpooledFile;
	/** the header line that goes before each chunk */
	header: Buffer;
	chunks: RecordRange[];
	/** the same for the same data; blank without a file */
	contentHash: string;
	findings: Findings;
	unit: Table['unit'];
	/** names under which the columns are sent */
	columns: string[];
	mapping: MappingLine[];
	/** source columns that are not sent */
	leftOut: string[];
	/** records read, and of these the invalid ones */
	records: number;
	rejected: number;
	perScenario: ScenarioCheck['perScenario'];
}

/** Severities that differ from the catalogue's, by code. */
export type Severities = Partial<Record<RuleCode, Severity | 'off'>>;

/** How many records the column matching looks at. */
const SAMPLED_RECORDS = 300;

/** Rows that break these cannot be sent as they are, whatever the user wishes: half a row would become another one. */
const ALWAYS_CHECKED: readonly RuleCode[] = ['row-ragged', 'value-not-utf8'];

/**
 * Severities that differ from the catalogue's for this service.
 * @param onInvalid see {@link SignalSettings}
 * @param wishes severities that the user has set
 */
export function severitiesFor(onInvalid: SignalSettings['onInvalid'], wishes: Severities): Severities {
	// That a missing date means today is true of other services only.
	const severities: Severities = { 'effective-date-missing': 'off', ...wishes };
	if (onInvalid !== 'send') return severities;
	for (const [code, { scope }] of Object.entries(CATALOGUE) as Array<
		[RuleCode, (typeof CATALOGUE)[RuleCode]]
	>) {
		if (scope === 'row' && !ALWAYS_CHECKED.includes(code)) severities[code] = 'off';
	}
	return severities;
}

/**
 * Checks a table by the rules of its scenarios and writes it as chunks, none of which has left when it returns.
 *
 * One reading is enough, unless a date late in the source shows that earlier ones of its column were read with day and
 * month exchanged: then the source is read once more.
 * @param open opens the source at its beginning
 * @param settings see {@link SignalSettings}
 * @param takeNotes makes what takes notes of one reading
 * @throws Problem `input` of the reader, `configuration` for a mapping that contradicts itself or a full temporary folder
 */
export async function prepareSignals(
	open: () => Promise<Table>,
	settings: SignalSettings,
	takeNotes: (table: Table) => Notes,
): Promise<PreparedSignals> {
	const { layout, signal } = settings;
	let dates: DateColumns | undefined;
	for (;;) {
		const { table: source, samples } = await sampleTable(await open(), SAMPLED_RECORDS);
		const { findings, onBatch } = takeNotes(source);
		const { mapping, sendColumns } = settings;
		const { columns } = source;
		const planned = planSignals({ layout, columns, samples, mapping, sendColumns }, findings);
		const { plan } = planned;
		const table = cleanTable(source, plan, settings.mend, findings);
		dates ??= createDateColumns(plan.columns, {
			order: settings.dateOrder,
			zone: settings.zone,
			style: 'instant',
			isoAsItIs: false,
		});
		const observed = dates;
		for (const column of plan.columns) column.conversion = conversionFor(column, observed, settings);
		const limits = { maximumValueBytes: Infinity, lineBreaks: true };
		const check = createScenarioCheck({
			width: columns.length,
			layout,
			plan,
			base: createRowCheck(table, plan, limits, findings, observed),
			findings,
			dates: observed,
			longTexts: settings.longTexts,
		});
		const writer = createChunkWriter(plan.columns, settings.chunkLimits);
		const file = await pack({
			table,
			check,
			findings,
			writer,
			onInvalid: settings.onInvalid === 'leaveOut' ? 'leaveOut' : 'stop',
			onBatch,
			onEnd: () => {
				observed.conclude(findings);
				check.conclude();
			},
			signal,
		});
		if (observed.contradicted()) {
			await file?.dispose();
			observed.restart();
			continue;
		}
		return {
			file,
			header: writer.header,
			chunks: file ? writer.chunks() : [],
			contentHash: file ? contentHashOf(writer.header, file.sha256) : '',
			findings,
			unit: table.unit,
			columns: plan.columns.map(({ name }) => name),
			mapping: planned.mapping,
			leftOut: plan.leftOut,
			records: check.records,
			rejected: check.rejected,
			perScenario: check.perScenario,
		};
	}
}

function conversionFor(
	column: SignalColumn,
	dates: DateColumns,
	{ layout, longTexts }: SignalSettings,
): Conversion | undefined {
	if (column.sourceIndex < 0) return undefined;
	if (column.type === 'date') return dates.conversion(column.sourceIndex);
	if (column.attribute === IDENTIFIER_COLUMN) return { convert: identifierConverter(layout) };
	const { maximumLength } = column;
	if (maximumLength === undefined || longTexts !== 'cut') return undefined;
	return {
		convert: (text) => cutText(text, maximumLength),
		// No text has more characters than bytes.
		stays: ({ starts, ends }, f) => ends[f] - starts[f] <= maximumLength,
	};
}
