import {
	NodeHelpers,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { readErrorSettings, readTarget, readWaitSettings } from '../../nodes/PollIngestion/settings';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { readSettings as readSignalSettings } from '../../nodes/PurviewHrSignal/settings';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { readSettings as readVivaSettings } from '../../nodes/VivaHrIngest/settings';
import { readParameters } from '../../nodes/shared/n8n/parameters';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { tryAll, type Tried } from '../fixtures/wrongValues';
import { trust } from './emulatorNetwork';
import { executionContext, wireBack } from './executionContext';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => await emulator.close());

/** One form of a panel: which of its fields are shown, and how the step reads them. */
interface Panel {
	type: INodeType;
	parameters: INodeParameters;
	/** all that the step takes from the panel */
	read: (context: IExecuteFunctions) => unknown;
}

const wholeTarget = (context: IExecuteFunctions) => readTarget(context, 0);
const vivaSettings = (context: IExecuteFunctions) => readVivaSettings(context, 0);
const signalSettings = (context: IExecuteFunctions) => readSignalSettings(context, 0);

const poll = (parameters: INodeParameters, read: Panel['read']) => ({
	type: new PollIngestion(),
	parameters,
	read,
});
const viva = (parameters: INodeParameters, read: Panel['read'] = vivaSettings) => ({
	type: new VivaHrIngest(),
	parameters,
	read,
});
const purview = (parameters: INodeParameters, read: Panel['read'] = signalSettings) => ({
	type: new PurviewHrSignal(),
	parameters: { jobId: demo.jobs.resignation, ...parameters },
	read,
});
/** What these operations take, they take for their output. */
const whole = (type: INodeType) => (context: IExecuteFunctions) =>
	readParameters(context, type.description.properties, 0);

const PANELS: Record<string, Panel> = {
	'Poll Ingestion, asleep': poll({ operation: 'wait', waiting: 'durable' }, (context) => [
		readWaitSettings(context),
		wholeTarget(context),
	]),
	'Poll Ingestion, in the step': poll({ operation: 'wait', waiting: 'inStep' }, (context) => [
		readWaitSettings(context),
		wholeTarget(context),
	]),
	'Poll Ingestion, Get Status': poll({ operation: 'getStatus' }, wholeTarget),
	'Poll Ingestion, Download Errors': poll({ operation: 'downloadErrors' }, (context) => [
		readErrorSettings(context),
		wholeTarget(context),
	]),
	'Viva HR Ingest, Upload of items': viva({ operation: 'upload' }),
	'Viva HR Ingest, Upload of a file': viva({ operation: 'upload', input: 'file' }),
	'Viva HR Ingest, Upload of changes': viva({ operation: 'upload', send: 'changes' }),
	'Viva HR Ingest, Upload of profiles': viva({ operation: 'upload', destination: 'organizationalData' }),
	'Viva HR Ingest, Upload of a survey': viva({ operation: 'upload', destination: 'vivaSurvey' }),
	'Viva HR Ingest, Validate': viva({ operation: 'validate', input: 'file' }),
	'Viva HR Ingest, Create Deletion File': viva(
		{ operation: 'createDeletionFile', destination: 'organizationalData' },
		whole(new VivaHrIngest()),
	),
	'Viva HR Ingest, Create Sample File': viva({ operation: 'createSampleFile' }, whole(new VivaHrIngest())),
	'Viva HR Ingest, Check Connection': viva({ operation: 'checkConnection' }, whole(new VivaHrIngest())),
	'Purview HR Signal, Send items': purview({ operation: 'send' }),
	'Purview HR Signal, Send a file': purview({ operation: 'send', input: 'file' }),
	'Purview HR Signal, Send several scenarios': purview({ operation: 'send', scenario: 'several' }),
	'Purview HR Signal, Validate': purview({ operation: 'validate' }),
	'Purview HR Signal, Create Sample File': purview(
		{ operation: 'createSampleFile', scenario: 'several' },
		whole(new PurviewHrSignal()),
	),
};

/** The fields that are shown by a form. */
function shownBy({ type, parameters }: Panel): INodeProperties[] {
	const { properties } = type.description;
	const values =
		NodeHelpers.getNodeParameters(properties, parameters, true, false, null, type.description) ?? {};
	return properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, null, type.description),
	);
}

function contextOf({ type, parameters }: Panel, resolved: Tried['given'] = {}) {
	const items = [{ json: { ingestionId: 'an-id', destination: 'vivaHr' } }];
	const credentials = { vivaHrApi: vivaHrApi(emulator), purviewHrApi: purviewHrApi(emulator) };
	const context = executionContext({ type, parameters, resolved, items, credentials });
	wireBack(context, 0);
	return context as unknown as IExecuteFunctions;
}

/** What a panel says, or why it is refused. */
function readingOf(panel: Panel, resolved: Tried['given']): unknown {
	const context = contextOf(panel, resolved);
	try {
		return panel.read(context);
	} catch (error) {
		return (error as Error).message;
	}
}

/** Fields of a step that an earlier panel has tried. */
const seen = new Set<string>();

/** What is tried with a panel: fields that no other panel of the step has shown before. */
function triedOn(panel: Panel): Tried[] {
	const fresh = tryAll(shownBy(panel)).filter(
		({ field }) => !seen.has(`${panel.type.description.name} ${field}`),
	);
	for (const { field } of fresh) seen.add(`${panel.type.description.name} ${field}`);
	return fresh;
}

/** A value as it stands in a report of this test, with what JSON would drop. */
const words = (values: IDataObject) =>
	JSON.stringify(values, (_key, value: unknown) =>
		typeof value === 'number' && !Number.isFinite(value) ? String(value) : (value ?? String(value)),
	);

/** Says that the gate refuses. */
const REFUSAL = /^'.*' is |no ingestion id/;

const tries = Object.entries(PANELS).map(([name, panel]) => ({ name, panel, tried: triedOn(panel) }));

it('tries every field of every panel with many values', () => {
	expect(seen.size).toBeGreaterThanOrEqual(100);
	expect(tries.flatMap(({ tried }) => tried).length).toBeGreaterThanOrEqual(2_200);
});

afterEach(() => jest.useRealTimers());

describe.each(tries)('$name', ({ panel, tried }) => {
	it('understands the spellings of a right value as that value', () => {
		// Settings hold the moment at which they are read.
		jest.useFakeTimers({ now: new Date('2026-06-30') });
		for (const { given, means } of tried.filter((entry) => entry.means)) {
			const right = readingOf(panel, means!);
			expect(String(right)).not.toMatch(REFUSAL);
			expect([words(given), readingOf(panel, given)]).toEqual([words(given), right]);
		}
	});

	it('refuses every other value and names the field', () => {
		for (const { field, given } of tried.filter((entry) => !entry.means)) {
			const reading = readingOf(panel, given);
			expect([field, words(given), reading]).toEqual([field, words(given), expect.stringMatching(REFUSAL)]);
			expect(reading).toContain(labelOf(field));
		}
	});

	it('asks nobody before it has refused', async () => {
		for (const field of new Set(tried.map((entry) => entry.field))) {
			const wrong = tried.find((entry) => entry.field === field && !entry.means)!;
			const context = contextOf(panel, wrong.given);
			await expect(panel.type.execute!.call(context)).rejects.toThrow(labelOf(field));
			expect(emulator.requests).toEqual([]);
		}
	});
});

/** The last part of a path of labels, as errors name it. */
function labelOf(field: string): string {
	return field.split(' > ').at(-1)!;
}
