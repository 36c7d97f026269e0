import type { IExecuteFunctions, ISourceData } from 'n8n-workflow';
import { problem, type Problem } from '../shared/core/problem';
import { SHORTEST_SLEEP_MS } from '../shared/n8n/durableWait';
import { resultFormOf, type ResultForm } from '../shared/n8n/output/resultForm';
import { readParameters } from '../shared/n8n/parameters';
import type { Field } from '../shared/parameters/field';
import { understandValue } from '../shared/parameters/understandValue';
import type { PollSchedule } from '../shared/polling/schedule';
import type { PollTarget } from '../shared/polling/state';
import { plainWord, type IngestionPhase, type StatusWords } from '../shared/viva/service/ingestion';
import { DESTINATION_IDS, DESTINATIONS, type DestinationId } from '../shared/viva/service/destinations';
import { parameters, shared } from './fields/fields';

/** How the error file is given out. */
export interface ErrorSettings {
	rows: 'list' | 'items';
	maximumRows: number;
	/** of a larger file the beginning is kept; unpacked */
	maximumMegabytes: number;
	/** name of the output field that holds the file */
	field: string;
}

/** The panel of Wait Until Done as plain values. */
export interface WaitSettings {
	waiting: 'durable' | 'inStep';
	limitMs: number;
	atLimit: 'error' | 'output';
	schedule: PollSchedule;
	words: StatusWords;
	downloadErrors: boolean;
	errors: ErrorSettings;
	form: ResultForm;
	/** `sleeper`: this is the copy of the step in its sub-execution */
	role: 'step' | 'sleeper';
	/** the execution that waits for the sleeper */
	waitingExecution: string;
	/** where the items of that execution came from; only for the sleeper */
	waitingSource?: ISourceData;
}

interface ErrorOptions {
	errorRows: ErrorSettings['rows'];
	maximumErrorRows: number;
	maximumErrorFileMegabytes: number;
	errorFileField: string;
}

interface FormOptions {
	outputForm: 'simplified' | 'full';
}

/** Lines of the option Status Words. */
interface StatusOptions {
	statusWords: { words?: Array<{ word: string; means: IngestionPhase }> };
}

/** What the panel of Wait Until Done says. */
interface WaitPanel {
	waiting: WaitSettings['waiting'];
	/** by the way of waiting, one of the two */
	limitHours?: number;
	limitMinutes?: number;
	atLimit: WaitSettings['atLimit'];
	options: ErrorOptions &
		FormOptions &
		StatusOptions & { downloadErrors: boolean; firstSeconds: number; longestSeconds: number };
}

interface TargetPanel {
	ingestionId: string;
	destination: DestinationId | 'fromInput';
	options: { scaleUnit: string };
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Each wait is so many times longer than the one before. */
const GROWTH = 1.5;

/** Reads the panel of Wait Until Done, once for all items. */
export function readWaitSettings(context: IExecuteFunctions): WaitSettings {
	const {
		waiting,
		limitHours = 0,
		limitMinutes = 0,
		atLimit,
		options,
	} = readParameters<WaitPanel>(context, shared, 0);
	const firstMs = options.firstSeconds * SECOND_MS;
	const hidden = (name: string) => context.getNodeParameter(name, 0, '') as string;
	const waitingSource = hidden('waitingSource');
	const source = waitingSource === '' ? null : (JSON.parse(waitingSource) as ISourceData | null);
	return {
		waiting,
		limitMs: limitHours * HOUR_MS + limitMinutes * MINUTE_MS,
		atLimit,
		schedule: {
			firstMs,
			longestMs: Math.max(firstMs, options.longestSeconds * SECOND_MS),
			shortestMs: waiting === 'durable' ? SHORTEST_SLEEP_MS : SECOND_MS,
			factor: GROWTH,
		},
		words: statusWords(options),
		downloadErrors: options.downloadErrors,
		errors: errorSettings(options),
		form: resultFormOf(context.getNode().typeVersion, options.outputForm),
		role: hidden('role') === 'sleeper' ? 'sleeper' : 'step',
		waitingExecution: hidden('waitingExecution'),
		...(source === null ? {} : { waitingSource: source }),
	};
}

/** Reads how much the results of the operations say that ask once. */
export function readForm(context: IExecuteFunctions): ResultForm {
	const { options } = readParameters<{ options: FormOptions }>(context, shared, 0);
	return resultFormOf(context.getNode().typeVersion, options.outputForm);
}

/** Reads the status words of Get Status, once for all items. */
export function readStatusWords(context: IExecuteFunctions): StatusWords {
	return statusWords(readParameters<{ options: StatusOptions }>(context, shared, 0).options);
}

/** @throws Problem `configuration` for a line without a word, or two lines for one word */
function statusWords({ statusWords: { words = [] } }: StatusOptions): StatusWords {
	const read = new Map<string, IngestionPhase>();
	for (const { word, means } of words) {
		const plain = plainWord(word);
		if (plain !== '' && !read.has(plain)) read.set(plain, means);
		else {
			throw problem.configuration(
				plain === ''
					? "A line of the option 'Status Words' has no word."
					: `The option 'Status Words' has two lines for '${word}'.`,
				'Write each status word once, as the service or the admin center shows it.',
			);
		}
	}
	return read;
}

/** Reads how the error file is to be given out, once for all items. */
export function readErrorSettings(context: IExecuteFunctions): ErrorSettings {
	return errorSettings(readParameters<{ options: ErrorOptions }>(context, shared, 0).options);
}

function errorSettings(options: ErrorOptions): ErrorSettings {
	return {
		rows: options.errorRows,
		maximumRows: options.maximumErrorRows,
		maximumMegabytes: options.maximumErrorFileMegabytes,
		field: options.errorFileField.trim(),
	};
}

/**
 * Reads which import an item is about.
 * @param item index of the input item
 * @throws Problem `input` or `configuration` that says what is missing
 */
export function readTarget(context: IExecuteFunctions, item: number): Omit<PollTarget, 'tenantId'> {
	const { json } = context.getInputData()[item];
	const id: unknown = context.getNodeParameter('ingestionId', item, null);
	// An expression within a text makes words of what is not there.
	if (['', 'null', 'undefined'].includes(String(id ?? '').trim()))
		throw noIngestion(json.status === 'Skipped');
	const { ingestionId, destination, options } = readParameters<TargetPanel>(context, parameters, item);
	return {
		ingestionId: ingestionId.trim(),
		destination:
			destination === 'fromInput'
				? (understandValue(json.destination, DESTINATION_OF_ITEM) as DestinationId)
				: destination,
		scaleUnit: options.scaleUnit.trim() || (typeof json.scaleUnit === 'string' ? json.scaleUnit : ''),
	};
}

const DESTINATION_OF_ITEM: Field = {
	kind: 'choice',
	label: '$json.destination',
	choices: DESTINATION_IDS.map((value) => ({ value, name: DESTINATIONS[value].displayName })),
};

function noIngestion(skipped: boolean): Problem {
	return skipped
		? problem.input(
				'The upload was skipped, so there is no import to follow.',
				'Put a Filter before this step that lets only items with an ingestionId through.',
			)
		: problem.input(
				"The item has no ingestion id: 'Ingestion ID' is blank.",
				"Connect this step to the output 'Ingestion' of Viva HR Ingest, or write the id into 'Ingestion ID'.",
			);
}
