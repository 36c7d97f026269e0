import type { IExecuteFunctions } from 'n8n-workflow';
import type { MappingEntry } from '../shared/columns/planColumns';
import { problem } from '../shared/core/problem';
import { isGuid } from '../shared/entra/app';
import type { RetryPolicy } from '../shared/http/retry';
import { readDictionary, type ValuePairs } from '../shared/n8n/fields/columnMapping';
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
import { defaultsOf, readParameters } from '../shared/n8n/parameters';
import type { LanguageId } from '../shared/report/language/language';
import type { WhenInDoubt } from '../shared/purview/delivery/client';
import type { SentDelimiter } from '../shared/purview/signals/fileTypes';
import type { SignalSettings } from '../shared/purview/preparation/prepareSignals';
import {
	columnsOf,
	headerNames,
	IDENTIFIER_COLUMN,
	PROFILE_REFRESH_DAYS,
	SCENARIO_IDS,
	SCENARIOS,
	type FileLayout,
	type ScenarioId,
} from '../shared/purview/signals/scenarios';
import { parameters } from './fields/fields';
import { options as allOptions } from './fields/options';

/** The step's panel as plain values, for one job: what each layer needs, under its name. */
export interface Settings {
	scenario: ScenarioId | 'several';
	source: InputSettings & PreviousInputSettings;
	signals: SignalSettings;
	/** of all rows, from 0 to 1 */
	maximumInvalidShare: number;
	/** how small a file of profiles may be, beside the last one */
	shrink: ShrinkLimits;
	delivery: DeliverySettings;
	output: {
		items: 'summary' | 'chunks';
		form: ResultForm;
		findings: boolean;
		/** a report for people */
		report: boolean;
		reportLanguage: LanguageId;
	};
}

/** How signals are sent. */
export interface DeliverySettings {
	/** blank where nothing is sent */
	jobId: string;
	policy: RetryPolicy;
	whenInDoubt: WhenInDoubt;
	/** 0: never skip; else unchanged data is not sent again within so many milliseconds */
	skipForMs: number;
	/** where only changes are sent: after so many milliseconds without any, everything is sent */
	quietForMs: number;
	startOver: boolean;
}

interface SignalOptions extends TableOptions, ShrinkOptions {
	attempts: number;
	chunkRows: number;
	delimiterSent: SentDelimiter;
	longTexts: 'reject' | 'cut';
	maximumChunkMegabytes: number;
	maximumInvalidPercent: number;
	onInvalidRows: SignalSettings['onInvalid'];
	output: Settings['output']['items'];
	outputForm: 'simplified' | 'full';
	outputReport: boolean;
	/** missing where no report is wanted */
	reportLanguage?: LanguageId;
	/** missing where it is hidden */
	previousBinaryPropertyName?: string;
	retryMinutes: number;
	/** missing for profiles */
	send?: 'everything' | 'changes';
	sendColumns: 'all' | 'found';
	skipDays: number;
	skipUnchanged: boolean;
	startOver: boolean;
	timeZone: string;
	whenInDoubt: WhenInDoubt;
}

/** What the panel says of the file's columns. */
export interface LayoutPanel {
	scenario: ScenarioId | 'several';
	headerNames: { entries?: Array<{ attribute: string; header: string }> };
	/** these for several scenarios only */
	scenarios?: readonly ScenarioId[];
	identifierColumn?: string;
	identifierValues?: Partial<Record<ScenarioId, string>>;
}

/** A line of 'Column Mapping'. */
export interface MappingRow {
	column: string;
	attribute: string;
	values?: ValuePairs;
}

/** What the panel says. */
interface SignalPanel extends LayoutPanel {
	/** missing where nothing is sent */
	jobId?: string;
	/** missing where the rows are the items */
	binaryPropertyName?: string;
	columnMapping: { entries?: MappingRow[] };
	/** in the first panel only; later ones have the option */
	onInvalidRows?: SignalSettings['onInvalid'];
	options: SignalOptions;
}

/** What the panel of Send Test Row says. */
interface TestRowPanel extends Omit<SignalPanel, 'options' | 'columnMapping'> {
	testUser: string;
	options: Partial<SignalOptions>;
}

const MEGABYTE = 1024 * 1024;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FIRST_WAIT_MS = 2_000;

/**
 * Reads the panel once, for all items or for one file.
 * @param context the step's execution
 * @param item index of the item for whose expressions the values are read
 * @throws Problem `configuration` where a value is not understood or values do not go together
 */
export function readSettings(context: IExecuteFunctions, item: number): Settings {
	return settingsOf(context, readParameters<SignalPanel>(context, parameters, item));
}

/** A test row, and how it is sent. */
export interface TestRowSettings {
	/** the account that the row is about */
	user: string;
	settings: Settings;
}

/**
 * Reads the panel of Send Test Row: what it does not show has its default.
 * @param context the step's execution
 * @throws Problem `configuration` where a value is not understood, or the connector has no resignations
 */
export function readTestRowSettings(context: IExecuteFunctions): TestRowSettings {
	const panel = readParameters<TestRowPanel>(context, parameters, 0);
	const shown = { ...defaultsOf(allOptions), ...panel.options } as SignalOptions;
	const settings = settingsOf(context, { ...panel, columnMapping: {}, options: shown });
	if (!settings.signals.layout.scenarios.includes('resignation')) {
		throw problem.configuration(
			"A test row is a resignation, and the chosen 'Scenario' is another one.",
			`Set 'Scenario' to '${SCENARIOS.resignation.displayName}', or to 'Several in One File' where the connector has resignations among others. Other connectors can only be tried with a row of your own: use 'Send'.`,
		);
	}
	return { user: panel.testUser.trim(), settings };
}

function settingsOf(context: IExecuteFunctions, panel: SignalPanel): Settings {
	const { options } = panel;
	const layout = layoutOf(panel);
	const totalMs = options.retryMinutes * MINUTE_MS;
	const quietForMs = skipDays(options.skipDays, layout) * DAY_MS - SKIP_MARGIN_MS;
	return {
		scenario: panel.scenario,
		source: {
			binaryPropertyName: panel.binaryPropertyName ?? '',
			previousField: options.previousBinaryPropertyName?.trim() || undefined,
			...readFileOptions(options),
		},
		signals: {
			layout,
			mapping: readMapping(panel.columnMapping.entries ?? [], layout),
			matching: options.automaticMatching,
			sendColumns: options.sendColumns,
			onInvalid: panel.onInvalidRows ?? options.onInvalidRows,
			longTexts: options.longTexts,
			chunkLimits: {
				records: options.chunkRows,
				bytes: Math.floor(options.maximumChunkMegabytes * MEGABYTE),
			},
			delimiter: options.delimiterSent,
			zone: options.timeZone.trim() || context.getTimezone(),
			onlyChanges: readsChanges(options.send, layout),
			...readValueOptions(options),
		},
		maximumInvalidShare: options.maximumInvalidPercent / 100,
		shrink: readShrinkOptions(options),
		delivery: {
			jobId: panel.jobId === undefined ? '' : readJobId(panel.jobId),
			policy: {
				attempts: options.attempts,
				totalMs,
				firstWaitMs: FIRST_WAIT_MS,
				// A service that asks for more patience than the user has is not asked again too early.
				maxWaitMs: totalMs + 1,
			},
			whenInDoubt: options.whenInDoubt,
			skipForMs: options.skipUnchanged ? quietForMs : 0,
			quietForMs,
			startOver: options.startOver,
		},
		output: {
			items: options.output,
			form: resultFormOf(context.getNode().typeVersion, options.outputForm),
			findings: options.outputFindings,
			report: options.outputReport,
			reportLanguage: options.reportLanguage ?? 'en',
		},
	};
}

/**
 * Whether only rows are sent that the previous file does not hold.
 * @throws Problem `configuration` for profiles
 */
function readsChanges(send: SignalOptions['send'], { scenarios }: FileLayout): boolean {
	if (send !== 'changes') return false;
	if (!scenarios.includes('employeeProfile')) return true;
	throw problem.configuration(
		'Employee profiles cannot be sent as changes: Microsoft deletes those that are not sent again.',
		"Set the option 'Send' to 'Everything', or send the profiles with a step and a connector of their own.",
	);
}

/**
 * Which columns the file has.
 * @throws Problem `configuration` where values do not go together
 */
export function layoutOf({ scenario, headerNames: names, ...panel }: LayoutPanel): FileLayout {
	const headers: Record<string, string> = {};
	for (const { attribute, header } of names.entries ?? []) headers[attribute] = header.trim();
	if (scenario !== 'several') return checkedLayout({ scenarios: [scenario], headers });
	const { scenarios = [], identifierColumn = IDENTIFIER_COLUMN, identifierValues: values } = panel;
	if (scenarios.length === 0) {
		throw problem.configuration(
			"The field 'Scenarios' is empty.",
			'Choose the scenarios that the connector was set up for.',
		);
	}
	headers[IDENTIFIER_COLUMN] = identifierColumn.trim();
	const identifiers = Object.fromEntries(
		SCENARIO_IDS.map((id) => [id, values?.[id]?.trim() ?? SCENARIOS[id].identifier]),
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
		"The job ID is not one of Purview's.",
		'Copy it from the connector in the Purview portal (Settings > Data connectors > My connectors); it looks like 01234567-89ab-cdef-0123-456789abcdef.',
	);
}

/**
 * Reads the lines of 'Column Mapping'.
 * @throws Problem `configuration` for a column that the scenario does not have
 */
export function readMapping(rows: readonly MappingRow[], layout: FileLayout): MappingEntry[] {
	const known = columnsOf(layout).map(({ name }) => name);
	return rows.map(({ column, attribute, values }) => {
		if (!known.includes(attribute)) {
			throw problem.configuration(
				`The line of 'Column Mapping' for the column '${column}' names '${attribute}', which the chosen scenario does not have.`,
				`The scenario has these columns: ${known.join(', ')}.`,
			);
		}
		return { column, attribute, values: readDictionary(column, values) };
	});
}

/** The service deletes profiles that are not sent again (source C5); of events it keeps all. */
export const isProfiles = ({ scenario }: Settings): boolean => scenario === 'employeeProfile';

/** A run that begins a little early still sends, or the next one comes too late for policies and profiles. */
const SKIP_MARGIN_MS = DAY_MS / 2;

/** Profiles that are not refreshed are deleted (source C5), so they are never skipped for long. */
function skipDays(days: number, { scenarios }: FileLayout): number {
	return scenarios.includes('employeeProfile') ? Math.min(days, PROFILE_REFRESH_DAYS) : days;
}
