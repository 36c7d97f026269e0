import type { IDataObject, INodeType } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { trust } from './emulatorNetwork';
import { executionContext } from './executionContext';
import { completed, plant } from './plantedIngestion';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => await emulator.close());
beforeEach(() => emulator.reset());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** What a run gives first, and what its output pane warns of. */
async function run(type: INodeType, parameters: IDataObject, days: number, rows: IDataObject[] = [{}]) {
	const expiresOn = inDays(days);
	const context = executionContext({
		type,
		parameters: parameters as never,
		items: rows.map((json) => ({ json })),
		credentials: {
			vivaHrApi: vivaHrApi(emulator, { expiresOn }),
			purviewHrApi: purviewHrApi(emulator, { expiresOn }),
		},
	});
	const [[first]] = (await type.execute!.call(context)) as Array<Array<{ json: IDataObject }>>;
	return { first: first.json, warnings: context.hints.map(({ message }) => message) };
}

const person = { PersonId: 'ann@contoso.com', ManagerId: '', Organization: 'HR' };
const leaver = {
	UserPrincipalName: 'ann@contoso.com',
	ResignationDate: inDays(-1),
	LastWorkingDate: inDays(20),
};
const ends = (days: number) =>
	expect.stringMatching(
		new RegExp(`^The client secret ends on ${inDays(days)}, in ${days - 1} days\\. Create`),
	);

describe('a run warns of a secret that ends soon, once', () => {
	it('Viva HR Ingest', async () => {
		const { warnings } = await run(new VivaHrIngest(), { operation: 'upload' }, 10, [person]);
		expect(warnings.filter((message) => message.includes('ends on'))).toEqual([ends(10)]);
		const later = await run(new VivaHrIngest(), { operation: 'upload', sendAgain: true }, 40, [person]);
		expect(later.warnings.filter((message) => message.includes('ends on'))).toEqual([]);
	});

	it('Viva HR Ingest with two clients, as Check Connection needs them', async () => {
		const { warnings } = await run(new VivaHrIngest(), { operation: 'checkConnection' }, 10);
		expect(warnings).toEqual([ends(10)]);
	});

	it('Purview HR Signal', async () => {
		const parameters = { operation: 'send', jobId: demo.jobs.resignation };
		const { warnings } = await run(new PurviewHrSignal(), parameters, 10, [leaver]);
		expect(warnings.filter((message) => message.includes('ends on'))).toEqual([ends(10)]);
	});

	it('Poll Ingestion, with several imports', async () => {
		const rows = [1, 2].map(() => ({
			tenantId: demo.tenantId,
			destination: 'vivaHr',
			ingestionId: plant(emulator, completed()),
		}));
		const { warnings } = await run(new PollIngestion(), { operation: 'getStatus' }, 10, rows);
		expect(warnings.filter((message) => message.includes('ends on'))).toEqual([ends(10)]);
	});
});

it.each(
	[new VivaHrIngest(), new PurviewHrSignal()].map((type) => [type.description.displayName, type] as const),
)('Check Connection of %s says so, and what to do', async (_, type) => {
	expect((await run(type, { operation: 'checkConnection' }, 10)).first).toMatchObject({
		check: 'Sign-in',
		ok: true,
		state: '! soon',
		meaning: expect.stringContaining(
			`the secret are right. The client secret ends on ${inDays(10)}, in 9 days.`,
		),
		whatToDo: expect.stringContaining('Create the next client secret of the app.'),
		who: 'Whoever registered the app in Microsoft Entra',
	});
	expect((await run(type, { operation: 'checkConnection' }, 40)).first).toMatchObject({ state: '✓ fine' });
});
