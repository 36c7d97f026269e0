import { CATALOGUE, type RuleCode } from '../../findings/catalogue';
import type { ShrinkRules } from '../../checks/dataset/shrinkCheck';
import { createDateColumns } from '../../dates/dateColumns';
import type { SpooledFile } from '../../files/spool';
import { createRowCheck } from '../../checks/rowCheck';
import type { AutomaticMatching } from '../../columns/matchColumns';
import type { MappingEntry } from '../../columns/planColumns';
import type { Severities, Watching } from '../../pipeline/observers';
import type { PreviousFile } from '../../pipeline/previousFile';
import type { RowCounts } from '../../changes/rowSet';
import { pack } from '../../pipeline/pack';
import {
	readChecked,
	type CheckedInput,
	type ReadingRules,
	type TableSource,
	type ValueSettings,
} from '../../pipeline/readChecked';
import { createNewRows } from './newRows';
import { contentHashOf, createChunkWriter, type ChunkLimits, type RecordRange } from '../signals/chunks';
import type { SentDelimiter } from '../signals/fileTypes';
import { planSignals, type SignalPlan } from '../signals/planSignals';
import { createScenarioCheck, type ScenarioCheck } from '../signals/scenarioCheck';
import type { FileLayout } from '../signals/scenarios';
import { conversionFor, type LongTexts } from '../signals/signalConversions';

/** Wishes of the user about one file. */
export interface SignalSettings extends ValueSettings {
	layout: FileLayout;
	mapping: readonly MappingEntry[];
	/** which names are enough to send a column */
	matching: AutomaticMatching;
	/** see `SignalPlanRequest` */
	sendColumns: 'all' | 'found';
	/** `send`: rows are sent unchecked, but for those that cannot be read */
	onInvalid: 'stop' | 'leaveOut' | 'send';
	longTexts: LongTexts;
	chunkLimits: ChunkLimits;
	/** what the connector expects between the fields */
	delimiter: SentDelimiter;
	/** how small the file may be; missing where nobody asks */
	shrink?: ShrinkRules;
	/** IANA name of the zone of dates that name none */
	zone: string;
	/** only rows that the previous file does not hold are sent; all of them unless told */
	onlyChanges?: boolean;
}

/** What signals are made of. */
export interface SignalSource extends TableSource {
	/** the file of the last run, where only changes are sent; missing in the first run */
	previous?: PreviousFile;
}

/** What came of checking one input and putting it together. */
export interface PreparedSignals extends CheckedInput {
	/** the records without a header; missing where an error stopped them */
	file?: SpooledFile;
	/** the header line that goes before each chunk */
	header: Buffer;
	chunks: RecordRange[];
	/** the same for the same data; blank without a file */
	contentHash: string;
	perScenario: ScenarioCheck['perScenario'];
	/** where only changes are sent */
	rowChanges?: RowCounts;
}

/** Rows that break these cannot be sent as they are, whatever the user wishes: half a row would become another one. */
const ALWAYS_CHECKED: readonly RuleCode[] = ['row-ragged', 'value-not-utf8'];

/**
 * Severities that differ from the catalogue's for this service.
 * @param onInvalid see {@link SignalSettings}
 * @param wishes severities that the user has set
 */
function severitiesFor(onInvalid: SignalSettings['onInvalid'], wishes: Severities): Severities {
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
 * @param source see {@link SignalSource}
 * @param settings see {@link SignalSettings}
 * @param watching see {@link Watching}
 * @throws Problem `input` of the reader, `configuration` for a mapping that contradicts itself or a full temporary folder
 */
export async function prepareSignals(
	{ open, previous }: SignalSource,
	settings: SignalSettings,
	watching: Watching = {},
): Promise<PreparedSignals> {
	const {
		layout,
		mapping,
		matching,
		sendColumns,
		onInvalid,
		dateOrder: order,
		zone,
		now,
		longTexts,
	} = settings;
	const rules: ReadingRules<SignalPlan, ScenarioCheck> = {
		plan: (header, findings) => planSignals({ ...header, layout, mapping, matching, sendColumns }, findings),
		clean: settings.clean,
		shrink: settings.shrink,
		dates: ({ columns }) =>
			createDateColumns(columns, { order, zone, now, style: 'instant', isoAsItIs: false }),
		conversion: (column, dates) => conversionFor(column, dates, { layout, longTexts }),
		check: (parts) => {
			const base = createRowCheck(parts, { maximumValueBytes: Infinity, lineBreaks: true });
			return createScenarioCheck({ ...parts, layout, longTexts, now }, base);
		},
	};
	const severities = severitiesFor(onInvalid, settings.severities);
	const { signal } = watching;
	const selection = settings.onlyChanges
		? createNewRows({ previous, layout, rules, severities, signal })
		: undefined;
	const { checked, check, taken } = await readChecked(
		{ open, rules, severities, selection, ...watching },
		async (reading) => {
			const writer = createChunkWriter(reading.plan.columns, settings.chunkLimits, settings.delimiter);
			return { writer, file: await pack(reading, { writer, onInvalid, signal }) };
		},
	);
	const { writer, file } = taken;
	return {
		...checked,
		file,
		header: writer.header,
		chunks: file ? writer.chunks() : [],
		contentHash: file ? contentHashOf(writer.header, file.sha256) : '',
		perScenario: check.perScenario,
		rowChanges: selection?.found(),
	};
}
