import type { IExecuteFunctions, ISourceData } from 'n8n-workflow';
import { SHORTEST_SLEEP_MS } from '../shared/n8n/durableWait';
import { problem } from '../shared/core/problem';
import type { PollSchedule } from '../shared/polling/schedule';
import type { PollTarget } from '../shared/polling/state';
import { DESTINATION_IDS, DESTINATIONS, type DestinationId } from '../shared/viva/service/destinations';

/** How the error file is given out. */
export interface ErrorSettings {
	rows: 'list' | 'items';
	maximumRows: number;
	/** name of the output field that holds the file */
	field: string;
}

/** The form of Wait Until Done as plain values. */
export interface WaitSettings {
	waiting: 'durable' | 'inStep';
	limitMs: number;
	atLimit: 'error' | 'output';
	schedule: PollSchedule;
	downloadErrors: boolean;
	errors: ErrorSettings;
	/** `sleeper`: this is the copy of the step in its sub-execution */
	role: 'step' | 'sleeper';
	/** the execution that waits for the sleeper */
	waitingExecution: string;
	/** where the items of that execution came from; only for the sleeper */
	waitingSource?: ISourceData;
}

interface OptionValues {
	downloadErrors?: boolean;
	errorFileField?: string;
	errorRows?: 'list' | 'items';
	firstSeconds?: number;
	longestSeconds?: number;
	maximumErrorRows?: number;
	scaleUnit?: string;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Each wait is so many times longer than the one before. */
const GROWTH = 1.5;

/** Intervals by the place of the wait, in seconds: what sleeps in the database cannot wake up more often. */
const INTERVALS = {
	durable: { first: 75, longest: 900, shortestMs: SHORTEST_SLEEP_MS },
	inStep: { first: 10, longest: 300, shortestMs: SECOND_MS },
} as const;

/** Reads the form of Wait Until Done, once for all items. */
export function readWaitSettings(context: IExecuteFunctions): WaitSettings {
	const options = context.getNodeParameter('options', 0, {}) as OptionValues;
	const waiting = context.getNodeParameter('waiting', 0, 'durable') as WaitSettings['waiting'];
	const { first, longest, shortestMs } = INTERVALS[waiting];
	const limitMs =
		waiting === 'durable'
			? number(context.getNodeParameter('limitHours', 0, 48), 'Time Limit (Hours)') * HOUR_MS
			: number(context.getNodeParameter('limitMinutes', 0, 60), 'Time Limit (Minutes)') * MINUTE_MS;
	const firstMs = number(options.firstSeconds ?? first, 'First Interval (Seconds)') * SECOND_MS;
	const longestMs = number(options.longestSeconds ?? longest, 'Longest Interval (Seconds)') * SECOND_MS;
	const waitingSource = context.getNodeParameter('waitingSource', 0, '') as string;
	const source = waitingSource === '' ? null : (JSON.parse(waitingSource) as ISourceData | null);
	return {
		waiting,
		limitMs,
		atLimit: context.getNodeParameter('atLimit', 0, 'error') as WaitSettings['atLimit'],
		schedule: { firstMs, longestMs: Math.max(firstMs, longestMs), shortestMs, factor: GROWTH },
		downloadErrors: options.downloadErrors ?? true,
		errors: readErrorSettings(context, 'list'),
		role: context.getNodeParameter('role', 0, 'step') as WaitSettings['role'],
		waitingExecution: context.getNodeParameter('waitingExecution', 0, '') as string,
		...(source === null ? {} : { waitingSource: source }),
	};
}

/** Reads how the error file is to be given out, once for all items. */
export function readErrorSettings(
	context: IExecuteFunctions,
	otherwise: ErrorSettings['rows'],
): ErrorSettings {
	const options = context.getNodeParameter('options', 0, {}) as OptionValues;
	return {
		rows: options.errorRows ?? otherwise,
		maximumRows: number(options.maximumErrorRows ?? 1000, 'Maximum Error Rows'),
		field: options.errorFileField?.trim() || 'errors',
	};
}

/**
 * Reads which import an item is about.
 * @param item index of the input item
 * @throws Problem `input` or `configuration` that says what is missing
 */
export function readTarget(context: IExecuteFunctions, item: number): PollTarget {
	const { json } = context.getInputData()[item];
	const ingestionId = String(context.getNodeParameter('ingestionId', item, '') ?? '').trim();
	if (ingestionId === '' || ingestionId === 'null' || ingestionId === 'undefined') {
		const skipped = json.status === 'Skipped';
		throw problem.input(
			skipped
				? 'The upload was skipped, so there is no import to follow.'
				: "The item has no ingestion id: 'Ingestion ID' is blank.",
			skipped
				? 'Put a Filter before this step that lets only items with an ingestionId through.'
				: "Connect this step to the output 'Ingestion' of Viva HR Ingest, or write the id into 'Ingestion ID'.",
		);
	}
	const options = context.getNodeParameter('options', item, {}) as OptionValues;
	const scaleUnit = options.scaleUnit?.trim() || (typeof json.scaleUnit === 'string' ? json.scaleUnit : '');
	return { ingestionId, destination: readDestination(context, item), scaleUnit };
}

function readDestination(context: IExecuteFunctions, item: number): DestinationId {
	const chosen = context.getNodeParameter('destination', item, 'fromInput') as string;
	const fromInput = chosen === 'fromInput';
	const id = fromInput ? (context.getInputData()[item].json.destination ?? 'vivaHr') : chosen;
	const known = DESTINATION_IDS.find((destination) => destination === id);
	if (known !== undefined) return known;
	throw problem.input(
		fromInput
			? "The field 'destination' of the item names none of the destinations."
			: "'Destination' names none of the destinations.",
		`It must be one of: ${DESTINATION_IDS.map((name) => `${name} (${DESTINATIONS[name].displayName})`).join(', ')}.`,
	);
}

function number(value: unknown, label: string): number {
	const found = Number(value);
	if (Number.isFinite(found) && found > 0) return found;
	throw problem.configuration(
		`'${label}' is not a number above zero.`,
		'Correct it in the panel of the step.',
	);
}
