import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { readStored, runStep, storedFile, type StepRun } from './executionContext';

// The network of the process trusts what Node trusts; here it has to trust the emulator.
let trusted: string[] = [];
jest.mock('../../nodes/shared/n8n/network', () => {
	const { createSend } = jest.requireActual('../../nodes/shared/http/send');
	const { createTokenSource } = jest.requireActual('../../nodes/shared/entra/token');
	let sender: ReturnType<typeof createSend> | undefined;
	const real = () => (sender ??= createSend({ ca: trusted }));
	const send = async (request: unknown) => await real().send(request);
	const sendForStream = async (request: unknown) => await real().sendForStream(request);
	return { send, sendForStream, tokens: createTokenSource({ send }) };
});

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trusted = [emulator.caPem()];
});
afterAll(async () => await emulator.close());
beforeEach(() => emulator.reset());

const credential = (changes: IDataObject = {}): Record<string, IDataObject> => ({
	vivaHrApi: {
		tenantId: demo.tenantId,
		clientId: demo.clientId,
		authentication: 'clientSecret',
		clientSecret: demo.clientSecret,
		cloud: 'custom',
		loginHost: emulator.origin.replace('https://', ''),
		apiBaseUrl: emulator.vivaBaseUrl,
		...changes,
	},
});

const people = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, i) => ({
		json: {
			Work_Email: `person${i}@contoso.com`,
			Manager_Work_Email: i === 0 ? '' : 'person0@contoso.com',
			Organization: i % 2 ? 'Vertrieb, "Süd"' : 'HR',
			EffectiveDate: '2026-03-14',
			HireDate: '2019-01-31',
			Cost_Center: `C${i}`,
		},
	}));

async function run(more: Partial<StepRun> = {}) {
	const [ingestion, rejected] = await runStep({
		type: new VivaHrIngest(),
		credentials: credential(),
		items: people(5),
		...more,
	});
	return { ingestion, rejected };
}

it('imports items into Viva Insights with nothing set but the credential', async () => {
	const { ingestion, rejected } = await run();
	expect(rejected).toEqual([]);
	expect(ingestion).toHaveLength(1);
	expect(ingestion[0].json).toMatchObject({
		status: 'NotStarted',
		destination: 'vivaHr',
		sentAs: 'zip',
		rows: 5,
		rejectedRows: 0,
		scaleUnit: demo.scaleUnit,
		columnsLeftOut: ['Cost_Center'],
	});
	expect(ingestion[0].pairedItem).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
	const [received] = emulator.ingestions;
	expect(received.id).toBe(ingestion[0].json.ingestionId);
	expect(received.rows).toHaveLength(5);
	console.log(JSON.stringify(received).slice(0, 3000));
});
