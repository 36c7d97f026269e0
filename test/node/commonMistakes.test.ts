import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { commonMistakes, workbookBytes, type CommonMistake } from '../fixtures/commonMistakes';
import { thrownBy, type StepFailure } from '../helpers/thrownBy';
import { trust } from './emulatorNetwork';
import { runStep, storedFile } from './executionContext';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
});

async function itemsOf(given: CommonMistake['given']): Promise<INodeExecutionData[]> {
	if ('items' in given) return given.items.map((json) => ({ json: json as IDataObject }));
	const data =
		'file' in given
			? await storedFile(given.file, given.name, 'text/csv')
			: await storedFile(await workbookBytes(given.workbook), `people.${given.workbook}`);
	return [{ json: {}, binary: { data } }];
}

async function errorOf({ given, parameters }: CommonMistake): Promise<StepFailure> {
	return await thrownBy(
		runStep({
			type: new VivaHrIngest(),
			items: await itemsOf(given),
			parameters: parameters as INodeParameters,
			credentials: { vivaHrApi: vivaHrApi(emulator) },
		}),
	);
}

/** Names in the panels of the steps, and in those of n8n's own steps that an error sends to. */
const panelNames = new Set([
	...[new VivaHrIngest(), new PurviewHrSignal()].flatMap(({ description }) =>
		[...JSON.stringify(description).matchAll(/"(?:displayName|name)":"([^"]+)"/g)].map(([, name]) => name),
	),
	...['Split Out', 'Fields To Split Out', 'Extract from File', 'Extract From XLSX', 'Extract From XLS'],
	'Always Output Data',
	'ManagerId',
]);

describe.each(commonMistakes)('$title', (mistake) => {
	it('is an error that says what happened and the one thing to do, each once', async () => {
		const { message, description = '' } = await errorOf(mistake);
		expect({ message, description }).toEqual({ message: mistake.message, description: mistake.description });
		expect(emulator.ingestions).toEqual([]);
	});

	it('is answered with names that stand in the panels', () => {
		const named = [...mistake.description.matchAll(/'([^']+)'/g)].map(([, name]) => name);
		expect(named.filter((name) => !panelNames.has(name))).toEqual([]);
		if (mistake.name !== 'header-only') expect(named).not.toEqual([]);
	});
});

it('an old workbook names its own operation', async () => {
	const excel = commonMistakes.find(({ name }) => name === 'excel')!;
	const { message, description } = await errorOf({ ...excel, given: { workbook: 'xls' } });
	expect(message).toBe(
		'The file is an Excel file in the old format (.xls), not CSV, JSON or a prebuilt zip.',
	);
	expect(description).toContain("'Extract From XLS'");
});
