import type { IExecuteFunctions } from 'n8n-workflow';
import type { MappingEntry } from '../shared/columns/planColumns';
import { problem } from '../shared/core/problem';
import { isGuid } from '../shared/entra/app';
import type { RetryPolicy } from '../shared/http/retry';
import type { InputSettings } from '../shared/n8n/input/tableInput';
import { readFileOptions, readValueOptions, type TableOptionValues } from '../shared/n8n/input/tableOptions';
import type { WhenInDoubt } from '../shared/purview/delivery/client';
import type { SignalSettings } from '../shared/purview/signals/prepareSignals';
import {
	columnsOf,
	DEFAULT_CHUNK_ROWS,
	headerNames,
	IDENTIFIER_COLUMN,
	PROFILE_REFRESH_DAYS,
	SCENARIO_IDS,
	SCENARIOS,
	type FileLayout,
	type ScenarioId,
} from '../shared/purview/signals/scenarios';

/** The step's panel as plain values, for one job: what each layer needs, under its name. */
export interface Settings {
	scenario: ScenarioId | 'several';
	source: InputSettings;
	signals: SignalSettings;
	/** of all rows, from 0 to 1 */
	maximumInvalidShare: number;
	delivery: DeliverySettings;
	output: { items: 'summary' | 'chunks'; findings: boolean };
}

/** How signals are sent. */
export interface DeliverySettings {
	/** blank where nothing is sent */
	jobId: string;
	policy: RetryPolicy;
	whenInDoubt: WhenInDoubt;
	/** 0: never skip; else unchanged data is not sent again within so many milliseconds */
	skipForMs: number;
	startOver: boolean;
}

interface MappingRow {
	column?: string;
	attribute?: string;
	header?: string;
}

interface OptionValues extends TableOptionValues {
	attempts?: number;
	chunkRows?: number;
	longTexts?: 'reject' | 'cut';
	maximumChunkMegabytes?: number;
	maximumInvalidPercent?: number;
	output?: Settings['output']['items'];
	retryMinutes?: number;
	sendColumns?: 'all' | 'found';
	skipDays?: number;
	skipUnchanged?: boolean;
	startOver?: boolean;
	timeZone?: string;
	whenInDoubt?: WhenInDoubt;
}

const MEGABYTE = 1024 * 1024;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FIRST_WAIT_MS = 2_000;

/**
 * Reads the form once, for all items or for one file.
 * @param context the step's execution
 * @param item index of the item for whose expressions the values are read
 * @param sends whether something will be sent, so that a job id is needed
 * @throws Problem `configuration` where values do not go together
 */
export function readSettings(context: IExecuteFunctions, item: number, sends: boolean): Settings {
	const read = <T>(name: string, otherwise: T) => context.getNodeParameter(name, item, otherwise) as T;
	const options = read<OptionValues>('options', {});
	const layout = readLayout(context, item);
	const jobId = sends ? readJobId(read('jobId', '')) : '';
	const totalMs = (options.retryMinutes ?? 15) * MINUTE_MS;
	return {
		scenario: read('scenario', 'resignation'),
		source: { binaryPropertyName: read('binaryPropertyName', 'data'), ...readFileOptions(options) },
		signals: {
			layout,
			mapping: readMapping(read<{ entries?: MappingRow[] }>('columnMapping', {}).entries ?? [], layout),
			matching: options.automaticMatching ?? 'sure',
			sendColumns: options.sendColumns ?? 'all',
			onInvalid: read('onInvalidRows', 'stop'),
			longTexts: options.longTexts ?? 'reject',
			chunkLimits: {
				records: Math.max(1, Math.floor(options.chunkRows ?? DEFAULT_CHUNK_ROWS)),
				bytes: Math.floor((options.maximumChunkMegabytes ?? 10) * MEGABYTE),
			},
			zone: (options.timeZone ?? '').trim() || context.getTimezone(),
			...readValueOptions(options),
		},
		maximumInvalidShare: (options.maximumInvalidPercent ?? 50) / 100,
		delivery: {
			jobId,
			policy: {
				attempts: options.attempts ?? 6,
				totalMs,
				firstWaitMs: FIRST_WAIT_MS,
				// A service that asks for more patience than the user has is not asked again too early.
				maxWaitMs: totalMs + 1,
			},
			whenInDoubt: options.whenInDoubt ?? 'sendAgain',
			skipForMs: options.skipUnchanged ? skipDays(options.skipDays, layout) * DAY_MS : 0,
			startOver: options.startOver ?? false,
		},
		output: { items: options.output ?? 'summary', findings: options.outputFindings ?? false },
	};
}

/**
 * Reads which columns the file has.
 * @param context the step's execution
 * @param item index of the item for whose expressions the values are read
 * @throws Problem `configuration` where values do not go together
 */
export function readLayout(context: IExecuteFunctions, item: number): FileLayout {
	const read = <T>(name: string, otherwise: T) => context.getNodeParameter(name, item, otherwise) as T;
	const scenario = read<ScenarioId | 'several'>('scenario', 'resignation');
	const rows = read<{ entries?: MappingRow[] }>('headerNames', {}).entries ?? [];
	const headers: Record<string, string> = {};
	for (const { attribute = '', header = '' } of rows) {
		if (header.trim() === '') {
			throw problem.configuration(
				`The line of 'Header Names' for '${attribute}' has no header name.`,
				'Fill it in or remove the line.',
			);
		}
		headers[attribute] = header.trim();
	}
	if (scenario !== 'several') return checkedLayout({ scenarios: [scenario], headers });
	const scenarios = read<ScenarioId[]>('scenarios', []);
	if (scenarios.length === 0) {
		throw problem.configuration(
			"The field 'Scenarios' is empty.",
			'Choose the scenarios that the connector was set up for.',
		);
	}
	headers[IDENTIFIER_COLUMN] = read('identifierColumn', IDENTIFIER_COLUMN).trim() || IDENTIFIER_COLUMN;
	const values = read<Partial<Record<ScenarioId, string>>>('identifierValues', {});
	const identifiers = Object.fromEntries(
		SCENARIO_IDS.map((id) => [id, values[id]?.trim() || SCENARIOS[id].identifier]),
	) as Record<ScenarioId, string>;
	const used = scenarios.map((id) => identifiers[id].toLowerCase());
	if (new Set(used).size < used.length) {
		throw problem.configuration(
			'Two scenarios have the same identifier value.',
			"Give each scenario a value of its own under 'Identifier Values', as the connector has them.",
		);
	}
	return checkedLayout({ scenarios, identifiers, headers });
}

/** The service compares names without case (source C4), so two columns may not differ in it alone. */
function checkedLayout(layout: FileLayout): FileLayout {
	const names = headerNames(layout).map((name) => name.toLowerCase());
	const double = names.find((name, index) => names.indexOf(name) !== index);
	if (double === undefined) return layout;
	throw problem.configuration(
		`Two columns have the header name '${double}'.`,
		"Correct 'Header Names': each column of the connector has a name of its own.",
	);
}

function readJobId(text: string): string {
	const jobId = text.trim().replace(/^\{|\}$/g, '');
	if (isGuid(jobId)) return jobId.toLowerCase();
	throw problem.configuration(
		jobId === '' ? 'The job ID is blank.' : 'The job ID is not one that Purview gives out.',
		'Copy it from the connector in the Purview portal (Settings > Data connectors > My connectors); it looks like 01234567-89ab-cdef-0123-456789abcdef.',
	);
}

function readMapping(rows: readonly MappingRow[], layout: FileLayout): MappingEntry[] {
	const known = columnsOf(layout).map(({ name }) => name);
	return rows.map(({ column = '', attribute = '' }) => {
		if (column.trim() === '') {
			throw problem.configuration(
				"A line of 'Column Mapping' names no column.",
				'Fill it in or remove the line.',
			);
		}
		if (!known.includes(attribute)) {
			throw problem.configuration(
				`The line of 'Column Mapping' for the column '${column}' names '${attribute}', which the chosen scenario does not have.`,
				`The scenario has these columns: ${known.join(', ')}.`,
			);
		}
		return { column, attribute };
	});
}

/** Profiles that are not refreshed are deleted (source C5), so they are never skipped for long. */
function skipDays(days: number | undefined, { scenarios }: FileLayout): number {
	const wished = days ?? PROFILE_REFRESH_DAYS;
	return scenarios.includes('employeeProfile') ? Math.min(wished, PROFILE_REFRESH_DAYS) : wished;
}
