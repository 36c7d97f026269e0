import {
	NodeHelpers,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { readErrorSettings, readTarget, readWaitSettings } from '../../nodes/PollIngestion/settings';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { tryAll, type Tried } from '../fixtures/wrongValues';
import { trust } from './emulatorNetwork';
import { executionContext, wireBack } from './executionContext';
import { completed, plant } from './plantedIngestion';

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

const PANELS: Record<string, Panel> = {
	'Poll Ingestion, asleep': {
		type: new PollIngestion(),
		parameters: { operation: 'wait', waiting: 'durable' },
		read: (context) => [readWaitSettings(context), wholeTarget(context)],
	},
	'Poll Ingestion, in the step': {
		type: new PollIngestion(),
		parameters: { operation: 'wait', waiting: 'inStep' },
		read: (context) => [readWaitSettings(context), wholeTarget(context)],
	},
	'Poll Ingestion, Get Status': {
		type: new PollIngestion(),
		parameters: { operation: 'getStatus' },
		read: wholeTarget,
	},
	'Poll Ingestion, Download Errors': {
		type: new PollIngestion(),
		parameters: { operation: 'downloadErrors' },
		read: (context) => [readErrorSettings(context), wholeTarget(context)],
	},
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
	const items = [{ json: { ingestionId: plant(emulator, completed()), destination: 'vivaHr' } }];
	const credentials = { vivaHrApi: vivaHrApi(emulator) };
	const context = executionContext({ type, parameters, resolved, items, credentials });
	wireBack(context, 0);
	return context as unknown as IExecuteFunctions;
}

/** What a panel says, or the word of the gate's refusal. */
function readingOf(panel: Panel, resolved: Tried['given']): unknown {
	emulator.reset();
	const context = contextOf(panel, { ingestionId: 'an-id', ...resolved });
	try {
		return panel.read(context);
	} catch (error) {
		return (error as Error).message;
	}
}

describe.each(Object.entries(PANELS))('%s', (_, panel) => {
	const fields = shownBy(panel);
	const tried = tryAll(fields);
	const words = ({ given }: Tried) =>
		JSON.stringify(given, (_key, value: unknown) =>
			typeof value === 'number' && !Number.isFinite(value) ? String(value) : (value ?? String(value)),
		);

	it('understands the spellings of a right value as that value', () => {
		const understood = tried.filter(({ means }) => means);
		expect(understood.length).toBeGreaterThan(0);
		for (const entry of understood) {
			const right = readingOf(panel, entry.means!);
			expect(typeof right).not.toBe('string');
			expect({ [words(entry)]: readingOf(panel, entry.given) }).toEqual({ [words(entry)]: right });
		}
	});

	it('refuses every other value before anything is asked, and names the field', async () => {
		const refused = tried.filter(({ means }) => !means);
		expect(refused.length).toBeGreaterThan(10);
		for (const entry of refused) {
			emulator.reset();
			const context = contextOf(panel, entry.given);
			const outcome = await panel.type.execute!.call(context).then(
				() => 'accepted',
				({ message }: Error) => message,
			);
			const label = entry.field.split(' > ').at(-1)!;
			expect({ [`${entry.field} ${words(entry)}`]: outcome }).toEqual({
				[`${entry.field} ${words(entry)}`]: expect.stringContaining(label),
			});
			expect(emulator.requests).toEqual([]);
		}
	});
});
