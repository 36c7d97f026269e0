import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { zipOf } from '../emulator/__tests__/zipFile';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { thrownBy } from '../helpers/thrownBy';
import { asCsv, asItems } from './rows';
import { trust } from './emulatorNetwork';
import { readStored, runStep, storedFile, type StepRun } from './executionContext';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	// Imports end when the test lets time pass, not by themselves on a slow machine.
	emulator = await startEmulator({ settings: { extractionMs: 3_600_000, processingMs: 3_600_000 } });
	trust(emulator);
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
});
beforeEach(() => emulator.reset());

/** Hundred people, of whom so many have a manager. */
const people = (withManager: number): IDataObject[] =>
	Array.from({ length: 100 }, (_, i) => ({
		Work_Email: `person${i}@contoso.com`,
		Manager_Work_Email: i < withManager ? 'person99@contoso.com' : '',
		Organization: 'HR',
	}));
const asFile = async (content: string | Buffer, name = 'people.csv'): Promise<INodeExecutionData[]> => [
	{ json: {}, binary: { data: await storedFile(content, name) } },
];

async function run({ parameters, ...more }: Partial<StepRun> & { items: INodeExecutionData[] }) {
	const options = { prepareFor: 'copilotDashboard', ...(parameters?.options as IDataObject) };
	const [ingestion] = await runStep({
		type: new VivaHrIngest(),
		credentials: { vivaHrApi: vivaHrApi(emulator) },
		...more,
		parameters: { ...parameters, options } as StepRun['parameters'],
	});
	return ingestion[0];
}

const SHORT = 'Not ready for Copilot Dashboard: 87 % have a manager, 95 % are needed.';

describe.each(['vivaHr', 'organizationalData'])('%s', (destination) => {
	it('says of an upload of items that it is ready', async () => {
		const { json } = await run({ parameters: { destination }, items: asItems(people(99)) });
		expect(json).toMatchObject({
			ingestionId: emulator.ingestions[0].id,
			readiness: { app: 'Copilot Dashboard', ready: 'yes', sentence: 'Ready for Copilot Dashboard.' },
		});
	});

	it('sends nothing below the documented limit, and says the two shares', async () => {
		const error = await thrownBy(run({ parameters: { destination }, items: asItems(people(87)) }));
		expect(error.message).toBe(
			'Copilot Dashboard: 87 % of the rows have a manager, 95 % are needed. Nothing was sent.',
		);
		expect(error.description).toContain("Fill in 'Manager_Work_Email' in the source system");
		expect(emulator.ingestions).toEqual([]);
	});

	it.each(['items', 'file'])('tells the shares of a validation of %s, and in its report', async (input) => {
		const { json, binary } = await run({
			parameters: { destination, operation: 'validate', input, options: { outputReport: true } },
			items: input === 'items' ? asItems(people(87)) : await asFile(asCsv(people(87))),
			credentials: {},
		});
		expect(json).toMatchObject({ valid: false, readiness: { ready: 'no', sentence: SHORT, rows: 100 } });
		const page = (await readStored(binary!.report)).toString('utf8');
		expect(page).toContain(`<th scope="row" class="muted">Readiness</th><td><bdi>${SHORT}</bdi></td>`);
	});

	it('sends all the same where the user says so, or wants no check', async () => {
		const rules = [{ code: 'readiness-coverage', severity: 'warning' }];
		const asked = { destination, options: { ruleSettings: { rules }, sendAgain: true } };
		const { json } = await run({ parameters: asked, items: asItems(people(87)) });
		expect(json).toMatchObject({ readiness: { ready: 'no' } });
		expect(json.ingestionId).toEqual(expect.any(String));
		emulator.reset();
		const unchecked = { destination, onInvalidRows: 'send', options: { sendAgain: true } };
		const sent = await run({ parameters: unchecked, items: asItems(people(87)) });
		expect(sent.json).toMatchObject({ errors: 0, readiness: { ready: 'no', sentence: SHORT } });
		expect(emulator.ingestions).toHaveLength(1);
	});
});

it('judges a prebuilt zip by its own kind of refresh', async () => {
	const zip = async (IsBootstrap: string) =>
		await asFile(
			await zipOf({
				'data.csv': asCsv(people(87)),
				'metadata.json': JSON.stringify({
					DatasetType: 'HR',
					IsBootstrap,
					Mapping: {
						Work_Email: { name: 'PersonId', type: 'EmailType' },
						Manager_Work_Email: { name: 'ManagerId', type: 'EmailType' },
						Organization: { name: 'Organization', type: 'string' },
					},
				}),
			}),
			'package.zip',
		);
	const parameters = { operation: 'validate', input: 'file' };
	const full = await run({ parameters, items: await zip('true'), credentials: {} });
	expect(full.json).toMatchObject({ valid: false, readiness: { ready: 'no', sentence: SHORT } });
	const part = await run({ parameters, items: await zip('false'), credentials: {} });
	expect(part.json).toMatchObject({ valid: true, readiness: { ready: 'perhaps' } });
});

it('sends an incremental refresh with a warning', async () => {
	const operation = 'validate';
	const { json } = await run({
		parameters: { operation, refresh: 'incremental' },
		items: asItems(people(87)),
		credentials: {},
	});
	expect(json).toMatchObject({ valid: true, readiness: { ready: 'perhaps' } });
	expect(json.findings).toContainEqual(
		expect.objectContaining({ code: 'readiness-coverage-unsure', severity: 'warning' }),
	);
});

it('counts nothing where no app is named', async () => {
	const { json } = await run({
		parameters: { operation: 'validate', options: { prepareFor: 'none' } },
		items: asItems(people(87)),
		credentials: {},
	});
	expect(json).toMatchObject({ valid: true });
	expect(json).not.toHaveProperty('readiness');
});

it('masks the name of a column in the report, where a file has no header', async () => {
	const name = 'ann@contoso.com';
	const items = asItems(
		Array.from({ length: 101 }, (_, i) => ({
			Microsoft_PersonEmail: `person${i}@contoso.com`,
			[name]: `Site ${i}`,
		})),
	);
	const { json, binary } = await run({
		parameters: {
			destination: 'organizationalData',
			operation: 'validate',
			options: { prepareFor: 'workforceInsights', otherColumns: 'custom', outputReport: true },
		},
		items,
		credentials: {},
	});
	expect(json).toMatchObject({ readiness: { ready: 'no' } });
	expect((await readStored(binary!.report)).toString('utf8')).not.toContain(name);
});
